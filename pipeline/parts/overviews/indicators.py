"""The plan in, goals and indicators out: what every goal is measured by, in one table."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.targets import part_anchor, part_title
from pipeline.fields.indicator_row import TO_BE_SET
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.phrases import label, link, muted, page, text
from pipeline.parts.sheets.fields_of_action import baseline, target
from pipeline.text.typography import typeset_line
from schema.entities import Goal
from schema.values import Indicator
from schema.vocabulary import PartName


def indicators(context: Context, field: int | None = None) -> TablePart:
    """Goals and indicators of the whole plan or of one field of action."""
    plan = context.plan
    columns = (
        Column("Ziel", 10),
        Column(label(Goal, "short_title"), 32),
        Column(label(Indicator, "name"), 40),
        Column(label(Indicator, "baseline"), 20),
        Column(label(Indicator, "target"), 22),
        Column(label(Indicator, "collection"), 34),
        Column("Seite", 10, kind="where", align="right"),
    )
    groups = tuple(
        RowGroup(
            tuple(row for goal in plan.goals_of(item.number) for row in _rows(goal)),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in plan.fields
        if field in (None, item.number) and plan.goals_of(item.number)
    )
    return TablePart(
        anchor=part_anchor(PartName.INDICATORS, field),
        title=typeset_line(part_title(PartName.INDICATORS, field)),
        lead="Woran sich jedes Ziel messen lässt: Ausgangswert, Zielwert und wie der Wert erhoben wird.",
        sections=(TableSection("", Table(columns, groups)),),
    )


def _rows(goal: Goal) -> Iterator[Row]:
    first = (Cell((link(goal.id, goal.number),), header=True), Cell((text(goal.short_title),)))
    if not goal.indicators:
        empty = Cell((muted(TO_BE_SET),))
        yield Row(
            (*first, empty, Cell((text(NONE),)), Cell((text(NONE),)), Cell((text(NONE),)), Cell((page(goal.id),)))
        )
    for item in goal.indicators:
        yield Row(
            (
                *first,
                Cell((text(item.name),)),
                Cell(baseline(item)),
                Cell(target(item)),
                Cell((text(item.collection or NONE),)),
                Cell((page(goal.id),)),
            )
        )
