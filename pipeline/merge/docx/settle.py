"""Tracked changes, each accepted or not, in; the tree that holds them is settled in place.

A stretch of text is there if every insertion around it is accepted and every deletion around it rejected; the same
holds for a paragraph's end, a row and a cell. Where Anna inserted "neu weg" and Ben deleted "weg" in it, "neu" stays if
both are accepted, and nothing at all if Anna is rejected.

What becomes of the ends of paragraphs is only noted on the way and done last, in `joins`: whether a paragraph is empty
shows once all text is settled. Everything is done from the end to the beginning, so that nothing is moved twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.merge.docx.joins import ParagraphMark, join
from pipeline.merge.docx.tracked_moves import move_pairs
from pipeline.merge.docx.wrappers import Marks, unwrap
from pipeline.ooxml.elements import Element, put, q, remove, w

_ADDED: Final = frozenset(map(q, ("ins", "moveTo", "cellIns")))
_TAKEN: Final = frozenset(map(q, ("del", "moveFrom", "cellDel")))
_MERGED: Final = q("cellMerge")
_NUMBERED: Final = q("numberingChange")
_RUN_PROPERTIES: Final = q("rPr")
# What the "properties before" in such an element never comprise: it holds the old look alone. Other changes, the end of
# a section and its headers stand beside it and stay when the look is put back.
_KEPT: Final[dict[str, frozenset[str]]] = {
    q("rPrChange"): frozenset(map(q, ("ins", "del", "moveFrom", "moveTo"))),
    q("pPrChange"): frozenset(map(q, ("rPr", "sectPr"))),
    q("trPrChange"): frozenset(map(q, ("ins", "del"))),
    q("tcPrChange"): frozenset(map(q, ("cellIns", "cellDel", "cellMerge"))),
    q("sectPrChange"): frozenset(map(q, ("headerReference", "footerReference"))),
}
_CHANGES: Final = frozenset({*_KEPT, *map(q, ("tblPrChange", "tblPrExChange", "tblGridChange"))})
# Deleted text has names of its own, so that programs without tracked changes show nothing of it.
_LIVE: Final = {q("delText"): q("t"), q("delInstrText"): q("instrText")}
_RANGES: Final = tuple(
    q(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)


def settle(root: Element, decided: Sequence[tuple[Element, bool]]) -> None:
    """Carry out every decision; the elements come in the order of the file."""
    marks = Marks(root)
    pairs = move_pairs(root)
    ends: dict[Element, ParagraphMark] = {}
    for element, accepted in reversed(decided):
        _settle_one(element, accepted, marks, ends)
    join(root, ends, pairs, marks)
    _tidy(root)


def _settle_one(element: Element, accepted: bool, marks: Marks, ends: dict[Element, ParagraphMark]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tag in _CHANGES:
        _settle_properties(element, parent, accepted)
    elif element.tag == _MERGED:
        _settle_merge(element, parent, accepted)
    elif element.tag == _NUMBERED:
        remove(element)
    else:
        # An accepted deletion and a rejected insertion take the text away; the other two let it stay.
        gone = accepted == (element.tag in _TAKEN)
        owner = parent.getparent()
        if parent.tag == _RUN_PROPERTIES and owner is not None and owner.tag == q("pPr"):
            _note_mark(element, owner, gone, ends)
        elif parent.tag in (q("trPr"), q("tcPr"), _RUN_PROPERTIES) and owner is not None:
            _settle_whole(element, owner, gone, marks)
        elif parent.tag == q("numPr"):
            remove(parent if gone else element)
        else:
            _settle_content(element, gone, marks)


def _settle_content(element: Element, gone: bool, marks: Marks) -> None:
    """A stretch of text: it goes with its element, or stays without it.

    Where it goes its bookmarks and the places of comments stay behind: the paragraph around it is still the one that
    they mark, even with other words.
    """
    if gone:
        marks.rescue(element)
        remove(element)
    else:
        unwrap(element)


def _settle_whole(element: Element, owner: Element, gone: bool, marks: Marks) -> None:
    """A row, a cell, or a run that says of itself what became of it."""
    remove(element)
    if gone:
        marks.forget(owner)
        remove(owner)


def _note_mark(element: Element, properties: Element, gone: bool, ends: dict[Element, ParagraphMark]) -> None:
    """Note what becomes of a paragraph's end; `joins` sees to it once all text is settled.

    It may come twice, inserted by one person and deleted by another: it is gone if either takes it away.
    """
    paragraph = properties.getparent()
    remove(element)
    if paragraph is not None:
        mark = ends.setdefault(paragraph, ParagraphMark())
        mark.gone |= gone
        mark.was_new |= element.tag in _ADDED


def _settle_properties(change: Element, parent: Element, accepted: bool) -> None:
    """Accepted: what it was before is forgotten. Rejected: it is put back, but for what it never comprised."""
    remove(change)
    if accepted:
        return
    kept = _KEPT.get(change.tag, frozenset())
    for child in list(parent):
        if child.tag not in kept:
            parent.remove(child)
    before = list(change[0]) if len(change) else []
    if change.tag == q("pPrChange"):  # rPr and sectPr come last
        for number, child in enumerate(before):
            parent.insert(number, child)
    else:
        parent.extend(before)


def _settle_merge(element: Element, parent: Element, accepted: bool) -> None:
    """Whether a cell runs on from the one above: `rest` begins anew, `cont` runs on, nothing stands alone."""
    state = element.get(q("vMerge" if accepted else "vMergeOrig"), "")
    remove(element)
    for old in parent.findall(q("vMerge")):
        parent.remove(old)
    if state:
        _put(parent, w("vMerge", val="restart" if state == "rest" else "continue"))


def _put(parent: Element, child: Element) -> None:
    """Set a cell's property where the schema wants it; changes come after all properties and are none themselves."""
    changes = [item for item in parent if item.tag in (q("cellIns"), q("cellDel"), q("tcPrChange"))]
    for item in changes:
        parent.remove(item)
    put(parent, child)
    parent.extend(changes)


def _tidy(root: Element) -> None:
    """What is deleted no more is text like any other; what has become empty, or marks nothing any more, goes.

    From the inside outwards: a row may be empty because its cells went, a table because its rows did.
    """
    for element in list(root.iter(*_LIVE)):
        element.tag = _LIVE[element.tag]
    for element in list(root.iter(*_RANGES)):
        remove(element)
    for link in list(root.iter(q("hyperlink"))):
        if next(link.iter(q("r")), None) is None:
            unwrap(link)
    for row in reversed(list(root.iter(q("tr")))):
        if next(row.iter(q("tc")), None) is None:
            remove(row)
    for table in reversed(list(root.iter(q("tbl")))):
        if next(table.iter(q("tr")), None) is None:
            remove(table)
