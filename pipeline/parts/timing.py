"""Spans and milestones in, positions on the plan's time axis out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.document.model import Bar, TimeAxis
from pipeline.parts.context import Context
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import Measure
from schema.time import Period

MONTHS_A_QUARTER = 3
QUARTERS = 4  # of a year
SHORT_MONTH = 4  # letters that a month may have to be written out: März, Juni


def bar(context: Context, measure: Measure) -> Bar | None:
    """A measure on the axis, cut off where it reaches beyond; None while its span is open."""
    if measure.span is None:
        return None
    axis = context.axis
    end = axis.quarters if measure.span.last is None else _quarters(axis, measure.span.last.last + 1)
    milestones = [_quarters(axis, (item.when.first + item.when.last + 1) / 2) for item in measure.milestones]
    return Bar(
        start=_clip(axis, _quarters(axis, measure.span.start.first)),
        end=_clip(axis, end),
        shape=context.measure_sign(measure).shape,
        continues=measure.ongoing or end > axis.quarters,
        milestones=tuple(position for position in milestones if 0 <= position <= axis.quarters),
        alternative=_milestones_alternative(measure),
    )


def bars(context: Context, measures: Iterable[Measure]) -> tuple[Bar, ...]:
    """Those measures on the axis whose span is known."""
    return tuple(found for measure in measures if (found := bar(context, measure)) is not None)


def bars_alternative(context: Context, measures: Sequence[Measure]) -> str:
    """What a picture of many bars shows at a glance: when measures begin, how many go on after the last year."""
    axis = context.axis
    known = [measure.span for measure in measures if measure.span]
    begins = Counter(min(max(span.start.year, axis.years[0]), axis.years[-1]) for span in known)
    told = [f"{begins[year]} im Jahr {year}" for year in axis.years if begins[year]]
    beyond = sum(found.continues for found in bars(context, measures))
    begun = f". Beginn: {', '.join(told)}" if told else ""
    after = f". Nach {axis.years[-1]} laufen weiter: {beyond}" if beyond else ""
    return f"Ein Balken je Maßnahme auf der Zeitachse {axis.years[0]} bis {axis.years[-1]}{begun}{after}."


def milestones_text(measure: Measure) -> str:
    """`Q2 2027: Stelle benannt; Q4 2027: …`."""
    return "; ".join(typeset_line(f"{item.when.label}: {item.title}") for item in measure.milestones)


def deadlines_text(dates: Iterable[Period]) -> str:
    """`Q1, Q2 2027 · Q2 2028 · Juni, Sep. 2029 · 2030`: each year once, in their order; '' for none.

    Up to four of a year stand on one line; twelve months would be wider than any column.
    """
    by_year: dict[tuple[int, bool], list[str]] = {}
    for due in sorted(dates, key=lambda due: (due.last, due.first)):
        within = short_label(due).removesuffix(str(due.year)).strip()  # a space that does not break is one, too
        labels = by_year.setdefault((due.year, bool(within)), [])
        labels += [within] if within not in labels else []
    shown = []
    for (year, _), labels in by_year.items():
        between = f",{NBSP}" if len(labels) <= QUARTERS else ", "
        shown.append(f"{between.join(labels)}{NBSP}{year}".strip())
    return " · ".join(shown)


def short_label(due: Period) -> str:
    """`Q1 2027`, `Sept. 2027`, `2027`: long names of months are cut, as in German they are."""
    month, _, year = due.label.partition(" ")
    return typeset_line(f"{month[:3]}. {year}" if len(month) > SHORT_MONTH and year else due.label).replace(" ", NBSP)


def position(axis: TimeAxis, day: dt.date) -> float:
    """Where a day lies on the axis, in quarters; outside it is negative or beyond the last quarter."""
    return _quarters(axis, day.year * 12 + day.month - 1 + (day.day - 1) / 31)


def _milestones_alternative(measure: Measure) -> str:
    """What a bar shows and no column beside it says; '' where it says no more than when the measure runs."""
    due = deadlines_text(item.when for item in measure.milestones)
    return f"Meilensteine {due}" if due else ""


def _quarters(axis: TimeAxis, month: float) -> float:
    return (month - axis.years[0] * 12) / MONTHS_A_QUARTER


def _clip(axis: TimeAxis, position: float) -> float:
    return min(max(position, 0.0), float(axis.quarters))
