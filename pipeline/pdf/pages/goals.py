"""A goal's sheet in, how it is set on paper out: a narrow table of its indicators, whether it stays on one page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.document.model import Cell, Column, GoalSheet, Row, RowGroup, Table
from pipeline.pdf.pages.columns import column_widths
from pipeline.pdf.pages.sheet_layout import fact_rows
from pipeline.pdf.pages.sheets import blocks_height, row_height
from pipeline.pdf.text_metrics import height
from pipeline.pdf.tokens import MM_PER_PT, tokens
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP

_COLLECTED: Final = "Indikator und wie er erhoben wird"
_NOW: Final = "heute"
_UNTIL: Final = "bis"
_NONE: Final = "–"


def compact_indicators(table: Table, *, baselines: bool) -> Table:
    """The indicators in few columns: how one is collected stands below its name, its date beside its target.

    `baselines`: with a column for the value at the start. `Leerstand | 18 % | 9 %, bis Q4 2028 | Zählung` becomes
    `Leerstand, Zählung | 18 % | 9 % | Q4 2028`.
    """
    mm = tokens().mm["indicator"]
    widths = {_NOW: mm["now"], table.columns[2].label: mm["target"], _UNTIL: mm["until"]}
    if not baselines:
        del widths[_NOW]
    first = Column(_COLLECTED, tokens().grid["main"] - sum(widths.values()))
    columns = (first, *(Column(label, width) for label, width in widths.items()))
    groups = tuple(RowGroup(tuple(_compact(row, baselines=baselines) for row in group.rows)) for group in table.groups)
    return replace(table, columns=columns, groups=groups)


def _compact(row: Row, *, baselines: bool) -> Row:
    name, start, target, collected = row.cells
    below = () if collected.plain() == _NONE else (Node("break"), Node("muted", children=collected.content))
    value, date = _parted(target.content)
    now = (start,) if baselines else ()
    return replace(row, cells=(replace(name, content=(*name.content, *below)), *now, Cell(value), Cell(date)))


def _parted(content: Inline) -> tuple[Inline, Inline]:
    """What stands before a break; behind it the date, without the word that the head of its column says."""
    at = next((index for index, node in enumerate(content) if node.kind == "break"), len(content))
    date = "".join(node.plain() for node in content[at + 1 :]).replace(NBSP, " ").removeprefix(f"{_UNTIL} ")
    return content[:at], (Node("text", text=date.replace(" ", NBSP) or _NONE),)


def divisible(goal: GoalSheet, *, baselines: bool) -> bool:
    """Whether a goal's sheet may go on over the page.

    A goal with two indicators is kept in one. One with fifteen is higher than half a page: kept in one, it would move
    to the next page and leave this one half empty.
    """
    main = tokens().grid["main"]
    blocks = [*goal.explanation, *(block for passage in goal.passages for block in passage.blocks)]
    total = height([goal.sentence], tokens().type["goal_sentence"], main / MM_PER_PT)
    total += blocks_height(blocks, "dense", main).most
    total += sum(row_height(row).most for row in fact_rows(goal.facts))
    if goal.indicators:
        total += _table_height(compact_indicators(goal.indicators, baselines=baselines), main)
    return total > tokens().pt["goal"]["whole"]


def goal_rail(goal: GoalSheet) -> float:
    """The height in points of a goal's number and short title, which stand beside: the goal may be no lower."""
    style, room = tokens().type["dense"], tokens().grid["rail"] / MM_PER_PT
    return tokens().type["number"].leading + height([goal.short_title], style, room)


def _table_height(table: Table, room: float) -> float:
    """The height in points of the rows of a table `room` millimetres wide, each as high as its highest cell.

    The head is not counted, and every cell is taken to have space at its right, which the last has not: a row may come
    out a line too high, which matters only where a goal is half a page high to the line.
    """
    columns = [(width - tokens().mm["cell"]["beside"]) / MM_PER_PT for width in column_widths(table, room)]
    style, space = tokens().type["dense"], 2 * tokens().pt["dense"]["above"] + tokens().pt["rule"]["hair"]
    return sum(
        max(height(_cell_lines(cell), style, width) for cell, width in zip(row.cells, columns, strict=True)) + space
        for row in table.rows()
    )


def _cell_lines(cell: Cell) -> list[str]:
    """The lines of a cell that breaks part."""
    texts = [""]
    for node in cell.content:
        if node.kind == "break":
            texts.append("")
        else:
            texts[-1] += node.plain()
    return texts
