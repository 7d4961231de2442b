"""Lines in, tables that are none out: without their line, with cells too many, pasted, with text run into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.text.almost_markdown.slips import ITEM, Almost, Lines, Slip

_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?\s*$")
_ROW: Final = re.compile(r"\s{0,3}\|.*\|\s*$")
_WORD_SUBPOINT: Final = re.compile(r"\s*[o§]\t")
_ENDS_TABLE: Final = re.compile(r"\s{0,3}(?:#{1,6}\s|>|```|~~~|:::|[-*_]{3,}\s*$)|\s{4}")


def tables(lines: Lines) -> Iterator[Almost]:
    """Tables without their line, rows with more cells than the head, and lines that the table takes in."""
    columns, swallowed = 0, False
    for index, row in enumerate(lines.rows):
        below = lines.row(index + 1)
        if not row.strip() or ITEM.match(row) or _ENDS_TABLE.match(row):
            columns, swallowed = 0, False
        elif columns and "|" not in row:
            if not swallowed and columns > 1:
                yield _taken_in(index, row, columns)
            swallowed = True
        elif columns and not _RULE.match(row) and len(cells := _cells(row)) > columns and any(cells[columns:]):
            joined = [*cells[: columns - 1], " \\| ".join(cell for cell in cells[columns - 1 :])]
            yield Almost(Slip.CELL_TOO_MANY, index + 1, " | ".join(cells[columns:]), _written(joined))
        elif not columns and "|" in row and _RULE.match(below) and "-" in below:
            columns = len(_cells(row))
        elif not columns and _ROW.match(row) and _ROW.match(below) and not _ROW.match(lines.row(index - 1)):
            head = _cells(row)
            yield Almost(Slip.TABLE_WITHOUT_LINE, index + 1, row.strip(), f"{_written(head)}\n{_line(len(head))}")


def _taken_in(index: int, row: str, columns: int) -> Almost:
    """A line right below a table: cells with tabs, or a paragraph; either would stand in the first column."""
    cells = [cell.strip() for cell in row.strip().split("\t")]
    if len(cells) > 1:
        return Almost(Slip.PASTED_ROW, index + 1, row.strip(), _written([*cells, *[""] * (columns - len(cells))]))
    return Almost(Slip.TEXT_BELOW_TABLE, index + 1, row.strip(), f"\n{row}")


def pasted(lines: Lines) -> Iterator[Almost]:
    """Two lines or more with the same number of tabs between words: cells, as a spreadsheet puts them down."""
    rows, start = lines.rows, 0
    while start < len(rows):
        tabs, end = _tabs(rows[start]), start + 1
        while tabs and end < len(rows) and _tabs(rows[end]) == tabs:
            end += 1
        if end - start > 1 and "|" not in lines.row(start - 1):  # below a table they are rows of it
            table = [_written([cell.strip() for cell in row.strip().split("\t")]) for row in rows[start:end]]
            better = "\n".join([table[0], _line(tabs + 1), *table[1:]])
            yield Almost(Slip.PASTED_CELLS, start + 1, rows[start].strip(), better, end)
        start = end


def _tabs(row: str) -> int:
    return 0 if ITEM.match(row) or _WORD_SUBPOINT.match(row) else row.strip().count("\t")


def _cells(row: str) -> list[str]:
    """The cells of a line of a table; a `\\|` is none of its bars."""
    bare = row.strip().replace("\\|", "\x00\x00")
    inner = bare.removeprefix("|").removesuffix("|")
    start = len(row) - len(row.lstrip()) + bare.startswith("|")
    cells = []
    for cell in inner.split("|"):
        cells.append(row[start : start + len(cell)].strip())
        start += len(cell) + 1
    return cells


def _written(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(columns: int) -> str:
    return "|" + " --- |" * columns
