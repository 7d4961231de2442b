"""Two paragraphs in, the new one out, in place, with what differs as tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final

from pipeline.ooxml.elements import Element, inner, paragraph_style, plain_text, q, remove
from pipeline.text.likeness import PARAGRAPH
from pipeline.text.sequences import Stretch, readable, stretches
from pipeline.word.redline.pieces import Piece, Pieces, container, elements_of, pieces_of
from pipeline.word.redline.side import Side
from pipeline.word.redline.tracked import Change, Tracker

_KEPT: Final = frozenset(map(q, ("pPr", "sdtPr")))
_POINTS: Final = tuple(map(q, ("bookmarkStart", "bookmarkEnd")))
_SECTION: Final = q("sectPr")
_LEAST_SAME: Final = 0.4  # of the words; where more are others, the whole paragraph is easier to read than its words


def key_of(paragraph: Element, side: Side) -> Hashable:
    """A value that is the same for paragraphs that say the same in the same form."""
    return (*form_of(paragraph, side), tuple(piece.key for piece in pieces_of(paragraph, side).all))


def form_of(paragraph: Element, side: Side) -> tuple[Hashable, ...]:
    """Its style, its place in a list, whether a section ends with it: what no tracked change of ours tells of."""
    return paragraph_style(paragraph), side.list_of(paragraph), inner(paragraph, "pPr", "sectPr") is not None


def likeness(old: Element, new: Element) -> float:
    """How alike two paragraphs are, 0 where the one is not the other, changed."""
    texts = plain_text(old), plain_text(new)
    found = PARAGRAPH.likeness(*texts)
    return found if found >= PARAGRAPH.at_least else 0.0


def whole(paragraph: Element, side: Side, tracker: Tracker, change: Change, *, end: bool = True) -> Element:
    """A copy of a paragraph, all of it inserted or deleted; `end`: its end too.

    What is deleted marks nothing any more, and no section ends with it.
    """
    made = copy.deepcopy(paragraph)
    found = pieces_of(paragraph, side)
    if change is Change.DELETED:
        found = Pieces(found.all)
        for section in list(made.iter(_SECTION)):
            remove(section)
        for point in list(made.iter(*_POINTS)):
            remove(point)
    holder = made if change is Change.DELETED else container(made)
    if change is Change.DELETED:
        for control in made.findall(q("sdt")):
            remove(control)
    _fill(holder, _tracked(found, found.all, tracker, change))
    if end:
        tracker.end(made, change)
    return made


def revise(old: Element, new: Element, sides: tuple[Side, Side], tracker: Tracker) -> None:
    """Turns the new paragraph into one that has both."""
    before, after = pieces_of(old, sides[0]), pieces_of(new, sides[1])
    content: list[Element] = []
    at = 0
    for stretch in _readable(before.all, after.all):
        if stretch.same:
            for place in range(stretch.first, stretch.last):
                if place in after.points:
                    content += elements_of(after.all[at:place])
                    content += after.points[place]
                    at = place
            content += elements_of(after.all[at : stretch.last])
        else:
            gone = Pieces(before.all[stretch.start : stretch.end])
            content += _tracked(gone, gone.all, tracker, Change.DELETED)
            points = {
                place - stretch.first: points
                for place, points in after.points.items()
                if stretch.first <= place < stretch.last
            }
            come = Pieces(after.all[stretch.first : stretch.last], points)
            content += _tracked(come, come.all, tracker, Change.INSERTED)
        at = stretch.last
    content += after.points.get(len(after.all), [])
    _fill(container(new), content)


def _tracked(pieces: Pieces, all_pieces: Sequence[Piece], tracker: Tracker, change: Change) -> Iterator[Element]:
    """All pieces as inserted or deleted, bookmarks where they were."""
    start = 0
    for place in [*sorted(pieces.points), len(all_pieces)]:
        yield from tracker.content(elements_of(all_pieces[start:place]), change)
        yield from pieces.points.get(place, ())
        start = place


def _fill(holder: Element, content: Iterable[Element]) -> None:
    """Gives a paragraph, or the control that holds its words, other content."""
    made = list(content)
    for child in list(holder):
        if child.tag not in _KEPT:
            holder.remove(child)
    holder.extend(made)


def _readable(old: Sequence[Piece], new: Sequence[Piece]) -> list[Stretch]:
    """What is the same and what is not, so that one can read it; of paragraphs of which little is left nothing is."""
    found = list(stretches([piece.key for piece in old], [piece.key for piece in new]))
    same = sum(_spoken(new[item.first : item.last]) for item in found if item.same)
    most = max(_spoken(old), _spoken(new))
    if len(found) > 1 and same < _LEAST_SAME * most and _only_words(old) and _only_words(new):
        return [Stretch(False, 0, len(old), 0, len(new))]
    return readable(found, lambda first, last: any(piece.speaks for piece in new[first:last]))


def _spoken(pieces: Sequence[Piece]) -> int:
    return sum(piece.speaks for piece in pieces)


def _only_words(pieces: Sequence[Piece]) -> bool:
    """A note's call that stays is nothing to be deleted and inserted anew."""
    return not any(piece.elements for piece in pieces)
