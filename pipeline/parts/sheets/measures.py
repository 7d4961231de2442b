"""The measures of a field of action in, their sheets (Steckbriefe) out: labelled facts in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.document.model import Fact, FactLine, MeasureSheet, MeasureSheets, Passage, State
from pipeline.fields.wording import NO_MEASURE, NONE, OPEN, commitment_text, effort_text, funding_text, span_text
from pipeline.parts.context import (
    Context,
    blocks,
    goal_line,
    joined,
    label,
    line,
    link,
    measure_line,
    milestone_lines,
    muted,
    page,
    place,
)
from pipeline.parts.timing import bar
from pipeline.text.nodes import Inline, Node, Place
from pipeline.text.typography import typeset_line
from schema.entities import FieldOfAction, Measure
from schema.vocabulary import MeasureStatus, Priority, Role


def measure_sheets(context: Context, item: FieldOfAction) -> MeasureSheets:
    """The sheets of a field's measures, in printed order."""
    return MeasureSheets(
        anchor=f"{item.anchor}-massnahmen",
        title=typeset_line(f"Maßnahmen im Handlungsfeld {item.number}"),
        number=str(item.number),
        sheets=tuple(_sheet(context, measure) for measure in context.plan.measures_in(item.number)),
        level=2,
    )


def _sheet(context: Context, measure: Measure) -> MeasureSheet:
    fields = tuple(_fields(context, measure))
    return MeasureSheet(
        anchor=measure.id,
        number=measure.number,
        label=typeset_line(f"Maßnahme {measure.number}"),
        title=typeset_line(measure.title),
        sign=context.measure_sign(measure),
        state=State(measure.status.value, measure.status.label),
        rail=tuple(_rail(context, measure)),
        axis=context.axis,
        bar=bar(context, measure),
        description=blocks(measure.description, _place(measure, "description")),
        passages=tuple(_passages(measure)),
        facts=tuple(fact for fact in fields if _in_print(measure, fact)),
        fields=fields,
        title_place=_place(measure, "title"),
    )


def _place(measure: Measure, name: str) -> Place:
    return place(Measure, measure.id, name)


def _passages(measure: Measure) -> Iterator[Passage]:
    if measure.resolved_wording:
        wording = blocks(measure.resolved_wording, _place(measure, "resolved_wording"))
        yield Passage(label(Measure, "resolved_wording"), wording)


def _rail(context: Context, measure: Measure) -> Iterator[Inline]:
    if measure.priority is not None:
        yield (muted(f"{label(Measure, 'priority')} {measure.priority.label}"),)
    goal = context.plan.goal_by_id[measure.goal]
    seite = Node("muted", children=(Node("text", text=", Seite\u00a0"), page(goal.id)))
    yield (muted("zu "), link(goal.id, f"Ziel {goal.number}"), seite)
    if measure.further_goals:
        links = joined([(link(item, f"Ziel {item[1:]}"),) for item in measure.further_goals])
        yield (muted("auch zu "), *links)


def _fields(context: Context, measure: Measure) -> Iterator[Fact]:
    """All fields but the texts, in the sheet's order; the rail's first."""
    yield _fact(measure, "status", [line(measure.status.label)], NONE, tuple(item.label for item in MeasureStatus))
    priority = [line(measure.priority.label)] if measure.priority else []
    yield _fact(measure, "priority", priority, NONE, (NONE, *(item.label for item in Priority)))
    yield _fact(measure, "goal", [goal_line(context, measure.goal)], NONE)
    yield _fact(measure, "further_goals", [goal_line(context, item) for item in measure.further_goals], NONE)
    for role, name in _ROLES.items():
        content = joined([(link(actor, context.actor(actor).name),) for actor in measure.actors_in(role)])
        fact = _fact(measure, name, [FactLine(content)] if content else [], NONE)
        yield replace(fact, strong=role is Role.LEAD)
    yield _fact(measure, "span", [line(span_text(measure.span))], NONE)
    yield _fact(measure, "milestones", milestone_lines(measure.milestones), NONE)
    yield _fact(measure, "effort", [line(effort_text(item)) for item in measure.effort], OPEN)
    yield _fact(measure, "funding", [line(funding_text(item)) for item in measure.funding], OPEN)
    yield _fact(measure, "indicator", [line(measure.indicator)] if measure.indicator else [], NONE)
    dependencies = [measure_line(context, item) for item in measure.depends_on]
    yield _fact(measure, "depends_on", dependencies, NO_MEASURE)
    commitments = [line(commitment_text(context.actor(item.actor).name, item.date)) for item in measure.commitments]
    yield _fact(measure, "commitments", commitments, OPEN)
    if context.in_draft:
        yield _fact(measure, "origin", [FactLine((muted(measure.origin),))] if measure.origin else [], NONE)


_ROLES: Final = {
    Role.LEAD: "lead",
    Role.DECISION: "decision",
    Role.PARTICIPATION: "participation",
    Role.INFORMATION: "information",
}
_IN_RAIL: Final = frozenset(("status", "prioritaet", "ziel", "weitere_ziele"))


def _in_print(measure: Measure, fact: Fact) -> bool:
    """The print says some fields in its rail, and leaves out roles that nobody has and an origin not given."""
    if fact.key == "herkunft":
        return bool(measure.origin)
    role = next((role for role in _ROLES if role.value == fact.key), None)
    return bool(measure.actors_in(role)) if role else fact.key not in _IN_RAIL


def _fact(measure: Measure, name: str, lines: list[FactLine], empty: str, choices: tuple[str, ...] = ()) -> Fact:
    info = Measure.model_fields[name]
    shown = tuple(lines) or (FactLine((muted(empty),)),)
    return Fact(info.title or name, info.alias or name, shown, place=_place(measure, name), choices=choices)
