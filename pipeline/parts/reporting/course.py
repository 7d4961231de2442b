"""An indicator in, out how it stands at the end of a year against where the way to its target would have it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pipeline.parts.reporting.due import last_month
from schema.plan import Term
from schema.values import Actual, Indicator
from schema.vocabulary import Direction, Vocabulary

NEAR: Final = Decimal("0.1")
"""Of the way from start to target: who lacks no more is close behind. Of 20 on the way from 0 to 100 it is 10."""


class Course(Vocabulary):
    """How an indicator stands."""

    ON = "auf_kurs", "auf Kurs"
    NEAR = "knapp", "knapp dahinter"
    FAR = "weit", "weit dahinter"
    UNKNOWN = "unbekannt", "ohne Ausgangswert"
    NOT_MEASURED = "nicht_erhoben", "nicht erhoben"
    NO_TARGET = "ohne_ziel", "ohne Zielwert"
    GONE = "entfallen", "nicht mehr im Plan"


@dataclass(frozen=True)
class Standing:
    """The newest value by the end of the year, where it would be on a straight way to the target, and what that means.

    `way`: how much of the way from start to target is done, 0 … 1; None where nobody can know.
    """

    course: Course
    newest: Actual | None = None
    expected: Decimal | None = None
    way: Decimal | None = None


def standing(indicator: Indicator, term: Term, year: int) -> Standing:
    """How an indicator stands at the end of a year."""
    known = [item for item in indicator.actuals if item.date.period.last <= last_month(year)]
    if not known:
        return Standing(Course.NOT_MEASURED)
    newest = max(reversed(known), key=lambda item: item.date.order)  # of two of a day the one that was written later
    actual, target, start = newest.value, indicator.target, indicator.baseline
    if target is None:
        return Standing(Course.NO_TARGET, newest)
    if _meets(actual, target, indicator.direction):
        leads = not isinstance(start, str) and not _meets(start, target, indicator.direction)
        way = _share(start, actual, target) if leads and not isinstance(start, str) else None
        return Standing(Course.ON, newest, _expected(indicator, term, year), way)
    if isinstance(start, str):
        return Standing(Course.UNKNOWN, newest)
    expected = _expected(indicator, term, year)
    if _meets(start, target, indicator.direction) or expected is None or (actual - start) / (target - start) > 1:
        return Standing(Course.FAR, newest, expected)  # it has left its target, or gone beyond it
    short = (expected - actual) / (target - start)  # part of the whole way that is lacking
    course = Course.ON if short <= 0 else Course.NEAR if short <= NEAR else Course.FAR
    return Standing(course, newest, expected, _share(start, actual, target))


def _meets(actual: Decimal, target: Decimal, direction: Direction | None) -> bool:
    if direction is Direction.AT_LEAST:
        return actual >= target
    if direction is Direction.AT_MOST:
        return actual <= target
    return actual == target


def _share(start: Decimal, actual: Decimal, target: Decimal) -> Decimal:
    return min(max((actual - start) / (target - start), Decimal(0)), Decimal(1))


def _expected(indicator: Indicator, term: Term, year: int) -> Decimal | None:
    """Where the value would be, were every month a like step from the start to the target; None without a start.

    It starts when the baseline was taken, else when the plan does, and ends at the target's date, else with the plan.
    """
    start, target = indicator.baseline, indicator.target
    if isinstance(start, str) or target is None:
        return None
    first = indicator.baseline_date.last if indicator.baseline_date else last_month(term.first - 1)
    last = indicator.target_date.last if indicator.target_date else last_month(term.last)
    if last <= first:
        return target
    done = min(max(Decimal(last_month(year) - first) / (last - first), Decimal(0)), Decimal(1))
    return start + (target - start) * done
