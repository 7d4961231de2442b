"""A plan and what was resolved of it in, out what became of every milestone that was due by the end of a year.

What was resolved is the measure: a milestone is due when the resolution said so, whatever its date is by now. One
that was postponed and whose new date is over, too, has to be reported once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from schema.entities import Measure
from schema.plan import Plan
from schema.time import Period
from schema.values import Milestone
from schema.vocabulary import MilestoneResult, Vocabulary

_MONTHS = 12


class Fate(Vocabulary):
    """What became of a milestone that was due."""

    REACHED = "erreicht", "erreicht"
    LATER = "spaeter", "später erreicht"
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
    def new(self) -> Period | None:
        """The date that it has instead by now, be it that it was postponed or that its date was changed."""
        return self.now.when if self.now is not None and self.now.when != self.resolved else None


def last_month(year: int) -> int:
    """The last month of a year, as periods count them."""
    return year * _MONTHS + _MONTHS - 1


def due_by(plan: Plan, resolved: Plan | None, year: int) -> tuple[Due, ...]:
    """Every milestone that was due by the end of the year, by measure as in the plan, then by date.

    Of a year that is not over at the plan's date only those that were due by then.
    """
    until = min(last_month(year), plan.meta.date.year * _MONTHS + plan.meta.date.month - 1)
    return tuple(_by_then(due, until) for due in _all(plan, resolved) if due.resolved.last <= until)


def _by_then(due: Due, until: int) -> Due:
    """As it was by then: a new date says what became of a milestone only while it is ahead, and what was reached after
    the end of a year was not reached by it.
    """
    if due.fate is Fate.POSTPONED and due.now is not None and due.now.when.last <= until:
        return replace(due, fate=Fate.MISSING)
    day = due.now.result_date if due.now is not None else None
    later = day is not None and day.year * _MONTHS + day.month - 1 > until
    return replace(due, fate=Fate.LATER) if later and due.fate is Fate.REACHED else due


def _all(plan: Plan, resolved: Plan | None) -> Iterator[Due]:
    before = {measure.id: measure for measure in resolved.active_measures} if resolved else {}
    for measure in plan.measures:
        was = before.pop(measure.id, None)
        if measure.active or was:
            yield from sorted(_of(measure, was), key=_by_date)
    for gone in before.values():
        yield from (Due(gone, item.title, item.due, Fate.DROPPED, None, _GONE) for item in gone.milestones)


def _of(measure: Measure, was: Measure | None) -> Iterator[Due]:
    """The milestones of a measure: the same one has the same title and date, else its title, else its date.

    Of „Bericht liegt vor“ in 2027, 2028 and 2029, the first of which is taken out, the others stay what they are.
    """
    left = list(was.milestones) if was else []
    known: dict[int, Milestone] = {}
    for same in _SAME:
        for place, item in enumerate(measure.milestones):
            found = next((one for one in left if place not in known and same(one, item)), None)
            if found is not None:
                known[place] = found
                left.remove(found)
    for place, item in enumerate(measure.milestones):
        fate, remark = _FATES[item.result], item.remark
        if fate in (Fate.MISSING, Fate.POSTPONED) and not measure.active:
            fate, remark = Fate.DROPPED, remark or _given_up(measure)
        yield Due(measure, item.title, known[place].due if place in known else item.due, fate, item, remark)
    for gone in left:
        yield Due(measure, gone.title, gone.due, Fate.DROPPED, None, _GONE)


_SAME: Sequence[Callable[[Milestone, Milestone], bool]] = (
    lambda one, other: (one.title, one.due) == (other.title, other.due),
    lambda one, other: one.title == other.title,
    lambda one, other: one.due == other.due,
)


def _given_up(measure: Measure) -> str:
    for instead, what in ((measure.replaced_by, "ersetzt durch"), (measure.merged_with, "vereinigt mit")):
        if instead:
            return f"Die Maßnahme ist {what} {instead[1:]}."
    return f"Die Maßnahme ist {measure.status.label}."


def _by_date(due: Due) -> tuple[int, int]:
    return (due.resolved.last, due.resolved.first)
