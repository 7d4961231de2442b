"""The plan and the edition it replaces in, what has changed out: new, changed field by field, gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.fields.dates import day
from pipeline.parts.context import Context
from pipeline.parts.lists.changed_values import marked_values
from pipeline.parts.phrases import link, text
from pipeline.text.nodes import Inline
from pipeline.text.typography import typeset_line
from schema.edition import Change, Nature, changes, snapshot
from schema.files import ENTITY
from schema.plan import Kind as EntityName
from schema.vocabulary import PartName

PROGRESS_TITLE: Final = "Stand der Umsetzung"


def changes_part(context: Context) -> TablePart | None:
    """The changes; None without an edition to compare with."""
    if context.previous is None:
        return None
    found = list(changes(context.previous, snapshot(context.plan), context.kinds))
    edition, meta = context.previous.edition, context.plan.meta
    told = {nature.label: [item for item in found if item.nature is nature and not item.progress] for nature in Nature}
    told[PROGRESS_TITLE] = [item for item in found if item.progress]  # what was resolved is as it was
    sections = [TableSection(title, _table(context, items)) for title, items in told.items() if items]
    lead = f"Was sich gegenüber Fassung {edition} geändert hat; Stand dieser Fassung {meta.edition}: {day(meta.date)}."
    return TablePart(
        anchor=PartName.CHANGES.value,
        title=PartName.CHANGES.label,
        lead=typeset_line(lead if found else f"Gegenüber Fassung {edition} hat sich an den Daten nichts geändert."),
        sections=tuple(sections),
    )


def _table(context: Context, items: Sequence[Change]) -> Table:
    if items[0].nature is not Nature.CHANGED:
        rows = [Row((Cell(_number(item), header=True), Cell((text(item.title),)))) for item in items]
        return Table((Column("Nr.", 38), Column("Titel", 130)), (RowGroup(tuple(rows)),))
    columns = (Column("Nr.", 38), Column("Angabe", 34), Column("bisher", 48), Column("jetzt", 48))
    rows = [
        Row(
            (
                Cell(_number(item), header=True),
                Cell((text(item.label),)),
                *(Cell(side) for side in marked_values(context, item)),
            )
        )
        for item in items
    ]
    return Table(columns, (RowGroup(tuple(rows)),))


def _number(item: Change) -> Inline:
    shown = item.title if item.kind is EntityName.ACTOR else item.id.lstrip("ZMHF")
    name = f"{ENTITY[item.kind].label} {shown}"
    return (text(name),) if item.nature is Nature.GONE else (link(item.id, name),)
