"""The matrix of responsibilities cut into panels: as many actors side by side as fit, each panel with all measures.

How many fit is for the writer to say; a writer that can scroll needs no panels.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.document.model import Matrix, MatrixColumn, MatrixGroup, MatrixSum
from pipeline.text.typography import NBSP


@dataclass(frozen=True)
class PanelLimits:
    """How many actors a panel holds, and in how many lines of how many characters an actor's name must go."""

    columns: int
    head_lines: int
    head_characters: int


@dataclass(frozen=True)
class MatrixPanel:
    """A stretch of the matrix' columns: `heads` says what stands above each, `caption` is '' for an only panel."""

    caption: str
    columns: tuple[MatrixColumn, ...]
    heads: tuple[str, ...]
    groups: tuple[MatrixGroup, ...]
    sums: tuple[MatrixSum, ...]


def matrix_panels(matrix: Matrix, limits: PanelLimits) -> Iterator[MatrixPanel]:
    """The panels from left to right, none for a matrix without actors.

    All but the last are of the same width. 23 actors, where 22 fit, are panels of 12 and 11: filled up one after the
    other, the second would have a single column.
    """
    actors = len(matrix.columns)
    count = math.ceil(actors / limits.columns)
    size = math.ceil(actors / max(count, 1))
    for index in range(count):
        own = slice(index * size, (index + 1) * size)
        columns = matrix.columns[own]
        yield MatrixPanel(
            caption=f"Akteure, Teil {index + 1} von {count}" if count > 1 else "",
            columns=(replace(columns[0], opens_group=True), *columns[1:]),
            heads=tuple(_head(column, limits) for column in columns),
            groups=tuple(
                replace(group, rows=tuple(replace(row, roles=row.roles[own]) for row in group.rows))
                for group in matrix.groups
            ),
            sums=tuple(replace(total, counts=total.counts[own]) for total in matrix.sums),
        )


def _head(column: MatrixColumn, limits: PanelLimits) -> str:
    """The full name where it fits the lines of a head, else the short one.

    „Amt für Wirtschaft und Standort“ goes in two lines of 25 characters. „Grundstücksverkehrsgenehmigungsamt“ has as
    few characters, but no line break: the word would run out of its head, so the short name stands there.
    """
    name = column.name.replace(NBSP, " ")
    lines = textwrap.wrap(name, limits.head_characters, break_long_words=False)
    fits = len(lines) <= limits.head_lines and all(len(word) <= limits.head_characters for word in name.split())
    return column.name if fits else column.short_name
