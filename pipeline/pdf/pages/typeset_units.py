"""The units in which a part is typeset: long parts are cut where a page ends anyway.

An edit then sets anew no more than its unit, no process has to hold a long part in one piece, and none of the pages
looks other than without the cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document.matrix_panels import MatrixPanel
from pipeline.document.model import Actors, Chapter, FieldOpener, Matrix, MeasureSheet, MeasureSheets, Part
from pipeline.pdf.pages.actor_sheets import opening_sheets
from pipeline.pdf.pages.panels import panels_of, stretches
from pipeline.pdf.pages.sheets import on_paper
from pipeline.pdf.tokens import MM_PER_PT, tokens
from pipeline.text.nodes import Node

MOST_SHEETS = 24  # of measures: some eight pages
MOST_LETTERS = 24_000  # of chapters that are typeset together: some ten pages


@dataclass(frozen=True)
class Unit:
    """What is typeset alone: a part, or a stretch of it; `continues` where it goes on with the unit before.

    `within`: even in the middle of a table. `stretch`: what of the matrix is typeset here, None for all of a part.
    `sheets`: of a field of action the sheets of its measures, which begin where its goals end.
    `chapters`: those that follow a chapter and begin on the page where the one before ends, if there is room.
    """

    part: Part
    continues: bool = False
    within: bool = False
    stretch: MatrixPanel | None = None
    sheets: MeasureSheets | None = None
    chapters: tuple[Chapter, ...] = ()


def units_of(parts: Sequence[Part]) -> Iterator[Unit]:
    """The units of a document, in order."""
    waiting: FieldOpener | Chapter | None = None
    chapters: list[Chapter] = []  # behind the one that waits
    for part in parts:
        if isinstance(waiting, FieldOpener) and isinstance(part, MeasureSheets) and flows(part):
            yield Unit(waiting, sheets=part)
            waiting = None
            continue
        if isinstance(waiting, Chapter) and isinstance(part, Chapter) and _run_on((waiting, *chapters, part)):
            chapters.append(part)
            continue
        if waiting is not None:
            yield Unit(waiting, chapters=tuple(chapters))
        chapters = []
        waiting = part if isinstance(part, FieldOpener | Chapter) else None
        if waiting is None:
            yield from units(part)
    if waiting is not None:
        yield Unit(waiting, chapters=tuple(chapters))


def _run_on(chapters: Sequence[Chapter]) -> bool:
    """Whether chapters may share pages: all of them text, and together no more than can be set anew at every edit."""
    if any(isinstance(block, Part) for chapter in chapters for block in chapter.blocks):
        return False
    letters = sum(len(block.plain()) for chapter in chapters for block in chapter.blocks if isinstance(block, Node))
    return letters <= MOST_LETTERS


def flows(part: MeasureSheets) -> bool:
    """Whether measure sheets begin below the goals of their field; so many that they are cut begin a page."""
    return len(part.sheets) <= MOST_SHEETS


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
        for start, end in pairwise([0, *page_openings(part.sheets), len(part.sheets)]):
            yield replace(part, sheets=part.sheets[start:end])
    elif isinstance(part, Actors):
        for start, end in pairwise([0, *opening_sheets(part), len(part.sheets)]):
            last = end == len(part.sheets)
            yield replace(part, sheets=part.sheets[start:end], informed=part.informed if last else None)
    else:
        yield part


def page_openings(sheets: Sequence[MeasureSheet]) -> list[int]:
    """Which of a field's many sheets begin a page in any case, since a unit begins with them: none of a few.

    Where pages end by themselves is only estimated, so such a sheet is told to begin one. Of 30 sheets the 19th, the
    22nd and the 24th seem to; before the 22nd the page is full to the last lines and the sheet lacks half of its room,
    so that it would begin the page whatever the true heights are. It is the one that opens the second unit.
    """
    found: list[int] = []
    start, last = 0, len(sheets) - MOST_SHEETS
    ends = _page_ends(sheets) if last > 0 else {}
    while start < last:
        reach = range(start + MOST_SHEETS // 2, start + MOST_SHEETS + 1)
        start = max(reach, key=lambda index: (ends.get(index, -1.0), index))
        found.append(start)
    return found


def _page_ends(sheets: Sequence[MeasureSheet]) -> dict[int, float]:
    """Which sheets are expected to begin a page, and how surely: by how many points the heights may be wrong."""
    page, pt = tokens().page["portrait"], tokens().pt
    room = (page["height"] - page["top"] - page["bottom"]) / MM_PER_PT
    used, found = tokens().type["small_strong"].leading + pt["over"]["below"], dict[int, float]()
    for index, sheet in enumerate(sheets):
        shape = on_paper(sheet)
        own = (shape.height.least + min(shape.height.most, room)) / 2
        if index and used + own > room and shape.kind == "whole":
            found[index] = min(used + own - room, room - used)
            used = 0.0
        used = (used + own + pt["sheet"]["below"]) % room
    return found
