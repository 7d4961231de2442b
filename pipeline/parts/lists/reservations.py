"""The plan in, the conditions out on which it is resolved although something is open."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.parts.context import Context
from pipeline.parts.phrases import label, link, text
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
        yield Row((Cell((text(CODES[item.code].topic),), header=True), Cell((text(item.text),))))
    for measure in context.plan.active_measures:
        if measure.reservation:
            what = (link(measure.id, measure.number), text(f" {measure.title}"))
            yield Row((Cell(what, header=True), Cell((text(measure.reservation),))))
