"""A Plan in, everything in its data out, each with what findings call it."""

from __future__ import annotations

from collections.abc import Iterator

from schema.base import Model
from schema.plan import Kind, Plan
from schema.rules.finding import Subject


def entities_of(plan: Plan) -> Iterator[tuple[Subject, Model]]:
    """Everything in the data that has texts, the plan itself first."""
    entities: list[tuple[Subject, Model]] = [(Subject(Kind.PLAN), plan.meta)]
    entities += [(Subject(Kind.FIELD, str(item.number)), item) for item in plan.fields]
    for kind, items in (
        (Kind.GOAL, plan.goals),
        (Kind.MEASURE, plan.measures),
        (Kind.ACTOR, plan.actors),
        (Kind.TERM, plan.terms),
        (Kind.PROPOSAL, plan.proposals),
    ):
        entities += [(Subject(kind, item.id), item) for item in items]
    yield from entities
