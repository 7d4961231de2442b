"""A plan and what was resolved of it in, out what became of every milestone that was due by the end of a year.

What was resolved is the measure: a milestone is due when the resolution said so, whatever its date is by now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schema.entities import Measure
from schema.plan import Plan
from schema.time import Period
from schema.values import Milestone
from schema.vocabulary import MilestoneResult, Vocabulary

_MONTHS = 12


class Fate(Vocabulary):
    """What became of a milestone that was due."""

    REACHED = "erreicht", "erreicht"
    POSTPONED = "verschoben", "verschoben"
    DROPPED = "entfallen", "entfallen"
    MISSING = "ohne_meldung", "ohne Meldung"


_FATES = {
    MilestoneResult.REACHED: Fate.REACHED,
    MilestoneResult.POSTPONED: Fate.POSTPONED,
    MilestoneResult.DROPPED: Fate.DROPPED,
    None: Fate.MISSING,
}
_GONE = "steht nicht mehr im Plan"


@dataclass(frozen=True)
class Due:
    """A milestone: when it was to be reached by the resolution, what became of it, as what the plan has it now.

    `measure` is today's, that of the resolution where the plan has it no more; `now` is None where it has the milestone
    no more.
    """

    measure: Measure
    title: str
    resolved: Period
    fate: Fate
    now: Milestone | None
    remark: str = ""

    @property
    def moved(self) -> bool:
        """Whether its date was changed without saying that it is postponed."""
        return self.now is not None and self.now.due != self.resolved


def last_month(year: int) -> int:
    """The last month of a year, as periods count them."""
    return year * _MONTHS + _MONTHS - 1


def due_by(plan: Plan, resolved: Plan | None, year: int) -> tuple[Due, ...]:
    """Every milestone that was due by the end of the year, by measure as in the plan, then by date.

    Of a year that is not over at the plan's date only those that were due by then.
    """
    today = plan.meta.date.year * _MONTHS + plan.meta.date.month - 1
    return tuple(due for due in _all(plan, resolved) if due.resolved.last <= min(last_month(year), today))


def _all(plan: Plan, resolved: Plan | None) -> Iterator[Due]:
    before = {measure.id: measure for measure in resolved.active_measures} if resolved else {}
    for measure in plan.measures:
        was = before.pop(measure.id, None)
        if measure.active or was:
            yield from sorted(_of(measure, was), key=_by_date)
    for gone in before.values():
        yield from (Due(gone, item.title, item.due, Fate.DROPPED, None, _GONE) for item in gone.milestones)


def _of(measure: Measure, was: Measure | None) -> Iterator[Due]:
    """The milestones of a measure. The same one has the same title, else the same date and no other's title."""
    left = list(was.milestones) if was else []
    pairs = [(item, _taken(left, [one for one in left if one.title == item.title])) for item in measure.milestones]
    for place, (item, known) in enumerate(pairs):
        if known is None:
            pairs[place] = (item, _taken(left, [one for one in left if one.due == item.due]))
    for item, known in pairs:
        fate, remark = _FATES[item.result], item.remark
        if fate is Fate.MISSING and not measure.active:
            fate, remark = Fate.DROPPED, f"Die Maßnahme ist {measure.status.label}."
        yield Due(measure, item.title, known.due if known else item.due, fate, item, remark)
    for gone in left:
        yield Due(measure, gone.title, gone.due, Fate.DROPPED, None, _GONE)


def _taken(left: list[Milestone], fitting: Sequence[Milestone]) -> Milestone | None:
    if not fitting:
        return None
    left.remove(fitting[0])
    return fitting[0]


def _by_date(due: Due) -> tuple[int, int]:
    return (due.resolved.last, due.resolved.first)
