"""What was resolved and what the plan says by now in, what became of each milestone, indicator and Euro out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.content.read import read
from pipeline.parts.context import Context
from pipeline.parts.reporting.by_field import by_field, gone, money
from pipeline.parts.reporting.course import Course
from pipeline.parts.reporting.due import Due, Fate, due_by
from pipeline.parts.reporting.milestones import missing, reached
from pipeline.parts.reporting.summary import summary
from pipeline.parts.reporting.year import Year
from schema.edition import edition_order
from schema.entities import Goal
from schema.plan import Plan
from schema.time import parse_moment
from schema.values import Indicator, Milestone, Spending
from schema.vocabulary import MeasureStatus
from tests.loading import load
from tests.reported_year import SMALL


@pytest.fixture(scope="module")
def plan() -> Plan:
    plan = load(SMALL).plan
    return replace(plan, meta=plan.meta.model_copy(update={"date": date(2029, 1, 20)}))


def with_measure(plan: Plan, identifier: str, **values: Any) -> Plan:
    measures = [item.model_copy(update=values) if item.id == identifier else item for item in plan.measures]
    return replace(plan, measures=tuple(measures))


def milestones(*lines: str) -> tuple[Milestone, ...]:
    """`2027 Titel`, `2027 Titel verschoben 2028`, `2027 Titel erreicht 2028-01-02`."""
    found = []
    for line in lines:
        due, title, *said = line.split(" ")
        further = "datum" if said[:1] == ["erreicht"] else "neuer_termin"
        result = {"ergebnis": said[0], **({further: said[1]} if said[1:] else {})} if said else {}
        found.append(Milestone.model_validate({"termin": due, "titel": title, **result}))
    return tuple(found)


def fates(plan: Plan, before: Sequence[str], now: Sequence[str], year: int) -> list[tuple[str, str, Fate]]:
    was, is_now = (with_measure(plan, "M1.1.2", milestones=milestones(*lines)) for lines in (before, now))
    due: Sequence[Due] = [item for item in due_by(is_now, was, year) if item.measure.id == "M1.1.2"]
    return [(item.title, item.resolved.label, item.fate) for item in due]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (["2027 Bericht"], ["2027 Bericht"], [("Bericht", "2027", Fate.MISSING)]),
        (["2027 Bericht"], ["2029 Bericht"], [("Bericht", "2027", Fate.MISSING)]),  # moved without a word
        (["2027 Bericht"], ["2027 Protokoll erreicht"], [("Protokoll", "2027", Fate.REACHED)]),
        (["2027 Bericht"], [], [("Bericht", "2027", Fate.DROPPED)]),
        ([], ["2027 Bericht"], [("Bericht", "2027", Fate.MISSING)]),
        # The first of three alike is taken out; the others stay what they are.
        (
            ["2027 Bericht", "2028 Bericht", "2029 Bericht"],
            ["2028 Bericht erreicht", "2029 Bericht"],
            [("Bericht", "2027", Fate.DROPPED), ("Bericht", "2028", Fate.REACHED)],
        ),
        (["2027 Bericht"], ["2027 Bericht verschoben 2029"], [("Bericht", "2027", Fate.POSTPONED)]),
        (["2027 Bericht"], ["2027 Bericht erreicht 2029-01-04"], [("Bericht", "2027", Fate.LATER)]),
        (["2027 Bericht"], ["2027 Bericht erreicht 2028-12-31"], [("Bericht", "2027", Fate.REACHED)]),
        # The new date is over, too.
        (["2027 Bericht"], ["2027 Bericht verschoben 2028"], [("Bericht", "2027", Fate.MISSING)]),
    ],
)
def test_what_became_of_a_milestone(
    plan: Plan, before: list[str], now: list[str], expected: list[tuple[str, str, Fate]]
) -> None:
    assert fates(plan, before, now, 2028) == expected


def of_year(now: Plan, was: Plan, year: int) -> Year:
    context = Context(now, read(SMALL).digest, ())
    return Year(context, year, was, due_by(now, was, year))


def rows(sections: Any) -> list[list[str]]:
    return [
        [cell.plain().replace("\u00a0", " ") for cell in row.cells]
        for section in sections
        for row in section.table.rows()
    ]


def test_a_postponed_milestone_whose_new_date_is_over_is_owed(plan: Plan) -> None:
    now = with_measure(plan, "M1.1.2", milestones=milestones("2027 Bericht verschoben 2028"))
    was = with_measure(plan, "M1.1.2", milestones=milestones("2027 Bericht"))
    owed = [row for row in rows(missing(of_year(now, was, 2028))) if "Bericht" in row[1]]
    assert owed == [["2027", "1.1.2 Bericht", "2028", "Gewerbering"]]


def test_why_a_milestone_was_given_up_is_told(plan: Plan) -> None:
    replaced = with_measure(plan, "M1.1.2", replaced_by="M1.1.1", status=MeasureStatus.RUNNING)
    merged = with_measure(plan, "M1.1.2", merged_with="M1.1.1")
    deferred = with_measure(plan, "M1.1.2", status=MeasureStatus.DEFERRED)
    for now, told in (
        (replaced, "Die Maßnahme ist ersetzt durch 1.1.1."),
        (merged, "Die Maßnahme ist vereinigt mit 1.1.1."),
        (deferred, "Die Maßnahme ist zurückgestellt."),
    ):
        assert [item.remark for item in due_by(now, plan, 2027) if item.measure.id == "M1.1.2"] == [told]


def test_a_postponed_milestone_of_a_measure_that_was_given_up_is_dropped(plan: Plan) -> None:
    now = with_measure(
        plan, "M1.1.2", milestones=milestones("2027 Bericht verschoben 2028"), status=MeasureStatus.DEFERRED
    )
    was = with_measure(plan, "M1.1.2", milestones=milestones("2027 Bericht"))
    assert [item.fate for item in due_by(now, was, 2028) if item.measure.id == "M1.1.2"] == [Fate.DROPPED]


def test_what_was_due_in_a_goal_that_is_gone_counts_in_its_field(plan: Plan) -> None:
    now = replace(
        plan,
        goals=tuple(item for item in plan.goals if item.id != "Z1.1"),
        measures=tuple(item for item in plan.measures if item.goal != "Z1.1"),
    )
    of_plan = of_year(now, plan, 2028)
    assert sum(len(of_plan.due_in(item.number)) for item in plan.fields) == len(of_plan.due)


def test_an_indicator_in_another_unit_is_another_one(plan: Plan) -> None:
    first = goal(plan).indicators[0]
    found = of_year(with_indicators(plan, first.model_copy(update={"unit": "Quadratmeter"})), plan, 2027).indicators()
    ours = [item for item in found if item.goal is not None and item.goal.id == "Z1.1"]
    assert [item.at.course is Course.GONE for item in ours][:2] == [False, True]


def test_of_a_year_that_is_not_over_nothing_is_said_until_its_end(plan: Plan) -> None:
    today = replace(plan, meta=plan.meta.model_copy(update={"date": date(2027, 6, 10)}))
    assert of_year(today, plan, 2027).end == "zum 10.\u00a0Juni 2027"
    assert of_year(plan, plan, 2027).end == "Ende 2027"


def test_what_there_is_none_of_is_not_counted(plan: Plan) -> None:
    bare = replace(plan, goals=tuple(item.model_copy(update={"indicators": ()}) for item in plan.goals), measures=())
    (figures, *_) = summary(of_year(bare, bare, 2027))
    assert figures.figures[0].words == "Meilensteine waren fällig"
    assert not any("Indikatoren" in item.words for item in figures.figures)


def test_reached_early_or_late_it_counts_in_the_year_of_its_result(plan: Plan) -> None:
    late = Milestone.model_validate({"termin": "2027", "titel": "Spät", "ergebnis": "erreicht", "datum": "2028-02-01"})
    early = Milestone.model_validate({"termin": "2029", "titel": "Früh", "ergebnis": "erreicht", "datum": "2028-05-01"})
    now = with_measure(plan, "M1.1.2", milestones=(late, early))
    assert rows(reached(of_year(now, plan, 2028))) == [["2027", "1.1.2 Spät"], ["2029", "1.1.2 Früh"]]
    assert rows(reached(of_year(now, plan, 2027))) == []


def goal(plan: Plan) -> Goal:
    (found,) = (item for item in plan.goals if item.id == "Z1.1")
    return found


def with_indicators(plan: Plan, *indicators: Indicator) -> Plan:
    changed = goal(plan).model_copy(update={"indicators": indicators})
    return replace(plan, goals=tuple(changed if item.id == changed.id else item for item in plan.goals))


def test_money_and_targets_are_those_of_the_resolution(plan: Plan) -> None:
    dearer = plan.measure_by_id["M1.1.2"].effort[0].model_copy(update={"amount": Decimal(9000)})
    now = with_measure(plan, "M1.1.2", effort=(dearer,))
    assert rows(money(of_year(now, plan, 2027)))[0] == rows(money(of_year(plan, plan, 2027)))[0]
    before = goal(plan)
    first, *others = before.indicators
    easier = first.model_copy(update={"target": Decimal(17)})
    named = first.model_copy(update={"name": "Läden"})
    for indicator, targets in ((easier, [first.target]), (named, [named.target, first.target])):
        found = list(of_year(with_indicators(plan, indicator), plan, 2027).indicators())
        ours = [item for item in found if item.goal is not None and item.goal.id == "Z1.1"]
        assert [item.indicator.target for item in ours][: len(targets)] == targets
        assert [item.at.course for item in ours[1:]] == [Course.GONE] * (len(targets) - 1 + len(others))


def test_a_baseline_that_was_open_is_the_one_that_was_measured_since(plan: Plan) -> None:
    first = goal(plan).indicators[0]
    was = with_indicators(plan, first.model_copy(update={"baseline": "noch zu erheben"}))
    found = next(item for item in of_year(plan, was, 2027).indicators() if item.goal and item.goal.id == "Z1.1")
    assert found.indicator.baseline == first.baseline


def test_a_measure_that_is_gone_is_named(plan: Plan) -> None:
    now = replace(plan, measures=tuple(item for item in plan.measures if item.id != "M3.2.2"))
    assert rows(gone(of_year(now, plan, 2027))) == [["3.2.2", "Verbrauch monatlich ablesen"]]
    assert rows(gone(of_year(plan, plan, 2027))) == []


def test_what_is_spent_counts_whatever_became_of_the_measure(plan: Plan) -> None:
    spent = (Spending.model_validate({"jahr": 2027, "euro": 500}),)
    now = with_measure(plan, "M2.1.3", spent=spent)  # deferred
    assert now.measure_by_id["M2.1.3"].deferred
    assert rows(money(of_year(now, plan, 2027)))[1][1] == "500"
    (row,) = (row for row in rows(by_field(of_year(now, plan, 2027))) if row[0].startswith("2 "))
    assert row[5] == "500"


def test_a_decision_that_comes_every_year_is_told_every_year(plan: Plan) -> None:
    """The small plan's report to the council is for notice; what is for decision every year comes every year."""
    (report, *others) = plan.meta.reports
    deciding = type(report).model_validate(
        {"gremium": "rat", "titel": "Haushalt", "termin": "Q1 2028", "wiederkehr": "jaehrlich", "art": "entscheidung"}
    )
    now = replace(plan, meta=plan.meta.model_copy(update={"reports": (deciding, *others)}))
    for year in (2027, 2028, 2029):
        sections = [item for item in summary(of_year(now, plan, year)) if item.heading == "Was zu entscheiden ist"]
        assert any(row[0] == f"Q1 {year + 1}" and row[1].endswith("Haushalt") for row in rows(sections)), year


def test_the_years_of_a_long_plan_have_the_reported_one_among_them(plan: Plan) -> None:
    term = plan.meta.term.model_copy(update={"last": 2038})
    long = replace(plan, meta=plan.meta.model_copy(update={"term": term}))
    (section,) = money(of_year(long, long, 2036))
    assert section.table is not None
    heads = [column.label for column in section.table.columns]
    assert heads == ["Euro", "bis 2030", "2031", "2032", "2033", "2034", "2035", "2036", "2037"]
    (first,) = money(of_year(long, long, 2027))
    assert first.table is not None
    assert [column.label for column in first.table.columns][1:] == [str(year) for year in range(2027, 2035)]


def test_of_two_moments_the_later_one_is_known() -> None:
    said = ["2027", "Q4 2027", "2027-12", "2027-12-01", "2027-12-31", "2028-01"]
    moments = [parse_moment(item) for item in reversed(said)]
    assert sorted(moments, key=lambda item: item.order) == moments[::-1]


def test_editions_are_ordered_by_their_numbers() -> None:
    assert sorted(["1.10", "0.2", "1.9", "1"], key=edition_order) == ["0.2", "1", "1.9", "1.10"]
