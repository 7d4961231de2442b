"""Spans and milestones in, positions on the plan's time axis out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pipeline.document.model import Bar, TimeAxis
from pipeline.fields.dates import span_text
from pipeline.parts.context import Context
from pipeline.text.typography import typeset_line
from schema.entities import Measure

MONTHS_A_QUARTER = 3


def bar(context: Context, measure: Measure) -> Bar | None:
    """A measure on the axis, cut off where it reaches beyond; None while its span is open."""
    if measure.span is None:
        return None
    axis = context.axis
    end = axis.quarters if measure.span.last is None else _quarters(axis, measure.span.last.last + 1)
    milestones = [_quarters(axis, (item.due.first + item.due.last + 1) / 2) for item in measure.milestones]
    return Bar(
        start=_clip(axis, _quarters(axis, measure.span.start.first)),
        end=_clip(axis, end),
        shape=context.measure_sign(measure).shape,
        continues=measure.ongoing or end > axis.quarters,
        milestones=tuple(position for position in milestones if 0 <= position <= axis.quarters),
        alternative=_alternative(measure),
    )


def bars(context: Context, measures: Iterable[Measure]) -> tuple[Bar, ...]:
    """Those measures on the axis whose span is known."""
    return tuple(found for measure in measures if (found := bar(context, measure)) is not None)


def milestones_text(measure: Measure) -> str:
    """`Q2 2027: Stelle benannt; Q4 2027: …`."""
    return "; ".join(typeset_line(f"{item.due.label}: {item.title}") for item in measure.milestones)


def position(axis: TimeAxis, day: dt.date) -> float:
    """Where a day lies on the axis, in quarters; outside it is negative or beyond the last quarter."""
    return _quarters(axis, day.year * 12 + day.month - 1 + (day.day - 1) / 31)


def _alternative(measure: Measure) -> str:
    due = ", ".join(typeset_line(item.due.label) for item in measure.milestones)
    return f"Zeitraum {span_text(measure.span)}" + (f"; Meilensteine {due}" if due else "; ohne Meilensteine")


def _quarters(axis: TimeAxis, month: float) -> float:
    return (month - axis.years[0] * 12) / MONTHS_A_QUARTER


def _clip(axis: TimeAxis, position: float) -> float:
    return min(max(position, 0.0), float(axis.quarters))
