"""Measures in, the table of what they need out: money, work and posts a year and strand, and how sure of it one is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.money import WHOLE, by_source, in_ranges, in_words, needed_in, rhythm_sum, shares, undated
from pipeline.parts.phrases import sign_node, text
from pipeline.text.nodes import Inline
from pipeline.text.typography import number, typeset_line
from schema.entities import Measure
from schema.vocabulary import EffortUnit, FundingState, Recurrence

_MOST_SOURCES: Final = 4  # that the sentence on who pays names
MOST_YEARS: Final = 7  # columns of years that leave room for seven digits in each
_NAMES: Final[Mapping[EffortUnit, str]] = {
    EffortUnit.EURO: "Euro",
    EffortUnit.PERSON_DAYS: "Personentage",
    EffortUnit.POSTS: "Stellen",
}
_WIDTHS: Final = {FundingState.SECURED: 16, FundingState.APPLIED: 18, FundingState.OPEN: 13}
_CERTAINTY: Final = tuple(Column(state.label, width, align="right") for state, width in _WIDTHS.items())
Sure = Mapping[FundingState, Decimal]


def needs_table(
    context: Context,
    measures: Sequence[Measure],
    units: Sequence[EffortUnit] = tuple(EffortUnit),
    years: Sequence[int] | None = None,
) -> Table | None:
    """A row each for what is needed, below it one a strand; None where nothing is.

    Without `years` the first ones are shown and the sum of the whole term, with how sure it is; with them only these.
    Posts are no sum over years: of them the most counts.
    """
    rows = [row for unit in units for row in _of_unit(context, unit, measures)]
    if not rows:
        return None
    shown = spans(rows)[0] if years is None else years
    share = (88 if years is None else 135) / (len(shown) + (years is None))
    columns = (
        Column("Bedarf", 33),
        *(Column(str(year), share, align="right") for year in shown),
        *((Column("Laufzeit", share, align="right"), *_CERTAINTY) if years is None else ()),
    )
    all_rows = tuple(_shown(row, context.axis.years, shown, whole=years is None) for row in rows)
    return Table(columns, (RowGroup(all_rows),))


def year_spans(context: Context, measures: Sequence[Measure]) -> list[tuple[int, ...]]:
    """The plan's years as tables show them: so many at once as their amounts leave room for."""
    rows = [row for unit in EffortUnit for row in _of_unit(context, unit, measures)]
    return spans(rows, context.axis.years) if rows else []


@dataclass(frozen=True)
class _Row:
    """A row of the table before it is known how many years it shows: amounts a year, the sum, the percentages."""

    name: Inline
    amounts: tuple[Decimal, ...]
    total: str
    percents: tuple[str, ...]
    years: tuple[int, ...]
    whole: bool


def spans(rows: Sequence[_Row], years: Sequence[int] = ()) -> list[tuple[int, ...]]:
    """Years in stretches: "583.000" leaves room for five beside the sum, "111.001.962,5" for two."""
    of_plan = tuple(years) or rows[0].years
    longest = max(len(text) for row in rows for text in (row.total, *map(number, row.amounts)))
    most = min(max(int(_ROOM / (longest * _DIGIT + _BESIDE)) - 1, 1), MOST_YEARS)
    return [of_plan[start : start + most] for start in range(0, len(of_plan), most)]


_ROOM: Final = 88  # of a table's 168: what all amounts have; one digit, and the space beside a figure
_DIGIT: Final = 1.6
_BESIDE: Final = 2.2


def _shown(row: _Row, all_years: Sequence[int], years: Sequence[int], *, whole: bool) -> Row:
    amounts = dict(zip(all_years, row.amounts, strict=True))
    shown = [number(amounts[year]) if amounts[year] else NONE for year in years]
    rest = (row.total, *row.percents) if whole else ()
    cells = (Cell((text(value),)) for value in (*shown, *rest))
    return Row((Cell(row.name, header=True), *cells), whole=row.whole)


def _of_unit(context: Context, unit: EffortUnit, measures: Sequence[Measure]) -> Iterator[_Row]:
    whole = _row((text(_NAMES[unit]),), context, unit, measures)
    if whole is None:
        return
    yield replace(whole, whole=True)
    for strand, sign in zip(context.plan.meta.strands, context.signs, strict=True):
        own = [measure for measure in measures if context.plan.strand_of[measure.id] == strand.id]
        if row := _row(sign_node(sign, with_name=True), context, unit, own):
            yield row


def _row(name: Inline, context: Context, unit: EffortUnit, measures: Sequence[Measure]) -> _Row | None:
    """None where nothing of the kind is needed."""
    years = context.axis.years
    amounts = tuple(sum((needed_in(item, unit, year) for item in measures), Decimal(0)) for year in years)
    if not any(amounts):
        return None
    posts = unit is EffortUnit.POSTS
    total = f"bis {number(max(amounts))}" if posts else number(sum(amounts, Decimal(0)))
    certain = sure(context, unit, measures)
    percents = tuple(_percent(certain[state], sum(certain.values())) for state in FundingState)
    return _Row(name, amounts, total, percents, years, whole=False)


def _percent(part: Decimal, whole: Decimal | int) -> str:
    """`40 %`; `unter 1 %` and `über 99 %` where a rounded figure would say none or all."""
    if not part or not whole:
        return NONE
    exact = part * WHOLE / whole
    rounded = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if not rounded:
        return typeset_line("< 1 %")
    return typeset_line("> 99 %") if rounded == WHOLE and exact < WHOLE else typeset_line(f"{rounded} %")


def sure(context: Context, unit: EffortUnit, measures: Iterable[Measure]) -> Sure:
    """How much of what is needed in the plan's years is secured, applied for and open.

    Money is as sure as its source says. Work is secured where who leads has committed with a date.
    """
    found = dict.fromkeys(FundingState, Decimal(0))
    for measure in measures:
        needed = sum((needed_in(measure, unit, year) for year in context.axis.years), Decimal(0))
        if unit is EffortUnit.EURO:
            for _, percent, state in shares(measure):
                found[state] += needed * percent / WHOLE
        else:
            found[FundingState.SECURED if committed(measure) else FundingState.OPEN] += needed
    return found


def committed(measure: Measure) -> bool:
    """Whether who leads has committed."""
    return measure.lead is not None and any(item.actor == measure.lead for item in measure.commitments)


def needs_note(context: Context, measures: Sequence[Measure], *, brief: bool = False) -> str:
    """What the table does not say: the work of a year in which everything runs, what is not counted, what is sure.

    `brief`: without what only who adds it up again has to know.
    """
    days = {unit: _in_full_year(context, unit, measures) for unit in (EffortUnit.PERSON_DAYS, EffortUnit.POSTS)}
    needed = [unit for unit in EffortUnit if any(needed_in(m, unit, y) for m in measures for y in context.axis.years)]
    certain = [sure(context, unit, measures) for unit in needed]
    nothing = not any(found[state] for found in certain for state in (FundingState.SECURED, FundingState.APPLIED))
    sentences = ["Gesichert oder beantragt ist davon noch nichts."] if nothing and certain else []
    whole, by_strand = days[EffortUnit.PERSON_DAYS]
    if whole:
        of_strands = "" if len(by_strand) < len(context.signs) or len(by_strand) == 1 else f" ({'; '.join(by_strand)})"
        sentences.append(f"Liefen alle Maßnahmen zugleich, wären es {number(whole)} Personentage im Jahr{of_strands}.")
    if not brief:
        sentences.append(
            "Einmaliges zählt im genannten Jahr, sonst im Jahr des Beginns; jährliches in jedem Jahr der Maßnahme."
        )
    if brief:
        sentences += _whose(context, measures)
    if in_ranges(measures):
        sentences.append("Von Spannen zählt die Mitte.")
    if left_out := not_counted(measures):
        sentences.append(left_out)
    sentences.append(
        "Geld ist gesichert, wenn es im Haushalt steht oder bewilligt ist, Arbeit, wenn die Stelle mit "
        "der Federführung mit Datum zugesagt hat."
    )
    return typeset_line(" ".join(sentences))


def _whose(context: Context, measures: Sequence[Measure]) -> Iterator[str]:
    """Who pays: that a measure is one's own does not say so."""
    found = by_source(context, measures)
    named = [f"{item.name} {number(item.total)}" for item in found[:_MOST_SOURCES]]
    others = sum((item.total for item in found[_MOST_SOURCES:]), Decimal(0))
    if found:
        told = "; ".join([*named, *[f"Übriges {number(others)}"] * bool(others)])
        signs = "Das Zeichen nennt, wessen Maßnahmen es sind. " if len(context.signs) > 1 else ""
        yield f"{signs}Woher die Euro kommen sollen: {told}."


def _in_full_year(context: Context, unit: EffortUnit, measures: Sequence[Measure]) -> tuple[Decimal, list[str]]:
    """What all measures need in a year in which each runs, and the same a strand, in words."""
    by_strand = dict.fromkeys((strand.id for strand in context.plan.meta.strands), Decimal(0))
    for measure in measures:
        by_strand[context.plan.strand_of[measure.id]] += rhythm_sum(measure, unit, Recurrence.YEARLY)
    words = [
        f"{context.plan.strand_by_id[strand].name} {number(value)}" for strand, value in by_strand.items() if value
    ]
    return sum(by_strand.values(), Decimal(0)), words


def not_counted(measures: Sequence[Measure]) -> str:
    """What no sum holds, by the measures' numbers: who reads a sum must not take it for all."""
    kinds = (
        ("Beträge von Maßnahmen ohne Zeitraum", undated(measures)),
        ("was nur in Worten genannt ist", in_words(measures)),
        ("Maßnahmen ohne jede Angabe zum Aufwand", [measure for measure in measures if not measure.effort]),
    )
    lacking = [f"{what} ({', '.join(measure.number for measure in found)})" for what, found in kinds if found]
    return f"Nicht enthalten: {'; '.join(lacking)}." if lacking else ""
