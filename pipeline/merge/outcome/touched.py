"""What became of every edit and the plan in, whose measures it touches out: a report says that before anything else."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.merge.outcome.outcome import Entry, Fate, Touched
from schema.plan import Plan

_TOUCHING = (Fate.TAKEN, Fate.JOINT, Fate.CONFLICT)


def touched(entries: Iterable[Entry], plan: Plan | None) -> tuple[Touched, ...]:
    """Whose measures are touched by what goes into the sources or contradicts them; () without a plan."""
    if plan is None:
        return ()
    edited = {entry.target.entity for entry in entries if entry.fate in _TOUCHING}
    found: dict[str, list[str]] = {}
    for measure in plan.measures:
        if measure.id in edited:
            for actor in measure.leads or ("",):
                found.setdefault(actor, []).append(measure.id)
    return tuple(Touched(actor, _name(plan, actor), tuple(measures)) for actor, measures in found.items())


def _name(plan: Plan, actor: str) -> str:
    known = plan.actor_by_id.get(actor)
    return known.name if known else actor or "noch ohne Federführung"
