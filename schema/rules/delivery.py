"""Rules about how measures are carried out: time, money, dependencies, what is open until the resolution."""

from __future__ import annotations

from collections.abc import Iterator

from schema.entities import Measure
from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Subject
from schema.rules.measures import way_back
from schema.vocabulary import FundingState, MeasureStatus, Recurrence

FULL = 100  # percent


def _subject(measure: Measure) -> Subject:
    return Subject(Kind.MEASURE, measure.id)


def time(plan: Plan) -> Iterator[Finding]:
    """A measure ends after it starts; milestones lie inside."""
    for measure in plan.measures:
        if measure.span is None:
            continue
        start, end = measure.span.start, measure.span.last
        if end is not None and end.last < start.first:
            yield Finding(
                "P407",
                _subject(measure),
                ("zeitraum", "bis"),
                f"Die Maßnahme {measure.id} endet {end.label}, bevor sie {start.label} beginnt.",
                "Beginn oder Ende berichtigen.",
            )
            continue
        for index, milestone in enumerate(measure.milestones):
            if milestone.due.last < start.first or (end is not None and milestone.due.first > end.last):
                until = end.label if end else "fortlaufend"
                yield Finding(
                    "P408",
                    _subject(measure),
                    ("meilensteine", index, "termin"),
                    f"Der Meilenstein „{milestone.title}“ ({milestone.due.label}) liegt außerhalb des Zeitraums "
                    f"{start.label} bis {until}.",
                    "Den Termin des Meilensteins oder den Zeitraum der Maßnahme anpassen.",
                )


def funding_shares(plan: Plan) -> Iterator[Finding]:
    """Shares of funding add up to at most 100 percent."""
    for measure in plan.measures:
        total = sum(item.share or 0 for item in measure.funding)
        if total > FULL:
            yield Finding(
                "P409",
                _subject(measure),
                ("finanzierung",),
                f"Die Anteile der Finanzierung von {measure.id} ergeben {total} Prozent.",
                "Die Anteile so ändern, dass sie höchstens 100 ergeben.",
            )


def effort_years(plan: Plan) -> Iterator[Finding]:
    """A one-off effort arises in a year of the plan's term; a yearly one names no year."""
    term = plan.meta.term
    for measure in plan.active_measures:
        for index, effort in enumerate(measure.effort):
            if effort.text:
                continue
            yearly = effort.recurrence is Recurrence.YEARLY
            start = measure.span.start.year if measure.span else term.first
            year = effort.year if effort.year is not None else start
            if yearly and effort.year is not None:
                reason, hint = (
                    "ist jährlich und nennt doch ein Jahr",
                    "„jahr“ löschen oder „turnus: einmalig“ eintragen.",
                )
            elif not yearly and not term.first <= year <= term.last:
                reason = f"fiele {year} an, außerhalb der Laufzeit {term.first} bis {term.last}"
                hint = "Unter „jahr“ ein Jahr der Laufzeit nennen oder die Laufzeit in plan.yaml anpassen."
            else:
                continue
            message = f"Ein Aufwand von {measure.id} {reason}."
            yield Finding("P411", _subject(measure), ("aufwand", index, "jahr"), message, hint)


def open_until_resolution(plan: Plan) -> Iterator[Finding]:
    """A measure has commitment, milestones, effort, secured funding and a resolution."""
    for measure in plan.active_measures:
        subject, name = _subject(measure), measure.id
        if measure.lead is None:
            several = ", ".join(_actor_name(plan, actor) for actor in measure.leads)
            yield Finding(
                "P456",
                subject,
                ("federfuehrung",),
                f"Wer bei {name} die Federführung hat, ist offen" + (f": genannt sind {several}." if several else "."),
                "Sobald es feststeht, unter „federfuehrung“ die Kennung "
                + ("dessen eintragen, der führt; die anderen wirken mit." if several else "des Akteurs eintragen."),
            )
        elif all(item.actor != measure.lead for item in measure.commitments):
            yield Finding(
                "P451",
                subject,
                ("zusagen",),
                f"Die Zusage der Federführung ({_actor_name(plan, measure.lead)}) zu {name} steht aus.",
                "Nach der Zusage unter „zusagen“ Akteur und Datum eintragen.",
            )
        if measure.span is None:
            yield Finding(
                "P457",
                subject,
                ("zeitraum",),
                f"Wann {name} läuft, ist offen.",
                "Sobald es feststeht, eintragen: {von: Q1 2027, bis: Q4 2028}.",
            )
        if not measure.milestones:
            yield Finding(
                "P452",
                subject,
                ("meilensteine",),
                f"{name} hat keinen Meilenstein.",
                "Mindestens ein Ergebnis mit Termin nennen.",
            )
        if not measure.effort:
            yield Finding(
                "P453",
                subject,
                ("aufwand",),
                f"Zu {name} ist kein Aufwand genannt.",
                "Geld, Personentage oder Stellen schätzen.",
            )
        if not covered(measure) or any(item.state is not FundingState.SECURED for item in measure.funding):
            yield Finding(
                "P454",
                subject,
                ("finanzierung",),
                f"Die Finanzierung von {name} ist nicht gesichert.",
                "Quelle klären und „stand: gesichert“ eintragen.",
            )
        if measure.status in (MeasureStatus.PROPOSED, MeasureStatus.AGREED):
            yield Finding(
                "P455",
                subject,
                ("status",),
                f"{name} ist noch nicht beschlossen (Status: {measure.status.label}).",
                "Nach dem Beschluss „status: beschlossen“ eintragen.",
            )


def covered(measure: Measure) -> bool:
    """Whether sources are named for all of the money.

    Shares are optional: without any, the sources count as covering all; once one is named, they must sum up.
    """
    shares = [item.share for item in measure.funding if item.share is not None]
    return bool(measure.funding) and (not shares or sum(shares) >= FULL)


def _actor_name(plan: Plan, identifier: str) -> str:
    """The name of an actor, the ID of one that the plan does not know."""
    actor = plan.actor_by_id.get(identifier)
    return actor.name if actor else identifier


def starts_before_dependency(plan: Plan) -> Iterator[Finding]:
    """A measure does not start before the one it depends on starts."""
    for measure in plan.active_measures:
        for index, identifier in enumerate(measure.depends_on):
            other = plan.measure_by_id.get(identifier)
            # In a circle some measure must begin before one it depends on; the circle itself is told, and is the fault.
            circular = bool(way_back(plan, measure.id))
            if other is None or circular or measure.span is None or other.span is None:
                continue
            if measure.span.start.last < other.span.start.first:
                yield Finding(
                    "P471",
                    _subject(measure),
                    ("abhaengig_von", index),
                    f"{measure.id} beginnt {measure.span.start.label}, also vor {other.id} ({other.span.start.label}), "
                    "von der sie abhängt.",
                    "Den Beginn verschieben oder unter „hinweise“ in plan.yaml begründen.",
                )


def depends_on_abandoned(plan: Plan) -> Iterator[Finding]:
    """What a measure depends on is still pursued."""
    for measure in plan.active_measures:
        for index, identifier in enumerate(measure.depends_on):
            other = plan.measure_by_id.get(identifier)
            if other is not None and not other.active:
                yield Finding(
                    "P474",
                    _subject(measure),
                    ("abhaengig_von", index),
                    f"{measure.id} hängt von {other.id} ab, die zurückgestellt, ersetzt oder zusammengeführt ist.",
                    "Die Abhängigkeit ändern oder löschen, oder unter „hinweise“ in plan.yaml begründen.",
                )


RULES = (
    time,
    funding_shares,
    effort_years,
    open_until_resolution,
    starts_before_dependency,
    depends_on_abandoned,
)
