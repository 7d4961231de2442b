"""Texts and counts in, lengths out that the layout needs before it begins: what CSS alone cannot know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.document import MatrixPanel, Overview
from pipeline.pdf.measure import MM_PER_PT, balanced, height, lines, width
from pipeline.pdf.tokens import TypeStyle, tokens

ROTATED_LEAST, ROTATED_MOST = 35.0, 75.0  # millimetres that a rotated head may be long
ROTATED_LINES = 2
MATRIX_NUMBER, MATRIX_TITLE = 17.0, 86.0
MATRIX_TITLE_MOST = 110.0
MATRIX_CELL_LEAST, MATRIX_CELL = 8.0, 10.0
OVERVIEW_ROOM = 520.0  # points for the rows of the plan on one page
OVERVIEW_ROW = 26.25
OVERVIEW_PADDING = (2.625, 8.75)


def balance(text: str, role: str, measure: float) -> Markup:
    """A style that lets a text's lines come out equally long in a column of `measure` millimetres."""
    least = balanced(text, tokens().type[role], measure / MM_PER_PT)
    return Markup("") if least is None else Markup(f"max-width: {least:.1f}pt")


def rail_height(texts: Iterable[str], role: str = "table") -> float:
    """The height in points of lines in the rail, which stands outside the flow."""
    return height(texts, tokens().type[role], tokens().grid["rail"] / MM_PER_PT)


def cover_size(title: str) -> TypeStyle:
    """The cover's title in the largest size in which it takes three lines, four if it is long."""
    style, measure = tokens().type["cover_title"], 168 / MM_PER_PT
    for scale, most in ((1.0, 3), (0.85, 3), (0.7, 4), (0.58, 5)):
        smaller = _scaled(style, scale)
        longest = max(width(word, smaller) for word in title.split(" "))
        if lines(title, smaller, measure) <= most and longest <= measure:
            return smaller
    return _scaled(style, 0.5)


def _scaled(style: TypeStyle, scale: float) -> TypeStyle:
    return TypeStyle(style.family, style.face, style.weight, style.size * scale, style.leading * scale)


def head_height(heads: Sequence[str]) -> float:
    """How long in millimetres rotated heads must be for each to take no more than two lines."""
    style, length = tokens().type["rotated"], ROTATED_LEAST
    while length < ROTATED_MOST and any(lines(head, style, (length - 1) / MM_PER_PT) > ROTATED_LINES for head in heads):
        length += 2.5
    return length


@dataclass(frozen=True)
class MatrixColumns:
    """Widths in millimetres of the matrix: number, title, each actor."""

    number: float
    title: float
    cell: float

    def total(self, actors: int) -> float:
        return self.number + self.title + actors * self.cell


def matrix_columns(panel: MatrixPanel) -> MatrixColumns:
    """The widths for a panel; few actors leave the rest of the page's width empty."""
    count, wide = max(len(panel.columns), 1), tokens().grid["wide"]
    room = (wide - MATRIX_NUMBER - MATRIX_TITLE) / count
    cell = max(min(room, MATRIX_CELL), MATRIX_CELL_LEAST)
    title = min(wide - MATRIX_NUMBER - count * cell, MATRIX_TITLE_MOST)
    return MatrixColumns(MATRIX_NUMBER, round(title, 2), round(cell, 2))


def overview_padding(part: Overview) -> float:
    """The space in points above and below each row with which the plan still fits its page."""
    rows = sum(max(len(field.goals), 2) for field in part.fields)
    least, most = OVERVIEW_PADDING
    return max(least, min(most, (OVERVIEW_ROOM / max(rows, 1) - OVERVIEW_ROW) / 2))
