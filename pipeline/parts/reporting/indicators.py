"""A year of the plan in, its indicators out: what was measured against where a straight way would have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pipeline.document.model import Cell, Column, PlotPart, Row, RowGroup, Table, TableSection
from pipeline.fields.indicator_row import target_value
from pipeline.fields.kind import NONE
from pipeline.parts.phrases import label, link, muted, strong, text
from pipeline.parts.reporting.course import Course
from pipeline.parts.reporting.year import Measured, Year
from pipeline.text.nodes import Inline
from pipeline.text.typography import NBSP, number, typeset_line
from schema.values import Indicator

_ORDER: Final = (
    Course.GONE,  # that it was resolved stands nowhere else
    Course.FAR,
    Course.NEAR,
    Course.UNKNOWN,
    Course.NOT_MEASURED,
    Course.NO_TARGET,
    Course.ON,
)
MOST: Final = 12
"""Of more the worst are shown here, and all with their goals."""


def indicators(of_plan: Year) -> Iterator[TableSection]:
    """The table of them, with what is meant by its words below."""
    found = list(of_plan.indicators())
    if not found:
        return
    worst = sorted(range(len(found)), key=lambda place: _ORDER.index(found[place].at.course))[:MOST]
    columns = (
        Column("Ziel", 10),
        Column(label(Indicator, "name"), 34),
        Column("Beginn", 13, align="right"),
        Column("Ist", 21, align="right"),
        Column(f"Plan {of_plan.year}", 16, align="right"),
        Column(label(Indicator, "target"), 24),
        Column("Kurs", 18),
        Column("Weg", 32, kind="plot", align="right"),
    )
    rows = tuple(_row(item) for place, item in enumerate(found) if place in worst)
    more = f" Gezeigt sind die {MOST}, die am weitesten zurückliegen; alle stehen bei ihren Zielen."
    note = f"{_COURSE}{more if len(found) > MOST else ''}"
    yield TableSection("Indikatoren: Ist gegen Plan", Table(columns, (RowGroup(rows),)), note)


def _row(item: Measured) -> Row:
    indicator, at = item.indicator, item.at
    start = NONE if isinstance(indicator.baseline, str) else number(indicator.baseline)
    percent = "" if at.way is None else f"{(at.way * 100).quantize(Decimal(1), ROUND_HALF_UP)}{NBSP}%"
    parts = () if at.way is None else _parts([("filled", at.way), ("open", 1 - at.way)])
    until = f" bis {indicator.target_date.label}" if indicator.target_date else ""
    actual: Inline = (text(NONE),)
    if at.newest is not None:
        actual = (strong(number(at.newest.value)), muted(f" {at.newest.date.label}"))
    goal = link(item.goal.id, item.goal.number) if item.goal else text(NONE)
    return Row(
        (
            Cell((goal,), header=True),
            Cell((text(indicator.name),)),
            Cell((text(start),)),
            Cell(actual),
            Cell((text(NONE if at.expected is None else _rounded(at.expected)),)),
            Cell((text(target_value(indicator)), muted(until))),
            Cell((text(at.course.label),)),
            Cell((text(percent or NONE),), plot=parts),
        )
    )


_COURSE: Final = typeset_line(
    "Ist ist der jüngste Wert bis zum Ende des Jahres, Plan der auf geradem Weg vom Ausgangswert zum beschlossenen "
    "Zielwert. Auf Kurs ist, wer ihn oder den Zielwert erreicht; knapp dahinter, wem höchstens ein Zehntel des ganzen "
    "Wegs fehlt. Der Balken zeigt, wie viel des Wegs zurückgelegt ist."
)


def _rounded(value: Decimal) -> str:
    """What was worked out; what was measured stands as it was."""
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return number(rounded if rounded != value else value)


def _parts(shares: Sequence[tuple[str, Decimal]]) -> tuple[PlotPart, ...]:
    return tuple(PlotPart(shape, round(float(share), 4)) for shape, share in shares if share)
