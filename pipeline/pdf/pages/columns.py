"""How wide the columns of tables are on paper: a given width is what makes a table cheap to lay out."""

from __future__ import annotations

from math import sqrt

from pipeline.document.model import Table
from pipeline.pdf.text_metrics import width
from pipeline.pdf.tokens import MM_PER_PT, tokens
from pipeline.text.nodes import Node

LARGEST_WORD = 0.5  # of the table's width: longer words are broken


def column_widths(table: Table, total: float) -> list[float]:
    """The widths in millimetres of a generated table's columns, by their shares; they sum up to `total`."""
    # Shares that are fractions, nine ninths of 128 say, add up to 167.99999999999997 besides the 40 of the first
    # column; without rounding, every width of a table of 168 would be off in its last digit.
    scale = total / round(sum(column.share for column in table.columns), 3)
    return [column.share * scale for column in table.columns]


def prose_widths(table: Node, total: float) -> list[float]:
    """Widths in millimetres that sum up to `total`: room for the longest word, the rest by amount of text.

    By the amount alone, a column of numbers beside one of sentences would be too narrow for "Ausgangswert" above it.
    The root of the amount keeps a column with one long sentence from taking all the room that is left: four times the
    text gets twice as much of it.
    """
    columns = _columns(table)
    if not columns:
        return []
    floors = [min(_longest_word(texts), total * LARGEST_WORD) for texts in columns]
    weights = [sqrt(max(_widest(texts), 1.0)) for texts in columns]
    spare = total - sum(floors)
    if spare <= 0:
        return [round(total * floor / sum(floors), 2) for floor in floors]
    return [round(floor + spare * weight / sum(weights), 2) for floor, weight in zip(floors, weights, strict=True)]


def _columns(table: Node) -> list[list[str]]:
    rows = [[_words(cell) for cell in row.children] for row in table.children]
    count = max((len(row) for row in rows), default=0)
    return [[row[index] for row in rows if index < len(row)] for index in range(count)]


def _words(node: Node) -> str:
    """A cell's text without its notes; what a break parts are two words."""
    if node.kind in ("break", "footnote"):
        return " " if node.kind == "break" else ""
    return node.text + "".join(map(_words, node.children))


def _widest(texts: list[str]) -> float:
    return max(_millimetres(text) for text in texts)


def _longest_word(texts: list[str]) -> float:
    mm, words = tokens().mm["prose_cell"], [word for text in texts for word in text.split()]
    return max(max((_millimetres(word) for word in words), default=0.0) + mm["beside"], mm["least"])


def _millimetres(text: str) -> float:
    return width(text, tokens().type["caption"]) * MM_PER_PT
