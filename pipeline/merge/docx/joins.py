"""Paragraphs whose end was deleted in; their text joins the next paragraph, whose properties stay, as in Word.

WordprocessingML keeps what became of a paragraph's end in the paragraph's own properties (ECMA-376 17.13.5.15), so
"eins" with a deleted end, followed by "zwei" aligned to the right, becomes "einszwei" aligned to the right.

What identifies a paragraph goes with its text. With a paragraph that was deleted as a whole its bookmarks go, too,
unless it was moved: then they go where it went.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.merge.docx.wrappers import POINTS, Marks, in_front, mark_of, shows_something
from pipeline.ooxml.elements import Element, q, remove

_PARAGRAPH: Final = q("p")
_PROPERTIES: Final = q("pPr")
_START: Final = q("bookmarkStart")
_END: Final = q("bookmarkEnd")


@dataclass
class ParagraphMark:
    """What becomes of the end of a paragraph: whether it is gone, and whether it was put in by the same changes.

    The end of a paragraph that somebody has inserted and somebody else deleted is both.
    """

    gone: bool = False
    was_new: bool = False


def join(root: Element, ends: Mapping[Element, ParagraphMark], pairs: Mapping[Element, Element], marks: Marks) -> None:
    """Join every paragraph without a mark to what follows; `pairs` lead from moved paragraphs to their other place."""
    gone = {paragraph for paragraph, mark in ends.items() if mark.gone}
    if not gone:
        return
    # From the last to the first: where the ends of "a" and "b" before "c" are gone, "b" joins "c" first, and "a" then
    # joins "bc". The other way round the text of "a" would be moved twice.
    for paragraph in reversed([item for item in root.iter(_PARAGRAPH) if item in gone]):
        if not shows_something(paragraph):
            other = pairs.get(paragraph)
            if other is not None and other not in gone:
                _move_bookmarks(paragraph, other, marks)
            elif not ends[paragraph].was_new:
                # Enter at the beginning of a paragraph leaves its bookmarks in the new, empty one before it: where that
                # is rejected they must join the text with it, not vanish.
                _drop_bookmarks(paragraph, marks)
        _join_one(paragraph, marks)


def _join_one(paragraph: Element, marks: Marks) -> None:
    """Join a paragraph to the next one; before a table, or at the end, one that shows nothing is removed."""
    following, between = _next_block(paragraph)
    if following is not None and following.tag == _PARAGRAPH:
        kept = [child for child in paragraph if child.tag != _PROPERTIES and not marks.is_spare(child)]
        in_front(following, [*kept, *between])
        remove(paragraph)
    elif not shows_something(paragraph) and _may_go(paragraph, following):
        marks.rescue(paragraph)
        remove(paragraph)


def _next_block(paragraph: Element) -> tuple[Element | None, list[Element]]:
    """The paragraph, table or other block that comes next, and the points between."""
    between = []
    following = paragraph.getnext()
    while following is not None and (following.tag in POINTS or _is_emptied(following)):
        if following.tag in POINTS:
            between.append(following)
        following = following.getnext()
    return following, between


def _is_emptied(block: Element) -> bool:
    """Whether it is a table of which every row is gone: it goes, too, once all is settled."""
    return block.tag == q("tbl") and next(block.iterchildren(q("tr")), None) is None


def _may_go(paragraph: Element, following: Element | None) -> bool:
    """Whether an empty paragraph may be removed that has none behind it to join.

    A cell, a note and a text box need a paragraph at their end. Between two tables it stays as well: without it Word
    would show both as one.
    """
    before = paragraph.getprevious()
    while before is not None and (before.tag in POINTS or _is_emptied(before)):
        before = before.getprevious()
    if following is None or following.tag == q("sectPr"):
        return before is not None and before.tag == _PARAGRAPH
    return before is None or before.tag != q("tbl") or following.tag != q("tbl")


def _drop_bookmarks(paragraph: Element, marks: Marks) -> None:
    """Those that begin and end in it; longer ones only lose a part of what they mark."""
    ended = {item.get(q("id")) for item in paragraph.iter(_END)}
    inside = [item for item in paragraph.iter(_START) if item.get(q("id")) in ended]
    numbers = {item.get(q("id")) for item in inside}
    for item in [*inside, *(item for item in paragraph.iter(_END) if item.get(q("id")) in numbers)]:
        marks.forget(item)
        remove(item)


def _move_bookmarks(paragraph: Element, other: Element, marks: Marks) -> None:
    """To the place where the paragraph went, but for those that are there already."""
    there = {mark_of(item) for item in other.iter(_START)}
    carried = []
    for item in list(paragraph.iter(_START, _END)):
        if mark_of(item) in there:  # an end has no name
            marks.forget(item)
            remove(item)
        else:
            carried.append(item)
    in_front(other, carried)
