"""Days, points in time (quarters, months, years) and spans: shown in words, read as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.fields.kind import NO_ITEM, OPEN, Item, OpenWhileEmpty, Record, Single, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.periods import day_in, is_without_year, read_end, read_period, read_start
from pipeline.fields.shown import Unclear, Unread, bare, typed
from pipeline.fields.words import Words, words
from pipeline.text.typography import NBSP, typeset_line
from schema import time
from schema.time import MONTHS, ONGOING, Period
from schema.values import Span

# Two points in time and what joins them. A hyphen without spaces joins only behind a year or a quarter and before a
# year, a quarter, a month's name or a day, as in „2027-2029“: in „2027-03“ it is part of a month.
_SPAN: Final = re.compile(
    r"(?:von )?(.+?)"
    r"(?: (?:-|–|—|bis) | ?[–—] ?"
    r"|(?<=\d{4})-(?=\d{4}|[qQ]|\d{1,2}\.|[iI][iIvV]*/|[^\W\d]{3})|(?<=[qQ][1-4])-(?=[qQ]))"
    r"(?:bis )?(.+)"
)
_ONGOING: Final = re.compile(r"(?:ab |von )?(.+?),?(?: ?(?:-|–|—|bis))? " + ONGOING, re.IGNORECASE)


# --- days ---------------------------------------------------------------------------------------------------------


class Day(Single):
    """A day, as tables show it."""

    def write(self, value: dt.date, names: PlanNames) -> Words:
        return words(short_day(value))

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        return read_day(" ".join(lines))


def day(value: dt.date) -> str:
    """`22. November 2026`."""
    return f"{value.day}.{NBSP}{MONTHS[value.month - 1]} {value.year}"


def short_day(value: dt.date) -> str:
    """`22.11.2026`, for tables."""
    return f"{value:%d.%m.%Y}"


def read_day(text: str) -> str:
    """`22.11.2026`, `22. November 2026` or `2026-11-22`, as it stands in the data. Raises Unread."""
    day = day_in(text)
    if day is None:
        raise Unread(f"„{typed(text)}“ ist kein Tag; möglich sind 22.11.2026 oder 2026-11-22.")
    return day.isoformat()


# --- points in time -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PointInTime(Single):
    """A quarter, a month or a year, or one of a few words `instead`: `fortlaufend`."""

    instead: tuple[str, ...] = ()

    def write(self, value: Period | str, names: PlanNames) -> Words:
        return words(value.label if isinstance(value, Period) else value)

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        text = " ".join(lines)
        word = next((word for word in self.instead if bare(word) == bare(text)), None)
        return word if word is not None else read_period(text).key


class Moment(Single):
    """A day, or the month, quarter or year where the day is not known."""

    def write(self, value: time.Moment, names: PlanNames) -> Words:
        return words(value.label)

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        return read_moment(" ".join(lines))


def read_moment(text: str) -> str:
    """As `read_day` or `read_period`, as it stands in the data. Raises Unread."""
    day = day_in(text)
    if day is not None:
        return day.isoformat()
    try:
        return read_period(text).key
    except Unclear:
        raise
    except Unread as error:
        help_ = "möglich sind 15.03.2027, 2027-03-15, März 2027, Q1 2027 oder 2027."
        raise Unread(f"„{typed(text)}“ ist kein Zeitpunkt; {help_}") from error


# --- spans --------------------------------------------------------------------------------------------------------


class SpanOfTime(OpenWhileEmpty, Record):
    """From when to when, or that it goes on."""

    model = Span

    def write(self, value: Span, names: PlanNames) -> tuple[Words, ...]:
        return (words(span_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        return dict(zip(("von", "bis"), read_span(" ".join(cells)), strict=True))


def span_text(span: Span | None) -> str:
    """`Q1 2027 – Q4 2029`, `ab Q1 2027, fortlaufend`; without one, that it is open."""
    if span is None:
        return OPEN
    start, end = span.start.label, span.last
    if end is None:
        return typeset_line(f"ab {start}, fortlaufend")
    return typeset_line(start if span.start == end else f"{start} – {end.label}")


def end_text(span: Span | None) -> str:
    """The end of a span, for narrow columns."""
    if span is None:
        return OPEN
    return typeset_line(span.last.label) if isinstance(span.last, Period) else "fortlaufend"


def read_span(text: str) -> tuple[str, str]:
    """Beginning and end as they stand in the data: `Q1 2027 – Q4 2029`, `ab Q1 2027, fortlaufend`, `2027`.

    Raises Unread.
    """
    found = typed(text)
    if match := _ONGOING.fullmatch(found):
        return read_start(match[1]).key, ONGOING
    if found.casefold().startswith("ab "):
        return read_start(found[3:]).key, ONGOING
    try:
        single = read_period(found).key
    except Unclear:
        raise
    except Unread:
        return _from_to(found)
    return single, single


def _from_to(text: str) -> tuple[str, str]:
    match = _SPAN.fullmatch(text)
    if match is None:
        help_ = "möglich sind „Q1 2027 – Q4 2029“, „ab Q1 2027, fortlaufend“ oder „2027“."
        raise Unread(f"„{text}“ ist kein Zeitraum; {help_}")
    start, end = match[1], match[2]
    last = read_end(end)
    if is_without_year(start):  # „Q1 – Q3 2027“
        start = f"{start} {last.year}"
    return read_start(start).key, last.key
