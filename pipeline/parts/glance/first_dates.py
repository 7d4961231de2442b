"""The plan in, what comes when out: milestones of the first year that is not over, then what bodies decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TableSection
from pipeline.fields.dates import short_day
from pipeline.parts.bodies import Date, again, decisions, decisions_left
from pipeline.parts.context import Context
from pipeline.parts.glance.room import rows_of
from pipeline.parts.phrases import counted, joined, link, muted, strong, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import Measure
from schema.values import Milestone
from schema.vocabulary import PartName, Priority, Role, StepResult

MOST_DECISIONS: Final = 6
_LINE: Final = 98  # characters
_OPEN: Final = "offen"
_MOST_BEGUN: Final = 24  # measures that are named one by one


def first_dates(context: Context, room: float) -> TableSection | None:
    """The milestones of the first year that is not over, then the decisions of bodies.

    `room`: how many rows of one line there are. Of more milestones only those of measures of high priority are shown,
    and of these so many as there is room for.
    """
    term = context.plan.meta.term
    year = min(max(term.first, context.plan.meta.date.year), term.last)
    dated = [
        (milestone, measure)
        for measure in context.plan.active_measures
        for milestone in measure.milestones
        if milestone.ahead and milestone.ahead.year == year
    ]
    begun = list(_begin_row(context, year))
    decided = list(_decision_rows(context))
    others = [*begun, *decided, _rest(year, bodies=True, left=0)]
    room -= sum(rows_of(len(row.cells[1].plain()) / _LINE) for row in others)
    chosen = dated
    if _height_of_dates(dated) > room:
        chosen = [item for item in dated if item[1].priority is Priority.HIGH]
    while chosen and _height_of_dates(chosen) > room:
        chosen = chosen[:-1]
    undated = [row for row in decided if row.cells[0].content == (text(_OPEN),)]
    rows = [*undated, *begun, *_by_due(chosen), *(row for row in decided if row not in undated)]
    if not rows and not dated:
        return None
    left = len(dated) - len(chosen)
    rows += [_rest(year, bodies=bool(decided), left=left)] if decided or left else []
    columns = (Column("Termin", 22), Column("Was dann vorliegt oder entschieden wird", 146))
    heading = typeset_line(f"Meilensteine {year} und Entscheidungen der Gremien")
    return TableSection(heading, Table(columns, (RowGroup(tuple(rows)),)))


def _height_of_dates(dated: Sequence[tuple[Milestone, Measure]]) -> float:
    return sum(rows_of(len(row.cells[1].plain()) / _LINE) for row in _by_due(dated))


def _by_due(dated: Sequence[tuple[Milestone, Measure]]) -> Iterator[Row]:
    dues = sorted({milestone.when for milestone, _ in dated}, key=lambda due: (due.last, due.first))
    for due in dues:
        items = [
            (Node("strong", children=(link(measure.id, measure.number),)), text(f"{NBSP}{milestone.title}"))
            for milestone, measure in dated
            if milestone.when == due
        ]
        yield Row((Cell((text(due.label),), header=True), Cell(joined(items, "; "))))


def _plan_rows(context: Context) -> Iterator[tuple[str, Inline]]:
    """When bodies have to decide about the plan itself, day by day."""
    found: dict[str, list[str]] = {}
    for step in context.plan.meta.route:
        if step.decides and step.result is not StepResult.RESOLVED:
            when = short_day(step.session) if step.session else _OPEN
            found.setdefault(when, []).append(_body(context, step.body))
    for when, names in found.items():
        yield when, (strong(Role.DECISION.label), text(f" {', '.join(names)}: über den Plan"))


def _body(context: Context, called: str) -> str:
    """The short name of a body: its own date, as most of the rows, is to stay on one line."""
    actor = context.plan.body(called)
    return actor.short if actor else called


def _begin_row(context: Context, year: int) -> Iterator[Row]:
    """What begins in the year, by when it does; of too many measures only how many."""
    begun = [item for item in context.plan.active_measures if item.span and item.span.start.year == year]
    starts = sorted({item.span.start for item in begun if item.span}, key=lambda start: (start.first, start.last))
    told: list[Inline] = []
    for start in starts:
        items = [item for item in begun if item.span and item.span.start == start]
        label = start.label.removesuffix(f" {year}") if start.label != str(year) else "ohne Quartal"
        when = text(f"{label}:{NBSP}")
        named = joined([(link(item.id, item.number),) for item in items])
        told.append((when, *(named if len(begun) <= _MOST_BEGUN else (text(counted(len(items), *_MEASURES)),))))
    if told:
        yield Row((Cell((text(f"Beginn{NBSP}{year}"),), header=True), Cell(joined(told, "; "))))


_MEASURES: Final = ("Maßnahme", "Maßnahmen")


def _rest(year: int, *, bodies: bool, left: int) -> Row:
    """Where everything else stands: the milestones that are `left`, and what comes before a body besides."""
    told: list[Inline] = []
    if left:
        more = counted(left, "weiterer Meilenstein", "weitere Meilensteine")
        told.append((text(f"{more} {year}: siehe "), link(PartName.SCHEDULE.value, PartName.SCHEDULE.label)))
    if bodies:
        told.append(
            (text("Berichte an die Gremien: siehe "), link(PartName.BODY_DATES.value, PartName.BODY_DATES.label))
        )
    return Row((Cell((text("außerdem"),), header=True), Cell(joined(told, "; "))))


def _decision_rows(context: Context) -> Iterator[Row]:
    """A row a day, or what is known of it: the plan itself, its measures, what it leaves to the bodies."""
    found: dict[tuple[int, str, str], list[Date]] = {}
    for date in (*decisions(context), *decisions_left(context)):
        about = "".join(node.plain() for node in _decided(context, date))
        found.setdefault((date.due.last if date.due else -1, date.when or _OPEN, about), []).append(date)
    told: dict[str, list[Inline]] = {}
    for when, words in _plan_rows(context):
        told.setdefault(when, []).append(words)
    shown = sorted(found, key=lambda key: key[0])
    for key in shown[:MOST_DECISIONS]:
        dates = found[key]
        names = ", ".join(_body(context, date.body) for date in dates)
        told.setdefault(key[1], []).append(
            (strong(Role.DECISION.label), text(f" {names}: "), *_decided(context, dates[0]))
        )
    for when, several in told.items():
        yield Row((Cell((text(when),), header=True), Cell(joined(several, "; "))))
    if len(shown) > MOST_DECISIONS:
        more = counted(len(shown) - MOST_DECISIONS, "weitere Entscheidung", "weitere Entscheidungen")
        yield Row((Cell((text("später"),), header=True), Cell((muted(f"{more}: siehe {PartName.BODY_DATES.label}"),))))


def _decided(context: Context, date: Date) -> Inline:
    if date.measure is not None:
        return (link(date.measure.id, date.measure.number), text(f" {date.measure.title}"))
    report = context.plan.meta.reports[date.index]
    return (text(report.title), *again(report))
