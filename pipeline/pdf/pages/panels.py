"""The matrix on paper: panels as wide as a page, large ones cut between fields of action, where pages end anyway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.document.matrix_panels import MatrixPanel, PanelLimits, matrix_panels
from pipeline.document.model import Matrix, MatrixGroup
from pipeline.pdf.text_metrics import MM_PER_PT
from pipeline.pdf.tokens import tokens

MOST_CELLS = 12_000  # in a stretch, where there is a place to cut: some 250 MB in memory
ROW_SPACE = 2.2  # points above and below a row's text, as in wide.css


def panels_of(part: Matrix) -> list[MatrixPanel]:
    """The matrix in panels of as many actors as a landscape page has room for."""
    return list(matrix_panels(part, PanelLimits(**tokens().limits["matrix"])))


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
    """Before which groups a stretch begins: the last that surely begins a page before there are too many cells."""
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
    """Groups are kept in one; one that no page can hold begins a page all the same, unless nothing is before it."""
    page = tokens().page["landscape"]
    room = (page["height"] - page["top"] - page["bottom"]) / MM_PER_PT
    return len(group.rows) * (tokens().type["dense"].leading + ROW_SPACE) > room
