"""The matrix on paper: panels as wide as a page, large ones cut between fields of action, where pages end anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document.matrix_panels import MatrixPanel, PanelLimits, matrix_panels
from pipeline.document.model import Matrix, MatrixGroup
from pipeline.pdf.text_metrics import lines, width
from pipeline.pdf.tokens import MM_PER_PT, tokens

MOST_CELLS = 12_000  # in a stretch, where there is a place to cut: some 250 MB in memory


@dataclass(frozen=True)
class MatrixColumns:
    """Widths in millimetres of the matrix: number, title, each actor."""

    number: float
    title: float
    cell: float

    def total(self, actors: int) -> float:
        return self.number + self.title + actors * self.cell


def panels_of(part: Matrix) -> list[MatrixPanel]:
    """The matrix in panels of as many actors as a landscape page has room for."""
    return list(matrix_panels(part, _limits()))


def matrix_columns(panel: MatrixPanel) -> MatrixColumns:
    """The widths for a panel.

    22 actors leave 7.27 millimetres a cell beside number and title, too little for a role: cells are 8 wide, and the
    title gives up 16. Two actors would have cells of 80: theirs are 10 wide, and the rest of the page stays empty but
    for what makes the title easier to read.
    """
    mm = tokens().mm["matrix"]
    count, wide = max(len(panel.columns), 1), tokens().grid["wide"]
    room = (wide - mm["number"] - mm["title"]) / count
    cell = max(min(room, mm["cell_most"]), mm["cell_least"])
    title = min(wide - mm["number"] - count * cell, mm["title_most"])
    return MatrixColumns(mm["number"], round(title, 2), round(cell, 2))


def head_height(heads: Sequence[str]) -> float:
    """How long in millimetres rotated heads must be for each to take two lines at most, or one if that is short.

    "Wir" alone takes one line of 6 millimetres. "Wirtschaftsförderung und Standortmanagement" takes two of 35. A third
    line would run over the neighbour's column, so a longer head makes all of them longer, up to 75.
    """
    mm, style = tokens().mm["matrix"], tokens().type["rotated"]
    in_one_line = max((width(head, style) for head in heads), default=0.0) * MM_PER_PT + mm["head_beside"]
    if in_one_line < mm["head_least"]:
        return round(in_one_line, 1)
    length, most = mm["head_least"], _limits().head_lines
    # A line is measured a millimetre shorter than it is: kerning is not known, and a word that just fits may not.
    while length < mm["head_most"] and any(lines(head, style, (length - 1) / MM_PER_PT) > most for head in heads):
        length += mm["head_step"]
    return length


def _limits() -> PanelLimits:
    return PanelLimits(**tokens().limits["matrix"])


def stretches(panel: MatrixPanel) -> Iterator[MatrixPanel]:
    """The panel's groups in as few stretches as keep to the limit; the caption opens the first, sums end the last."""
    cuts = [0, *_cuts(panel), len(panel.groups)]
    for start, end in pairwise(cuts):
        yield replace(
            panel,
            caption=panel.caption if start == 0 else "",
            groups=panel.groups[start:end],
            sums=panel.sums if end == len(panel.groups) else (),
        )


def _cuts(panel: MatrixPanel) -> Iterator[int]:
    """Before which groups a stretch begins: the last that surely begins a page before there are too many cells.

    Groups of 5,000, 6,000 and 4,000 cells, each too high for a page, are cut before the third. If the third could stand
    below the end of the second, a stretch that began with it would begin a page too many: the cut is before the second.
    """
    cells, place = 0, 0
    since = 0  # cells from that place on
    for index, group in enumerate(panel.groups):
        if index and _begins_page(group):
            place, since = index, 0
        own = len(group.rows) * len(panel.columns)
        if cells + own > MOST_CELLS and place:
            yield place
            cells, place = since, 0
        cells, since = cells + own, since + own


def _begins_page(group: MatrixGroup) -> bool:
    """Whether a group surely begins a page: it is kept in one, so one that no page can hold does, unless it is first.

    45 rows of one line are 594 points and a page has 485: the renderer looks for room, finds none and begins a page.
    Of a group of 30 rows, which titles of two lines may or may not make too high, nothing is sure.
    """
    page = tokens().page["landscape"]
    room = (page["height"] - page["top"] - page["bottom"]) / MM_PER_PT
    return len(group.rows) * (tokens().type["dense"].leading + 2 * tokens().pt["matrix"]["above"]) > room
