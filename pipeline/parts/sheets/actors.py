"""The plan in, who does what out: a directory of the actors, then a sheet for each that has a role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.document.model import (
    Actors,
    ActorSheet,
    Cell,
    Collection,
    Column,
    Fact,
    FactLine,
    RoleSection,
    Row,
    RowGroup,
    Table,
)
from pipeline.fields.kind import NONE
from pipeline.parts.bodies import NO_DATE, Matter, bodies, said_of
from pipeline.parts.context import Context
from pipeline.parts.facts import OPEN_MATTERS, facts_given, own_facts, passages
from pipeline.parts.parties import Party, parties, says_more
from pipeline.parts.phrases import WHERE, label, link, muted, page, sign_node, strong, text
from pipeline.parts.sheets.tasks import dates_text, due_ahead, measures_in, tasks
from pipeline.parts.timing import short_label
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import Actor, Measure
from schema.vocabulary import OwnOwner, PartName, Role

MANY = 40  # actors; beyond, those who are only told of something have no sheets of their own
INFORMED = "Nur zu informieren"


def actors(context: Context) -> Actors:
    """Directory and sheets."""
    informed, shown = list[Party](), list[tuple[Party, tuple[Role, ...]]]()
    for party in parties(context):
        held = tuple(role for role in Role if measures_in(context, party, role))
        if _only_informed(context, party, held):
            informed.append(party)
        elif held or says_more(context, party) or _dates(context, party.alone):
            shown.append((party, held))
    placed = (*informed, *(party for party, _ in shown))
    elsewhere = frozenset(member.id for party in placed for member in party.members)
    origin = _common_origin(context)
    return Actors(
        anchor=PartName.ACTORS.value,
        title=PartName.ACTORS.label,
        lead=typeset_line("Je Stelle alle Rollen mit allen Terminen; jedes Blatt steht für sich."),
        note=typeset_line(f"{label(Actor, 'origin')} der Angaben, wo nichts anderes steht: {origin}") if origin else "",
        directory=_directory(context, elsewhere, origin),
        roles=context.roles,
        sheets=tuple(_sheet(context, party, held, origin) for party, held in shown),
        informed=_informed(context, informed, origin) if informed else None,
    )


def _only_informed(context: Context, party: Party, held: Sequence[Role]) -> bool:
    """Whether a party of a large plan is only told of something, and says no more of itself."""
    return len(context.plan.actors) > MANY and tuple(held) == (Role.INFORMATION,) and not says_more(context, party)


def _common_origin(context: Context) -> str:
    """The origin that most actors share, to be said once; '' in no draft, or where one has none: that is no origin."""
    origins = [actor.origin for actor in context.plan.actors]
    if not context.in_draft or not all(origins) or len(origins) < 2:  # noqa: PLR2004 - one alone says its own
        return ""
    return max(dict.fromkeys(origins), key=origins.count)


# --- the directory ------------------------------------------------------------------------------------------------


def _directory(context: Context, elsewhere: frozenset[str], origin: str) -> Table:
    """All actors with what they are called in tables, how many measures they have a role in, what is due first.

    Who has no role does not stand `elsewhere` in the part: its row says all there is. IDs are given there.
    """
    counts = [Column("", 10, align="right", role=role.letter) for role in Role]
    short = any(actor.short != actor.name for actor in context.plan.actors)
    columns = (
        Column("Stelle", 76 if short else 102),
        *((Column(label(Actor, "short_name"), 26),) if short else ()),
        *counts,
        Column("nächste Frist", 18, align="right"),
        WHERE,
    )
    groups = []
    for strand in [*(item.id for item in context.plan.meta.strands), None]:
        members = [actor for actor in context.plan.actors if actor.strand == strand]
        if members:
            rows = (_directory_row(context, actor, actor.id in elsewhere, origin, short=short) for actor in members)
            groups.append(RowGroup(tuple(rows)))
    return Table(columns, tuple(groups))


def _directory_row(context: Context, actor: Actor, has_place: bool, origin: str, *, short: bool) -> Row:
    party = Party((actor,))
    counts = [len(measures_in(context, party, role)) for role in Role]
    due = due_ahead(context, party)
    sign = (*sign_node(context.sign_of(actor.strand)), Node("text", text=NBSP))
    if has_place:
        name: Inline = (*sign, link(actor.id, actor.name))
    else:
        told = (actor.kind.label, *(line.plain() for line in _flat(_details(context, actor, origin))))
        name = (*sign, text(actor.name), Node("break"), muted(" · ".join(told)))
    return Row(
        (
            Cell(name, header=True),
            *((Cell((text(actor.short if actor.short != actor.name else ""),)),) if short else ()),
            *(Cell((text(str(count) if count else NONE),)) for count in counts),
            Cell((text(short_label(due) if due else NONE),)),
            Cell((page(actor.id),) if has_place else (text(NONE),)),
        ),
        anchor="" if has_place else actor.id,
    )


def _flat(lines: Sequence[Inline]) -> Iterator[Node]:
    for line in lines:
        yield from line


# --- sheets -------------------------------------------------------------------------------------------------------


def _sheet(context: Context, party: Party, held: Sequence[Role], origin: str) -> ActorSheet:
    """One actor's sheet, or that of several, each of which is found by its name."""
    alone, legends = party.alone, dict(zip(Role, context.roles, strict=True))
    found = {role: measures_in(context, party, role) for role in held}
    return ActorSheet(
        anchor=party.anchor,
        name=typeset_line(party.name),
        sign=context.sign_of(party.strand),
        kind=typeset_line(alone.kind.label if alone else f"{len(party.members)} Stellen"),
        details=_details(context, alone, origin) if alone else (),
        sections=tuple(
            RoleSection(legends[role], len(items), tasks(context, party, role, items)) for role, items in found.items()
        ),
        members=None if alone else _members(context, party, origin),
        passages=passages(context, alone, alone.id, OwnOwner.ACTOR) if alone else (),
        facts=(*_dates(context, alone), *_facts(context, alone)) if alone else (),
    )


def _facts(context: Context, actor: Actor) -> tuple[Fact, ...]:
    return facts_given(context, actor, actor.id, (*own_facts(context, OwnOwner.ACTOR), OPEN_MATTERS))


def _dates(context: Context, actor: Actor | None) -> tuple[Fact, ...]:
    """Of a body what comes before it besides its decisions: steps to the resolution, reports."""
    dates = next((body.dates for body in bodies(context) if actor and body.key == actor.id), ())
    lines = tuple(
        FactLine((strong(date.when or NO_DATE), text(" "), *what, text(": "), *does))
        for date in dates
        if date.matter is not Matter.DECISION
        for what, does in (said_of(context, date),)
    )
    return (Fact("Als Gremium", "", lines),) if lines else ()


def _details(context: Context, actor: Actor, origin: str) -> tuple[Inline, ...]:
    """Contact and origin, a line each; an origin that all share is said once for all."""
    found: list[Inline] = [(text(actor.contact),)] if actor.contact else []
    if context.in_draft and actor.origin and actor.origin != origin:
        found.append((muted(f"{label(Actor, 'origin')}: {actor.origin}"),))
    return tuple(found)


def _members(context: Context, party: Party, origin: str) -> Table:
    """Who a group is; a column of what nobody of them says is left out."""
    details = [_lines(_details(context, member, origin)) for member in party.members]
    told = any(details)
    columns = (Column("Stelle", 64), Column(label(Actor, "kind"), 24), Column(label(Actor, "contact"), 80))
    rows = tuple(
        Row(
            (
                Cell((text(member.name),), header=True),
                Cell((text(member.kind.label),)),
                *((Cell(said or (text(NONE),)),) if told else ()),
            ),
            anchor=member.id,
        )
        for member, said in zip(party.members, details, strict=True)
    )
    return Table(columns if told else columns[:-1], (RowGroup(rows),))


def _lines(lines: Sequence[Inline]) -> Inline:
    """Lines one below the other in a cell."""
    found: list[Node] = []
    for line in lines:
        found += [Node("break")] if found else []
        found += line
    return tuple(found)


# --- those who are only told --------------------------------------------------------------------------------------


def _informed(context: Context, informed: Sequence[Party], origin: str) -> Collection:
    """A row an actor: of which measures it is told, who leads each, when something is due."""
    columns = (Column("Stelle", 52), Column("Maßnahme · Federführung · Termine", 116))
    rows = tuple(_informed_row(context, member, origin) for party in informed for member in party.members)
    return Collection(f"{PartName.ACTORS.value}.information", INFORMED, Table(columns, (RowGroup(rows),)))


def _informed_row(context: Context, member: Actor, origin: str) -> Row:
    sign = (*sign_node(context.sign_of(member.strand)), Node("text", text=NBSP))
    name: tuple[Inline, ...] = ((*sign, text(member.name)), (muted(member.kind.label),))
    measures = measures_in(context, Party((member,)), Role.INFORMATION)
    told = tuple(_told(context, measure, member) for measure in measures)
    return Row(
        (Cell(_lines((*name, *_details(context, member, origin))), header=True), Cell(_lines(told))), anchor=member.id
    )


def _told(context: Context, measure: Measure, member: Actor) -> Inline:
    what = measure.contribution_of(member.id)
    words = (measure.title, context.lead_text(measure), dates_text(measure), what)
    return (link(measure.id, measure.number), text(f" {' · '.join(filter(None, words))}"))
