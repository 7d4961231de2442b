"""The plan in, the register of its measures out; deferred, replaced and merged ones listed apart."""

from __future__ import annotations

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.targets import part_anchor, part_title
from pipeline.fields.names import fate
from pipeline.fields.words import Words
from pipeline.parts.context import Context
from pipeline.parts.facts import inline
from pipeline.parts.phrases import label, link, page, sign_node, text
from pipeline.text.typography import typeset_line
from schema.entities import Measure
from schema.plan import id_key
from schema.vocabulary import PartName


def register(context: Context, field: int | None = None) -> TablePart:
    """All measures by number, of the whole plan or of one field of action."""
    plan = context.plan
    measures = [item for item in plan.measures if field is None or plan.goal_by_id[item.goal].field == field]
    ordered = sorted(measures, key=lambda item: id_key(item.id))
    active = tuple(_row(context, item) for item in ordered if item.active)
    inactive = tuple(_inactive_row(context, item) for item in ordered if not item.active)
    sections = [TableSection("", Table(_COLUMNS, (RowGroup(active),)))] if active else []
    if inactive:
        heading = "Zurückgestellt, ersetzt oder zusammengeführt"
        sections.append(TableSection(heading, Table(_INACTIVE_COLUMNS, (RowGroup(inactive),))))
    return TablePart(
        anchor=part_anchor(PartName.REGISTER, field),
        title=typeset_line(part_title(PartName.REGISTER, field)),
        lead="" if sections else "Der Plan enthält noch keine Maßnahme.",
        sections=tuple(sections),
    )


_COLUMNS = (
    Column("Nr.", 14),
    Column("Strang", 34),
    Column("Maßnahme", 78),
    Column(label(Measure, "lead"), 30),
    Column("Seite", 12, kind="where", align="right"),
)
_INACTIVE_COLUMNS = (Column("Nr.", 14), Column("Strang", 34), Column("Maßnahme", 70), Column("Was daraus wurde", 50))


def _row(context: Context, measure: Measure) -> Row:
    return Row(
        (
            Cell((link(measure.id, measure.number),), header=True),
            Cell(sign_node(context.measure_sign(measure), with_name=True)),
            Cell((text(measure.title),)),
            Cell((text(context.lead_text(measure)),)),
            Cell((page(measure.id),)),
        )
    )


def _inactive_row(context: Context, measure: Measure) -> Row:
    return Row(
        (
            Cell((text(measure.number),), header=True),
            Cell(sign_node(context.measure_sign(measure), with_name=True)),
            Cell((text(measure.title),)),
            Cell(inline(Words(fate(measure)))),
        ),
        anchor=measure.id,
    )
