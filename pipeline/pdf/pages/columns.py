"""How wide the columns of tables are on paper, a given width being cheap to lay out; which of them are not heard."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from pipeline.document.model import Cell, Row, Table
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


def unheard_columns(table: Table) -> frozenset[int]:
    """The columns that tell only where something stands to which another cell of the row leads already.

    "1.1.1" is a link to page 17; beside it "17" helps whoever holds paper, and is one more cell for whoever listens.
    """
    where = (index for index, column in enumerate(table.columns) if column.kind == "where")
    return frozenset(index for index in where if all(_leads_there(row, index) for row in table.rows()))


def _leads_there(row: Row, index: int) -> bool:
    """Whether another cell of a row leads to the place that a cell tells, or it tells none."""
    told = {node.attrs["target"] for node in _nodes(row.cells[index]) if node.kind == "page"}
    others = (cell for place, cell in enumerate(row.cells) if place != index)
    return told <= {node.attrs["target"] for cell in others for node in _nodes(cell) if node.kind == "link"}


def _nodes(cell: Cell) -> Iterator[Node]:
    for node in cell.content:
        yield from node.walk()


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
