"""The units in which a part is typeset: long parts are cut where a page ends anyway.

An edit then sets anew no more than its unit, no process has to hold a long part in one piece, and none of the pages
looks other than without the cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document.matrix_panels import MatrixPanel
from pipeline.document.model import Actors, Matrix, MeasureSheets, Part
from pipeline.pdf.pages.actor_sheets import opening_sheets
from pipeline.pdf.pages.panels import panels_of, stretches
from pipeline.pdf.pages.sheets import Height, sheet_heights, surely_open_pages

MOST_SHEETS = 20  # of measures


@dataclass(frozen=True)
class Unit:
    """What is typeset alone: a part, or a stretch of it; `continues` where it goes on with the unit before.

    `within`: even in the middle of a table. `stretch`: what of the matrix is typeset here, None for all of a part.
    """

    part: Part
    continues: bool = False
    within: bool = False
    stretch: MatrixPanel | None = None


def units(part: Part) -> Iterator[Unit]:
    """The units of a part, in order."""
    if isinstance(part, Matrix) and part.columns:
        yield from _of_matrix(part)
        return
    for index, stretch in enumerate(_stretches(part)):
        yield Unit(stretch, continues=index > 0)


def _of_matrix(part: Matrix) -> Iterator[Unit]:
    """The matrix panel by panel, large panels in stretches."""
    for number, panel in enumerate(panels_of(part)):
        for index, stretch in enumerate(stretches(panel)):
            yield Unit(part, continues=number + index > 0, within=index > 0, stretch=stretch)


def _stretches(part: Part) -> Iterator[Part]:
    """A part's measure sheets by pages; its actors where one begins a page."""
    if isinstance(part, MeasureSheets):
        heights = sheet_heights(part.sheets) if len(part.sheets) > MOST_SHEETS else []
        for start, end in pairwise([0, *_cuts(heights), len(part.sheets)]):
            yield replace(part, sheets=part.sheets[start:end])
    elif isinstance(part, Actors):
        for start, end in pairwise([0, *opening_sheets(part), len(part.sheets)]):
            last = end == len(part.sheets)
            yield replace(part, sheets=part.sheets[start:end], informed=part.informed if last else None)
    else:
        yield part


def _cuts(heights: Sequence[Height]) -> Iterator[int]:
    """Before which sheets a unit begins: the last within reach that surely opens a page, else the last of all.

    45 sheets, of which every second surely opens a page, are cut before the 21st and the 41st. If the 21st does not, a
    unit that began with it would begin a page where the plan may have it below the 20th: an earlier one opens the unit.
    """
    opening = list(surely_open_pages(heights))
    start = 0
    while len(heights) - start > MOST_SHEETS:
        reach = range(start + MOST_SHEETS, start, -1)
        start = next((index for index in reach if opening[index]), reach[0])
        yield start
