"""Calendar values of the plan: quarters, months and years as the authors write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer
from pydantic.json_schema import WithJsonSchema

MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]

_QUARTER_OF_A_YEAR = 3  # months
_QUARTER = re.compile(r"Q([1-4]) ?/? ?([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")

ONGOING: Literal["fortlaufend"] = "fortlaufend"


@dataclass(frozen=True)
class Period:
    """A quarter, a month or a year. `first` and `last` count months since year 0 (year * 12 + month - 1)."""

    first: int
    last: int

    @property
    def year(self) -> int:
        """The calendar year it lies in."""
        return self.first // 12

    @property
    def label(self) -> str:
        """As printed: `Q1 2027`, `März 2027`, `2027`."""
        month = self.first % 12
        months = self.months
        if months == _QUARTER_OF_A_YEAR:
            return f"Q{month // months + 1} {self.year}"
        return f"{MONTHS[month]} {self.year}" if months == 1 else str(self.year)

    @property
    def key(self) -> str:
        """As written in the data: `Q1 2027`, `2027-03`, `2027`."""
        month = self.first % 12
        return f"{self.year}-{month + 1:02}" if self.months == 1 else self.label

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends."""
        following = self.last + 1
        return dt.date(following // 12, following % 12 + 1, 1) - dt.timedelta(days=1)

    @property
    def months(self) -> int:
        """1, 3 or 12."""
        return self.last - self.first + 1


def parse_period(value: Any) -> Period:
    """A Period from `Q1 2027`, `2027-03` or `2027`; also from `Q1/2027`, as people write it.

    Raises ValueError with a German sentence for anything else.
    """
    if isinstance(value, Period):
        return value
    text = str(value).strip()
    if match := _QUARTER.fullmatch(text):
        first = int(match[2]) * 12 + (int(match[1]) - 1) * 3
        return Period(first, first + 2)
    if match := _MONTH.fullmatch(text):
        first = int(match[1]) * 12 + int(match[2]) - 1
        return Period(first, first)
    if _YEAR.fullmatch(text):
        return Period(int(text) * 12, int(text) * 12 + 11)
    raise ValueError("kein Zeitpunkt; erlaubt sind Quartale (Q1 2027), Monate (2027-03) und Jahre (2027)")


@dataclass(frozen=True)
class Moment:
    """A day, or a period where the day is not known: what a report is dated with."""

    day: dt.date | None
    period: Period

    @property
    def label(self) -> str:
        """As printed: `15.03.2027`, `März 2027`."""
        return f"{self.day:%d.%m.%Y}" if self.day else self.period.label

    @property
    def order(self) -> tuple[int, int, int]:
        """By which the later of two is known: by its end, then the shorter one, of which more is known."""
        return (self.period.last, self.period.first, self.day.day if self.day else 0)

    @property
    def key(self) -> str:
        """As written in the data: `2027-03-15`, `2027-03`."""
        return self.day.isoformat() if self.day else self.period.key


def parse_moment(value: Any) -> Moment:
    """A Moment from `2027-03-15` or from what parse_period takes. Raises ValueError with a German sentence."""
    if isinstance(value, Moment):
        return value
    text = value.isoformat() if isinstance(value, dt.date) else str(value).strip()
    if _DAY.fullmatch(text):
        try:
            day = dt.date.fromisoformat(text)
        except ValueError as error:
            raise ValueError("ein Tag, den es nicht gibt") from error
        month = day.year * 12 + day.month - 1
        return Moment(day, Period(month, month))
    try:
        return Moment(None, parse_period(text))
    except ValueError as error:
        raise ValueError(
            "kein Zeitpunkt; erlaubt sind Tage (2027-03-15), Monate (2027-03), Quartale (Q1 2027) und Jahre (2027)"
        ) from error


def _iso_day(value: Any) -> Any:
    """`2026-11-22` only: pydantic would also take times and seconds since 1970 for a day."""
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
        raise ValueError("kein Tag; erwartet wird JJJJ-MM-TT, zum Beispiel 2026-11-22")
    return value


Day = Annotated[dt.date, BeforeValidator(_iso_day)]


def _period_or_ongoing(value: Any) -> Period | str:
    return ONGOING if str(value).strip() == ONGOING else parse_period(value)


def _key(value: Period | str) -> str:
    return value if isinstance(value, str) else value.key


_PATTERN = r"^(Q[1-4] ?/? ?[0-9]{4}|[0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4})$"

PeriodField = Annotated[
    Period,
    BeforeValidator(parse_period),
    PlainSerializer(_key, return_type=str),
    WithJsonSchema({"type": ["string", "integer"], "pattern": _PATTERN, "examples": ["Q1 2027", "2027-03"]}),
]
MomentField = Annotated[
    Moment,
    BeforeValidator(parse_moment),
    PlainSerializer(lambda value: value.key, return_type=str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^(Q[1-4] ?/? ?[0-9]{4}|[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?)$",
            "examples": ["2027-03-15", "2027-03", "Q1 2027"],
        }
    ),
]
PeriodOrOngoing = Annotated[
    Period | Literal["fortlaufend"],
    BeforeValidator(_period_or_ongoing),
    PlainSerializer(_key, return_type=str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": _PATTERN.replace("^(", "^(fortlaufend|"),
            "examples": ["Q4 2029", "fortlaufend"],
        }
    ),
]
