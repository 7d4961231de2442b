"""Rules about actors: their strand, how much they carry."""

from __future__ import annotations

from collections.abc import Iterator

from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Subject, suggestion


def strand_exists(plan: Plan) -> Iterator[Finding]:
    """An actor's strand is declared in plan.yaml."""
    for actor in plan.actors:
        if actor.strand is not None and actor.strand not in plan.strand_by_id:
            yield Finding(
                "P502",
                Subject(Kind.ACTOR, actor.id),
                ("strang",),
                f"Den Strang „{actor.strand}“ gibt es nicht.",
                f"{suggestion(actor.strand, plan.strand_by_id)}"
                "Die Stränge stehen in plan.yaml; ohne Angabe gilt der Akteur als Partner.",
            )


def load(plan: Plan) -> Iterator[Finding]:
    """An actor has a task, and not more leads than the plan allows."""
    if Kind.MEASURE in plan.partial:
        return
    for actor in plan.actors:
        subject = Subject(Kind.ACTOR, actor.id)
        leads = sum(actor.id in measure.leads for measure in plan.active_measures)
        if leads > plan.meta.options.max_leads:
            yield Finding(
                "P571",
                subject,
                ("id",),
                f"{actor.name} hat {leads} Federführungen, mehr als {plan.meta.options.max_leads}.",
                "Federführungen verteilen, die Grenze in plan.yaml ändern oder unter „hinweise“ begründen.",
            )
        publishes = actor.id in plan.meta.publishers
        if not publishes and all(measure.role_of(actor.id) is None for measure in plan.active_measures):
            yield Finding(
                "P572",
                subject,
                ("id",),
                f"{actor.name} hat in keiner Maßnahme eine Rolle.",
                "Den Akteur einer Maßnahme zuordnen oder aus akteure.yaml löschen.",
            )


RULES = (strand_exists, load)
