"""A year of the plan in, its milestones out: late and dropped, without a word, reached, and those ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TableSection
from pipeline.fields.dates import short_day
from pipeline.fields.kind import NONE
from pipeline.parts.phrases import joined, link, strong, text
from pipeline.parts.reporting.due import Due, Fate
from pipeline.parts.reporting.year import Year
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import Measure
from schema.time import Period
from schema.values import Milestone
from schema.vocabulary import MilestoneResult

_OWED: Final = typeset_line(
    "Zu jedem fälligen Meilenstein gehört ein Ergebnis. „neuer Termin“ nennt einen, auf den er verschoben war und der "
    "ebenfalls vorbei ist, oder der seit dem Beschluss geändert ist, ohne dass der Meilenstein verschoben heißt."
)


def late(of_plan: Year) -> Iterator[TableSection]:
    """What was postponed, reached too late or dropped, why and what follows."""
    heads = (("beschlossen", 20), ("Meilenstein", 56), ("Stand", 20), ("neuer Termin", 22), ("Grund und Folge", 50))
    items = [item for item in of_plan.due if item.fate in (Fate.LATER, Fate.POSTPONED, Fate.DROPPED)]
    yield from _told(
        "Verspätet und entfallen",
        heads,
        items,
        lambda item: (item.fate.label, _new_date(item), item.remark or NONE),
        of_plan,
    )


def _new_date(item: Due) -> str:
    """When it was reached, or will be; nothing of what was dropped."""
    if item.fate is Fate.LATER and item.now is not None and item.now.result_date:
        return short_day(item.now.result_date)
    return _when(item.new) if item.fate is Fate.POSTPONED else NONE


def missing(of_plan: Year) -> Iterator[TableSection]:
    """What was due and of which nobody has said anything, and who has to."""
    heads = (("beschlossen", 20), ("Meilenstein", 84), ("neuer Termin", 22), ("Wer es sagen muss", 42))
    items = [item for item in of_plan.due if item.fate is Fate.MISSING]
    lead = of_plan.context.lead_text
    yield from _told("Ohne Meldung", heads, items, lambda item: (_when(item.new), lead(item.measure)), of_plan, _OWED)


def _told(
    heading: str,
    heads: Sequence[tuple[str, float]],
    items: Sequence[Due],
    rest: Callable[[Due], tuple[str, ...]],
    of_plan: Year,
    note: str = "",
) -> Iterator[TableSection]:
    """A row a milestone, in the order of the resolved dates; none where there is nothing to tell."""
    if not items:
        return
    rows = tuple(
        Row(
            (
                Cell((text(item.resolved.label),), header=True),
                Cell(_named(of_plan, item.measure, item.title)),
                *(Cell((text(words),)) for words in rest(item)),
            )
        )
        for item in sorted(items, key=lambda item: (item.resolved.last, item.resolved.first))
    )
    columns = tuple(Column(head, width) for head, width in heads)
    yield TableSection(heading, Table(columns, (RowGroup(rows),)), note)


def _when(due: Period | None) -> str:
    return due.label if due else NONE


def reached(of_plan: Year) -> Iterator[TableSection]:
    """What was reached in the year, were it early or late."""
    year = of_plan.year
    dated = [
        (item.due, measure, item.title)
        for measure in of_plan.context.plan.measures
        for item in measure.milestones
        if item.result is MilestoneResult.REACHED and _reached_in(item) == year
    ]
    yield from _by_date(of_plan, f"Erreicht im Jahr {year}", dated)


def _reached_in(item: Milestone) -> int:
    """The year in which its result was known, else in which it was due."""
    return item.result_date.year if item.result_date else item.when.year


def ahead(of_plan: Year) -> Iterator[TableSection]:
    """What is to be expected in the year that follows."""
    following = of_plan.year + 1
    dated = [
        (item.ahead, measure, item.title)
        for measure in of_plan.context.plan.active_measures
        for item in measure.milestones
        if item.ahead and item.ahead.year == following
    ]
    yield from _by_date(of_plan, f"Was {following} ansteht", dated)


def _by_date(of_plan: Year, heading: str, dated: Sequence[tuple[Period, Measure, str]]) -> Iterator[TableSection]:
    """A row a date, all that belongs to it one after the other; none where there is nothing."""
    if not dated:
        return
    columns = (Column("Termin", 24), Column("Meilensteine", 144))
    dues = sorted({due for due, _, _ in dated}, key=lambda due: (due.last, due.first))
    rows = tuple(
        Row(
            (
                Cell((text(due.label),), header=True),
                Cell(joined([_named(of_plan, measure, title) for of, measure, title in dated if of == due], "; ")),
            )
        )
        for due in dues
    )
    yield TableSection(typeset_line(heading), Table(columns, (RowGroup(rows),)))


def _named(of_plan: Year, measure: Measure, title: str) -> Inline:
    """With a way to its measure, where that has a sheet."""
    today = of_plan.context.plan.measure_by_id.get(measure.id)
    known = today is not None and (today.active or today.deferred)
    number = Node("strong", children=(link(measure.id, measure.number),)) if known else strong(measure.number)
    return (number, text(f"{NBSP}{title}"))
