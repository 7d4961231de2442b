"""The measures of a field of action in, their sheets (Steckbriefe) out: labelled facts in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import Fact, FactLine, MeasureSheet, MeasureSheets, Passage, State
from pipeline.nodes import Inline, Node
from pipeline.parts.context import (
    NONE,
    Context,
    blocks,
    effort_text,
    funding_text,
    joined,
    label,
    line,
    link,
    measure_line,
    milestone_lines,
    muted,
    page,
    short_day,
    span_text,
)
from pipeline.parts.timing import bar
from pipeline.typography import typeset_line
from schema.entities import FieldOfAction, Measure
from schema.vocabulary import Role


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
        description=blocks(measure.description),
        passages=tuple(_passages(measure)),
        facts=tuple(_facts(context, measure)),
    )


def _passages(measure: Measure) -> Iterator[Passage]:
    if measure.resolved_wording:
        yield Passage(label(Measure, "resolved_wording"), blocks(measure.resolved_wording))


def _rail(context: Context, measure: Measure) -> Iterator[Inline]:
    if measure.priority is not None:
        yield (muted(f"{label(Measure, 'priority')} {measure.priority.label}"),)
    goal = context.plan.goal_by_id[measure.goal]
    seite = Node("muted", children=(Node("text", text=", Seite\u00a0"), page(goal.id)))
    yield (muted("zu "), link(goal.id, f"Ziel {goal.number}"), seite)
    if measure.further_goals:
        links = joined([(link(item, f"Ziel {item[1:]}"),) for item in measure.further_goals])
        yield (muted("auch zu "), *links)


def _facts(context: Context, measure: Measure) -> Iterator[Fact]:
    for role in Role:
        actors = measure.actors_in(role)
        if actors:
            content = joined([(link(actor, context.actor(actor).name),) for actor in actors])
            yield Fact(role.label, role.value, (FactLine(content),), strong=role is Role.LEAD)
    yield Fact(label(Measure, "span"), "zeitraum", (line(span_text(measure.span)),))
    yield _fact("milestones", milestone_lines(measure.milestones), NONE)
    yield _fact("effort", [line(effort_text(item)) for item in measure.effort], "offen")
    yield _fact("funding", [line(funding_text(item)) for item in measure.funding], "offen")
    yield _fact("indicator", [line(measure.indicator)] if measure.indicator else [], NONE)
    dependencies = [measure_line(context, item) for item in measure.depends_on]
    yield _fact("depends_on", dependencies, "keiner anderen Maßnahme")
    commitments = [line(f"{context.actor(item.actor).name}, {short_day(item.date)}") for item in measure.commitments]
    yield _fact("commitments", commitments, "offen")
    if context.in_draft and measure.origin:
        yield _fact("origin", [FactLine((muted(measure.origin),))], NONE)


def _fact(name: str, lines: list[FactLine], empty: str) -> Fact:
    info = Measure.model_fields[name]
    return Fact(info.title or name, info.alias or name, tuple(lines) or (FactLine((muted(empty),)),))
