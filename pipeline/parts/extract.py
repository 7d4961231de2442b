"""The plan in, the extract for an actor out, or that of a field of action or a strand: what concerns it, and no more.

For an actor: what there is to do, the measures in which it has a role, the goals that they serve, and a sheet on which
it commits itself. What is not shown in it does not travel with it either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.content.texts import Texts
from pipeline.document.model import (
    Cell,
    Column,
    Document,
    Part,
    Row,
    RowGroup,
    Table,
    TablePart,
    TableSection,
    walk,
)
from pipeline.document.references import finish
from pipeline.fields.dates import day, short_day
from pipeline.fields.kind import NONE
from pipeline.parts.appointments import appointments, for_whom
from pipeline.parts.assemble import labels_of, properties_of
from pipeline.parts.context import Context
from pipeline.parts.facts import ShownField, shown_fact
from pipeline.parts.parties import Party
from pipeline.parts.phrases import label, link, text
from pipeline.parts.phrases import place as place_of
from pipeline.parts.sheets.fields_of_action import fields_of_action
from pipeline.parts.sheets.tasks import dates_text, measures_in, tasks
from pipeline.text.nodes import Inline, Node, Place
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import Actor, Measure
from schema.vocabulary import Role

COMMITS: Final = ("Zusage von ", " am")  # around the actor's name, at the head of what it fills in
COMMITTING: Final = (Role.LEAD, Role.DECISION, Role.PARTICIPATION)  # who is only told of something commits to nothing
_LEAD: Final = (
    "Wir haben die Maßnahmen gelesen, in denen unsere Stelle vorkommt, und sagen zu, was unten einen Tag trägt: bei F "
    "die Führung mit allen Terminen, bei E die Befassung zum Termin, bei M die Mitwirkung. Geld steht unter dem "
    "Vorbehalt des Haushalts oder der eigenen Mittel."
)
_HOW: Final = (
    "Der Tag kommt in die letzte Spalte, zum Beispiel 24.11.2026; von dort wird er in den Plan übernommen. Auf Papier "
    "genügt er von Hand."
)
_ROWS, _ROOM = 4, 3  # rows to write into, and the lines that each has


@dataclass(frozen=True)
class Selection:
    """What an extract is for: an actor, or measures by themselves; what it is called, and how its files' names end."""

    name: str
    key: str
    measures: tuple[Measure, ...]
    actor: Actor | None = None


def for_actor(context: Context, actor: Actor) -> Selection:
    """All measures in which an actor has a role."""
    return Selection(actor.name, actor.id, context.measures_of(actor), actor)


def extract(context: Context, texts: Texts, selection: Selection, *, comes_back: bool) -> Document:
    """The Document; it shows nothing of a measure that is not among those selected but its number and title.

    Of one that `comes_back` links to what is not in it stay what they are.
    """
    plan = context.plan
    served = {goal for measure in selection.measures for goal in (measure.goal, *measure.further_goals)}
    narrow = _narrowed(context, selection.measures, served)
    parts: list[Part] = [_opening(narrow, selection), *fields_of_action(narrow)]
    if selection.actor is not None and (sheet := _commitments(narrow, selection.actor)):
        parts.append(sheet)
    labels = labels_of(plan, texts)
    values = properties_of(context)
    title = typeset_line(f"Auszug: {selection.name}, {values.title}")
    named = replace(values, title=title, full_title=typeset_line(f"{title} (Fassung {values.edition})"))
    due = for_whom(context, selection.actor.id) if selection.actor else appointments(narrow)
    return Document(named, finish(tuple(parts), labels, whole=not comes_back), labels, due)


def sheets_of(context: Context, texts: Texts, entities: Collection[str]) -> Document:
    """The Document of these measures and goals by themselves: what an extract that came back is held against."""
    plan, labels = context.plan, labels_of(context.plan, texts)
    measures = tuple(item for item in plan.measures if item.id in entities)
    goals = {*entities, *(goal for item in measures for goal in (item.goal, *item.further_goals))}
    parts = tuple(fields_of_action(_narrowed(context, measures, goals)))
    return Document(properties_of(context), finish(parts, labels, whole=False), labels)


def shown_places(document: Document) -> tuple[str, ...]:
    """What a document shows of the data: fields of entities, as places name them."""
    return tuple(sorted({item.source for item in walk(document.parts) if isinstance(item, Place)}))


def _narrowed(context: Context, measures: tuple[Measure, ...], wanted: Collection[str]) -> Context:
    """The plan with these measures, the goals wanted, by ID, and the fields of action that they belong to."""
    plan = context.plan
    goals = tuple(goal for goal in plan.goals if goal.id in wanted)
    numbers = {goal.field for goal in goals}
    fields = tuple(item for item in plan.fields if item.number in numbers)
    narrow = replace(plan, measures=measures, goals=goals, fields=fields, proposals=(), terms=())
    return replace(context, plan=narrow, whole=plan)


def _opening(context: Context, selection: Selection) -> TablePart:
    meta, count = context.plan.meta, len(selection.measures)
    what = f"{count} {'Maßnahme' if count == 1 else 'Maßnahmen'}"
    lead = f"Aus „{meta.title}“, Fassung {meta.edition} ({meta.status.label}), Stand {day(meta.date)}: {what}"
    actor = selection.actor
    sections: list[TableSection] = []
    if actor is not None:
        lead += ", in denen Ihre Stelle eine Rolle hat, die Ziele, denen sie dienen, und ein Zusageblatt"
        party = Party((actor,))
        found = ((role, measures_in(context, party, role)) for role in Role)
        sections += [
            TableSection(f"{role.label} ({role.letter})", tasks(context, party, role, measures))
            for role, measures in found
            if measures
        ]
    return TablePart(
        anchor="auszug",
        title=typeset_line(f"Auszug: {selection.name}"),
        lead=typeset_line(f"{lead}."),
        sections=tuple(sections),
    )


# --- what an actor commits itself to ------------------------------------------------------------------------------


def _commitments(context: Context, actor: Actor) -> TablePart | None:
    """A row a measure with a place for the day; None for who is only told of measures."""
    party = Party((actor,))
    held = [(role, measure) for role in COMMITTING for measure in measures_in(context, party, role)]
    if not held:
        return None
    columns = (
        Column("Rolle", 11),
        Column("Nr.", 12),
        Column("Maßnahme", 51),
        Column("Termine", 32),
        Column(label(Measure, "effort"), 32),
        Column(actor.name.join(COMMITS), 30),
    )
    rows = tuple(_row(context, actor, role, measure) for role, measure in held)
    told = [measure.number for measure in measures_in(context, party, Role.INFORMATION)]
    known = f"Zur Kenntnis, ohne Zusage (I): {', '.join(told)}. " if told else ""
    return TablePart(
        anchor="zusageblatt",
        title="Zusageblatt",
        lead=typeset_line(_LEAD),
        sections=(
            TableSection("Was wir zusagen", Table(columns, (RowGroup(rows),)), typeset_line(f"{known}{_HOW}")),
            TableSection(
                "Was nicht geht, und was statt dessen", _blank(("Nr.", 14), ("Grund", 70), ("Möglich wäre", 84))
            ),
            TableSection("Für die Stelle", _blank(("Ort, Datum", 46), ("Funktion", 58), ("Unterschrift", 64), rows=1)),
        ),
    )


def _row(context: Context, actor: Actor, role: Role, measure: Measure) -> Row:
    committed = next((item.date for item in measure.commitments if item.actor == actor.id), None)
    effort = shown_fact(context, measure, measure.id, ShownField("effort")).lines if role is Role.LEAD else ()
    # Beside the places that the list itself may have: what is typed here is read as a day, not as the list.
    place = replace(place_of(Measure, measure.id, "commitments"), start=len(measure.commitments) + 1)
    return Row(
        (
            Cell((text(role.letter),), header=True),
            Cell((link(measure.id, measure.number),), header=True),
            Cell((text(measure.title),)),
            Cell((text(dates_text(measure) or NONE),)),
            Cell(tuple(_lines([line.content for line in effort])) or (text(NONE),)),
            Cell((text(short_day(committed) if committed else NONE),), place=place),
        )
    )


def _lines(lines: list[Inline]) -> Iterator[Node]:
    for place, line in enumerate(lines):
        if place:
            yield Node("break")
        yield from line


def _blank(*heads: tuple[str, float], rows: int = _ROWS) -> Table:
    """Rows to write into by hand."""
    room: Inline = tuple(node for _ in range(_ROOM - 1) for node in (text(NBSP), Node("break")))
    empty = Row(tuple(Cell((*room, text(NBSP))) for _ in heads))
    return Table(tuple(Column(head, width) for head, width in heads), (RowGroup((empty,) * rows),))
