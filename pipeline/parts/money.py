"""Measures in, sums of Euro out: a year and strand, a source and strand; what is open is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.document.model import PlotPart, Sign
from pipeline.parts.context import Context
from schema.entities import Measure
from schema.vocabulary import EffortUnit, Recurrence

NO_SOURCE = "noch ohne Quelle"
WHOLE = Decimal(100)  # per cent
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Amounts:
    """Euro under one name, one amount a strand in the strands' order."""

    name: str
    by_strand: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.by_strand, Decimal(0))


def euro_in(measure: Measure, year: int) -> Decimal:
    """What a measure costs in Euro in one year: yearly effort while it runs, one-off effort in its year.

    Nothing for what arises nobody knows when; see `undated`.
    """
    total = Decimal(0)
    for effort in measure.effort:
        if effort.unit is not EffortUnit.EURO:
            continue
        if effort.recurrence is Recurrence.YEARLY:
            total += effort.counted if measure.runs_in(year) else 0
        elif (effort.year or (measure.span and measure.span.start.year)) == year:
            total += effort.counted
    return total


def undated(measures: Iterable[Measure]) -> list[Measure]:
    """Those that cost Euro in years that nobody can name."""
    return [
        measure
        for measure in measures
        if measure.span is None and any(item.unit is EffortUnit.EURO and not item.year for item in measure.effort)
    ]


def in_words(measures: Iterable[Measure]) -> list[Measure]:
    """Those of whose costs some are known in words only, which no sum can hold."""
    return [measure for measure in measures if any(item.text for item in measure.effort)]


def in_ranges(measures: Iterable[Measure]) -> bool:
    """Whether an amount of Euro is a range, of which sums hold the middle."""
    efforts = (item for measure in measures for item in measure.effort)
    return any(item.amount_to is not None and item.unit is EffortUnit.EURO for item in efforts)


def by_year(context: Context, measures: Iterable[Measure]) -> list[Amounts]:
    """What the measures of each strand cost, a year of the plan."""
    listed = tuple(measures)
    return [
        _amounts(context, str(year), ((measure, euro_in(measure, year)) for measure in listed))
        for year in context.axis.years
    ]


def by_source(context: Context, measures: Iterable[Measure]) -> list[Amounts]:
    """What comes from each source over the plan's years, the largest first; last what has no source yet."""
    found: dict[str, list[tuple[Measure, Decimal]]] = {}
    for measure in measures:
        left = sum((euro_in(measure, year) for year in context.axis.years), Decimal(0))
        *others, (last, _) = _shares(measure)
        cost = left
        for name, percent in others:
            share = (cost * percent / WHOLE).quantize(CENT)
            found.setdefault(name, []).append((measure, share))
            left -= share
        found.setdefault(last, []).append((measure, left))  # what rounding leaves too, so that sums agree
    sums = [_amounts(context, name, pairs) for name, pairs in found.items()]
    return sorted(
        (item for item in sums if item.total), key=lambda item: (item.name == NO_SOURCE, -item.total, item.name)
    )


def _shares(measure: Measure) -> Iterator[tuple[str, Decimal]]:
    """Sources with their per cent. A source alone and without a share bears all; of several such no one knows."""
    left = WHOLE
    for funding in measure.funding:
        share = WHOLE if funding.share is None and len(measure.funding) == 1 else funding.share
        if share is not None:
            yield funding.source, share
            left -= share
    if left > 0:
        yield NO_SOURCE, left


def _amounts(context: Context, name: str, pairs: Iterable[tuple[Measure, Decimal]]) -> Amounts:
    sums = dict.fromkeys((strand.id for strand in context.plan.meta.strands), Decimal(0))
    for measure, amount in pairs:
        sums[context.plan.strand_of[measure.id]] += amount
    return Amounts(name, tuple(sums.values()))


def plot(amounts: Amounts, signs: Sequence[Sign], largest: Decimal) -> tuple[PlotPart, ...]:
    """A stretch a strand that has anything, in proportion to the largest total."""
    pairs = zip(signs, amounts.by_strand, strict=True)
    return tuple(PlotPart(sign.shape, round(float(amount / largest), 4)) for sign, amount in pairs if amount)
