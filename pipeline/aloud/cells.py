"""A table's element in, its cells out, each with the header cells that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.aloud.read_tags import Element

_GROUPS = ("THead", "TBody", "TFoot")


@dataclass(frozen=True)
class Cell:
    """A cell and its headers, the row's before the column's."""

    element: Element
    headers: tuple[Element, ...]

    @property
    def is_header(self) -> bool:
        """Whether it is a header itself."""
        return self.element.tag == "TH"


def rows(table: Element) -> list[list[Cell]]:
    """The table's rows with the cells that begin in each."""
    items = _rows(table)
    grid = _grid(items)
    return [
        [Cell(cell, _headers(grid, number, column)) for column, cell in _beginning(grid, items, number)]
        for number in range(len(items))
    ]


def width(table: Element) -> int:
    """How many columns the table has."""
    return max((column + 1 for _, column in _grid(_rows(table))), default=0)


def _rows(table: Element) -> list[Element]:
    found = []
    for kid in table.elements:
        if kid.tag == "TR":
            found.append(kid)
        elif kid.tag in _GROUPS:
            found += [row for row in kid.elements if row.tag == "TR"]
    return found


def _grid(items: Sequence[Element]) -> dict[tuple[int, int], Element]:
    """Every place of the table by row and column, with the cell that covers it.

    A cell over two rows also covers a place in the next, whose own cells then begin one column further on.
    """
    grid: dict[tuple[int, int], Element] = {}
    for number, row in enumerate(items):
        column = 0
        for cell in row.elements:
            while (number, column) in grid:
                column += 1
            for down in range(cell.rows):
                for along in range(cell.columns):
                    grid[number + down, column + along] = cell
    return grid


def _beginning(
    grid: dict[tuple[int, int], Element], items: Sequence[Element], number: int
) -> list[tuple[int, Element]]:
    """The cells of a row with the column in which each begins."""
    places = {id(cell): column for (row, column), cell in sorted(grid.items(), reverse=True) if row == number}
    return [(places[id(cell)], cell) for cell in items[number].elements]


def _headers(grid: dict[tuple[int, int], Element], row: int, column: int) -> tuple[Element, ...]:
    """The headers to the left and above, from afar to near, each once, by their Scope (ISO 32000-1, 14.8.5.7)."""
    left = [grid[row, other] for other in range(column) if (row, other) in grid]
    above = [grid[other, column] for other in range(row) if (other, column) in grid]
    own = grid[row, column]
    found = [cell for cell in left if cell.scope in ("Row", "Both")]
    found += [cell for cell in above if cell.scope in ("Column", "Both")]
    return tuple({id(cell): cell for cell in found if cell is not own}.values())
