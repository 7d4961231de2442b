"""Measures in, what they need out, in a year, of a source; what no sum holds is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.text.typography import number
from schema.entities import Measure
from schema.vocabulary import EffortUnit, FundingState, Recurrence

NO_SOURCE = "noch ohne Quelle"
WHOLE = Decimal(100)  # per cent
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Sourced:
    """Euro that come from one source: how much of it is how sure, and the IDs of the measures that it pays."""

    name: str
    by_state: Mapping[FundingState, Decimal]
    measures: frozenset[str]

    @property
    def total(self) -> Decimal:
        return sum(self.by_state.values(), Decimal(0))


def euro_in(measure: Measure, year: int) -> Decimal:
    """What a measure costs in Euro in one year, see `needed_in`."""
    return needed_in(measure, EffortUnit.EURO, year)


def needed_in(measure: Measure, unit: EffortUnit, year: int) -> Decimal:
    """What a measure needs of something in one year: yearly effort while it runs, one-off effort in its year.

    Nothing for what arises nobody knows when; see `undated`.
    """
    total = Decimal(0)
    for effort in measure.effort:
        if effort.unit is not unit:
            continue
        if effort.recurrence is Recurrence.YEARLY:
            total += effort.counted if measure.runs_in(year) else 0
        elif (effort.year or (measure.span and measure.span.start.year)) == year:
            total += effort.counted
    return total


def undated(measures: Iterable[Measure]) -> list[Measure]:
    """Those that need something in years that nobody can name."""
    return [
        measure
        for measure in measures
        if measure.span is None and any(item.unit and not item.year for item in measure.effort)
    ]


def rhythm_sum(measure: Measure, unit: EffortUnit, recurrence: Recurrence) -> Decimal:
    """What a measure needs of something once, or in a year in which it runs."""
    efforts = (item for item in measure.effort if item.unit is unit and item.recurrence is recurrence)
    return sum((item.counted for item in efforts), Decimal(0))


Work = tuple[str, EffortUnit, Recurrence | None]
"""The head of a column, and what stands in it; None: how often it arises makes no difference."""

MONEY: Final[tuple[Work, ...]] = (
    ("Euro einmalig", EffortUnit.EURO, Recurrence.ONCE),
    ("Euro im Jahr", EffortUnit.EURO, Recurrence.YEARLY),
)
WORK: Final[tuple[Work, ...]] = (
    ("Tage im Jahr", EffortUnit.PERSON_DAYS, Recurrence.YEARLY),
    ("Tage einmalig", EffortUnit.PERSON_DAYS, Recurrence.ONCE),
    ("Stellen", EffortUnit.POSTS, None),
)
EFFORTS: Final = (*MONEY, *WORK)


def total_of(measures: Iterable[Measure], _: str, unit: EffortUnit, recurrence: Recurrence | None) -> Decimal:
    """What measures need of something together, however long they run."""
    kinds = [recurrence] if recurrence else list(Recurrence)
    return sum((rhythm_sum(measure, unit, kind) for measure in measures for kind in kinds), Decimal(0))


def amount(value: Decimal) -> str:
    """`12.500`, a dash for nothing."""
    return number(value) if value else NONE


def in_words(measures: Iterable[Measure]) -> list[Measure]:
    """Those of whose costs some are known in words only, which no sum can hold."""
    return [measure for measure in measures if any(item.text for item in measure.effort)]


def in_ranges(measures: Iterable[Measure]) -> bool:
    """Whether an amount is a range, of which sums hold the middle."""
    return any(item.amount_to is not None for measure in measures for item in measure.effort)


def by_source(context: Context, measures: Iterable[Measure], years: Sequence[int] = ()) -> list[Sourced]:
    """What comes from each source over some years, else the plan's, the largest first; last what has no source yet."""
    found: dict[str, list[tuple[str, FundingState, Decimal]]] = {}
    for measure in measures:
        cost = left = sum((euro_in(measure, year) for year in years or context.axis.years), Decimal(0))
        *others, (last, _, last_state) = shares(measure)
        for name, percent, state in others:
            share = (cost * percent / WHOLE).quantize(CENT)
            found.setdefault(name, []).append((measure.id, state, share))
            left -= share
        found.setdefault(last, []).append((measure.id, last_state, left))  # what rounding leaves too: sums agree
    sums = [_sourced(name, entries) for name, entries in found.items()]
    return sorted(
        (item for item in sums if item.total), key=lambda item: (item.name == NO_SOURCE, -item.total, item.name)
    )


def _sourced(name: str, entries: Sequence[tuple[str, FundingState, Decimal]]) -> Sourced:
    by_state = dict.fromkeys(FundingState, Decimal(0))
    for _, state, amount in entries:
        by_state[state] += amount
    return Sourced(name, by_state, frozenset(measure for measure, _, amount in entries if amount))


def shares(measure: Measure) -> Iterator[tuple[str, Decimal, FundingState]]:
    """Sources with their per cent and how sure they are, last what has none, which is open.

    A source alone and without a share bears all; of several such no one knows.
    """
    left = WHOLE
    for funding in measure.funding:
        share = WHOLE if funding.share is None and len(measure.funding) == 1 else funding.share
        if share is not None:
            yield funding.source, share, funding.state
            left -= share
    if left > 0:
        yield NO_SOURCE, left, FundingState.OPEN
