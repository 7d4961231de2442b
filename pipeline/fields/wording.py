"""Values of the plan in, the words out that documents print them with. `back` reads the same words again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.text.typography import NBSP, number, typeset_line
from schema.entities import Effort, Funding, Indicator, Span
from schema.time import MONTHS, Period
from schema.vocabulary import EffortUnit

# What stands where there is nothing.
NONE: Final = "–"
OPEN: Final = "offen"
NO_MEASURE: Final = "keiner anderen Maßnahme"
TO_BE_SET: Final = "noch festzulegen"


def day(value: dt.date) -> str:
    """`22. November 2026`."""
    return f"{value.day}.{NBSP}{MONTHS[value.month - 1]} {value.year}"


def short_day(value: dt.date) -> str:
    """`22.11.2026`, for tables."""
    return f"{value:%d.%m.%Y}"


def span_text(span: Span) -> str:
    """`Q1 2027 – Q4 2029`, `ab Q1 2027, fortlaufend`."""
    start, end = span.start.label, span.last
    if end is None:
        return typeset_line(f"ab {start}, fortlaufend")
    return typeset_line(start if span.start == end else f"{start} – {end.label}")


def end_text(span: Span) -> str:
    """The end of a span, for narrow columns."""
    return typeset_line(span.last.label) if isinstance(span.last, Period) else "fortlaufend"


SINGULAR: Final[Mapping[EffortUnit, str]] = MappingProxyType(
    {EffortUnit.PERSON_DAYS: "Personentag", EffortUnit.POSTS: "Stelle"}
)


def effort_text(effort: Effort) -> str:
    """`15.000 Euro einmalig (2027)`."""
    unit = SINGULAR.get(effort.unit, effort.unit.label) if effort.amount == 1 else effort.unit.label
    when = f" ({effort.year})" if effort.year else ""
    return typeset_line(f"{number(effort.amount)} {unit} {effort.recurrence.label}{when}")


def funding_text(funding: Funding) -> str:
    """`Haushalt 40 % (beantragt)`."""
    share = f" {number(funding.share)} %" if funding.share is not None else ""
    return typeset_line(f"{funding.source}{share} ({funding.state.label})")


def commitment_text(name: str, date: dt.date) -> str:
    """`Rat der Stadt, 22.11.2026`."""
    return typeset_line(f"{name}, {short_day(date)}")


def baseline_lines(indicator: Indicator) -> tuple[str, ...]:
    """The value at the start, and its date if there is one: `10 Tage`, `Q1 2026`."""
    if isinstance(indicator.baseline, str):
        return (indicator.baseline,)
    value = f"{number(indicator.baseline)} {indicator.unit}".strip()
    return (value, indicator.baseline_date.label) if indicator.baseline_date else (value,)


def target_lines(indicator: Indicator) -> tuple[str, ...]:
    """The value to reach, and until when: `3 Tage`, `bis Q4 2028`."""
    if indicator.target is None:
        return (TO_BE_SET,)
    value = f"{number(indicator.target)} {indicator.unit}".strip()
    return (value, f"bis {indicator.target_date.label}") if indicator.target_date else (value,)
