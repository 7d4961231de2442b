"""Open findings in, what is open of which entity out, by who has to settle it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.parts.context import Context
from pipeline.parts.phrases import link, text
from pipeline.text.nodes import Inline
from schema.codes import CODES, MARKED_OPEN, OWN_FIELD_OPEN
from schema.files import ENTITY
from schema.own_fields import once
from schema.plan import Kind
from schema.rules import Finding, Subject


@dataclass(frozen=True)
class _Owner:
    """Who settles a matter; told apart by kind and ID, since names need not differ."""

    kind: str  # joint, strand, actor, body
    id: str = ""


_JOINT = _Owner("joint")


@dataclass(frozen=True)
class Matter:
    """An entity of which something is open: its number as a link, its title, and what is open, each thing once."""

    number: Inline
    title: str
    topics: tuple[str, ...]


def matters_by_owner(context: Context, points: Sequence[Finding]) -> Iterator[tuple[str, tuple[Matter, ...]]]:
    """Who settles something, with what they settle: publishers, strands, actors as in the data, then other bodies."""
    for owner, matters in _by_owner(context, points).items():
        found = (
            Matter(*matter(context, subject), tuple(dict.fromkeys(topic(context, item) for item in items)))
            for subject, items in matters.items()
        )
        yield _name(context, owner), tuple(found)


def _by_owner(context: Context, points: Sequence[Finding]) -> Mapping[_Owner, Mapping[Subject, list[Finding]]]:
    """Owner → matter → findings: publishers, strands and actors in the order of the data, then other bodies."""
    plan = context.plan
    known = [_JOINT, *(_Owner("strand", item.id) for item in plan.meta.strands)]
    known += [_Owner("actor", item.id) for item in plan.actors]
    grouped: dict[_Owner, dict[Subject, list[Finding]]] = {owner: {} for owner in known}
    for finding in points:
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
    index = index_of(finding)
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


def matter(context: Context, subject: Subject) -> tuple[Inline, str]:
    """The number of an entity as a link, and its title."""
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
    if subject.id:
        return (link(subject.id, context.chapters.get(subject.id, subject.id)),), ""
    return (text("Plan"),), ""


def topic(context: Context, finding: Finding) -> str:
    """What is open, with its name where one subject has several of it."""
    called = CODES[finding.code].topic
    if finding.code == MARKED_OPEN:
        return finding.name
    if finding.code == OWN_FIELD_OPEN:
        own = once(context.plan.meta.own_fields)
        owner = ENTITY[finding.subject.kind].owner
        return next(item.label for item in own if (item.owner, item.name) == (owner, finding.path[0]))
    index = index_of(finding)
    if index is None:
        return called
    if finding.subject.kind is Kind.GOAL:
        return f"{called} „{context.plan.goal_by_id[finding.subject.id].indicators[index].name}“"
    return f"{called} „{context.plan.meta.route[index].step}“"


def kind_of(context: Context, finding: Finding) -> str:
    """What is open, the same for all of which the same is: an indicator's name is left out."""
    return topic(context, finding).partition(" „")[0]


def index_of(finding: Finding) -> int | None:
    """Which indicator or step is meant, None where it is neither."""
    if finding.path[0] not in ("indikatoren", "beschlussweg"):
        return None
    return next((step for step in finding.path if isinstance(step, int)), None)
