"""The plan in, the conditions out on which it is resolved although something is open."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.parts.context import Context
from pipeline.parts.facts import reserved
from pipeline.parts.phrases import label, link, text
from pipeline.text.nodes import Inline
from schema.codes import CODES
from schema.entities import Measure
from schema.vocabulary import PartName


def reservations(context: Context) -> TablePart | None:
    """The conditions, for kinds of open points and for single measures; None where there are none."""
    rows = tuple(_rows(context))
    if not rows:
        return None
    columns = (Column("Wofür", 74), Column(label(Measure, "reservation"), 94))
    return TablePart(
        anchor=PartName.RESERVATIONS.value,
        title=PartName.RESERVATIONS.label,
        lead="Was noch offen ist und doch beschlossen wird, wenn diese Bedingungen eintreten.",
        sections=(TableSection("", Table(columns, (RowGroup(rows),))),),
    )


def _rows(context: Context) -> Iterator[Row]:
    for item in context.plan.meta.reservations:
        yield _row((text(CODES[item.code].topic),), item.text)
    for goal in context.plan.goals:
        for words in reserved(goal.indicators):
            yield _row((link(goal.id, f"Ziel {goal.number}"), text(f" {goal.short_title}")), words)
    for measure in context.plan.active_measures:
        for words in (*([measure.reservation] if measure.reservation else []), *reserved(measure.funding)):
            yield _row((link(measure.id, measure.number), text(f" {measure.title}")), words)


def _row(what: Inline, words: str) -> Row:
    return Row((Cell(what, header=True), Cell((text(words),))))
