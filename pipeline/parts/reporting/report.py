"""The plan in, the report on what became of it out: a page of summary, then every field of action.

What was resolved is what all is held against. What nobody has reported counts as not reported, never as reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.content.texts import Texts
from pipeline.document.model import (
    Document,
    FieldOpener,
    GoalSheet,
    MeasureSheet,
    MeasureSheets,
    Note,
    Part,
    Passage,
    State,
    TablePart,
)
from pipeline.document.references import finish
from pipeline.fields.dates import day
from pipeline.parts.assemble import labels_of, properties_of
from pipeline.parts.context import Context
from pipeline.parts.facts import ShownField, shown_fact
from pipeline.parts.lists.changed_values import marked_values
from pipeline.parts.phrases import strong, text, without_places
from pipeline.parts.reporting.due import Fate, due_by
from pipeline.parts.reporting.summary import summary
from pipeline.parts.reporting.year import Year, milestones_due, told
from pipeline.parts.sheets.fields_of_action import indicators_table
from pipeline.parts.timing import bar, bars, bars_alternative
from pipeline.text.markdown import parse
from pipeline.text.nodes import Blocks, Inline, Node
from pipeline.text.typography import typeset_line
from schema.edition import Change, Snapshot, changes, snapshot
from schema.entities import FieldOfAction, Goal, Measure
from schema.plan import Kind, Plan

SUFFIX: Final = "-umsetzungsbericht"  # behind the plan's short name: what its files are called
TITLE: Final = "Umsetzungsbericht"
_AS_RESOLVED: Final = "Wortlaut, Zuständigkeiten und Termine sind, wie sie beschlossen wurden."
_SHOWN: Final = (
    ShownField("status", "summary"),
    ShownField("leads", strong=True),
    ShownField("milestones"),
    ShownField("effort"),
    ShownField("spent"),
    ShownField("notes"),
)


Resolved = tuple[Snapshot, Plan]
"""The edition that was resolved: what was kept of it, and the plan that it was."""


def implementation_report(context: Context, texts: Texts, resolved: Resolved | None, year: int) -> Document:
    """The report on a plan by the end of a year; without a resolved edition it is held against itself."""
    plan, meta = context.plan, context.plan.meta
    kept, was = resolved or (None, None)
    due = due_by(plan, was, year)
    changed = [*changes(kept, snapshot(plan), context.kinds)] if kept else []
    of_plan = Year(context, year, was or plan, due)
    lead = f"Was aus dem Plan bis Ende {year} geworden ist. Gemeldet bis {day(meta.date)}. {_against(kept)}"
    parts: list[Part] = [
        TablePart(
            anchor="umsetzungsbericht",
            title=typeset_line(f"{TITLE} {year}"),
            lead=typeset_line(lead),
            sections=tuple(summary(of_plan)),
        )
    ]
    for item in plan.fields:
        parts += _field(of_plan, item, changed, was)
    values = properties_of(context)
    named = replace(
        values,
        title=typeset_line(f"{TITLE} {year}: {values.title}"),
        full_title=typeset_line(f"{TITLE} {year}: {values.title} (Fassung {values.edition})"),
    )
    labels = labels_of(plan, texts)
    return Document(named, finish(tuple(parts), labels), labels)


def _against(kept: Snapshot | None) -> str:
    if kept is None:
        return "Eine beschlossene Fassung ist nicht festgehalten; Maßstab ist der Plan, wie er heute ist."
    return f"Maßstab ist die beschlossene Fassung {kept.edition}, nicht ein später geänderter Termin."


# --- a field of action --------------------------------------------------------------------------------------------


def _field(of_plan: Year, item: FieldOfAction, changed: Sequence[Change], resolved: Plan | None) -> Iterator[Part]:
    context = of_plan.context
    measures = context.plan.measures_in(item.number)
    yield FieldOpener(
        anchor=item.anchor,
        title=typeset_line(item.title),
        number=str(item.number),
        over=typeset_line(f"Handlungsfeld {item.number}"),
        lead=(Node("paragraph", children=(text(_lead(of_plan, item)),)),),
        axis=context.axis,
        bars=bars(context, measures),
        alternative=bars_alternative(context, measures),
        goals=tuple(_goal(context, goal, changed) for goal in context.plan.goals_of(item.number)),
        notes=(),
    )
    if sheets := context.plan.sheets_in(item.number):
        yield MeasureSheets(
            anchor=f"{item.anchor}-massnahmen",
            title=typeset_line(f"Maßnahmen im Handlungsfeld {item.number}"),
            number=str(item.number),
            sheets=tuple(_measure(of_plan, measure, changed, resolved) for measure in sheets),
            level=2,
        )


def _lead(of_plan: Year, item: FieldOfAction) -> str:
    """`Von 9 fälligen Meilensteinen: 7 erreicht, 1 verschoben, 1 ohne Meldung.`"""
    due = of_plan.due_in(item.number)
    if not due:
        return f"Bis {of_plan.end} war kein Meilenstein fällig."
    return f"Von {len(due)} {milestones_due(len(due))}: {told(due)}."


def _goal(context: Context, goal: Goal, changed: Sequence[Change]) -> GoalSheet:
    notes = shown_fact(context, goal, goal.id, ShownField("notes"))
    own = [item for item in changed if item.kind is Kind.GOAL and item.id == goal.id and not item.progress]
    return GoalSheet(
        anchor=goal.id,
        number=goal.number,
        label=typeset_line(f"Ziel {goal.number}"),
        short_title=typeset_line(goal.short_title),
        sentence=typeset_line(goal.sentence),
        indicators=indicators_table(goal) if goal.indicators else None,
        notes=tuple(Note((text("Seit dem Beschluss geändert: "), *_changed(context, item))) for item in own),
        facts=(notes,),
    )


def _measure(of_plan: Year, measure: Measure, changed: Sequence[Change], resolved: Plan | None) -> MeasureSheet:
    context = of_plan.context
    was = resolved.measure_by_id.get(measure.id) if resolved else None
    return MeasureSheet(
        anchor=measure.id,
        number=measure.number,
        title=typeset_line(measure.title),
        sign=context.measure_sign(measure),
        state=State(measure.status.value, measure.status.label),
        standing=typeset_line(_standing(of_plan, measure)),
        axis=context.axis,
        bar=bar(context, measure) if measure.active else None,
        description=without_places(parse((was or measure).description).blocks),
        passages=tuple(_since(context, measure, changed, resolved)),
        facts=tuple(shown_fact(context, measure, measure.id, shown) for shown in _SHOWN),
    )


def _standing(of_plan: Year, measure: Measure) -> str:
    """`in Umsetzung; 2 von 3 fälligen Meilensteinen erreicht`."""
    due = [item for item in of_plan.due if item.measure.id == measure.id]
    reached = sum(item.fate is Fate.REACHED for item in due)
    of_due = f"{reached} von {len(due)} {milestones_due(len(due))} erreicht" if due else "noch kein Meilenstein fällig"
    return f"{measure.status.label}; {of_due}"


def _since(context: Context, measure: Measure, changed: Sequence[Change], resolved: Plan | None) -> Iterator[Passage]:
    """What of a measure is otherwise than it was resolved, value by value; else that nothing is."""
    if resolved is None:
        return
    if measure.id not in resolved.measure_by_id:
        said: Blocks = (Node("paragraph", children=(text("Die Maßnahme ist seit dem Beschluss hinzugekommen."),)),)
        yield Passage("Seit dem Beschluss", said)
        return
    own = [item for item in changed if item.kind is Kind.MEASURE and item.id == measure.id and not item.progress]
    own = [item for item in own if item.field != "status"]
    lines = [Node("paragraph", children=_changed(context, item)) for item in own]
    yield Passage("Seit dem Beschluss geändert" if lines else "Beschluss", tuple(lines) or (_paragraph(_AS_RESOLVED),))


def _changed(context: Context, item: Change) -> Inline:
    old, new = marked_values(context, item)
    return (strong(f"{item.label}:"), text(" "), *old, text(" → "), *new)


def _paragraph(words: str) -> Node:
    return Node("paragraph", children=(text(words),))
