"""Days, points in time (quarters, months, years) and spans: shown in words, read as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pipeline.fields.kind import OPEN, OpenWhileEmpty, Record, Single, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, bare, typed
from pipeline.fields.words import Words, words
from pipeline.text.typography import NBSP, typeset_line
from schema import time
from schema.time import MONTHS, ONGOING, Period, parse_period
from schema.values import Span

PERIOD_HELP: Final = "möglich sind Q1 2027, 2027-03 oder 2027."
_QUARTER: Final = re.compile(r"q ?([1-4]) ?/? ?(\d{4})|([1-4])\. ?quartal,? ?(\d{4})")
_MONTH_NUMBER: Final = re.compile(r"(\d{1,2})[./](\d{4})")
_MONTH_NAME: Final = re.compile(r"([^\W\d]{3,9})\.? (\d{4})")
_DAY: Final = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_DAY_NAME: Final = re.compile(r"(\d{1,2})\. ?([^\W\d]{3,9})\.? (\d{4})")
# Two points in time and what joins them. A hyphen without spaces joins only behind a year and before a year or quarter,
# as in „2027-2029“: in „2027-03“ it is part of a month.
_SPAN: Final = re.compile(r"(?:von )?(.+?)(?: (?:-|–|—|bis) | ?[–—] ?|(?<=\d{4})-(?=\d{4}|[qQ]))(?:bis )?(.+)")
_ONGOING: Final = re.compile(r"(?:ab |von )?(.+?),?(?: ?(?:-|–|—|bis))? " + ONGOING, re.IGNORECASE)


def _month(name: str) -> int:
    """The number of a month by its name or how it begins, 0 for no month."""
    return next((number for number, month in enumerate(MONTHS, 1) if month.casefold().startswith(name)), 0)


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
    found = typed(text)
    try:
        if match := _DAY.fullmatch(found):
            return dt.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        if match := _DAY_NAME.fullmatch(found):
            return dt.date(int(match[3]), _month(match[2].casefold()), int(match[1])).isoformat()
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
            return dt.date.fromisoformat(found).isoformat()
    except ValueError:
        pass
    raise Unread(f"„{found}“ ist kein Tag; möglich sind 22.11.2026 oder 2026-11-22.")


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
    for way in (read_day, lambda words: read_period(words).key):
        with suppress(Unread):
            return way(text)
    help_ = "möglich sind 15.03.2027, 2027-03-15, März 2027, Q1 2027 oder 2027."
    raise Unread(f"„{typed(text)}“ ist kein Zeitpunkt; {help_}")


def is_moment(text: str) -> bool:
    """Whether a text is read as a day or a period."""
    try:
        read_moment(text)
    except Unread:
        return False
    return True


def read_period(text: str) -> Period:
    """`Q1 2027`, `März 2027`, `2027-03`, `03/2027`, `2027`. Raises Unread."""
    found = bare(text)
    try:
        if match := _QUARTER.fullmatch(found):
            return parse_period(f"Q{match[1] or match[3]} {match[2] or match[4]}")
        if (match := _MONTH_NUMBER.fullmatch(found)) and 1 <= int(match[1]) <= len(MONTHS):
            return parse_period(f"{match[2]}-{int(match[1]):02}")
        if (match := _MONTH_NAME.fullmatch(found)) and (month := _month(match[1])):
            return parse_period(f"{match[2]}-{month:02}")
        return parse_period(found)
    except ValueError as error:
        raise Unread(f"„{typed(text)}“ ist kein Zeitpunkt; {PERIOD_HELP}") from error


def is_period(text: str) -> bool:
    """Whether a text is read as a point in time."""
    try:
        read_period(text)
    except Unread:
        return False
    return True


# --- spans --------------------------------------------------------------------------------------------------------


class SpanOfTime(OpenWhileEmpty, Record):
    """From when to when, or that it goes on."""

    model = Span

    def write(self, value: Span, names: PlanNames) -> tuple[Words, ...]:
        return (words(span_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
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
        return read_period(match[1]).key, ONGOING
    if found.casefold().startswith("ab "):
        return read_period(found[3:]).key, ONGOING
    try:
        single = read_period(found).key
    except Unread:
        match = _SPAN.fullmatch(found)
        if match is None:
            help_ = "möglich sind „Q1 2027 – Q4 2029“, „ab Q1 2027, fortlaufend“ oder „2027“."
            raise Unread(f"„{found}“ ist kein Zeitraum; {help_}") from None
        return read_period(match[1]).key, read_period(match[2]).key
    return single, single
