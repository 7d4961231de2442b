"""The rule about the fields that a plan declares itself: what it wants to be filled in, is."""

from __future__ import annotations

from collections.abc import Iterator

from schema.codes import OWN_FIELD_OPEN
from schema.entities import Measure
from schema.files import ENTITY
from schema.own_fields import once
from schema.plan import Kind, Plan
from schema.rules.entities import entities_of
from schema.rules.finding import Finding


def own_fields_filled(plan: Plan) -> Iterator[Finding]:
    """What the plan wants to be filled in, among its own fields, is; but not of a measure that is no longer pursued."""
    wanted = [item for item in once(plan.meta.own_fields) if item.open_while_empty]
    for subject, entity in entities_of(plan) if wanted else ():
        if subject.kind is Kind.PLAN or (isinstance(entity, Measure) and not entity.active):
            continue
        for item in wanted:
            if item.owner is ENTITY[subject.kind].owner and getattr(entity, item.attribute) in (None, ()):
                yield Finding(
                    OWN_FIELD_OPEN,
                    subject,
                    (item.name,),
                    f"Bei {subject.called} ist „{item.label}“ offen.",
                    f"Sobald es feststeht, unter „{item.name}“ eintragen" + (f": {item.help}" if item.help else "."),
                )


RULES = (own_fields_filled,)
