"""A year of the plan in, the report's summary out: figures, what is to be decided, indicators, fields, money, dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pipeline.document.model import Cell, Column, PlotPart, Row, RowGroup, Table, TableSection
from pipeline.fields.indicator_row import target_value
from pipeline.fields.kind import NONE
from pipeline.parts.bodies import body_key, body_name, decisions, decisions_left
from pipeline.parts.context import Context
from pipeline.parts.money import amount, euro_in
from pipeline.parts.needs import sure
from pipeline.parts.phrases import joined, label, link, muted, strong, text
from pipeline.parts.reporting.course import Course, standing
from pipeline.parts.reporting.due import Due, Fate, last_month
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, number, typeset_line
from schema.entities import Goal, Measure
from schema.time import Period
from schema.values import Indicator, StatusNote
from schema.vocabulary import EffortUnit, FundingState, MeasureStatus, NoteState

_SHAPES: Final = {Fate.REACHED: "filled", Fate.POSTPONED: "half", Fate.DROPPED: "ring", Fate.MISSING: "open"}
_ORDER: Final = (Course.FAR, Course.NEAR, Course.UNKNOWN, Course.NOT_MEASURED, Course.NO_TARGET, Course.ON)
MOST_INDICATORS: Final = 12
"""In the summary; of more the worst stand there, and all stand with their goals."""


@dataclass(frozen=True)
class Year:
    """A plan at the end of a year, and every milestone that was due by then."""

    context: Context
    year: int
    due: tuple[Due, ...]

    def spent(self, measures: Sequence[Measure], first: int) -> Decimal:
        """Euro spent from the year `first` until the end of the year."""
        items = (item for measure in measures for item in measure.spent if first <= item.year <= self.year)
        return sum((item.amount for item in items), Decimal(0))

    def planned(self, measures: Sequence[Measure], first: int) -> Decimal:
        """Euro that were planned for the same years."""
        years = [year for year in self.context.axis.years if first <= year <= self.year]
        return sum((euro_in(measure, year) for measure in measures for year in years), Decimal(0))


def summary(of_plan: Year) -> Iterator[TableSection]:
    """The sections of the summary; one with nothing to show is left out."""
    yield TableSection("", _figures(of_plan))
    if rows := tuple(_to_decide(of_plan)):
        columns = (Column("Wer oder wann", 40), Column("Worum es geht", 128))
        yield TableSection("Was zu entscheiden ist", Table(columns, (RowGroup(rows),)))
    yield from _indicators(of_plan)
    yield TableSection("Je Handlungsfeld", _fields(of_plan), _BAR)
    if money := _money(of_plan):
        yield TableSection("Geld", money, _certainty(of_plan))
    yield from _late(of_plan)
    yield from _missing(of_plan)
    reached = [item for item in of_plan.due if item.fate is Fate.REACHED and item.resolved.year == of_plan.year]
    if reached:
        dated = [(item.resolved, item.measure, item.title) for item in reached]
        yield TableSection(typeset_line(f"Erreicht im Jahr {of_plan.year}"), _by_date(dated))
    ahead = [
        (item.ahead, measure, item.title)
        for measure in of_plan.context.plan.active_measures
        for item in measure.milestones
        if item.ahead and item.ahead.year == of_plan.year + 1
    ]
    if ahead:
        yield TableSection(typeset_line(f"Was {of_plan.year + 1} ansteht"), _by_date(ahead))


# --- figures ------------------------------------------------------------------------------------------------------


def _figures(of_plan: Year) -> Table:
    measures = of_plan.context.plan.active_measures
    first = of_plan.context.plan.meta.term.first
    counts = {fate: sum(item.fate is fate for item in of_plan.due) for fate in Fate}
    courses = [standing(item, of_plan.context.plan.meta.term, of_plan.year).course for _, item in _all(of_plan)]
    measured = [course for course in courses if course is not Course.NOT_MEASURED]
    rows = [
        (str(counts[Fate.REACHED]), f"von {len(of_plan.due)} fälligen Meilensteinen erreicht"),
        (str(counts[Fate.POSTPONED]), "verschoben, mit neuem Termin"),
        (str(counts[Fate.DROPPED]), "entfallen"),
        (str(counts[Fate.MISSING]), "ohne Meldung: was fällig war und zu dem niemand etwas gesagt hat"),
        (
            str(measured.count(Course.ON)),
            f"von {len(courses)} Indikatoren auf Kurs; erhoben sind {len(measured)}",
        ),
        (
            number(of_plan.spent(measures, first)),
            f"von {number(of_plan.planned(measures, first))} Euro ausgegeben, die bis dahin vorgesehen waren",
        ),
    ]
    columns = (Column("Zahl", 30, align="right"), Column(f"Bis Ende {of_plan.year}", 138))
    cells = tuple(Row((Cell((strong(figure),), header=True), Cell((text(words),)))) for figure, words in rows)
    return Table(columns, (RowGroup(cells),))


def _all(of_plan: Year) -> Iterator[tuple[Goal, Indicator]]:
    return ((goal, item) for goal in of_plan.context.plan.goals for item in goal.indicators)


# --- what is to be decided ----------------------------------------------------------------------------------------


def _to_decide(of_plan: Year) -> Iterator[Row]:
    """What is said to be at risk, then the decisions of bodies in the year that follows."""
    context = of_plan.context
    for entity, number_, notes in _noted(context):
        newest = max(
            (item for item in notes if item.date.period.last <= last_month(of_plan.year)),
            key=lambda item: (item.date.period.last, item.date.period.first),
            default=None,
        )
        if newest and newest.state is NoteState.AT_RISK:
            what = (link(entity, number_), text(f": {newest.text or 'gefährdet'}"))
            yield Row((Cell((text(f"{newest.state.label}, {newest.date.label}"),), header=True), Cell(what)))
    for date in (*decisions(context), *decisions_left(context)):
        if date.due is None or date.due.year != of_plan.year + 1:
            continue
        body = body_name(context, body_key(context, date.body))
        about = (
            (link(date.measure.id, date.measure.number), text(f" {date.measure.title}"))
            if date.measure
            else (text(context.plan.meta.reports[date.index].title),)
        )
        yield Row((Cell((text(date.when),), header=True), Cell((text(f"{body}: "), *about))))


def _noted(context: Context) -> Iterator[tuple[str, str, Sequence[StatusNote]]]:
    for measure in context.plan.active_measures:
        yield measure.id, f"{measure.number} {measure.title}", measure.notes
    for goal in context.plan.goals:
        yield goal.id, f"Ziel {goal.number} {goal.short_title}", goal.notes


# --- indicators ---------------------------------------------------------------------------------------------------


def _indicators(of_plan: Year) -> Iterator[TableSection]:
    term = of_plan.context.plan.meta.term
    found = [(goal, item, standing(item, term, of_plan.year)) for goal, item in _all(of_plan)]
    if not found:
        return
    shown = sorted(found, key=lambda each: _ORDER.index(each[2].course))[:MOST_INDICATORS]
    worst = {id(item) for _, item, _ in shown}
    columns = (
        Column("Ziel", 10),
        Column(label(Indicator, "name"), 38),
        Column("Beginn", 14, align="right"),
        Column(f"Ist {of_plan.year}", 15, align="right"),
        Column(f"Plan {of_plan.year}", 16, align="right"),
        Column(label(Indicator, "target"), 26),
        Column("Kurs", 19),
        Column("Weg", 30, kind="plot", align="right"),
    )
    rows = []
    for goal, item, at in found:
        if id(item) not in worst:
            continue
        start = NONE if isinstance(item.baseline, str) else number(item.baseline)
        percent = "" if at.way is None else f"{(at.way * 100).quantize(Decimal(1), ROUND_HALF_UP)}{NBSP}%"
        parts = () if at.way is None else _parts([("filled", at.way), ("open", 1 - at.way)])
        until = f" bis {item.target_date.label}" if item.target_date else ""
        rows.append(
            Row(
                (
                    Cell((link(goal.id, goal.number),), header=True),
                    Cell((text(item.name),)),
                    Cell((text(start),)),
                    Cell((strong(_value(at.actual)),)),
                    Cell((text(_value(at.expected)),)),
                    Cell((text(target_value(item)), muted(until))),
                    Cell((text(at.course.label),)),
                    Cell((text(percent or NONE),), plot=parts),
                )
            )
        )
    left = len(found) - len(shown)
    more = (
        f" Gezeigt sind die {len(shown)}, die am weitesten zurückliegen; alle stehen bei ihren Zielen." if left else ""
    )
    yield TableSection("Indikatoren: Ist gegen Plan", Table(columns, (RowGroup(tuple(rows)),)), f"{_COURSE}{more}")


_COURSE: Final = typeset_line(
    "Plan ist der Wert auf geradem Weg vom Ausgangswert zum Zielwert. Auf Kurs ist, wer ihn oder den Zielwert "
    "erreicht; knapp dahinter, wem höchstens ein Zehntel des ganzen Wegs fehlt. Der Balken zeigt, wie viel des Wegs "
    "zurückgelegt ist."
)


def _value(value: Decimal | None) -> str:
    if value is None:
        return NONE
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return number(rounded if rounded != value else value)


def _parts(shares: Sequence[tuple[str, Decimal]]) -> tuple[PlotPart, ...]:
    return tuple(PlotPart(shape, round(float(share), 4)) for shape, share in shares if share)


# --- fields of action ---------------------------------------------------------------------------------------------

_STATES: Final = (
    ("nicht begonnen", 16, (MeasureStatus.PROPOSED, MeasureStatus.AGREED, MeasureStatus.RESOLVED)),
    ("in Umsetzung", 17, (MeasureStatus.RUNNING,)),
    ("fertig", 12, (MeasureStatus.DONE,)),
    ("zurückgestellt", 22, (MeasureStatus.DEFERRED,)),
)
_BAR: Final = typeset_line(
    "Der Balken zeigt die fälligen Meilensteine: gefüllt erreicht, halb gefüllt verschoben, mit Kern entfallen, leer "
    "ohne Meldung."
)


def _fields(of_plan: Year) -> Table:
    context, first = of_plan.context, of_plan.context.plan.meta.term.first
    columns = (
        Column("Handlungsfeld", 32),
        *(Column(head, width, align="right") for head, width, _ in _STATES),
        Column("Euro Ist", 14, align="right"),
        Column("Euro Plan", 15, align="right"),
        Column("Meilensteine", 40, kind="plot", align="right"),
    )
    largest = max((len(_due_in(of_plan, item.number)) for item in context.plan.fields), default=0) or 1
    rows = []
    for item in context.plan.fields:
        measures = [measure for measure in context.plan.measures if _field_of(context, measure) == item.number]
        active = context.plan.measures_in(item.number)
        due = _due_in(of_plan, item.number)
        counts = [sum(measure.status in states for measure in measures) for *_, states in _STATES]
        reached = sum(each.fate is Fate.REACHED for each in due)
        shares = [(_SHAPES[fate], Decimal(sum(each.fate is fate for each in due)) / largest) for fate in Fate]
        name = (link(item.anchor, f"{item.number} {item.title}"),)
        rows.append(
            Row(
                (
                    Cell(name, header=True),
                    *(Cell((text(str(count or NONE)),)) for count in counts),
                    Cell((text(amount(of_plan.spent(active, first))),)),
                    Cell((text(amount(of_plan.planned(active, first))),)),
                    Cell((text(f"{reached} von {len(due)}" if due else NONE),), plot=_parts(shares)),
                )
            )
        )
    return Table(columns, (RowGroup(tuple(rows)),))


def _due_in(of_plan: Year, field: int) -> list[Due]:
    return [item for item in of_plan.due if _field_of(of_plan.context, item.measure) == field]


def _field_of(context: Context, measure: Measure) -> int:
    """The number of a measure's field of action, 0 where the plan has its goal no more."""
    goal = context.plan.goal_by_id.get(measure.goal)
    return goal.field if goal else 0


# --- money --------------------------------------------------------------------------------------------------------


def _money(of_plan: Year) -> Table | None:
    measures, years = of_plan.context.plan.active_measures, of_plan.context.axis.years
    planned = {year: sum((euro_in(item, year) for item in measures), Decimal(0)) for year in years}
    spent = {
        year: sum((each.amount for item in measures for each in item.spent if each.year == year), Decimal(0))
        for year in years
    }
    if not any((*planned.values(), *spent.values())):
        return None
    shown = years[:_MOST_YEARS]
    share = 138 / len(shown)
    columns = (Column("Euro", 30), *(Column(str(year), share, align="right") for year in shown))
    rows = [
        Row((Cell((text(head),), header=True), *(Cell((text(amount(of_year[year])),)) for year in shown)))
        for head, of_year in (("vorgesehen", planned), ("ausgegeben", spent))
    ]
    return Table(columns, (RowGroup(tuple(rows)),))


_MOST_YEARS: Final = 8


def _certainty(of_plan: Year) -> str:
    found = sure(of_plan.context, EffortUnit.EURO, of_plan.context.plan.active_measures)
    told = ", ".join(f"{number(found[state])} {state.label}" for state in FundingState if found[state])
    return typeset_line(f"Von den Euro der ganzen Laufzeit sind {told}.") if told else ""


# --- milestones ---------------------------------------------------------------------------------------------------


def _late(of_plan: Year) -> Iterator[TableSection]:
    late = [item for item in of_plan.due if item.fate in (Fate.POSTPONED, Fate.DROPPED)]
    if not late:
        return
    columns = (
        Column("beschlossen", 20),
        Column("Meilenstein", 56),
        Column("Stand", 20),
        Column("neuer Termin", 22),
        Column("Grund und Folge", 50),
    )
    rows = tuple(
        Row(
            (
                Cell((text(item.resolved.label),), header=True),
                Cell(_named(item.measure, item.title)),
                Cell((text(item.fate.label),)),
                Cell((text(item.now.new_due.label if item.now and item.now.new_due else NONE),)),
                Cell((text(item.remark or NONE),)),
            )
        )
        for item in _in_time(late)
    )
    yield TableSection("Verschoben und entfallen", Table(columns, (RowGroup(rows),)))


def _missing(of_plan: Year) -> Iterator[TableSection]:
    missing = [item for item in of_plan.due if item.fate is Fate.MISSING]
    if not missing:
        return
    columns = (
        Column("beschlossen", 20),
        Column("Meilenstein", 84),
        Column("heute", 22),
        Column("Wer es sagen muss", 42),
    )
    rows = tuple(
        Row(
            (
                Cell((text(item.resolved.label),), header=True),
                Cell(_named(item.measure, item.title)),
                Cell((text(item.now.due.label if item.now and item.moved else NONE),)),
                Cell((text(of_plan.context.lead_text(item.measure)),)),
            )
        )
        for item in _in_time(missing)
    )
    yield TableSection("Ohne Meldung", Table(columns, (RowGroup(rows),)), _OWED)


_OWED: Final = typeset_line(
    "Zu jedem fälligen Meilenstein gehört ein Ergebnis. „heute“ nennt einen Termin, der seit dem Beschluss geändert "
    "ist, ohne dass der Meilenstein verschoben heißt."
)


def _in_time(items: Sequence[Due]) -> list[Due]:
    return sorted(items, key=lambda item: (item.resolved.last, item.resolved.first))


def _named(measure: Measure, title: str) -> Inline:
    return (Node("strong", children=(link(measure.id, measure.number),)), text(f"{NBSP}{title}"))


def _by_date(dated: Sequence[tuple[Period, Measure, str]]) -> Table:
    """A row a date, all that belongs to it one after the other."""
    columns = (Column("Termin", 24), Column("Meilensteine", 144))
    dues = sorted({due for due, _, _ in dated}, key=lambda due: (due.last, due.first))
    rows = tuple(
        Row(
            (
                Cell((text(due.label),), header=True),
                Cell(joined([_named(measure, title) for of, measure, title in dated if of == due], "; ")),
            )
        )
        for due in dues
    )
    return Table(columns, (RowGroup(rows),))
