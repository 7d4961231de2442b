"""Values that are one of a few → dropdown lists, which help a person to write what the plan knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.document.model import Document, Fact, walk
from pipeline.ooxml.bookmarks import mark_name
from pipeline.ooxml.elements import Element, q, w

Choices = Mapping[str, tuple[str, Sequence[str]]]
"""The mark of a row → the row's label and the texts to choose from."""


def choices(document: Document) -> Choices:
    """The rows of all sheets that offer a choice, by the name of their mark."""
    facts = (value for value in walk(document.parts) if isinstance(value, Fact))
    return {mark_name(fact.place): (fact.label, fact.choices) for fact in facts if fact.place and fact.choices}


def add_dropdowns(body: Element, offered: Choices) -> None:
    """Put the values of rows that offer a choice into dropdown controls (`w:sdt`, ECMA-376 17.5.2).

    The mark of a row stands in its first cell, the value in its last.
    """
    count = 0
    for mark in body.iter(q("bookmarkStart")):
        label, texts = offered.get(mark.get(q("name"), ""), ("", ()))
        row = next(mark.iterancestors(q("tr")), None)
        if row is None or not texts:
            continue
        value = row.findall(q("tc"))[-1].find(q("p"))
        if value is not None:
            count += 1
            _control(value, count, label, texts)


def _control(paragraph: Element, number: int, label: str, texts: Sequence[str]) -> None:
    """All runs of the paragraph become the content of one control."""
    items = (w("listItem", displayText=text, value=text) for text in texts)
    content = w("sdtContent", *paragraph.findall(q("r")))
    control = w("sdt", w("sdtPr", w("alias", val=label), w("id", val=number), w("dropDownList", *items)), content)
    paragraph.append(control)
