"""The plan in, the measures that come first out, with all that each takes."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TableSection
from pipeline.fields.kind import NONE, OPEN
from pipeline.parts.context import Context
from pipeline.parts.glance.room import rows_of
from pipeline.parts.money import MONEY, WORK, total_of
from pipeline.parts.phrases import label, link, sign_node, text
from pipeline.text.typography import number, typeset_line
from schema.entities import Measure
from schema.time import Period
from schema.vocabulary import Priority

LEAST_MEASURES: Final = 5
MOST_MEASURES: Final = 24
MOST_NAMED: Final = 8  # of those that there is no room for
_TITLE_LINE: Final = 44  # characters
_LEAD_LINE: Final = 16
_EURO_LINE: Final = 13
_WORK_LINE: Final = 15
_LEAD_WORDS_LINE: Final = 12  # the same of several words, which leave ends of lines free


def first_measures(context: Context, room: float) -> TableSection | None:
    """The measures of high priority by their first deadline; where none has a priority, those that begin first.

    `room`: how many lines there are for them.
    """
    measures = context.plan.active_measures
    high = [measure for measure in measures if measure.priority is Priority.HIGH]
    ordered = sorted(high or measures, key=_first_month)
    if not ordered:
        return None
    money = any(map(_money, ordered))
    work = any(map(_work, ordered))
    columns = (
        Column("Nr.", 15),
        Column("Maßnahme", 111 - 21 * money - 26 * work),
        Column(label(Measure, "leads"), 25),
        Column("Erste Frist", 17),
        *((Column("Euro", 21, align="right"),) if money else ()),
        *((Column("Arbeit", 26, align="right"),) if work else ()),
    )
    heights = (
        rows_of(
            max(
                len(measure.title) / _TITLE_LINE,
                _lines_of_lead(context.lead_text(measure)),
                len(_money(measure)) / _EURO_LINE,
                len(_work(measure)) / _WORK_LINE,
            )
        )
        for measure in ordered
    )
    most = min(max(sum(height <= room for height in accumulate(heights)), LEAST_MEASURES), MOST_MEASURES)
    rows = tuple(_measure_row(context, measure, money=money, work=work) for measure in ordered[:most])
    left = [measure.number for measure in ordered[most:]]
    note = f"Ebenso {', '.join(left)}." if len(left) <= MOST_NAMED else f"{len(left)} weitere in den Handlungsfeldern."
    note = note if left else ""
    heading = "Maßnahmen mit hoher Priorität, nach erster Frist" if high else "Womit begonnen wird"
    return TableSection(heading, Table(columns, (RowGroup(rows),)), typeset_line(note))


def _lines_of_lead(lead: str) -> float:
    return len(lead) / (_LEAD_WORDS_LINE if " " in lead else _LEAD_LINE)


def _first_due(measure: Measure) -> Period | None:
    dues = [milestone.ahead for milestone in measure.milestones if milestone.ahead]
    return min(dues, key=lambda due: (due.last, due.first)) if dues else measure.last


def _first_month(measure: Measure) -> tuple[bool, int, int]:
    due = _first_due(measure)
    return (due is None, due.last if due else 0, measure.span.start.first if measure.span else 0)


def _measure_row(context: Context, measure: Measure, *, money: bool, work: bool) -> Row:
    due = _first_due(measure)
    lead = context.lead_text(measure)
    amounts = ([_money(measure)] if money else []) + ([_work(measure)] if work else [])
    return Row(
        (
            Cell((link(measure.id, measure.number), text(" "), *sign_node(context.measure_sign(measure))), header=True),
            Cell((text(measure.title),)),
            Cell((link(measure.lead, lead) if measure.lead else text(lead),)),
            Cell((text(due.label if due else OPEN),)),
            *(Cell((text(said or NONE),)) for said in amounts),
        )
    )


def _money(measure: Measure) -> str:
    """`12.000`, `4.000/Jahr`, `12.000 + 4.000/Jahr`; words where no amount is known."""
    once, yearly = (total_of([measure], *kind) for kind in MONEY)
    return " + ".join([number(once)] * bool(once) + [f"{number(yearly)}/Jahr"] * bool(yearly)) or _in_words(measure)


def _work(measure: Measure) -> str:
    """`60 Tage/Jahr`, `40 Tage`, `0,5 Stellen`, several with a plus between."""
    yearly, once, posts = (total_of([measure], *kind) for kind in WORK)
    shown = [f"{number(yearly)} Tage/Jahr"] * bool(yearly) + [f"{number(once)} Tage"] * bool(once)
    return " + ".join([*shown, *[f"{number(posts)} Stellen"] * bool(posts)])


def _in_words(measure: Measure) -> str:
    return "in Worten" if any(item.text for item in measure.effort) else ""
