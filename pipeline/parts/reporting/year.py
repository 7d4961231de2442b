"""A plan at the end of a year beside what was resolved of it: what was due, what was spent, what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.fields.dates import day
from pipeline.parts.context import Context
from pipeline.parts.money import euro_in
from pipeline.parts.reporting.course import Course, Standing, standing
from pipeline.parts.reporting.due import Due, Fate
from schema.entities import Goal, Measure
from schema.plan import Plan
from schema.values import Indicator

_DECEMBER = 12


@dataclass(frozen=True)
class Measured:
    """An indicator with the target that was resolved, and how it stands; `goal` is None where the plan has neither."""

    goal: Goal | None
    indicator: Indicator
    at: Standing


@dataclass(frozen=True)
class Year:
    """A plan at the end of a year, the plan that was resolved, and every milestone that was due by then.

    Where nothing was resolved, `resolved` is the plan itself.
    """

    context: Context
    year: int
    resolved: Plan
    due: tuple[Due, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Those of the plan until this one."""
        return tuple(year for year in self.context.axis.years if year <= self.year)

    def spent(self, measures: Sequence[Measure], years: Sequence[int]) -> Decimal:
        """Euro that measures of today have cost in some years, whatever became of them."""
        items = (item for measure in measures for item in measure.spent if item.year in years)
        return sum((item.amount for item in items), Decimal(0))

    def planned(self, measures: Sequence[Measure], years: Sequence[int]) -> Decimal:
        """Euro that were meant for measures of the resolution in some years."""
        return sum((euro_in(measure, year) for measure in measures for year in years), Decimal(0))

    def due_in(self, field: int) -> list[Due]:
        """What was due in a field of action."""
        return [item for item in self.due if self.field_of(item.measure) == field]

    @property
    def end(self) -> str:
        """Until when: `Ende 2027`; of a year that is not over by the plan's date `zum 10. Juni 2027`."""
        date = self.context.plan.meta.date
        return f"zum {day(date)}" if date.year == self.year and date.month < _DECEMBER else f"Ende {self.year}"

    def field_of(self, measure: Measure) -> int:
        """The number of a measure's field of action, that of the resolution where the plan has its goal no more."""
        goal = self.context.plan.goal_by_id.get(measure.goal) or self.resolved.goal_by_id.get(measure.goal)
        return goal.field if goal else 0

    def gone(self) -> tuple[Measure, ...]:
        """Measures that were resolved and that the plan has no more."""
        return tuple(item for item in self.resolved.active_measures if item.id not in self.context.plan.measure_by_id)

    def indicators(self) -> Iterator[Measured]:
        """All of them, goal by goal, each against the target that was resolved; then those that the plan has no more.

        The same one has the same name and unit within its goal: 30 minutes are not to be held against 1,500 seconds.
        """
        gone: list[Measured] = []
        left = {goal.id: list(goal.indicators) for goal in self.resolved.goals}
        for goal in self.context.plan.goals:
            of_goal = left.pop(goal.id, [])
            for item in goal.indicators:
                was = next((one for one in of_goal if (one.name, one.unit) == (item.name, item.unit)), None)
                if was is not None:
                    of_goal.remove(was)
                held = _as_resolved(item, was or item)
                yield Measured(goal, held, standing(held, self.resolved.meta.term, self.year))
            gone += [Measured(goal, item, Standing(Course.GONE)) for item in of_goal]
        gone += [Measured(None, item, Standing(Course.GONE)) for of_goal in left.values() for item in of_goal]
        yield from gone


def _as_resolved(today: Indicator, was: Indicator) -> Indicator:
    """With the target that was resolved; a baseline that was open then is the one that was measured since."""
    since = {"baseline", "baseline_date"} if isinstance(was.baseline, str) else set()
    return was.model_copy(update={name: getattr(today, name) for name in {"actuals", *since}})


def told(due: Sequence[Due]) -> str:
    """`2 erreicht, 1 verschoben`."""
    counts = ((sum(item.fate is fate for item in due), fate.label) for fate in Fate)
    return ", ".join(f"{count} {label}" for count, label in counts if count)


def milestones_due(count: int) -> str:
    """What follows `von 5` or `von 1`."""
    return "fälligem Meilenstein" if count == 1 else "fälligen Meilensteinen"
