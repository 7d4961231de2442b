"""A year of the plan in, the report's summary out: what was reached, what is to be decided, and how all stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.document.model import Cell, Column, Figure, PlotPart, Row, RowGroup, Table, TableSection
from pipeline.parts.bodies import body_key, body_name, decisions, decisions_left
from pipeline.parts.context import Context
from pipeline.parts.phrases import link, text
from pipeline.parts.reporting.by_field import SHAPES, by_field, gone, money
from pipeline.parts.reporting.course import Course
from pipeline.parts.reporting.due import Fate, last_month
from pipeline.parts.reporting.indicators import indicators
from pipeline.parts.reporting.milestones import ahead, late, missing, reached
from pipeline.parts.reporting.year import Year, milestones_due
from pipeline.text.typography import NBSP, number, typeset_line
from schema.time import Period
from schema.values import StatusNote
from schema.vocabulary import NoteState

_MONTHS = 12


def summary(of_plan: Year) -> Iterator[TableSection]:
    """The sections of the summary; one with nothing to show is left out."""
    yield _figures(of_plan)
    if rows := tuple(_to_decide(of_plan)):
        columns = (Column("Wer oder wann", 40), Column("Worum es geht", 128))
        yield TableSection("Was zu entscheiden ist", Table(columns, (RowGroup(rows),)))
    for section in (indicators, by_field, money, late, missing, gone, reached, ahead):
        yield from section(of_plan)


def _figures(of_plan: Year) -> TableSection:
    due, years = of_plan.due, of_plan.years
    counts = {fate: sum(item.fate is fate for item in due) for fate in Fate}
    courses = [item.at.course for item in of_plan.indicators()]
    known = sum(item.at.newest is not None for item in of_plan.indicators())
    spent = of_plan.spent(of_plan.context.plan.measures, years)
    planned = of_plan.planned(of_plan.resolved.active_measures, years)
    of_milestones = (
        (f"{counts[Fate.REACHED]} von {len(due)}", f"{milestones_due(len(due))} erreicht"),
        (str(counts[Fate.LATER] + counts[Fate.POSTPONED]), "verspätet"),
        (str(counts[Fate.DROPPED]), "entfallen"),
        (str(counts[Fate.MISSING]), "ohne Meldung"),
    )
    of_indicators = ((f"{courses.count(Course.ON)} von {len(courses)}", f"Indikatoren auf Kurs; erhoben: {known}"),)
    told = (
        *(of_milestones if due else (("0", "Meilensteine waren fällig"),)),
        *(of_indicators if courses else ()),
        (number(spent), f"Euro ausgegeben, vorgesehen {number(planned)}"),
    )
    figures = tuple(Figure(value.replace(" ", NBSP), typeset_line(words)) for value, words in told)
    shares = tuple(PlotPart(SHAPES[fate], count / len(due)) for fate, count in counts.items() if count)
    shown = ", ".join(f"{_SEEN[fate]} {fate.label} ({count})" for fate, count in counts.items() if count)
    note = f"Fällige Meilensteine bis {of_plan.end}: {shown}. {_SILENT if counts[Fate.MISSING] else ''}"
    return TableSection("", None, typeset_line(note.strip()) if due else "", figures, shares)


_SEEN = {
    Fate.REACHED: "gefüllt",
    Fate.LATER: "halb gefüllt",
    Fate.POSTPONED: "halb gefüllt",
    Fate.DROPPED: "mit Kern",
    Fate.MISSING: "leer",
}
_SILENT = "Ohne Meldung ist, was fällig war und wozu niemand etwas gesagt hat."


# --- what is to be decided ----------------------------------------------------------------------------------------


def _to_decide(of_plan: Year) -> Iterator[Row]:
    """What is said to be at risk, then the decisions of bodies in the year that follows."""
    context, following = of_plan.context, of_plan.year + 1
    for entity, title, notes in _noted(context):
        known = [item for item in notes if item.date.period.last <= last_month(of_plan.year)]
        newest = max(reversed(known), key=lambda item: item.date.order, default=None)
        if newest and newest.state is NoteState.AT_RISK:
            what = (link(entity, title), text(f": {newest.text or 'gefährdet'}"))
            yield Row((Cell((text(f"{newest.state.label}, {newest.date.label}"),), header=True), Cell(what)))
    for date in (*decisions(context), *decisions_left(context)):
        if date.due is None or following not in {year for year, _ in date.times}:
            continue
        body = body_name(context, body_key(context, date.body))
        about = (
            (link(date.measure.id, date.measure.number), text(f" {date.measure.title}"))
            if date.measure
            else (text(context.plan.meta.reports[date.index].title),)
        )
        when = _in_year(date.due, following)
        yield Row((Cell((text(when.label),), header=True), Cell((text(f"{body}: "), *about))))


def _in_year(due: Period, year: int) -> Period:
    """The same part of another year."""
    later = (year - due.year) * _MONTHS
    return Period(due.first + later, due.last + later)


def _noted(context: Context) -> Iterator[tuple[str, str, Sequence[StatusNote]]]:
    for measure in context.plan.active_measures:
        yield measure.id, f"{measure.number} {measure.title}", measure.notes
    for goal in context.plan.goals:
        yield goal.id, f"Ziel {goal.number} {goal.short_title}", goal.notes
