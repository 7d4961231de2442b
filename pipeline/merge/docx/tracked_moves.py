"""A tree with tracked moves in; which paragraph was moved to which out, both ways.

A move is written as a deletion at one place and an insertion at the other (ECMA-376 17.13.5.21 to 17.13.5.28). What
marks a paragraph of the plan, its bookmark, stays behind in the deleted one: `joins` carries it over by these pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipeline.ooxml.elements import Element, q

_SIDES: Final = ("moveFrom", "moveTo")
_STARTS: Final = {q(f"{side}RangeStart"): side for side in _SIDES}
_ENDS: Final = {q(f"{side}RangeEnd"): side for side in _SIDES}
_PARAGRAPH: Final = q("p")
_MARK: Final = f"{q('pPr')}/{q('rPr')}/"


def move_pairs(root: Element) -> Mapping[Element, Element]:
    """Every paragraph of a move → the one at the other place, for moves that have as many on both sides.

    A move is two ranges of the same name; a paragraph belongs to a range if its own end was moved in it. Whoever
    types a paragraph into the moved text has changed its number on one side: then no pair is certain, and none is told.
    """
    if next(root.iter(*_STARTS), None) is None:
        return {}
    sides = _paragraphs(root)
    pairs: dict[Element, Element] = {}
    for name in {name for _, name in sides}:
        away, here = (sides.get((side, name), []) for side in _SIDES)
        if len(away) == len(here):
            pairs |= dict(zip(away, here, strict=True)) | dict(zip(here, away, strict=True))
    return pairs


def _paragraphs(root: Element) -> dict[tuple[str, str], list[Element]]:
    """(side, name of the move) → its paragraphs.

    A range may begin inside of its first paragraph, behind the properties that say that it was moved. Such a paragraph
    waits until the next element shows whether a range begins in it.
    """
    found: dict[tuple[str, str], list[Element]] = {}
    current = dict.fromkeys(_SIDES, "")
    waiting: dict[str, Element] = {}
    for element in root.iter(_PARAGRAPH, *_STARTS, *_ENDS):
        if element.tag in _STARTS:
            side = _STARTS[element.tag]
            current[side] = element.get(q("name"), "")
            first = waiting.pop(side, None)
            if first is not None and element.getparent() is first:
                found.setdefault((side, current[side]), []).append(first)
        elif element.tag in _ENDS:
            current[_ENDS[element.tag]] = ""
        else:
            waiting.clear()
            for side in _SIDES:
                if element.find(_MARK + q(side)) is None:
                    continue
                if current[side]:
                    found.setdefault((side, current[side]), []).append(element)
                else:
                    waiting[side] = element
    return found
