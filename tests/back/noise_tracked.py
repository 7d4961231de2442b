"""What Word tracks by itself while nobody edits: fields made anew, forms noted down; by the specification only.

The file has tracking switched on, so what Word renews before printing is signed by whoever prints. Unverified, for
Word is not at hand.
"""

from __future__ import annotations

from typing import Final

from pipeline.ooxml.elements import Element, paragraph_style, properties, q, w
from tests.back.saving import Saving, copied

_FORMS: Final = (("p", "pPr"), ("r", "rPr"), ("tbl", "tblPr"), ("tr", "trPr"), ("tc", "tcPr"))
_OWN: Final = frozenset(map(q, ("rPr", "sectPr", "pPrChange", "rPrChange")))


def _signed(saving: Saving, kind: str, *children: Element) -> Element:
    number = saving.chance.randrange(1 << 30)
    return w(kind, *children, id=number, author="Anna Amt", date="2027-05-06T07:08:00Z")


def contents_list_tracked(saving: Saving) -> None:
    """The contents list was made anew: its old entries are deleted, the same ones inserted, but the last mark stays."""
    entries = [
        item
        for item in saving.body
        if paragraph_style(item).startswith("TOC") and item.find(q("hyperlink")) is not None
    ]
    for number, old in enumerate(entries):
        link = old.find(q("hyperlink"))
        assert link is not None
        new = copied(link)
        _wrap(saving, link, "del")
        _wrap(saving, new, "ins")
        if number + 1 == len(entries):
            link.addprevious(new)
            continue
        fresh = w("p", copied(properties(old, "pPr")), *_in_front_of(link) if number == 0 else ())
        fresh.append(new)
        _sign_mark(saving, fresh, "ins")
        _sign_mark(saving, old, "del")
        entries[0].addprevious(fresh)


def _in_front_of(link: Element) -> list[Element]:
    """The beginning of the field, which stays."""
    return [item for item in link.itersiblings(preceding=True) if item.tag == q("r")][::-1]


def _wrap(saving: Saving, parent: Element, kind: str) -> None:
    for run in parent.findall(q("r")):
        wrapper = _signed(saving, kind)
        run.addprevious(wrapper)
        wrapper.append(run)
        if kind == "del":
            for name, other in (("t", "delText"), ("instrText", "delInstrText")):
                for item in run.findall(q(name)):
                    item.tag = q(other)


def _sign_mark(saving: Saving, paragraph: Element, kind: str) -> None:
    inner = properties(paragraph, "pPr")
    marks = inner.find(q("rPr"))
    if marks is None:
        marks = w("rPr")
        inner.append(marks)
    marks.insert(0, _signed(saving, kind))


def results_tracked(saving: Saving) -> None:
    """Fields in the text were counted anew: the old result is deleted, the same one inserted."""
    for sign in saving.all("fldChar"):
        run = sign.getparent()
        result = None if run is None else run.getnext()
        if sign.get(q("fldCharType")) != "separate" or result is None or result.find(q("t")) is None:
            continue
        old, new = _signed(saving, "del"), _signed(saving, "ins", copied(result))
        result.addprevious(old)
        old.append(result)
        for item in result.findall(q("t")):
            item.tag = q("delText")
        old.addnext(new)


def forms_tracked(saving: Saving) -> None:
    """A form was touched and is what it was: what it had been is noted beside it."""
    for name, inner_name in _FORMS:
        for element in saving.some(name, share=0.2):
            inner = element.find(q(inner_name))
            if inner is not None:
                before = w(inner_name, *(copied(item) for item in inner if item.tag not in _OWN))
                inner.append(_signed(saving, f"{inner_name}Change", before))
    for grid in saving.some("tblGrid", share=0.2):
        grid.append(w("tblGridChange", w("tblGrid", *map(copied, grid)), id=saving.chance.randrange(1 << 30)))
