"""Rules about how measures go together: an actor has one role in one, none replaces or needs itself."""

from __future__ import annotations

from collections.abc import Iterator

from schema.entities import Measure
from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Path, Subject
from schema.vocabulary import Role


def _subject(measure: Measure) -> Subject:
    return Subject(Kind.MEASURE, measure.id)


def _role_path(measure: Measure, role: Role, index: int) -> Path:
    """Where an actor in a role stands: a lead that is the only one is a value, all others are lists."""
    return (role.value,) if role is Role.LEAD and measure.lead else (role.value, index)


def one_role_each(plan: Plan) -> Iterator[Finding]:
    """An actor has one role in a measure."""
    for measure in plan.measures:
        roles: dict[str, Role] = {}
        for role in Role:
            for index, actor in enumerate(measure.actors_in(role)):
                if actor in roles:
                    path = _role_path(measure, role, index)
                    yield Finding(
                        "P404",
                        _subject(measure),
                        path,
                        f"„{actor}“ steht in der Maßnahme {measure.id} schon unter {roles[actor].label}.",
                        "Jeder Akteur hat in einer Maßnahme genau eine Rolle; eine der beiden Angaben löschen.",
                    )
                roles.setdefault(actor, role)


def replacements(plan: Plan) -> Iterator[Finding]:
    """What takes a measure's place is another one; replacing does not lead back.

    Of "M1.1.1 is replaced by M1.1.2, that by M1.1.1" both are told, since either may be the wrong one. A measure that
    only leads into such a circle is none of it and is not told.
    """
    for measure in plan.measures:
        seen = {measure.id}
        following = measure.replaced_by or measure.merged_with
        while following and following not in seen:
            seen.add(following)
            other = plan.measure_by_id.get(following)
            following = (other.replaced_by or other.merged_with) if other else None
        if following == measure.id:
            yield Finding(
                "P412",
                _subject(measure),
                ("ersetzt_durch",) if measure.replaced_by else ("zusammengefuehrt_mit",),
                f"{measure.id} wäre durch sich selbst ersetzt ({', '.join(sorted(seen))}).",
                "Die Maßnahme nennen, die wirklich an ihre Stelle tritt, oder die Angabe löschen.",
            )


def cycles(plan: Plan) -> Iterator[Finding]:
    """Dependencies lead nowhere back to where they began. Each circle is reported once, at its smallest ID."""
    reported = set()
    for measure in plan.measures:
        path = way_back(plan, measure.id)
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


def way_back(plan: Plan, start: str) -> tuple[str, ...]:
    """The shortest way along dependencies from a measure back to itself, () if there is none.

    Ways are looked at in the order of their length, so the first that closes is the shortest; it begins with the
    measure and ends before it. One that depends on itself is (itself,).
    """
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


RULES = (
    one_role_each,
    replacements,
    cycles,
)
