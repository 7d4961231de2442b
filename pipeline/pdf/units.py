"""A part in, the units out that it is typeset in: a field's measure sheets are parted where a page ends anyway.

An edit then sets anew no more than the sheets of its unit, and none of the pages looks other than without the cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document import MeasureSheets, Part
from pipeline.pdf.sheets import Height, sheet_height, surely_open_pages

MOST_SHEETS = 20


@dataclass(frozen=True)
class Unit:
    """What is typeset alone: a part, or a stretch of it; `continues` where it goes on with the unit before."""

    part: Part
    continues: bool = False


def units(part: Part) -> Iterator[Unit]:
    """The units of a part, in order."""
    if not isinstance(part, MeasureSheets) or len(part.sheets) <= MOST_SHEETS:
        yield Unit(part)
        return
    heights = [sheet_height(sheet) for sheet in part.sheets]
    for start, end in pairwise([0, *_cuts(heights), len(part.sheets)]):
        yield Unit(replace(part, sheets=part.sheets[start:end]), continues=start > 0)


def _cuts(heights: Sequence[Height]) -> Iterator[int]:
    """Before which sheets a unit begins: the last within reach that surely opens a page, else the last of all."""
    opening = list(surely_open_pages(heights))
    start = 0
    while len(heights) - start > MOST_SHEETS:
        reach = range(start + MOST_SHEETS, start, -1)
        start = next((index for index in reach if opening[index]), reach[0])
        yield start
