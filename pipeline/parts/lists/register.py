"""The plan in, the register of its measures out; deferred, replaced and merged ones listed apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.targets import part_anchor, part_title
from pipeline.fields.names import fate
from pipeline.fields.registry import field_named
from pipeline.fields.words import Words
from pipeline.parts.context import Context
from pipeline.parts.facts import empty_line, fact, inline
from pipeline.parts.phrases import joined, label, link, page, sign_node, text
from pipeline.text.nodes import Inline
from pipeline.text.typography import typeset_line
from schema.entities import Measure
from schema.own_fields import OwnField
from schema.plan import id_key
from schema.time import Period
from schema.vocabulary import OwnOwner, OwnPlace, PartName


def register(context: Context, field: int | None = None) -> TablePart:
    """All measures by number, of the whole plan or of one field of action."""
    plan = context.plan
    measures = [item for item in plan.measures if field is None or plan.goal_by_id[item.goal].field == field]
    own = context.own_fields(OwnOwner.MEASURE, OwnPlace.REGISTER)
    first = next((item for item in own if item.name == plan.meta.options.register_by), None)
    ordered = sorted(measures, key=lambda item: (_rank(item, first), id_key(item.id)))
    active = tuple(_row(context, item, own) for item in ordered if item.active)
    inactive = tuple(_inactive_row(context, item) for item in ordered if not item.active)
    sections = [TableSection("", Table(_columns(own), (RowGroup(active),)))] if active else []
    if inactive:
        heading = "Zurückgestellt, ersetzt oder zusammengeführt"
        sections.append(TableSection(heading, Table(_INACTIVE_COLUMNS, (RowGroup(inactive),))))
    return TablePart(
        anchor=part_anchor(PartName.REGISTER, field),
        title=typeset_line(part_title(PartName.REGISTER, field)),
        lead="" if sections else "Der Plan enthält noch keine Maßnahme.",
        sections=tuple(sections),
    )


def _rank(measure: Measure, own: OwnField | None) -> tuple[bool, Any]:
    """Where a measure stands by one of the plan's own fields: numbers by size, choices as they are listed, words by the
    alphabet; last those that say nothing in it.
    """
    value = getattr(measure, own.attribute) if own else None
    if own is None or value in (None, ()):
        return own is not None, 0
    if own.values:
        listed = value if isinstance(value, tuple) else (value,)
        return False, tuple(own.values.index(item) for item in listed)
    if isinstance(value, Period):
        return False, (value.first, value.last)
    return False, value if isinstance(value, Decimal) else str(value).casefold()


_OWN_SHARE = 20  # of a table's width, for each of the plan's own fields: the titles give way
_INACTIVE_COLUMNS = (Column("Nr.", 14), Column("Strang", 34), Column("Maßnahme", 70), Column("Was daraus wurde", 50))


def _columns(own: Sequence[OwnField]) -> tuple[Column, ...]:
    return (
        Column("Nr.", 14),
        Column("Strang", 34),
        Column("Maßnahme", 78 - _OWN_SHARE * min(len(own), 2)),
        Column(label(Measure, "leads"), 30),
        *(Column(typeset_line(item.label), _OWN_SHARE) for item in own),
        Column("Seite", 12, kind="where", align="right"),
    )


def _row(context: Context, measure: Measure, own: Sequence[OwnField]) -> Row:
    return Row(
        (
            Cell((link(measure.id, measure.number),), header=True),
            Cell(sign_node(context.measure_sign(measure), with_name=True)),
            Cell((text(measure.title),), header=True),
            Cell((text(context.lead_text(measure)),)),
            *(Cell(_value(context, measure, item)) for item in own),
            Cell((page(measure.id),)),
        )
    )


def _value(context: Context, measure: Measure, own: OwnField) -> Inline:
    found = fact(context, measure, own.attribute).lines or (empty_line(field_named(type(measure), own.attribute)),)
    return joined([line.content for line in found], ", ")


def _inactive_row(context: Context, measure: Measure) -> Row:
    """One that was put off has a sheet that it leads to; of another this row is all there is."""
    number = link(measure.id, measure.number) if measure.deferred else text(measure.number)
    return Row(
        (
            Cell((number,), header=True),
            Cell(sign_node(context.measure_sign(measure), with_name=True)),
            Cell((text(measure.title),), header=True),
            Cell(inline(Words(fate(measure)))),
        ),
        anchor="" if measure.deferred else measure.id,
    )
