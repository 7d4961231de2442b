"""The fields of action: for each its opener, with a sheet a goal, and the sheets of its measures."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document.model import (
    Cell,
    Column,
    Fact,
    FactLine,
    FieldOpener,
    GoalSheet,
    Note,
    Part,
    Row,
    RowGroup,
    Table,
)
from pipeline.fields.indicator_row import actual_lines, baseline_lines, target_lines
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.facts import (
    OPEN_MATTERS,
    ShownField,
    facts_given,
    own_facts,
    passages,
    picture,
    reserved_fact,
)
from pipeline.parts.phrases import blocks, joined, label, link, muted, place, sign_node, strong, text
from pipeline.parts.sheets.measures import measure_sheets
from pipeline.parts.sheets.shared import common_origin, has_baselines, shared_by_all
from pipeline.parts.timing import bars, bars_alternative
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import FieldOfAction, Goal, Measure
from schema.values import Indicator
from schema.vocabulary import OwnOwner


def fields_of_action(context: Context, field: int | None = None) -> Iterator[Part]:
    """Every field of action, or the one of that number: its opener with its goals, then the sheets of its measures."""
    for item in context.plan.fields:
        if field in (None, item.number):
            yield field_opener(context, item)
            if context.plan.sheets_in(item.number):
                yield measure_sheets(context, item)


def field_opener(context: Context, item: FieldOfAction) -> FieldOpener:
    """The opener of one field of action with its goals."""
    plan = context.plan
    measures = plan.measures_in(item.number)
    goals = plan.goals_of(item.number)
    origin = common_origin(context, item)
    return FieldOpener(
        anchor=item.anchor,
        title=typeset_line(item.title),
        number=str(item.number),
        over=typeset_line(f"Handlungsfeld {item.number}"),
        lead=blocks(item.lead, place(FieldOfAction, item.anchor, "lead")),
        axis=context.axis,
        bars=bars(context, measures),
        alternative=bars_alternative(context, measures),
        goals=tuple(_goal_sheet(context, goal, origin) for goal in goals),
        notes=tuple(_opening_notes(context, item, origin)),
        title_place=place(FieldOfAction, item.anchor, "title"),
        passages=(*picture(item), *passages(context, item, item.anchor, OwnOwner.FIELD)),
        facts=facts_given(context, item, item.anchor, (*own_facts(context, OwnOwner.FIELD), OPEN_MATTERS)),
        shared=tuple(shared_by_all(context, item)),
        baselines=has_baselines(context, item),
    )


def _opening_notes(context: Context, item: FieldOfAction, shared_origin: str) -> Iterator[Note]:
    if not context.plan.goals_of(item.number):
        yield Note((text("Zu diesem Handlungsfeld gibt es noch kein Ziel."),))
    if context.in_draft and item.origin:
        yield _origin(FieldOfAction, item.anchor, item.origin, shared_origin)


def _origin(model: type[FieldOfAction | Goal], identifier: str, origin: str, shared_origin: str) -> Note:
    words = (text(f"{label(model, 'origin')}: {origin}"),)
    node = Node("muted", children=words, place=place(model, identifier, "origin"))
    return Note((node,), rank="summary" if origin == shared_origin else "main")


def _goal_sheet(context: Context, goal: Goal, shared_origin: str) -> GoalSheet:
    notes: list[Note] = []
    if goal.mark:
        mark = (text(f"{label(Goal, 'mark')}: {goal.mark}"),)
        notes.append(Note((Node("muted", children=mark, place=place(Goal, goal.id, "mark")),)))
    if context.in_draft and goal.origin:
        notes.append(_origin(Goal, goal.id, goal.origin, shared_origin))
    return GoalSheet(
        anchor=goal.id,
        number=goal.number,
        label=typeset_line(f"Ziel {goal.number}"),
        short_title=typeset_line(goal.short_title),
        sentence=typeset_line(goal.sentence),
        indicators=indicators_table(goal) if goal.indicators else None,
        notes=tuple(notes),
        title_place=place(Goal, goal.id, "short_title"),
        sentence_place=place(Goal, goal.id, "sentence"),
        explanation=blocks(goal.explanation, place(Goal, goal.id, "explanation")) if goal.explanation else (),
        passages=passages(context, goal, goal.id, OwnOwner.GOAL),
        facts=(
            *_measures(context, goal),
            *_hierarchy(context, goal),
            *reserved_fact(label(Indicator, "reservation"), goal.indicators),
            *facts_given(context, goal, goal.id, own_facts(context, OwnOwner.GOAL)),
        ),
    )


def _hierarchy(context: Context, goal: Goal) -> Iterator[Fact]:
    """The goal that it belongs to, those that belong to it, and how it stands."""
    yield from facts_given(context, goal, goal.id, (ShownField("parent", if_given=True),))
    below = [item for item in context.plan.goals if item.parent == goal.id]
    if below:
        lines = (FactLine((link(item.id, item.number), text(f" {item.short_title}"))) for item in below)
        yield Fact("Unterziele", "", tuple(lines))
    yield from facts_given(context, goal, goal.id, (ShownField("notes", if_given=True), OPEN_MATTERS))


def indicators_table(goal: Goal) -> Table:
    """A goal's indicators, a row each, with where it stands in the sources."""
    columns = (
        Column(label(Indicator, "name"), 42),
        Column(label(Indicator, "baseline"), 24),
        Column(label(Indicator, "target"), 24),
        Column(label(Indicator, "collection"), 35),
    )
    rows = tuple(
        Row(
            (
                Cell((text(item.name),), header=True),
                Cell(baseline(item)),
                Cell(target(item)),
                Cell((text(item.collection or NONE),)),
            ),
            place=place(Goal, goal.id, "indicators", index),
        )
        for index, item in enumerate(goal.indicators)
    )
    return Table(columns, (RowGroup(rows),))


def baseline(indicator: Indicator) -> Inline:
    """The value at the start, with its date below, then what was measured since."""
    first, *date = baseline_lines(indicator)
    value = muted(first) if isinstance(indicator.baseline, str) else text(first)
    since = [node for line in actual_lines(indicator) for node in (Node("break"), text(line))]
    return (*_with_date(value, date), *since)


def target(indicator: Indicator) -> Inline:
    """The value to reach, with its date below."""
    first, *date = target_lines(indicator)
    return _with_date(muted(first) if indicator.target is None else strong(first), date)


def _with_date(value: Node, date: list[str]) -> Inline:
    return (value, Node("break"), muted(date[0])) if date else (value,)


def _measures(context: Context, goal: Goal) -> Iterator[Fact]:
    """Its measures on one line, then the numbers of those that serve it besides a goal of their own."""
    own = [_measure(context, item) for item in context.plan.measures_of(goal.id)]
    further = [(link(item.id, item.number),) for item in context.plan.active_measures if goal.id in item.further_goals]
    if further:
        own.append((muted("auch "), *joined(further)))
    if own:
        yield Fact("Maßnahmen", "", (FactLine(joined(own, "; ")),))


def _measure(context: Context, item: Measure) -> Inline:
    number = Node("strong", children=(link(item.id, item.number),))
    sign = sign_node(context.measure_sign(item))
    return (number, Node("text", text=NBSP), *sign, Node("text", text=typeset_line(f" {item.title}")))
