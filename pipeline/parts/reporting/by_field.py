"""A year of the plan in, how its fields of action and its money stand out, and which measures it has no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.document.model import Cell, Column, PlotPart, Row, RowGroup, Table, TableSection
from pipeline.fields.kind import NONE
from pipeline.parts.money import amount
from pipeline.parts.needs import sure
from pipeline.parts.phrases import link, text
from pipeline.parts.reporting.due import Fate
from pipeline.parts.reporting.year import Year
from pipeline.text.typography import number, typeset_line
from schema.entities import FieldOfAction
from schema.vocabulary import EffortUnit, FundingState, MeasureStatus

SHAPES: Final = {
    Fate.REACHED: "filled",
    Fate.LATER: "half",
    Fate.POSTPONED: "half",
    Fate.DROPPED: "ring",
    Fate.MISSING: "open",
}
_STATES: Final = (
    ("nicht begonnen", 16, (MeasureStatus.PROPOSED, MeasureStatus.AGREED, MeasureStatus.RESOLVED)),
    ("in Umsetzung", 17, (MeasureStatus.RUNNING,)),
    ("fertig", 12, (MeasureStatus.DONE,)),
    ("zurückgestellt", 22, (MeasureStatus.DEFERRED,)),
)
_BAR: Final = typeset_line(
    "Der Balken zeigt die fälligen Meilensteine: gefüllt erreicht, halb gefüllt verschoben oder später erreicht, mit "
    "Kern entfallen, leer ohne Meldung. Euro Plan ist, was der Beschluss bis zum Ende des Jahres vorsah."
)
_MOST_YEARS: Final = 8  # columns that leave room for seven digits in each


def by_field(of_plan: Year) -> Iterator[TableSection]:
    """A row a field of action; measures that others have taken the place of are counted there, not here."""
    columns = (
        Column("Handlungsfeld", 32),
        *(Column(head, width, align="right") for head, width, _ in _STATES),
        Column("Euro Ist", 14, align="right"),
        Column("Euro Plan", 15, align="right"),
        Column("Meilensteine", 40, kind="plot", align="right"),
    )
    fields = of_plan.context.plan.fields
    largest = max((len(of_plan.due_in(item.number)) for item in fields), default=0) or 1
    rows = tuple(_row(of_plan, item, largest) for item in fields)
    yield TableSection("Je Handlungsfeld", Table(columns, (RowGroup(rows),)), _BAR)


def _row(of_plan: Year, item: FieldOfAction, largest: int) -> Row:
    measures = [measure for measure in of_plan.context.plan.measures if of_plan.field_of(measure) == item.number]
    due = of_plan.due_in(item.number)
    shown = [measure for measure in measures if measure.active or measure.deferred]
    counts = [sum(measure.status in states for measure in shown) for *_, states in _STATES]
    reached = sum(each.fate is Fate.REACHED for each in due)
    shares = [(SHAPES[fate], sum(each.fate is fate for each in due) / largest) for fate in Fate]
    planned = of_plan.planned(of_plan.resolved.measures_in(item.number), of_plan.years)
    return Row(
        (
            Cell((link(item.anchor, f"{item.number} {item.title}"),), header=True),
            *(Cell((text(str(count or NONE)),)) for count in counts),
            Cell((text(amount(of_plan.spent(measures, of_plan.years))),)),
            Cell((text(amount(planned)),)),
            Cell(
                (text(f"{reached} von {len(due)}" if due else NONE),),
                plot=tuple(PlotPart(shape, round(share, 4)) for shape, share in shares if share),
            ),
        )
    )


def money(of_plan: Year) -> Iterator[TableSection]:
    """What was meant for each year and what it has cost, how sure it is below; earlier years as one where many are."""
    of_resolved, of_today = of_plan.resolved.active_measures, of_plan.context.plan.measures
    spans = _spans(of_plan.context.axis.years, of_plan.year)
    planned = [of_plan.planned(of_resolved, span) for span in spans]
    spent = [of_plan.spent(of_today, span) for span in spans]
    if not any((*planned, *spent)):
        return
    heads = [str(span[0]) if len(span) == 1 else f"bis {span[-1]}" for span in spans]
    columns = (Column("Euro", 30), *(Column(head, 138 / len(spans), align="right") for head in heads))
    rows = tuple(
        Row((Cell((text(head),), header=True), *(Cell((text(amount(each)),)) for each in amounts)))
        for head, amounts in (("vorgesehen", planned), ("ausgegeben", spent))
    )
    yield TableSection("Geld", Table(columns, (RowGroup(rows),)), _certainty(of_plan))


def _spans(years: Sequence[int], year: int) -> list[tuple[int, ...]]:
    """The years of a table's columns; the reported one and the next are among them, the first is of several.

    Of 2027 to 2038 at the end of 2036: bis 2030, 2031 … 2037.
    """
    last = min(max(_MOST_YEARS, years.index(year) + 2), len(years))
    shown: list[tuple[int, ...]] = [(each,) for each in years[:last]]
    first = last - _MOST_YEARS + 1
    return shown if last <= _MOST_YEARS else [tuple(years[:first]), *shown[first:]]


def _certainty(of_plan: Year) -> str:
    found = sure(of_plan.context, EffortUnit.EURO, of_plan.context.plan.active_measures)
    told = ", ".join(f"{number(found[state])} {state.label}" for state in FundingState if found[state])
    return typeset_line(f"Von den Euro der ganzen Laufzeit sind nach heutigem Stand {told}.") if told else ""


def gone(of_plan: Year) -> Iterator[TableSection]:
    """Measures that were resolved and are in the plan no more; why, it does not say."""
    if measures := of_plan.gone():
        columns = (Column("Nr.", 16), Column("Maßnahme", 152))
        rows = tuple(Row((Cell((text(item.number),), header=True), Cell((text(item.title),)))) for item in measures)
        yield TableSection("Beschlossen und nicht mehr im Plan", Table(columns, (RowGroup(rows),)))
