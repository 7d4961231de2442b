"""The measures of a field of action in, their sheets (Steckbriefe) out: labelled facts in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.document.model import Fact, MeasureSheet, MeasureSheets, Passage, State
from pipeline.fields.registry import field_named
from pipeline.parts.context import Context, blocks, joined, label, link, muted, page, place
from pipeline.parts.facts import choices, empty_line, fact
from pipeline.parts.timing import bar
from pipeline.text.nodes import Inline, Node, Place
from pipeline.text.typography import typeset_line
from schema.entities import FieldOfAction, Measure


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
    facts = tuple(_facts(context, measure))
    return MeasureSheet(
        anchor=measure.id,
        number=measure.number,
        title=typeset_line(measure.title),
        sign=context.measure_sign(measure),
        state=State(measure.status.value, measure.status.label),
        rail=tuple(_rail(context, measure)),
        axis=context.axis,
        bar=bar(context, measure),
        description=blocks(measure.description, _place(measure, "description")),
        passages=tuple(_passages(measure)),
        facts=tuple(shown for shown, printed in facts if printed),
        fields=tuple(shown for shown, _ in facts),
        title_place=_place(measure, "title"),
    )


def _place(measure: Measure, name: str) -> Place:
    return place(Measure, measure.id, name)


def _passages(measure: Measure) -> Iterator[Passage]:
    for name in _PASSAGES:
        if markdown := getattr(measure, name):
            yield Passage(label(Measure, name), blocks(markdown, _place(measure, name)))


def _rail(context: Context, measure: Measure) -> Iterator[Inline]:
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
    """How the sheet shows a field of the model; the file in which the plan is edited has all of them, empty ones too.

    `printed`: in the print always, where it is filled in, or never, since the rail beside the sheet says it.
    """

    name: str
    printed: Literal["always", "filled", "rail"] = "always"
    strong: bool = False
    quiet: bool = False
    drafts_only: bool = False


# The sheet, from top to bottom: its texts below the description, then its fields.
_PASSAGES: Final = ("resolved_wording",)
_FIELDS: Final = (
    _Shown("status", "rail"),
    _Shown("priority", "rail"),
    _Shown("goal", "rail"),
    _Shown("further_goals", "rail"),
    _Shown("lead", "filled", strong=True),
    _Shown("decision", "filled"),
    _Shown("participation", "filled"),
    _Shown("information", "filled"),
    _Shown("span"),
    _Shown("milestones"),
    _Shown("effort"),
    _Shown("funding"),
    _Shown("indicator"),
    _Shown("depends_on"),
    _Shown("commitments"),
    _Shown("origin", "filled", quiet=True, drafts_only=True),
)


def _facts(context: Context, measure: Measure) -> Iterator[tuple[Fact, bool]]:
    """All fields, and whether the print shows each."""
    for shown in _FIELDS:
        if shown.drafts_only and not context.in_draft:
            continue
        field = field_named(Measure, shown.name)
        found = fact(context, measure, shown.name, _place(measure, shown.name), quiet=shown.quiet)
        printed = shown.printed == "always" or (shown.printed == "filled" and bool(found.lines))
        lines = found.lines or (empty_line(field),)
        yield replace(found, lines=lines, strong=shown.strong, choices=choices(field)), printed
