"""The plan in, who does what out: a directory of the actors with counts, then a to-do sheet for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.document.model import Actors, ActorSheet, Cell, Column, RoleSection, Row, RowGroup, Table
from pipeline.fields.dates import span_text
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.facts import OPEN_MATTERS, facts_given, own_facts, passages
from pipeline.parts.parties import Party, parties
from pipeline.parts.phrases import label, link, muted, page, sign_node, strong, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line
from schema.entities import Actor, Measure
from schema.plan import id_key
from schema.time import Period
from schema.values import Milestone
from schema.vocabulary import OwnOwner, PartName, Role


def actors(context: Context) -> Actors:
    """Directory and sheets."""
    return Actors(
        anchor=PartName.ACTORS.value,
        title=PartName.ACTORS.label,
        lead=typeset_line(
            "Je Stelle ein Blatt: was sie führt, was sie entscheidet, wo sie mitwirkt und worüber sie informiert wird."
        ),
        directory=_directory(context),
        roles=context.roles,
        sheets=tuple(
            _sheet(context, party.alone) if party.alone else _group_sheet(context, party) for party in parties(context)
        ),
    )


def _measures(context: Context, party: Party, role: Role) -> tuple[Measure, ...]:
    return tuple(item for item in context.plan.active_measures if party.in_role(item, role))


def _directory(context: Context) -> Table:
    counts = [Column("", 10, align="center", role=role.letter) for role in Role]
    columns = (Column("Gruppe", 36), Column("Stelle", 82), *counts, Column("Seite", 10, kind="where", align="right"))
    groups = []
    for strand in [*(item.id for item in context.plan.meta.strands), None]:
        members = [actor for actor in context.plan.actors if actor.strand == strand]
        if members:
            groups.append(RowGroup(tuple(_directory_row(context, actor) for actor in members)))
    return Table(columns, tuple(groups))


def _directory_row(context: Context, actor: Actor) -> Row:
    counts = [len(_measures(context, Party((actor,)), role)) for role in Role]
    return Row(
        (
            Cell(sign_node(context.sign_of(actor.strand), with_name=True)),
            Cell((link(actor.id, actor.name),), header=True),
            *(Cell((text(str(count) if count else NONE),)) for count in counts),
            Cell((page(actor.id),)),
        )
    )


def _sheet(context: Context, actor: Actor) -> ActorSheet:
    by_role = {role: _measures(context, Party((actor,)), role) for role in Role}
    sections = _sections(context, Party((actor,)), by_role)
    return ActorSheet(
        anchor=actor.id,
        name=typeset_line(actor.name),
        sign=context.sign_of(actor.strand),
        summary=tuple(_summary(context, actor)),
        counts=tuple(len(items) for items in by_role.values()),
        sections=sections,
        note="" if sections else "Diese Stelle hat in keiner Maßnahme eine Rolle.",
        passages=passages(context, actor, actor.id, OwnOwner.ACTOR),
        facts=facts_given(context, actor, actor.id, (*own_facts(context, OwnOwner.ACTOR), OPEN_MATTERS)),
    )


def _group_sheet(context: Context, party: Party) -> ActorSheet:
    """A sheet of several actors, each of which is found by its name."""
    by_role = {role: _measures(context, party, role) for role in Role}
    sections = _sections(context, party, by_role)
    rows = tuple(
        Row((Cell((text(member.name),), header=True), Cell((text(member.contact or NONE),))), anchor=member.id)
        for member in party.members
    )
    return ActorSheet(
        anchor=party.anchor,
        name=typeset_line(party.name),
        sign=context.sign_of(party.strand),
        summary=((muted(f"{len(party.members)} Stellen"),),),
        counts=tuple(len(items) for items in by_role.values()),
        sections=sections,
        note="" if sections else "Diese Stellen haben in keiner Maßnahme eine Rolle.",
        members=Table((Column("Stelle", 84), Column(label(Actor, "contact"), 84)), (RowGroup(rows),)),
    )


def _sections(context: Context, party: Party, by_role: Mapping[Role, tuple[Measure, ...]]) -> tuple[RoleSection, ...]:
    return tuple(
        RoleSection(legend, _led(context, party, items) if role is Role.LEAD else _others(context, party, role, items))
        for (role, items), legend in zip(by_role.items(), context.roles, strict=True)
        if items
    )


def _summary(context: Context, actor: Actor) -> Iterator[Inline]:
    yield (muted(actor.kind.label),)
    if actor.contact:
        yield (muted(actor.contact),)
    if context.in_draft and actor.origin:
        yield (muted(f"{label(Actor, 'origin')}: {actor.origin}"),)


def _next_milestone(context: Context, measure: Measure) -> Milestone | None:
    """The first milestone not before the plan's date, None where all are past."""
    today = context.plan.meta.date.year * 12 + context.plan.meta.date.month - 1
    ahead = (item for item in measure.milestones if item.due.last >= today)
    return min(ahead, key=lambda item: item.due.first, default=None)


def _deadline(context: Context, measure: Measure) -> Period | None:
    """When the next milestone is due, else the end of the span; None where neither is set."""
    milestone = _next_milestone(context, measure)
    return milestone.due if milestone else measure.last


def _led(context: Context, party: Party, measures: tuple[Measure, ...]) -> Table:
    """Led measures by their deadline; those without one last."""
    columns = (
        Column("Nr.", 12),
        Column("Maßnahme", 66),
        Column("Frist", 18),
        Column("nächster Meilenstein", 52),
        Column("erl.", 8, kind="check", align="center"),
        Column("Seite", 12, kind="where", align="right"),
    )

    def due(measure: Measure) -> tuple[bool, int, tuple[int, ...]]:
        deadline = _deadline(context, measure)
        return (deadline is None, deadline.last if deadline else 0, id_key(measure.id))

    rows = []
    for measure in sorted(measures, key=due):
        deadline, milestone = _deadline(context, measure), _next_milestone(context, measure)
        rows.append(
            Row(
                (
                    Cell((link(measure.id, measure.number),), header=True),
                    Cell(_with_tasks(measure, party, Role.LEAD)),
                    Cell((strong(deadline.label if deadline else NONE),)),
                    Cell((text(milestone.title if milestone else NONE),)),
                    Cell((Node("checkbox"),)),
                    Cell((page(measure.id),)),
                )
            )
        )
    return Table(columns, (RowGroup(tuple(rows)),))


def _with_tasks(measure: Measure, party: Party, role: Role) -> Inline:
    """The title, and below it what exactly the actor contributes; of a group who it is."""
    lines: list[Node] = []
    for member in party.in_role(measure, role):
        told = (member.short if not party.alone else "", measure.contribution_of(member.id))
        if any(told):
            lines += [Node("break"), muted(": ".join(filter(None, told)))]
    return (text(measure.title), *lines)


def _others(context: Context, party: Party, role: Role, measures: tuple[Measure, ...]) -> Table:
    columns = (
        Column("Nr.", 12),
        Column("Maßnahme", 70),
        Column(label(Measure, "leads"), 34),
        Column(label(Measure, "span"), 40),
        Column("Seite", 12, kind="where", align="right"),
    )
    rows = tuple(
        Row(
            (
                Cell((link(measure.id, measure.number),), header=True),
                Cell(_with_tasks(measure, party, role)),
                Cell((text(context.lead_text(measure)),)),
                Cell((text(span_text(measure.span)),)),
                Cell((page(measure.id),)),
            )
        )
        for measure in measures
    )
    return Table(columns, (RowGroup(rows),))
