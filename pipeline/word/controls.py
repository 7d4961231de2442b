"""Values that are one of a few → combo boxes, which help a person to write what the plan knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.document.model import Document, Fact, walk
from pipeline.ooxml.bookmarks import mark_name
from pipeline.ooxml.elements import Element, plain_text, q, remove, text, w, written

Choices = Mapping[str, tuple[str, Sequence[str]]]
"""The mark of a row → the row's label and the texts to choose from."""


def choices(document: Document) -> Choices:
    """The rows of all sheets that offer a choice, by the name of their mark."""
    facts = (value for value in walk(document.parts) if isinstance(value, Fact))
    return {mark_name(fact.place): (fact.label, fact.choices) for fact in facts if fact.place and fact.choices}


def add_combo_boxes(body: Element, offered: Choices) -> None:
    """Put the values of rows that offer a choice into combo boxes (`w:sdt`, ECMA-376 17.5.2.5).

    One may also type into them what is not on the list: several actors, an actor's short name. The mark of a row stands
    in its first cell, the value in its last; one of several paragraphs stays as it is.
    """
    count = 0
    for mark in body.iter(q("bookmarkStart")):
        label, texts = offered.get(mark.get(q("name"), ""), ("", ()))
        row = next(mark.iterancestors(q("tr")), None)
        if row is None or not texts:
            continue
        values = row.findall(q("tc"))[-1].findall(q("p"))
        if len(values) == 1:
            count += 1
            _control(values[0], count, label, texts)


def _as_one(runs: Sequence[Element]) -> None:
    """Runs of one look become one, as the text is that somebody chooses."""
    looks = [run.find(q("rPr")) for run in runs]
    if len({b"" if look is None else written(look) for look in looks}) == 1:
        first, *others = runs
        words = "".join(plain_text(run) for run in runs)
        for child in first.findall(q("t")):
            remove(child)
        first.append(text(words))
        for run in others:
            remove(run)


def _control(paragraph: Element, number: int, label: str, texts: Sequence[str]) -> None:
    """All runs of the paragraph become the content of one control, which takes no links: only their words."""
    for link in paragraph.findall(q("hyperlink")):
        for run in list(link):
            for look in run.findall(q("rPr")):
                for style in look.findall(q("rStyle")):
                    remove(style)
                if not len(look):
                    remove(look)
            link.addprevious(run)
        remove(link)
    _as_one(paragraph.findall(q("r")))
    items = (w("listItem", displayText=choice, value=choice) for choice in texts)
    content = w("sdtContent", *paragraph.findall(q("r")))
    control = w("sdt", w("sdtPr", w("alias", val=label), w("id", val=number), w("comboBox", *items)), content)
    paragraph.append(control)
