"""Rules about what entities name by its ID: it exists, and is named once. Which fields name what, the models say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schema.base import Model, Reference
from schema.forms import marked
from schema.plan import Kind, Plan
from schema.rules.entities import entities_of
from schema.rules.finding import Finding, Path, Subject, suggestion, unknown_actor


@dataclass(frozen=True)
class Named:
    """An ID that an entity names: the kind of what it names, and the path from the entity to it."""

    kind: Kind
    id: str
    path: Path


def named_by(entity: Model) -> Iterator[Named]:
    """Everything that an entity names, also in what its fields hold."""
    return (Named(Kind(mark.to), value, path) for path, mark, value in marked(entity, Reference))


def measures_name_what_exists(plan: Plan) -> Iterator[Finding]:
    """A measure names goals, actors and measures that exist."""
    for measure in plan.measures:
        subject = Subject(Kind.MEASURE, measure.id)
        for named in named_by(measure):
            if plan.knows(named.kind, named.id):
                continue
            near, where = suggestion(named.id, plan.known(named.kind)), (subject, named.path)
            if named.kind is Kind.ACTOR:
                yield unknown_actor(plan, "P403", *where, named.id)
            elif named.kind is Kind.GOAL:
                message = f"Die Maßnahme {measure.id} nennt das Ziel „{named.id}“; das gibt es nicht."
                yield Finding("P402", *where, message, f"{near}Die Ziele stehen in den Dateien ziele.yaml.")
            else:
                message = f"Die Maßnahme {measure.id} nennt die Maßnahme „{named.id}“; die gibt es nicht."
                yield Finding("P405", *where, message, f"{near}Nummer berichtigen oder Angabe löschen.")


def proposals_name_what_exists(plan: Plan) -> Iterator[Finding]:
    """A proposal names measures, goals and actors that exist."""
    for proposal in plan.proposals:
        for named in named_by(proposal):
            if not plan.knows(named.kind, named.id):
                yield Finding(
                    "P422",
                    Subject(Kind.PROPOSAL, proposal.id),
                    named.path,
                    f"Der Vorschlag {proposal.id} nennt „{named.id}“; das gibt es nicht.",
                    f"{suggestion(named.id, plan.known(named.kind))}Angabe berichtigen oder löschen.",
                )


def others_name_what_exists(plan: Plan) -> Iterator[Finding]:
    """A goal, a field of action or an actor names goals, actors and measures that exist."""
    for subject, entity in entities_of(plan):
        for named in named_by(entity) if subject.kind in (Kind.FIELD, Kind.GOAL, Kind.ACTOR) else ():
            if not plan.knows(named.kind, named.id):
                near = suggestion(named.id, plan.known(named.kind))
                message = f"{subject.called} nennt „{named.id}“; das gibt es nicht."
                yield Finding("P305", subject, named.path, message, f"{near}Angabe berichtigen oder löschen.")


def publishers_exist(plan: Plan) -> Iterator[Finding]:
    """Publishers are actors."""
    for named in named_by(plan.meta):
        if not plan.knows(named.kind, named.id):
            yield unknown_actor(plan, "P202", Subject(Kind.PLAN), named.path, named.id)


def named_once(plan: Plan) -> Iterator[Finding]:
    """A goal or measure is named once in a list, and the measure's own goal is no further one."""
    for measure in plan.measures:
        listed = [item for item in named_by(measure) if item.kind is not Kind.ACTOR and isinstance(item.path[-1], int)]
        seen = {(item.path[:-1], measure.goal) for item in listed if item.kind is Kind.GOAL}
        for item in listed:
            if (item.path[:-1], item.id) in seen:
                message = f"{measure.id} nennt „{item.id}“ zweimal."
                subject = Subject(Kind.MEASURE, measure.id)
                yield Finding("P413", subject, item.path, message, "Eine der beiden Angaben löschen.")
            seen.add((item.path[:-1], item.id))


RULES = (
    measures_name_what_exists,
    proposals_name_what_exists,
    others_name_what_exists,
    publishers_exist,
    named_once,
)
