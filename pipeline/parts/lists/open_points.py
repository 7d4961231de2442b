"""The open findings in, the annex of open points out: grouped by who has to settle them, one row a matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.parts.context import Context
from pipeline.parts.phrases import link, text
from pipeline.text.nodes import Inline
from pipeline.text.typography import typeset_line
from schema.codes import CODES, OWN_FIELD_OPEN
from schema.files import ENTITY
from schema.own_fields import once
from schema.plan import Kind, PlanMeta
from schema.rules import Finding, Subject
from schema.vocabulary import PartName


@dataclass(frozen=True)
class _Owner:
    """Who settles a matter; told apart by kind and ID, since names need not differ."""

    kind: str  # joint, strand, actor, body
    id: str = ""


_JOINT = _Owner("joint")


def open_points(context: Context) -> TablePart | None:
    """The open points and the settled findings; None where there is neither."""
    sections = []
    if context.open_points:
        sections.append(TableSection("", _table(context)))
    if context.plan.meta.settlements:
        sections.append(TableSection(PlanMeta.model_fields["settlements"].title or "", _settlements(context)))
    if not sections:
        return None
    count = len(context.open_points)
    points = "Punkt ist" if count == 1 else "Punkte sind"
    lead = f"{count} {points} bis zum Beschluss zu klären, geordnet nach der Stelle, die sie klärt."
    return TablePart(
        anchor=PartName.OPEN_POINTS.value,
        title=PartName.OPEN_POINTS.label,
        lead=typeset_line(lead) if count else "",
        sections=tuple(sections),
    )


def _table(context: Context) -> Table:
    columns = (Column("Nr.", 16), Column("Worum es geht", 80), Column("Was offen ist", 72))
    groups = tuple(
        RowGroup(
            tuple(_row(context, subject, items) for subject, items in matters.items()),
            heading=typeset_line(_name(context, owner)),
        )
        for owner, matters in _by_owner(context).items()
    )
    return Table(columns, groups)


def _by_owner(context: Context) -> Mapping[_Owner, Mapping[Subject, list[Finding]]]:
    """Owner → matter → findings: publishers, strands and actors in the order of the data, then other bodies."""
    plan = context.plan
    known = [_JOINT, *(_Owner("strand", item.id) for item in plan.meta.strands)]
    known += [_Owner("actor", item.id) for item in plan.actors]
    grouped: dict[_Owner, dict[Subject, list[Finding]]] = {owner: {} for owner in known}
    for finding in context.open_points:
        matters = grouped.setdefault(_owner(context, finding), {})
        matters.setdefault(finding.subject, []).append(finding)
    return {owner: matters for owner, matters in grouped.items() if matters}


def _owner(context: Context, finding: Finding) -> _Owner:
    """A measure is settled by its lead, by its strand while nobody leads; a goal by the strand that set it; a step by
    the body that takes it.
    """
    plan, subject = context.plan, finding.subject
    if subject.kind is Kind.MEASURE:
        lead = plan.measure_by_id[subject.id].lead
        return _Owner("actor", lead) if lead else _Owner("strand", plan.strand_of[subject.id])
    if subject.kind is Kind.ACTOR:
        return _Owner("actor", subject.id)
    if subject.kind is Kind.GOAL:
        strand = plan.strand_of.get(subject.id)
        return _Owner("strand", strand) if strand else _JOINT
    index = _index(finding)
    return _JOINT if index is None else _body(context, plan.meta.route[index].body)


def _body(context: Context, body: str) -> _Owner:
    """The actor of that name, so that nobody has two lists; else the body as it is called."""
    actor = next((item for item in context.plan.actors if body in (item.name, item.short_name)), None)
    return _Owner("actor", actor.id) if actor else _Owner("body", body)


def _name(context: Context, owner: _Owner) -> str:
    if owner.kind == "strand":
        return f"Strang {context.plan.strand_by_id[owner.id].name}"
    if owner.kind == "actor":
        return context.actor(owner.id).name
    return owner.id or "Herausgeber gemeinsam"


def _row(context: Context, subject: Subject, items: list[Finding]) -> Row:
    number, title = _matter(context, subject)
    topics = ", ".join(dict.fromkeys(_topic(context, item) for item in items))
    return Row((Cell(number, header=True), Cell((text(title),)), Cell((text(topics),))))


def _matter(context: Context, subject: Subject) -> tuple[Inline, str]:
    if subject.kind is Kind.MEASURE:
        measure = context.plan.measure_by_id[subject.id]
        return (link(measure.id, measure.number),), measure.title
    if subject.kind is Kind.GOAL:
        goal = context.plan.goal_by_id[subject.id]
        return (link(goal.id, f"Ziel {goal.number}"),), goal.short_title
    if subject.kind is Kind.FIELD:
        field = next(item for item in context.plan.fields if str(item.number) == subject.id)
        return (link(field.anchor, f"Handlungsfeld {field.number}"),), field.title
    if subject.kind is Kind.ACTOR:
        return (link(subject.id, context.actor(subject.id).short),), ""
    return (text("Plan"),), PlanMeta.model_fields["route"].title or ""


def _topic(context: Context, finding: Finding) -> str:
    """What is open, with its name where one subject has several of it."""
    topic = CODES[finding.code].topic
    if finding.code == OWN_FIELD_OPEN:
        own = once(context.plan.meta.own_fields)
        owner = ENTITY[finding.subject.kind].owner
        return next(item.label for item in own if (item.owner, item.name) == (owner, finding.path[0]))
    index = _index(finding)
    if index is None:
        return topic
    if finding.subject.kind is Kind.GOAL:
        return f"{topic} „{context.plan.goal_by_id[finding.subject.id].indicators[index].name}“"
    return f"{topic} „{context.plan.meta.route[index].step}“"


def _index(finding: Finding) -> int | None:
    """Which of several of a kind is meant."""
    return next((step for step in finding.path if isinstance(step, int)), None)


def _settlements(context: Context) -> Table:
    columns = (Column("Meldung", 20), Column("Betrifft", 40), Column("Begründung", 108))
    rows = tuple(
        Row((Cell((text(item.code),), header=True), Cell((text(item.id),)), Cell((text(item.reason),))))
        for item in context.plan.meta.settlements
    )
    return Table(columns, (RowGroup(rows),))
