"""The measures of a field of action in, their sheets (Steckbriefe) out: labelled facts in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.document.model import Fact, FactLine, MeasureSheet, MeasureSheets, State
from pipeline.parts.context import Context
from pipeline.parts.facts import OPEN_MATTERS, ShownField, own_facts, passages, picture, shown_fact
from pipeline.parts.phrases import blocks, joined, label, link, muted, page, place, text
from pipeline.parts.timing import bar
from pipeline.text.nodes import Inline, Node, Place
from pipeline.text.typography import typeset_line
from schema.entities import FieldOfAction, Measure
from schema.vocabulary import OwnOwner


def measure_sheets(context: Context, item: FieldOfAction) -> MeasureSheets:
    """The sheets of a field's measures, in the order of their numbers."""
    return MeasureSheets(
        anchor=f"{item.anchor}-massnahmen",
        title=typeset_line(f"Maßnahmen im Handlungsfeld {item.number}"),
        number=str(item.number),
        sheets=tuple(_sheet(context, measure) for measure in context.plan.sheets_in(item.number)),
        level=2,
    )


def _sheet(context: Context, measure: Measure) -> MeasureSheet:
    return MeasureSheet(
        anchor=measure.id,
        number=measure.number,
        title=typeset_line(measure.title),
        sign=context.measure_sign(measure),
        state=State(measure.status.value, measure.status.label),
        summary=tuple(_summary(context, measure)),
        axis=context.axis,
        bar=bar(context, measure) if measure.active else None,
        description=blocks(measure.description, _place(measure, "description")),
        passages=(*picture(measure), *passages(context, measure, measure.id, OwnOwner.MEASURE, _PASSAGES)),
        facts=tuple(_facts(context, measure)),
        title_place=_place(measure, "title"),
    )


def _place(measure: Measure, name: str) -> Place:
    return place(type(measure), measure.id, name)


def _summary(context: Context, measure: Measure) -> Iterator[Inline]:
    if measure.priority is not None:
        yield (muted(f"{label(Measure, 'priority')} {measure.priority.label}"),)
    goal = context.plan.goal_by_id[measure.goal]
    seite = Node("muted", children=(Node("text", text=", Seite\u00a0"), page(goal.id)))
    yield (muted("zu "), link(goal.id, f"Ziel {goal.number}"), seite)
    if measure.further_goals:
        links = joined([(link(item, f"Ziel {item[1:]}"),) for item in measure.further_goals])
        yield (muted("auch zu "), *links)


# The sheet, from top to bottom: its texts below the description, then its fields.
_PASSAGES: Final = ("reason", "effect", "risks", "resolved_wording")
_FIELDS: Final = (
    ShownField("status", "summary"),
    ShownField("priority", "summary"),
    ShownField("goal", "summary"),
    ShownField("further_goals", "summary"),
    ShownField("leads", strong=True),
    ShownField("decision", "detail"),
    ShownField("participation", "detail"),
    ShownField("information", "detail"),
    ShownField("mark", if_given=True),
    ShownField("place", if_given=True),
    ShownField("audience", if_given=True),
    ShownField("span"),
    ShownField("milestones"),
    ShownField("effort"),
    ShownField("funding"),
    ShownField("indicator"),
    ShownField("effects", if_given=True),
    ShownField("notes", if_given=True),
    ShownField("depends_on"),
    ShownField("related", if_given=True),
    ShownField("part_of", if_given=True),
    ShownField("commitments"),
    ShownField("reservation", if_given=True),
    OPEN_MATTERS,
)
_FROM_OTHERS: Final = {"related": "Auch verwandt mit", "part_of": "Ihre Teile"}
"""Fields that name a measure, and what those are called that name this one in turn."""
# Below them the plan's own fields, and then:
_LAST_FIELDS: Final = (ShownField("origin", "detail", quiet=True, drafts_only=True),)


def _facts(context: Context, measure: Measure) -> Iterator[Fact]:
    """All fields, in the sheet's order; most that have no value say so, but of a measure that was put off."""
    for shown in (*_FIELDS, *own_facts(context, OwnOwner.MEASURE), *_LAST_FIELDS):
        if shown.drafts_only and not context.in_draft:
            continue
        found = shown_fact(context, measure, measure.id, shown)
        if (found.lines and not found.empty) or (measure.active and not shown.if_given):
            yield found
        if shown.name in _FROM_OTHERS and (others := tuple(_from_others(context, measure, shown.name))):
            yield Fact(_FROM_OTHERS[shown.name], "", others)


def _from_others(context: Context, measure: Measure, name: str) -> Iterator[FactLine]:
    """The measures that name this one in a field and that it does not name there itself."""
    own = _named(measure, name)
    for other in context.plan.measures:
        if measure.id in _named(other, name) and other.id not in own:
            yield FactLine((link(other.id, other.number), text(typeset_line(f" {other.title}"))))


def _named(measure: Measure, name: str) -> tuple[str, ...]:
    """The measures in a field that holds one or several."""
    value = getattr(measure, name)
    return value if isinstance(value, tuple) else (value,) if value else ()
