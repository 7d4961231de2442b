"""The plan in, what is due when out, for a calendar: milestones that are ahead, and what comes before bodies.

What is known by its quarter or year is due on its last day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.document.model import Appointment
from pipeline.parts.bodies import Date, Matter, bodies
from pipeline.parts.context import Context
from schema.entities import Measure
from schema.time import Period
from schema.vocabulary import Role

_MONTHS = 12
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def appointments(context: Context) -> tuple[Appointment, ...]:
    """All of them, by their day."""
    found = [*_milestones(context), *_of_bodies(context)]
    return tuple(sorted(found, key=lambda item: (item.day, item.key)))


def for_whom(context: Context, actor: str) -> tuple[Appointment, ...]:
    """Those that concern an actor."""
    return tuple(item for item in appointments(context) if actor in item.who)


def _milestones(context: Context) -> Iterator[Appointment]:
    for measure in context.plan.active_measures:
        known: Counter[str] = Counter()
        for item in measure.milestones:
            name = _name(item.title)
            known[name] += 1
            if item.ahead is None:
                continue
            body = context.plan.body(item.body) if item.body else None
            who = (*measure.leads, *measure.actors_in(Role.PARTICIPATION), *((body.id,) if body else ()))
            note = [f"Maßnahme {measure.number} {measure.title}", f"Federführung: {context.lead_text(measure)}"]
            note += [f"Entscheidet: {body.name if body else item.body}"] if item.body else []
            yield _appointment(
                f"{measure.id}/{name}{'' if known[name] == 1 else f'/{known[name]}'}",
                f"{measure.number} {item.title}",
                item.ahead,
                note,
                who,
            )


def _of_bodies(context: Context) -> Iterator[Appointment]:
    """Steps to the resolution that are not taken yet, reports, and decisions that no milestone names."""
    meta = context.plan.meta
    for body in bodies(context):
        who = (body.key,) if body.key in context.plan.actor_by_id else ()
        for date in body.dates:
            if date.due is None or date.milestone is not None:
                continue
            if date.matter is Matter.STEP:
                step = meta.route[date.index]
                day = step.session.isoformat() if step.session else date.due.last_day.isoformat()
                yield Appointment(
                    f"plan/{_name(step.step)}/{_name(step.body)}", f"{step.step}: {body.name}", day, "", who
                )
            elif date.matter is Matter.REPORT:
                report = meta.reports[date.index]
                for due in _times(date):
                    key = f"plan/{_name(report.title)}/{_name(report.body)}/{due.year}"
                    yield _appointment(key, f"{report.title}: {body.name}", due, [], who)
            elif date.measure is not None:
                yield _decision(date, date.measure, date.due, body.name, who)


def _decision(date: Date, measure: Measure, due: Period, body: str, who: tuple[str, ...]) -> Appointment:
    title = f"{measure.number} Entscheidung: {body}"
    return _appointment(f"{measure.id}/{_name(date.body)}", title, due, [measure.title], (*who, *measure.leads))


def _times(date: Date) -> Iterator[Period]:
    """Every time that a report comes: in the same part of each of its years."""
    assert date.due is not None
    for year in date.years or (date.due.year,):
        later = (year - date.due.year) * _MONTHS
        yield Period(date.due.first + later, date.due.last + later)


def _appointment(key: str, title: str, due: Period, note: list[str], who: tuple[str, ...]) -> Appointment:
    told = [*note, f"Termin: {due.label}"]
    return Appointment(key, title, due.last_day.isoformat(), "\n".join(told), tuple(dict.fromkeys(who)))


def _name(text: str) -> str:
    """A text as part of a key, in letters that every calendar has: `Gebäude saniert` is `gebaeude-saniert`."""
    return "-".join(re.findall(r"[^\W_]+", text.lower().translate(_LETTERS)))
