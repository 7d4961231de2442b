"""The blocks of an edited text in, the same out in forms that Markdown has; whatever is said stays.

Word lets an item of a list stand two levels below the one before it, and an explanation without its term; Markdown
would read the first as code and show the colon of the second. Items on the levels 0, 2, 1 become 0, 1, 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.merge.docx.reading import ListPlace
from pipeline.merge.markdown.units import Unit


def expressible(units: Sequence[Unit]) -> list[Unit]:
    """Each block in its own form, or in the nearest that it can have behind the one before it."""
    result: list[Unit] = []
    levels: list[tuple[int, int]] = []  # of the items around: the level in Word and the one here
    for unit in units:
        if unit.item is not None:
            result.append(replace(unit, item=_nearest(levels, unit.item)))
        else:
            levels.clear()
            result.append(_explained(result[-1] if result else None, unit))
    return result


def _explained(before: Unit | None, unit: Unit) -> Unit:
    """An explanation without a term is a paragraph."""
    alone = before is None or before.kind not in ("term", "definition")
    return replace(unit, kind="paragraph") if unit.kind == "definition" and alone else unit


def _nearest(levels: list[tuple[int, int]], item: ListPlace) -> ListPlace | None:
    """Of an item the level at most one below that of the item it belongs to, which keeps those beside it together.

    A further paragraph of an item needs one.
    """
    if not item.signed:
        return replace(item, level=min(item.level, levels[-1][1])) if levels else None
    while levels and levels[-1][0] > item.level:
        levels.pop()
    if not levels or levels[-1][0] < item.level:
        levels.append((item.level, levels[-1][1] + 1 if levels else 0))
    return replace(item, level=levels[-1][1])
