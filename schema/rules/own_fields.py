"""The rule about the fields that a plan declares itself: what it wants to be filled in, is."""

from __future__ import annotations

from collections.abc import Iterator

from schema.base import Model
from schema.codes import OWN_FIELD_OPEN
from schema.own_fields import once
from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Subject
from schema.vocabulary import OwnOwner


def own_fields_filled(plan: Plan) -> Iterator[Finding]:
    """What the plan wants to be filled in, among its own fields, is."""
    wanted = [item for item in once(plan.meta.own_fields) if item.open_while_empty]
    for owner, subject, name, entity in _entities(plan) if wanted else ():
        for item in wanted:
            if item.owner is owner and getattr(entity, item.attribute) in (None, ()):
                yield Finding(
                    OWN_FIELD_OPEN,
                    subject,
                    (item.name,),
                    f"Bei {name} ist „{item.label}“ offen.",
                    f"Sobald es feststeht, unter „{item.name}“ eintragen" + (f": {item.help}" if item.help else "."),
                )


def _entities(plan: Plan) -> Iterator[tuple[OwnOwner, Subject, str, Model]]:
    """What may have such fields, with what it is called in a sentence."""
    for field in plan.fields:
        yield OwnOwner.FIELD, Subject(Kind.FIELD, str(field.number)), f"Handlungsfeld {field.number}", field
    for goal in plan.goals:
        yield OwnOwner.GOAL, Subject(Kind.GOAL, goal.id), goal.id, goal
    for measure in plan.active_measures:
        yield OwnOwner.MEASURE, Subject(Kind.MEASURE, measure.id), measure.id, measure
    for actor in plan.actors:
        yield OwnOwner.ACTOR, Subject(Kind.ACTOR, actor.id), actor.name, actor


RULES = (own_fields_filled,)
