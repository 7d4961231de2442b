"""The measures of a field of action in, their sheets (Steckbriefe) out: labelled facts in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.document.model import Fact, FactLine, FactRank, MeasureSheet, MeasureSheets, Passage, State
from pipeline.fields.registry import field_named
from pipeline.parts.context import Context
from pipeline.parts.facts import choices, empty_line, fact
from pipeline.parts.phrases import blocks, joined, label, link, muted, page, place, text
from pipeline.parts.timing import bar
from pipeline.text.nodes import Inline, Node, Place
from pipeline.text.typography import typeset_line
from schema.entities import FieldOfAction, Measure
from schema.own_fields import OwnField
from schema.vocabulary import OwnOwner, OwnPlace, OwnType


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
        passages=tuple(_passages(context, measure)),
        facts=tuple(_facts(context, measure)),
        title_place=_place(measure, "title"),
    )


def _place(measure: Measure, name: str) -> Place:
    return place(type(measure), measure.id, name)


def _passages(context: Context, measure: Measure) -> Iterator[Passage]:
    own = (item.attribute for item in _own(context) if item.type is OwnType.TEXT)
    for name in (*_PASSAGES, *own):
        if markdown := getattr(measure, name):
            yield Passage(label(type(measure), name), blocks(markdown, _place(measure, name)))


def _summary(context: Context, measure: Measure) -> Iterator[Inline]:
    if measure.priority is not None:
        yield (muted(f"{label(Measure, 'priority')} {measure.priority.label}"),)
    goal = context.plan.goal_by_id[measure.goal]
    seite = Node("muted", children=(Node("text", text=", Seite\u00a0"), page(goal.id)))
    yield (muted("zu "), link(goal.id, f"Ziel {goal.number}"), seite)
    if measure.further_goals:
        links = joined([(link(item, f"Ziel {item[1:]}"),) for item in measure.further_goals])
        yield (muted("auch zu "), *links)


@dataclass(frozen=True)
class _Shown:
    """How the sheet shows a field of the model; `rank` says whom it is for, see Fact.

    `if_given`: many plans do without it, so nothing stands where it is not given.
    """

    name: str
    rank: FactRank = "main"
    strong: bool = False
    quiet: bool = False
    drafts_only: bool = False
    if_given: bool = False


# The sheet, from top to bottom: its texts below the description, then its fields.
_PASSAGES: Final = ("reason", "effect", "risks", "resolved_wording")
_FIELDS: Final = (
    _Shown("status", "summary"),
    _Shown("priority", "summary"),
    _Shown("goal", "summary"),
    _Shown("further_goals", "summary"),
    _Shown("leads", strong=True),
    _Shown("decision", "detail"),
    _Shown("participation", "detail"),
    _Shown("information", "detail"),
    _Shown("mark", if_given=True),
    _Shown("place", if_given=True),
    _Shown("audience", if_given=True),
    _Shown("span"),
    _Shown("milestones"),
    _Shown("effort"),
    _Shown("funding"),
    _Shown("indicator"),
    _Shown("depends_on"),
    _Shown("related", if_given=True),
    _Shown("part_of", if_given=True),
    _Shown("commitments"),
)
_FROM_OTHERS: Final = {"related": "Auch verwandt mit", "part_of": "Ihre Teile"}
"""Fields that name a measure, and what those are called that name this one in turn."""
# Below them the plan's own fields, and then:
_LAST_FIELDS: Final = (_Shown("origin", "detail", quiet=True, drafts_only=True),)


def _own(context: Context) -> tuple[OwnField, ...]:
    return context.own_fields(OwnOwner.MEASURE, OwnPlace.SHEET)


def _own_facts(context: Context) -> tuple[_Shown, ...]:
    """The plan's own fields but for its texts; one that has no value is shown where somebody has yet to give it one."""
    rows = (item for item in _own(context) if item.type is not OwnType.TEXT)
    return tuple(_Shown(item.attribute, if_given=not item.open_while_empty) for item in rows)


def _facts(context: Context, measure: Measure) -> Iterator[Fact]:
    """All fields, in the sheet's order; most that have no value say so, but of a measure that was put off."""
    for shown in (*_FIELDS, *_own_facts(context), *_LAST_FIELDS):
        if shown.drafts_only and not context.in_draft:
            continue
        field = field_named(type(measure), shown.name)
        found = fact(context, measure, shown.name, _place(measure, shown.name), quiet=shown.quiet)
        empty = not found.lines
        if not empty or (measure.active and not shown.if_given):
            lines = (empty_line(field),) if empty else found.lines
            yield replace(found, lines=lines, rank=shown.rank, empty=empty, strong=shown.strong, choices=choices(field))
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
