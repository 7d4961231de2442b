"""Rules about measures and proposals: references, roles, time, money, what is open until the resolution."""

from __future__ import annotations

from collections.abc import Iterator

from schema.entities import Measure
from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Path, Subject, suggestion, unknown_actor
from schema.vocabulary import FundingState, MeasureStatus, ProposalState, Role

FULL = 100  # percent
PATIENCE = 90  # days


def _subject(measure: Measure) -> Subject:
    return Subject(Kind.MEASURE, measure.id)


def _role_path(role: Role, index: int) -> Path:
    """Where an actor in a role stands: the lead is one value, the others are lists."""
    return (role.value,) if role is Role.LEAD else (role.value, index)


def goals_exist(plan: Plan) -> Iterator[Finding]:
    """A measure names goals that exist."""
    for measure in plan.measures:
        named: list[tuple[Path, str]] = [(("ziel",), measure.goal)]
        named += [(("weitere_ziele", index), goal) for index, goal in enumerate(measure.further_goals)]
        for path, goal in named:
            if not plan.knows(Kind.GOAL, goal):
                yield Finding(
                    "P402",
                    _subject(measure),
                    path,
                    f"Die Maßnahme {measure.id} nennt das Ziel „{goal}“; das gibt es nicht.",
                    f"{suggestion(goal, plan.known(Kind.GOAL))}Die Ziele stehen in den Dateien ziele.yaml.",
                )


def actors_exist(plan: Plan) -> Iterator[Finding]:
    """A measure names actors that exist."""
    for measure in plan.measures:
        for role in Role:
            for index, actor in enumerate(measure.actors_in(role)):
                if not plan.knows(Kind.ACTOR, actor):
                    path = _role_path(role, index)
                    yield unknown_actor(plan, "P403", _subject(measure), path, actor)
        for index, commitment in enumerate(measure.commitments):
            if not plan.knows(Kind.ACTOR, commitment.actor):
                yield unknown_actor(plan, "P403", _subject(measure), ("zusagen", index, "akteur"), commitment.actor)


def one_role_each(plan: Plan) -> Iterator[Finding]:
    """An actor has one role in a measure."""
    for measure in plan.measures:
        roles: dict[str, Role] = {}
        for role in Role:
            for index, actor in enumerate(measure.actors_in(role)):
                if actor in roles:
                    path = _role_path(role, index)
                    yield Finding(
                        "P404",
                        _subject(measure),
                        path,
                        f"„{actor}“ steht in der Maßnahme {measure.id} schon unter {roles[actor].label}.",
                        "Jeder Akteur hat in einer Maßnahme genau eine Rolle; eine der beiden Angaben löschen.",
                    )
                roles.setdefault(actor, role)


def measures_exist(plan: Plan) -> Iterator[Finding]:
    """A measure names measures that exist, and not itself."""
    for measure in plan.measures:
        named: list[tuple[Path, str | None]] = [
            (("ersetzt_durch",), measure.replaced_by),
            (("zusammengefuehrt_mit",), measure.merged_with),
        ]
        named += [(("abhaengig_von", index), other) for index, other in enumerate(measure.depends_on)]
        for path, other in named:
            if other is not None and not plan.knows(Kind.MEASURE, other):
                yield Finding(
                    "P405",
                    _subject(measure),
                    path,
                    f"Die Maßnahme {measure.id} nennt die Maßnahme „{other}“; die gibt es nicht.",
                    f"{suggestion(other, plan.known(Kind.MEASURE))}Nummer berichtigen oder Angabe löschen.",
                )


def cycles(plan: Plan) -> Iterator[Finding]:
    """Dependencies lead nowhere back to where they began. Each circle is reported once, at its smallest ID."""
    reported = set()
    for measure in plan.measures:
        path = _way_back(plan, measure.id)
        if path and frozenset(path) not in reported:
            reported.add(frozenset(path))
            index = measure.depends_on.index(path[1] if len(path) > 1 else path[0])
            yield Finding(
                "P406",
                _subject(measure),
                ("abhaengig_von", index),
                f"Diese Maßnahmen hängen im Kreis voneinander ab: {' → '.join([*path, path[0]])}.",
                "Eine der Abhängigkeiten löschen.",
            )


def _way_back(plan: Plan, start: str) -> tuple[str, ...]:
    """The shortest way along dependencies from a measure back to itself, () if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        measure = plan.measure_by_id.get(way[-1])
        for other in measure.depends_on if measure else ():
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def time(plan: Plan) -> Iterator[Finding]:
    """A measure ends after it starts; milestones lie inside."""
    for measure in plan.measures:
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


def open_until_resolution(plan: Plan) -> Iterator[Finding]:
    """A measure has commitment, milestones, effort, secured funding and a resolution."""
    for measure in plan.active_measures:
        subject, name = _subject(measure), measure.id
        if all(item.actor != measure.lead for item in measure.commitments):
            lead = plan.actor_by_id.get(measure.lead)
            yield Finding(
                "P451",
                subject,
                ("zusagen",),
                f"Die Zusage der Federführung ({lead.name if lead else measure.lead}) zu {name} steht aus.",
                "Nach der Zusage unter „zusagen“ Akteur und Datum eintragen.",
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
        if not measure.funding or any(item.state is not FundingState.SECURED for item in measure.funding):
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


def starts_before_dependency(plan: Plan) -> Iterator[Finding]:
    """A measure does not start before the one it depends on starts."""
    for measure in plan.active_measures:
        for index, identifier in enumerate(measure.depends_on):
            other = plan.measure_by_id.get(identifier)
            circular = bool(_way_back(plan, measure.id))
            if other is not None and not circular and measure.span.start.first < other.span.start.first:
                yield Finding(
                    "P471",
                    _subject(measure),
                    ("abhaengig_von", index),
                    f"{measure.id} beginnt {measure.span.start.label}, also vor {other.id} ({other.span.start.label}), "
                    "von der sie abhängt.",
                    "Den Beginn verschieben oder unter „hinweise“ in plan.yaml begründen.",
                )


def proposals(plan: Plan) -> Iterator[Finding]:
    """A proposal names measures, goals and actors that exist."""
    for proposal in plan.proposals:
        named: list[tuple[Path, Kind, str | None]] = [
            (("uebernommen_als",), Kind.MEASURE, proposal.adopted_as),
            (("ziel",), Kind.GOAL, proposal.goal),
            (("federfuehrung",), Kind.ACTOR, proposal.lead),
        ]
        named += [(("mitwirkung", index), Kind.ACTOR, actor) for index, actor in enumerate(proposal.participation)]
        for path, kind, identifier in named:
            if identifier is not None and not plan.knows(kind, identifier):
                yield Finding(
                    "P422",
                    Subject(Kind.PROPOSAL, proposal.id),
                    path,
                    f"Der Vorschlag {proposal.id} nennt „{identifier}“; das gibt es nicht.",
                    f"{suggestion(identifier, plan.known(kind))}Angabe berichtigen oder löschen.",
                )


def waiting_proposals(plan: Plan) -> Iterator[Finding]:
    """A proposal is dealt with within 90 days, counted to the plan's date."""
    for proposal in plan.proposals:
        touched = proposal.handled or proposal.received
        undecided = proposal.state in (ProposalState.RECEIVED, ProposalState.EXAMINED)
        if touched and undecided and (plan.meta.date - touched).days > PATIENCE:
            yield Finding(
                "P473",
                Subject(Kind.PROPOSAL, proposal.id),
                ("bearbeitet",) if proposal.handled else ("eingang",),
                f"Der Vorschlag {proposal.id} liegt seit {(plan.meta.date - touched).days} Tagen unverändert.",
                "Entscheiden und „stand“ mit „begruendung“ eintragen, oder unter „bearbeitet“ den Tag der Befassung.",
            )


RULES = (
    goals_exist,
    actors_exist,
    one_role_each,
    measures_exist,
    cycles,
    time,
    funding_shares,
    open_until_resolution,
    starts_before_dependency,
    proposals,
    waiting_proposals,
)
