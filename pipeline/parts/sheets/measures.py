"""The measures of a field of action in, their sheets (Steckbriefe) out: labelled facts in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.document.model import Fact, FactLine, MeasureSheet, MeasureSheets, State
from pipeline.fields.dates import short_day
from pipeline.parts.context import Context
from pipeline.parts.facts import OPEN_MATTERS, ShownField, own_facts, passages, picture, reserved_fact, shown_fact
from pipeline.parts.phrases import blocks, joined, link, place, text
from pipeline.parts.sheets.shared import common_origin
from pipeline.parts.timing import bar
from pipeline.text.nodes import Place
from pipeline.text.typography import typeset_line
from schema.entities import FieldOfAction, Measure
from schema.vocabulary import OwnOwner, Role

Naming = Mapping[tuple[str, str], Sequence[Measure]]


def measure_sheets(context: Context, item: FieldOfAction) -> MeasureSheets:
    """The sheets of a field's measures, in the order of their numbers."""
    origin, naming = common_origin(context, item), _naming(context)
    return MeasureSheets(
        anchor=f"{item.anchor}-massnahmen",
        title=typeset_line(f"Maßnahmen im Handlungsfeld {item.number}"),
        number=str(item.number),
        sheets=tuple(_sheet(context, measure, origin, naming) for measure in context.plan.sheets_in(item.number)),
        level=2,
    )


def _sheet(context: Context, measure: Measure, shared_origin: str, naming: Naming) -> MeasureSheet:
    facts = tuple(_said_once(fact, measure, shared_origin) for fact in _facts(context, measure, naming))
    reasons = passages(context, measure, measure.id, None, ("reason",))
    return MeasureSheet(
        anchor=measure.id,
        number=measure.number,
        title=typeset_line(measure.title),
        sign=context.measure_sign(measure),
        state=State(measure.status.value, measure.status.label),
        standing=typeset_line(_standing(measure, facts)),
        axis=context.axis,
        bar=bar(context, measure) if measure.active else None,
        description=blocks(measure.description, _place(measure, "description")),
        passages=(*picture(measure), *passages(context, measure, measure.id, OwnOwner.MEASURE, _PASSAGES)),
        facts=facts,
        title_place=_place(measure, "title"),
        reason=next(iter(reasons), None),
    )


def _place(measure: Measure, name: str) -> Place:
    return place(type(measure), measure.id, name)


def _said_once(fact: Fact, measure: Measure, shared_origin: str) -> Fact:
    """A fact, of the rank "summary" where the opening of the field or the line on how it stands says it already."""
    origin = fact.key == "herkunft" and shared_origin and measure.origin == shared_origin
    committed = fact.key == "zusagen" and [item.actor for item in measure.commitments] == [measure.lead]
    return replace(fact, rank="summary") if origin or committed else fact


def _standing(measure: Measure, facts: Sequence[Fact]) -> str:
    """How it stands and what of it is open, in one line: `Vorschlag, Zusage offen`.

    `abgestimmt, zugesagt 12.03.2027` where the lead has committed; `Vorschlag; offen: Zusage, Zeitraum` where more
    than one thing is open. That nobody leads yet is said where the lead stands.
    """
    words = measure.status.label
    if not measure.active:
        return words
    missing = [fact.label for fact in facts if fact.open and fact.key not in ("federfuehrung", "zusagen")]
    committed = next((item.date for item in measure.commitments if item.actor == measure.lead), None)
    if committed is None:
        missing.insert(0, "Zusage")
    else:
        words += f", zugesagt {short_day(committed)}"
    if len(missing) > 1:
        return f"{words}; offen: {', '.join(missing)}"
    return f"{words}, {missing[0]} offen" if missing else words


# The sheet, from top to bottom: its texts below the description, then its fields.
_PASSAGES: Final = ("effect", "risks", "resolved_wording")
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
    ShownField("spent", if_given=True),
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
MANY_ACTORS: Final = 6  # in a role
_FROM_OTHERS: Final = {"related": "Auch verwandt mit", "part_of": "Ihre Teile"}
"""Fields that name a measure, and what those are called that name this one in turn."""
# Below them the plan's own fields, and then:
_LAST_FIELDS: Final = (ShownField("origin", "detail", quiet=True, drafts_only=True),)


def _facts(context: Context, measure: Measure, naming: Naming) -> Iterator[Fact]:
    """All fields, in the sheet's order; most that have no value say so, but of a measure that was put off."""
    for shown in (*_FIELDS, *own_facts(context, OwnOwner.MEASURE), *_LAST_FIELDS):
        if shown.drafts_only and not context.in_draft:
            continue
        found = shown_fact(context, measure, measure.id, shown)
        if brief := tuple(_brief(context, measure, found.key)):
            found = replace(found, brief=brief)
        if (found.lines and not found.empty) or (measure.active and not shown.if_given):
            yield found
        if shown.name == "reservation":
            yield from reserved_fact("Vorbehalt der Finanzierung", measure.funding)
        if shown.name in _FROM_OTHERS and (others := tuple(_from_others(measure, shown.name, naming))):
            yield Fact(_FROM_OTHERS[shown.name], "", others)


def _brief(context: Context, measure: Measure, key: str) -> Iterator[FactLine]:
    """Who has a role, by short names, where there are many: sixty full names would be a page of a narrow column."""
    actors = next((measure.actors_in(role) for role in Role if role.value == key), ())
    if len(actors) <= MANY_ACTORS:
        return
    told = [(actor, measure.contribution_of(actor)) for actor in actors]
    lines = [(link(actor, context.actor(actor).short), *([text(f": {task}")] if task else [])) for actor, task in told]
    if any(task for _, task in told):
        yield from map(FactLine, lines)
    else:
        yield FactLine(joined(lines))


def _naming(context: Context) -> Naming:
    """By a field of _FROM_OTHERS and a measure's ID, the measures that name it there, in the plan's order."""
    found: dict[tuple[str, str], list[Measure]] = {}
    for measure in context.plan.measures:
        for name in _FROM_OTHERS:
            for other in dict.fromkeys(_named(measure, name)):
                found.setdefault((name, other), []).append(measure)
    return found


def _from_others(measure: Measure, name: str, naming: Naming) -> Iterator[FactLine]:
    """The measures that name this one in a field and that it does not name there itself."""
    own = _named(measure, name)
    for other in naming.get((name, measure.id), ()):
        if other.id not in own:
            yield FactLine((link(other.id, other.number), text(typeset_line(f" {other.title}"))))


def _named(measure: Measure, name: str) -> tuple[str, ...]:
    """The measures in a field that holds one or several."""
    value = getattr(measure, name)
    return value if isinstance(value, tuple) else (value,) if value else ()
