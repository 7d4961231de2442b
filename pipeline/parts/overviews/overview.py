"""The plan in, the plan on one page out: every goal with what it is measured by and how many measures work for it."""

from __future__ import annotations

from pipeline.document.model import Overview, OverviewField, OverviewGoal
from pipeline.fields.indicator_row import target_value
from pipeline.parts.context import Context
from pipeline.text.typography import number, typeset_line
from schema.entities import FieldOfAction, Goal
from schema.plan import Plan
from schema.values import Indicator
from schema.vocabulary import PartName

_NOTE = "Jedes Zeichen steht für eine Maßnahme; Form und Buchstabe nennen den Strang, der sie verantwortet."
_FURTHER_NOTE = " „Dazu“ zählt Maßnahmen, die unter einem anderen Ziel stehen und auch diesem dienen."


def overview(context: Context) -> Overview:
    """The plan on one page."""
    plan = context.plan
    totals = tuple(
        sum(plan.strand_of[measure.id] == strand.id for measure in plan.active_measures) for strand in plan.meta.strands
    )
    count = len(plan.active_measures)
    by_strand = ", ".join(f"{total} {sign.name}" for total, sign in zip(totals, context.signs, strict=True))
    return Overview(
        anchor=PartName.OVERVIEW.value,
        title=PartName.OVERVIEW.label,
        lead=typeset_line(
            f"{_count(len(plan.fields), 'Handlungsfeld', 'Handlungsfelder')}, "
            f"{_count(len(plan.goals), 'Ziel', 'Ziele')}, "
            f"{_count(count, 'Maßnahme', 'Maßnahmen')}: {by_strand}."
        ),
        labels=("Handlungsfeld", "Ziel", "Kurztitel und Messgröße"),
        where_label="Seite",
        signs=context.signs,
        fields=tuple(_field(plan, item) for item in plan.fields),
        total_label="Gesamt",
        total_goals=str(len(plan.goals)),
        total_text=typeset_line(f"Ziele mit {_count(count, 'Maßnahme', 'Maßnahmen')}"),
        totals=totals,
        note=_NOTE + _FURTHER_NOTE if any(item.further_goals for item in plan.active_measures) else _NOTE,
    )


def _count(value: int, one: str, many: str) -> str:
    return f"{value} {one if value == 1 else many}"


def _field(plan: Plan, item: FieldOfAction) -> OverviewField:
    goals = tuple(_goal(plan, goal) for goal in plan.goals_of(item.number))
    return OverviewField(str(item.number), typeset_line(item.title), f"#{item.anchor}", goals)


def _goal(plan: Plan, goal: Goal) -> OverviewGoal:
    measures = plan.measures_of(goal.id)
    counts = tuple(sum(plan.strand_of[item.id] == strand.id for item in measures) for strand in plan.meta.strands)
    measured = measure_line(goal.indicators[0]) if goal.indicators else "Indikator noch festzulegen"
    if len(goal.indicators) > 1:
        more = _count(len(goal.indicators) - 1, "weiterer Indikator", "weitere Indikatoren")
        measured += typeset_line(f" (und {more})")
    further = sum(goal.id in item.further_goals for item in plan.active_measures)
    if further:  # without a mark: each measure has one, at the goal under which it stands
        measured += typeset_line(f"; dazu {_count(further, 'Maßnahme', 'Maßnahmen')}")
    return OverviewGoal(goal.number, f"#{goal.id}", typeset_line(goal.short_title), measured, counts)


def measure_line(indicator: Indicator) -> str:
    """`von 10 auf höchstens 3 Tage bis Q4 2028`, as far as it is known; the name stands on the goal's sheet."""
    start = "" if isinstance(indicator.baseline, str) else f"von {number(indicator.baseline)} auf "
    target = f"{start}{target_value(indicator)}" if indicator.target is not None else "Zielwert noch festzulegen"
    until = f" bis {indicator.target_date.label}" if indicator.target_date else ""
    return typeset_line(f"{target}{until}")
