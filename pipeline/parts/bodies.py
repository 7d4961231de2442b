"""The plan in, what comes before which body and when out: its steps to the resolution, its decisions, its reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipeline.fields.dates import short_day
from pipeline.parts.context import Context
from pipeline.parts.phrases import muted, strong, text
from pipeline.text.nodes import Inline, Node
from schema.entities import Measure
from schema.plan import Report
from schema.time import Period
from schema.values import Milestone
from schema.vocabulary import ReportKind, ReportRhythm, Role

QUARTER = 3  # months
NO_DATE: Final = "Termin offen"
DECIDES: Final = (strong(Role.DECISION.letter), text(f" {Role.DECISION.label}"))
_NOTED: Final = ReportKind.NOTED.label


class Matter(StrEnum):
    """What a body has to do with something."""

    STEP = "step"
    DECISION = "decision"
    REPORT = "report"


@dataclass(frozen=True)
class Date:
    """Something that comes before a body; `due` is None while nobody knows when, and `when` says it in words.

    `index` is the place in plan.yaml of a step or report; a decision has its `measure`, and mostly the `milestone`.
    """

    body: str
    matter: Matter
    when: str
    due: Period | None
    index: int = 0
    measure: Measure | None = None
    milestone: Milestone | None = None
    years: tuple[int, ...] = ()  # of a report that comes again, in all of which it does

    @property
    def times(self) -> Iterator[tuple[int, str]]:
        """The year of each time that it comes, and the quarter: `Q2`; `im Jahr` where no more is known."""
        if self.due is not None:
            quarter = "im Jahr" if self.due.months > QUARTER else f"Q{self.due.first % 12 // QUARTER + 1}"
            for year in self.years or (self.due.year,):
                yield year, quarter


@dataclass(frozen=True)
class Body:
    """A body: an actor of the plan, or only a name; with all that comes before it, what has no date yet first."""

    key: str  # the actor's ID, else the name
    name: str
    dates: tuple[Date, ...]


def bodies(context: Context) -> tuple[Body, ...]:
    """All bodies: who resolves the plan in the end first, then as the way to the resolution goes, then the others."""
    meta = context.plan.meta
    order = [body_key(context, step.body) for step in (*meta.route[-1:], *meta.route)]
    found: dict[str, list[Date]] = {key: [] for key in order}
    for date in (*_steps(context), *decisions(context), *_reports(context)):
        found.setdefault(date.body, []).append(date)
    return tuple(
        Body(key, body_name(context, key), tuple(sorted(dates, key=_by_date))) for key, dates in found.items() if dates
    )


def body_key(context: Context, called: str) -> str:
    """What the same body is known by wherever it is named."""
    actor = context.plan.body(called)
    return actor.id if actor else called


def body_name(context: Context, key: str) -> str:
    """The name of a body by its key."""
    actor = context.plan.actor_by_id.get(key)
    return actor.name if actor else key


def decisions(context: Context) -> Iterator[Date]:
    """What bodies decide about measures: at the milestones that name one, else on a day that nobody has told yet."""
    for measure in context.plan.active_measures:
        named = [(body_key(context, item.body), item) for item in measure.milestones if item.body]
        for key, item in named:
            if item.ahead:  # what is decided or dropped is before nobody any more
                yield Date(key, Matter.DECISION, item.when.label, item.when, measure=measure, milestone=item)
        told = {key for key, _ in named}
        for actor in measure.actors_in(Role.DECISION):
            if actor not in told:
                yield Date(actor, Matter.DECISION, "", None, measure=measure)


def decisions_left(context: Context) -> Iterator[Date]:
    """What the plan leaves to bodies to decide besides its measures: the budget, a new edition."""
    reports = context.plan.meta.reports
    return (date for date in _reports(context) if reports[date.index].kind is ReportKind.DECIDED)


def said_of(context: Context, date: Date) -> tuple[Inline, Inline]:
    """What a step or a report is about, and what the body does with it."""
    meta = context.plan.meta
    if date.matter is Matter.STEP:
        step = meta.route[date.index]
        count = muted(f" (Schritt {date.index + 1} von {len(meta.route)})")
        return (text(step.step), count), (Node("state", text=step.result.label, attrs={"state": step.result.value}),)
    report = meta.reports[date.index]
    return (text(report.title), *again(report)), DECIDES if report.kind is ReportKind.DECIDED else (text(_NOTED),)


def again(report: Report) -> Inline:
    """How often a report comes again: `(danach jährlich)`, `(jährlich)` where nobody knows when first."""
    after = "danach " if report.due else ""
    return () if report.rhythm is ReportRhythm.ONCE else (muted(f" ({after}{report.rhythm.label})"),)


def _steps(context: Context) -> Iterator[Date]:
    for index, step in enumerate(context.plan.meta.route):
        day = step.session
        due = Period(day.year * 12 + day.month - 1, day.year * 12 + day.month - 1) if day else None
        yield Date(body_key(context, step.body), Matter.STEP, short_day(day) if day else "", due, index)


def _reports(context: Context) -> Iterator[Date]:
    last = context.plan.meta.term.last
    for index, report in enumerate(context.plan.meta.reports):
        step, due, key = report.rhythm.years, report.due, body_key(context, report.body)
        years = tuple(range(due.year, last + 1, step)) if due and step else ()
        yield Date(key, Matter.REPORT, due.label if due else "", due, index, years=years)


def _by_date(date: Date) -> tuple[bool, int, bool]:
    return (date.due is not None, date.due.last if date.due else 0, date.matter is not Matter.STEP)
