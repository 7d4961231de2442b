"""Points in time as people write them in, quarters, months and years out; what may mean several is never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from pipeline.fields.kind import DASHES
from pipeline.fields.shown import Unclear, Unread, bare, typed, unclear
from schema.time import MONTHS, Period, parse_period

PERIOD_HELP: Final = "möglich sind Q1 2027, 2027-03 oder 2027."
_COUNTED: Final = {
    **{name: number for number in range(1, 5) for name in (str(number), f"{number}.")},
    **dict(zip(("i", "ii", "iii", "iv"), range(1, 5), strict=True)),
    **dict(zip(("i.", "ii.", "iii.", "iv."), range(1, 5), strict=True)),
    **dict(zip(("erstes", "zweites", "drittes", "viertes"), range(1, 5), strict=True)),
}
_NAMES: Final = "|".join(map(re.escape, sorted(_COUNTED, key=len, reverse=True)))
_ROMAN: Final = "iv|i{1,3}"
_QUARTERS: Final = (
    re.compile(rf"q ?(?P<count>[1-4]|{_ROMAN}) ?/? ?(?P<year>\d{{4}})"),
    re.compile(rf"(?P<count>{_NAMES}) ?quartal,? ?(?P<year>\d{{4}})"),
    re.compile(rf"(?P<count>{_ROMAN}) ?/ ?(?P<year>\d{{4}})"),
    re.compile(r"(?P<year>\d{4}) ?[/-]? ?q ?(?P<count>[1-4])"),
)
_MONTH_NUMBER: Final = re.compile(r"(\d{1,2})([./])(\d{4})")
_MONTH_NAME: Final = re.compile(r"([^\W\d]{3,9})\.? (\d{4})")
_DAY: Final = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_DAY_NAME: Final = re.compile(r"(\d{1,2})\. ?([^\W\d]{3,9})\.? (\d{4})")
_DAY_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_EDGE: Final = re.compile(r"(?:jahres)?(anfang|beginn|ende) (?:des jahres )?(\d{4})")
_BETWEEN: Final = re.compile(r"((?:jahres)?mitte|frühjahr|frühling|sommer|herbst|winter) (\d{4})")
_MEANINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "frühjahr": ("Q1", "Q2"),
        "frühling": ("Q1", "Q2"),
        "sommer": ("Q2", "Q3"),
        "herbst": ("Q3", "Q4"),
        "winter": ("Q1", "Q4"),
    }
)
_MIDDLE: Final = ("Q2", "Q3")
_HALF: Final = re.compile(rf"(?P<count>{_NAMES}) ?(?:halbjahr|hj\.?),? ?(?P<year>\d{{4}})|h ?([12]) ?/? ?(\d{{4}})")
_QUARTERS_OF_A_YEAR: Final = 4
_JOINTS: Final = ":,;|–—-"  # what may stand between a date and what is said of it
_JOINT: Final = re.compile(r"(?:[:,;|–—]|-(?= |$))+ ?")
_LONGEST_DATE: Final = 4  # words: „Ende des Jahres 2027“


def month_named(name: str) -> int:
    """The number of a month by its name or how it begins, in small letters; 0 for no month."""
    return next((number for number, month in enumerate(MONTHS, 1) if month.casefold().startswith(name)), 0)


# --- days ---------------------------------------------------------------------------------------------------------


def day_in(text: str) -> dt.date | None:
    """The day that is written as `22.11.2026`, `22. November 2026` or `2026-11-22`; None where there is no such day."""
    found = typed(text)
    try:
        if match := _DAY.fullmatch(found):
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        if match := _DAY_NAME.fullmatch(found):
            return dt.date(int(match[3]), month_named(match[2].casefold()), int(match[1]))
        return dt.date.fromisoformat(found) if _DAY_WRITTEN.fullmatch(found) else None
    except ValueError:
        return None


def _month_of(day: dt.date, further: int = 0) -> Period:
    """The month of a day, or the one that is so many months further."""
    first = day.year * 12 + day.month - 1 + further
    return Period(first, first)


def _is_last(day: dt.date) -> bool:
    """Whether a day is the last of its month."""
    return (day + dt.timedelta(days=1)).day == 1 if day < dt.date.max else True


# --- points in time -----------------------------------------------------------------------------------------------


def read_period(text: str) -> Period:
    """`Q1 2027`, `I/2027`, `März 2027`, `2027-03`, `03/2027`, `2027`, `Ende 2027`; `01.03.2027` is the month.

    Raises Unread, and Unclear for what has several meanings, as `Mitte 2027` has.
    """
    day = day_in(text)
    if day is None:
        return _read(text)
    if day.day == 1 or _is_last(day):
        return _month_of(day)
    raise Unclear(
        f"„{typed(text)}“ ist ein Tag; hier steht ein Monat, ein Quartal oder ein Jahr: „{_month_of(day).label}“."
    )


def read_start(text: str) -> Period:
    """The same for a beginning: on the last day of a month hardly anything begins in that month."""
    day = day_in(text)
    if day is not None and day.day != 1 and _is_last(day):
        raise unclear(text, _month_of(day).label, _month_of(day, 1).label)
    return read_period(text)


def read_end(text: str) -> Period:
    """The same for an end: what lasts until the first day of a month may end in the one before."""
    day = day_in(text)
    if day is not None and day.day == 1:
        raise unclear(text, _month_of(day, -1).label, _month_of(day).label)
    return read_period(text)


def is_period(text: str) -> bool:
    """Whether a text is read as a point in time."""
    try:
        read_period(text)
    except Unread:
        return False
    return True


def _read(text: str) -> Period:
    found = bare(text)
    _refuse_unclear(found, text)
    try:
        return parse_period(_key(found))
    except ValueError as error:
        raise Unread(f"„{typed(text)}“ ist kein Zeitpunkt; {PERIOD_HELP}") from error


def _key(found: str) -> str:
    """As it stands in the data, where it is one of the ways that people write; else as it is."""
    for pattern in _QUARTERS:
        if match := pattern.fullmatch(found):
            return f"Q{_COUNTED[match['count']]} {match['year']}"
    if match := _EDGE.fullmatch(found):
        return f"Q{4 if match[1] == 'ende' else 1} {match[2]}"
    if match := _MONTH_NUMBER.fullmatch(found):
        return f"{match[3]}-{int(match[1]):02}"
    if (match := _MONTH_NAME.fullmatch(found)) and (month := month_named(match[1])):
        return f"{match[2]}-{month:02}"
    return found


def _refuse_unclear(found: str, text: str) -> None:
    """Raises Unclear for a text that has two meanings: `Mitte 2027`, `2. Halbjahr 2027`, `1/2027`."""
    if match := _BETWEEN.fullmatch(found):
        raise unclear(text, *(f"{quarter} {match[2]}" for quarter in _MEANINGS.get(match[1], _MIDDLE)))
    if match := _HALF.fullmatch(found):
        half, year = (_COUNTED[match["count"]], match["year"]) if match["count"] else (int(match[3]), match[4])
        if half <= 2:  # noqa: PLR2004 - a year has no more
            raise unclear(text, *(f"Q{quarter} {year}" for quarter in (2 * half - 1, 2 * half)))
    match = _MONTH_NUMBER.fullmatch(found)
    if match and match[2] == "/" and len(match[1]) == 1 and 1 <= int(match[1]) <= _QUARTERS_OF_A_YEAR:
        raise unclear(text, f"Q{match[1]} {match[3]}", f"{MONTHS[int(match[1]) - 1]} {match[3]}")


# --- what a line begins with --------------------------------------------------------------------------------------


def led_by_date(text: str, read: Callable[[str], object]) -> tuple[str, str]:
    """The date that a line begins with, and what is said of it; '' for what is missing.

    The date stands before a tab, else it is the longest beginning that is read as one. A colon, a dash or a bar behind
    it belongs to neither: „Q1 2027 – Stelle benannt“. Raises Unclear where the beginning may mean several dates.
    """
    lead, tab, rest = text.strip().partition("\t")
    if tab:
        return lead.strip(f" {_JOINTS}"), without_joint(typed(rest))
    pieces = typed(text).split(" ")
    for size in range(min(_LONGEST_DATE, len(pieces)), 0, -1):
        date = " ".join(pieces[:size]).rstrip(_JOINTS).rstrip()
        if _is_read(date, read):
            return date, without_joint(" ".join(pieces[size:]))
    return "", typed(text)


def _is_read(date: str, read: Callable[[str], object]) -> bool:
    try:
        read(date)
    except Unclear:
        raise
    except Unread:
        return False
    return True


def without_joint(text: str) -> str:
    """What is said of a date, without the dash, colon or bar before it: `Stelle benannt` of `– Stelle benannt`."""
    match = _JOINT.match(text)
    return text[match.end() :].lstrip() if match and bare(text) not in DASHES else text


_FURTHER: Final = re.compile(r"(?:(?:bis(?: zum)?|und|oder|sowie|/|&|-|–|—) ?)?(.+)", re.IGNORECASE)
_UNTIL: Final = re.compile(r"bis (?:zum )?(?:\d|ende|anfang|mitte|jahres)", re.IGNORECASE)
_WITHOUT_YEAR: Final = re.compile(rf"q ?[1-4]|(?:{_NAMES}) ?quartal|{'|'.join(map(str.casefold, MONTHS))}")


def begins_with_date(text: str) -> bool:
    """Whether what is said of a date begins with another: `bis Q2 2027 Stelle benannt`, `Q3 Stelle benannt`."""
    match = _FURTHER.fullmatch(text)
    if match is None:
        return False
    pieces = typed(match[1]).split(" ")
    beginnings = (" ".join(pieces[:size]).rstrip(_JOINTS) for size in range(1, _LONGEST_DATE + 1))
    return _UNTIL.match(text) is not None or any(map(_may_be_date, beginnings))


def is_without_year(text: str) -> bool:
    """Whether a text is a quarter or a month whose year is said elsewhere: the first of `Q1 – Q3 2027`."""
    return _WITHOUT_YEAR.fullmatch(bare(text)) is not None


def _may_be_date(text: str) -> bool:
    try:
        read_period(text)
    except Unclear:
        return True
    except Unread:
        return is_without_year(text)
    return True
