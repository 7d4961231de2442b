"""The plan and the edition it replaces in, what has changed out: new, changed field by field, gone."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.nodes import Inline
from pipeline.parts.context import Context, day, link, text
from pipeline.typography import typeset_line
from schema.edition import Change, changes, snapshot
from schema.plan import Kind
from schema.vocabulary import PartName

_KINDS = {Kind.FIELD: "Handlungsfeld", Kind.GOAL: "Ziel", Kind.MEASURE: "Maßnahme", Kind.ACTOR: "Akteur"}


def changes_part(context: Context) -> TablePart | None:
    """The changes; None without an edition to compare with."""
    if context.previous is None:
        return None
    found = list(changes(context.previous, snapshot(context.plan)))
    edition, meta = context.previous.edition, context.plan.meta
    sections = [
        TableSection(heading, _table([item for item in found if item.nature == nature], nature))
        for nature, heading in (("geändert", "Geändert"), ("neu", "Neu"), ("entfallen", "Entfallen"))
        if any(item.nature == nature for item in found)
    ]
    lead = f"Was sich gegenüber Fassung {edition} geändert hat; Stand dieser Fassung {meta.edition}: {day(meta.date)}."
    return TablePart(
        anchor=PartName.CHANGES.value,
        title=PartName.CHANGES.label,
        lead=typeset_line(lead if found else f"Gegenüber Fassung {edition} hat sich an den Daten nichts geändert."),
        sections=tuple(sections),
    )


def _table(items: Sequence[Change], nature: str) -> Table:
    if nature != "geändert":
        rows = [Row((Cell(_number(item, nature), header=True), Cell((text(item.title),)))) for item in items]
        return Table((Column("Nr.", 38), Column("Titel", 130)), (RowGroup(tuple(rows)),))
    columns = (Column("Nr.", 38), Column("Angabe", 34), Column("bisher", 48), Column("jetzt", 48))
    rows = [
        Row(
            (
                Cell(_number(item, nature), header=True),
                Cell((text(item.label),)),
                Cell((text(item.old),)),
                Cell((text(item.new),)),
            )
        )
        for item in items
    ]
    return Table(columns, (RowGroup(tuple(rows)),))


def _number(item: Change, nature: str) -> Inline:
    shown = item.title if item.kind is Kind.ACTOR else item.id.lstrip("ZMHF")
    name = f"{_KINDS[item.kind]} {shown}"
    return (text(name),) if nature == "entfallen" else (link(item.id, name),)
