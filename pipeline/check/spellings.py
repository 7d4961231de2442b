"""Words as people write them in, what they may have been meant to be out: numbers, points in time, whole lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from pipeline.check.accepted import slug
from pipeline.fields.dates import PointInTime, read_day
from pipeline.fields.kind import Single
from pipeline.fields.numbers import Number
from pipeline.fields.shown import Unread
from schema.forms import Form

_UNIT = re.compile(r"^(?:€|euro|eur)\s*|\s*(?:%|€|euro|eur|prozent|tage|personentage|stellen)$", re.IGNORECASE)
_NO_CENTS = re.compile(r"[.,][-–—]{1,2}$")  # 12.000,- and 12.000,--
_ENGLISH = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+")
_PARTED = re.compile(r"(?<=[0-9])[ '’\u00a0\u202f](?=[0-9]{3}(?![0-9]))")  # 12 000, 12'000
_UNCLEAR = re.compile(r"-?[0-9]{4,}(\.[0-9]{3})+")  # 9000.000 may be nine thousand or nine million
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_CENTURY = 100  # years below are written with two digits
_QUARTER = re.compile(
    r"(?:Q\s*)?(IV|I{1,3}|(?<=Q)[1-4]|(?<=Q )[1-4])(?:\.?\s*(?:Quartal|Qu?\.)?)\s*[/ .-]?\s*(\d{4}|\d{2})"
    r"|(\d{4})\s*[/ .-]?\s*Q\s*([1-4])",
    re.IGNORECASE,
)
_LONGEST = 300  # characters of a line that holds a date and a title
_GOING_ON = frozenset(("laufend", "dauerhaft", "dauernd", "ständig", "unbefristet", "daueraufgabe"))
_DAY = re.compile(r"\b\d{1,2}\. ?(\d{1,2})\. ?(\d{4})\b")
_DATE_BEHIND = re.compile(r"(.*\S)\s*[,;:(–-]\s*(?:bis |im |ab )?((?:\w+\.? )?[\w./-]*\d{4})\)?")


def sentences(text: str) -> Iterator[str]:
    """A line that says several things at once, as it is and as the fields read it.

    Of `15.7.2027 bis 2029` the month counts, and of `Stelle benannt, September 2027` the date comes first.
    """
    yield text
    plain = _DAY.sub(lambda day: f"{int(day[1]):02}/{day[2]}", text)
    yield plain
    if len(plain) <= _LONGEST and (behind := _DATE_BEHIND.fullmatch(plain)):
        yield f"{behind[2]} {behind[1]}"


def spellings(kind: Single, form: Form, text: str) -> Iterable[str]:
    """What a text may have been meant to be, the nearest first."""
    if isinstance(kind, Number):
        text = _NO_CENTS.sub("", _UNIT.sub("", text))
        if _UNCLEAR.fullmatch(text) or (_ENGLISH.fullmatch(text) and text.count(",") == 1):
            return
        if _ENGLISH.fullmatch(text):
            yield text.replace(",", "")
    if isinstance(kind, PointInTime):
        yield from _points_in_time(text)
        yield from kind.instead if text.casefold() in _GOING_ON else ()
    yield text
    yield text.strip("„“”\"'‚‘ .")
    if isinstance(kind, Number):
        bare = _PARTED.sub("", text.replace("−", "-").replace("–", "-"))
        yield bare
        yield bare.replace(".", ",")
    if form.type is str:
        yield slug(text)
        yield text.upper().replace(" ", "")
        yield f"M{text}"
        yield f"Z{text}"


def _points_in_time(text: str) -> Iterator[str]:
    """A day, of which the month is meant; a quarter in Roman numbers, or with its year in two digits or before it."""
    with suppress(Unread):
        yield read_day(text)[: len("2027-03")]
    if found := _QUARTER.fullmatch(text):
        quarter = found[1] or found[4]
        year = int(found[2] or found[3])
        yield f"Q{_ROMAN.get(quarter.upper(), quarter)} {year if year >= _CENTURY else 2000 + year}"
