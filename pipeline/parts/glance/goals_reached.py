"""The plan in, what its goals are to reach out: a row a goal, of too many a row a field of action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TableSection
from pipeline.fields.indicator_row import TO_BE_SET, target_value
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.glance.room import HEAD, SECOND_PAGE, rows_of
from pipeline.parts.phrases import WHERE, link, muted, page, sign_node, strong, text
from pipeline.parts.timing import short_label
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import Goal, Measure
from schema.values import Indicator

_LINES: Final = (30, 38, 17)  # characters of a goal's short title, what it is measured by, its target
_COUNTS: Final = "Unter den Zeichen stehen die Maßnahmen je Strang."


def goals_reached(context: Context, least_left: float) -> tuple[TableSection | None, float]:
    """The goals, each on a row, of too many a row a field; and how many rows of one line that takes.

    `least_left`: how many have to be left on the page below them.
    """
    plan = context.plan
    if not plan.goals:
        return None, 0
    fields = sum(bool(plan.goals_of(item.number)) for item in plan.fields)
    in_full = fields + sum(_height_of(goal) for goal in plan.goals) + HEAD + 2
    if in_full <= SECOND_PAGE - least_left:
        return _each_goal(context), in_full
    return _each_field(context), len(plan.fields) + HEAD + 2


def _height_of(goal: Goal) -> float:
    first = goal.indicators[0] if goal.indicators else None
    said = (goal.short_title, f"{first.name} (+ 1)" if first else "", target_value(first) if first else "")
    return rows_of(max(len(words) / room for words, room in zip(said, _LINES, strict=True)))


def _strand_columns(context: Context) -> tuple[Column, ...]:
    return tuple(Column("", 5, align="right", sign=sign) for sign in context.signs)


def _counts(context: Context, measures: Sequence[Measure]) -> Iterator[Cell]:
    for strand in context.plan.meta.strands:
        count = sum(context.plan.strand_of[item.id] == strand.id for item in measures)
        yield Cell((text(str(count or NONE)),))


def _each_goal(context: Context) -> TableSection:
    plan = context.plan
    measured = any(goal.indicators for goal in plan.goals)
    room = 168 - 12 - 5 * len(context.signs) - WHERE.share
    columns = (
        Column("Ziel", 12),
        Column("Ziel in Kürze", room - sum(item.share for item in _MEASURED) if measured else room),
        *(_MEASURED if measured else ()),
        *_strand_columns(context),
        WHERE,
    )
    groups = tuple(
        RowGroup(
            tuple(_goal_row(context, goal, measured=measured) for goal in plan.goals_of(item.number)),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in plan.fields
        if plan.goals_of(item.number)
    )
    return TableSection("Was erreicht sein soll", Table(columns, groups), _goals_note(context, measured=measured))


_MEASURED: Final = (Column("Woran es gemessen wird", 55), Column("Zielwert", 28), Column("bis", 15))


def _goal_row(context: Context, goal: Goal, *, measured: bool) -> Row:
    cells: list[Cell] = []
    if measured:
        first = goal.indicators[0] if goal.indicators else None
        cells = [Cell(_measured_by(goal)), Cell((_target(first),)), Cell((text(_until(first)),))]
    return Row(
        (
            Cell((link(goal.id, goal.number), *_whose(context, goal)), header=True),
            Cell((strong(goal.short_title),)),
            *cells,
            *_counts(context, context.plan.measures_of(goal.id)),
            Cell((page(goal.id),)),
        )
    )


def _whose(context: Context, goal: Goal) -> Inline:
    """The sign of the strand that set it; none of a joint one."""
    strand = context.plan.strand_of.get(goal.id)
    return (text(" "), *sign_node(context.sign_of(strand))) if strand else ()


def _measured_by(goal: Goal) -> Inline:
    """The first indicator, and how many there are besides: nobody must take it for all."""
    if not goal.indicators:
        return (muted(f"Indikator {TO_BE_SET}"),)
    first, *others = goal.indicators
    if not others:
        return (text(first.name),)
    return (text(first.name), muted(f" (+{NBSP}{len(others)})"))


def _target(indicator: Indicator | None) -> Node:
    if indicator is None:
        return text(NONE)
    return muted(target_value(indicator)) if indicator.target is None else strong(target_value(indicator))


def _until(indicator: Indicator | None) -> str:
    return short_label(indicator.target_date) if indicator and indicator.target_date else NONE


def _goals_note(context: Context, *, measured: bool) -> str:
    indicators = [item for goal in context.plan.goals for item in goal.indicators]
    if not measured:
        return f"Woran die Ziele zu messen sind, ist noch festzulegen. {_COUNTS}"
    unknown = sum(isinstance(item.baseline, str) for item in indicators)
    some = f"Für {unknown} der {len(indicators)}" if unknown < len(indicators) else f"Für keinen der {len(indicators)}"
    missing = "ist der Ausgangswert noch zu erheben" if unknown < len(indicators) else "ist ein Ausgangswert erhoben"
    told = f"{some} Indikatoren {missing}. " if unknown else ""
    more = any(len(goal.indicators) > 1 for goal in context.plan.goals)
    others = "Gezeigt ist der erste Indikator; (+ 1) zählt weitere auf der Seite daneben. " if more else ""
    return typeset_line(f"{_owners(context)}{others}{told}{_COUNTS}")


def _owners(context: Context) -> str:
    """What the signs beside goals say; nothing where all are joint, or there is one strand."""
    owned = [goal.id in context.plan.strand_of for goal in context.plan.goals]
    if not any(owned) or len(context.signs) < 2:  # noqa: PLR2004
        return ""
    return f"Das Zeichen nennt, wessen Ziel es ist{'' if all(owned) else '; ohne Zeichen ist es ein gemeinsames'}. "


def _each_field(context: Context) -> TableSection:
    """One row a field of action, for a plan whose goals nobody could take in at once."""
    plan = context.plan
    columns = (
        Column("Handlungsfeld", 168 - 40 - 5 * len(context.signs)),
        Column("Ziele", 20, align="right"),
        Column("Indikatoren", 20, align="right"),
        *_strand_columns(context),
    )
    rows = []
    for item in plan.fields:
        goals = plan.goals_of(item.number)
        name = (link(item.anchor, str(item.number)), text(f" {item.title}"))
        counts = (len(goals), sum(len(goal.indicators) for goal in goals))
        cells = (Cell((text(str(count or NONE)),)) for count in counts)
        rows.append(Row((Cell(name, header=True), *cells, *_counts(context, plan.measures_in(item.number)))))
    note = f"Die Ziele mit ihren Zielwerten stehen im jeweiligen Handlungsfeld. {_COUNTS}"
    return TableSection("Was erreicht sein soll", Table(columns, (RowGroup(tuple(rows)),)), note)
