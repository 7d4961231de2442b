"""The plan in, its strands side by side out: per field of action goals, measures, led and committed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.document import Cell, Column, Row, RowGroup, Sign, Table, TablePart, TableSection
from pipeline.parts.context import NONE, Context, link, page, sign_node, text
from pipeline.typography import typeset_line
from schema.entities import Goal, Measure
from schema.plan import Plan
from schema.vocabulary import PartName

TWO = 2


def strands(context: Context) -> TablePart:
    """The strands compared, and the goals only one of them works for."""
    plan = context.plan
    sections = [TableSection("", _comparison(context), note=_NOTE)]
    alone = [goal for goal in plan.goals if len(_strands_of(plan, goal)) == 1 < len(plan.meta.strands)]
    if alone:
        sections.append(TableSection("Ziele, für die nur ein Strang arbeitet", _alone(context, alone)))
    return TablePart(
        anchor=PartName.STRANDS.value,
        title="Die beiden Stränge" if len(plan.meta.strands) == TWO else PartName.STRANDS.label,
        lead="Was jeder Strang zu den gemeinsamen Zielen beiträgt, je Handlungsfeld.",
        sections=tuple(sections),
    )


_NOTE = (
    "Ziele: für die der Strang mindestens eine Maßnahme verantwortet. Geführt: Maßnahmen, deren Federführung "
    "eine Stelle dieses Strangs hat. Zugesagt: Maßnahmen, deren Federführung zugesagt hat."
)


def _strands_of(plan: Plan, goal: Goal) -> set[str]:
    return {plan.strand_of[item.id] for item in plan.active_measures if goal.id in (item.goal, *item.further_goals)}


def _comparison(context: Context) -> Table:
    plan = context.plan
    columns = (
        Column("Strang", 64),
        *(Column(name, 26, align="right") for name in ("Ziele", "Maßnahmen", "geführt", "zugesagt")),
    )
    groups = [
        RowGroup(
            _rows(context, plan.measures_in(item.number)),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in plan.fields
    ]
    return Table(columns, (*groups, RowGroup(_rows(context, plan.active_measures), heading="Gesamt", sums=True)))


def _rows(context: Context, measures: Sequence[Measure]) -> tuple[Row, ...]:
    plan = context.plan
    rows = []
    for strand, sign in zip(plan.meta.strands, context.signs, strict=True):
        own = [item for item in measures if plan.strand_of[item.id] == strand.id]
        goals = len({item.goal for item in own})
        led = sum(context.actor(item.lead).strand == strand.id for item in measures)
        committed = sum(any(entry.actor == item.lead for entry in item.commitments) for item in own)
        rows.append(_row(sign, (goals, len(own), led, committed)))
    return tuple(rows)


def _row(sign: Sign, counts: Iterable[int]) -> Row:
    cells = (Cell((text(str(count) if count else NONE),)) for count in counts)
    return Row((Cell(sign_node(sign, with_name=True), header=True), *cells))


def _alone(context: Context, goals: Sequence[Goal]) -> Table:
    columns = (
        Column("Ziel", 16),
        Column("Kurztitel", 96),
        Column("Strang", 44),
        Column("Seite", 12, kind="page", align="right"),
    )
    rows = tuple(
        Row(
            (
                Cell((link(goal.id, goal.number),), header=True),
                Cell((text(goal.short_title),)),
                Cell(sign_node(context.sign_of(next(iter(_strands_of(context.plan, goal)))), with_name=True)),
                Cell((page(goal.id),)),
            )
        )
        for goal in goals
    )
    return Table(columns, (RowGroup(rows),))
