"""The plan in, who does what out: a directory of the actors with counts, then a to-do sheet for each."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document.model import Actors, ActorSheet, Cell, Column, RoleSection, Row, RowGroup, Table
from pipeline.fields.dates import span_text
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.facts import facts_given, own_facts, passages
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
        sheets=tuple(_sheet(context, actor) for actor in context.plan.actors),
    )


def _measures(context: Context, actor: Actor, role: Role) -> tuple[Measure, ...]:
    return tuple(item for item in context.plan.active_measures if actor.id in item.actors_in(role))


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
    counts = [len(_measures(context, actor, role)) for role in Role]
    return Row(
        (
            Cell(sign_node(context.sign_of(actor.strand), with_name=True)),
            Cell((link(actor.id, actor.name),), header=True),
            *(Cell((text(str(count) if count else NONE),)) for count in counts),
            Cell((page(actor.id),)),
        )
    )


def _sheet(context: Context, actor: Actor) -> ActorSheet:
    by_role = {role: _measures(context, actor, role) for role in Role}
    sections = [
        RoleSection(legend, _led(context, items) if role is Role.LEAD else _others(context, actor, items))
        for (role, items), legend in zip(by_role.items(), context.roles, strict=True)
        if items
    ]
    return ActorSheet(
        anchor=actor.id,
        name=typeset_line(actor.name),
        sign=context.sign_of(actor.strand),
        summary=tuple(_summary(context, actor)),
        counts=tuple(len(items) for items in by_role.values()),
        sections=tuple(sections),
        note="" if sections else "Diese Stelle hat in keiner Maßnahme eine Rolle.",
        passages=passages(context, actor, actor.id, OwnOwner.ACTOR),
        facts=facts_given(context, actor, actor.id, own_facts(context, OwnOwner.ACTOR)),
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


def _led(context: Context, measures: tuple[Measure, ...]) -> Table:
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
                    Cell((text(measure.title),)),
                    Cell((strong(deadline.label if deadline else NONE),)),
                    Cell((text(milestone.title if milestone else NONE),)),
                    Cell((Node("checkbox"),)),
                    Cell((page(measure.id),)),
                )
            )
        )
    return Table(columns, (RowGroup(tuple(rows)),))


def _with_task(measure: Measure, actor: Actor) -> Inline:
    """The title, and below it what exactly the actor contributes."""
    told = measure.contribution_of(actor.id)
    return (text(measure.title), *((Node("break"), muted(told)) if told else ()))


def _others(context: Context, actor: Actor, measures: tuple[Measure, ...]) -> Table:
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
                Cell(_with_task(measure, actor)),
                Cell((text(context.lead_text(measure)),)),
                Cell((text(span_text(measure.span)),)),
                Cell((page(measure.id),)),
            )
        )
        for measure in measures
    )
    return Table(columns, (RowGroup(rows),))
