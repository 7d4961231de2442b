"""The plan and the edition it replaces in, what has changed out: new, changed field by field, gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.fields.choices import Choice
from pipeline.fields.dates import PointInTime, day
from pipeline.fields.kind import NONE, Group, Kind, ListOf, Record
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import Number
from pipeline.fields.references import Actor, Goal, Measure, Participant
from pipeline.fields.registry import field_named
from pipeline.parts.context import Context
from pipeline.parts.overviews.overview import measure_line
from pipeline.parts.phrases import link, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line
from schema import values
from schema.edition import Change, Nature, changes, snapshot
from schema.files import ENTITY
from schema.plan import Kind as EntityName
from schema.time import parse_period
from schema.values import Indicator
from schema.vocabulary import PartName

LONGEST = 400  # characters of a value; beyond, a table is no longer the place to compare texts


def changes_part(context: Context) -> TablePart | None:
    """The changes; None without an edition to compare with."""
    if context.previous is None:
        return None
    found = list(changes(context.previous, snapshot(context.plan), context.kinds))
    edition, meta = context.previous.edition, context.plan.meta
    sections = [
        TableSection(nature.label, _table(context, [item for item in found if item.nature is nature]))
        for nature in Nature
        if any(item.nature is nature for item in found)
    ]
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
                Cell(_shown(context, item, item.old)),
                Cell(_shown(context, item, item.new)),
            )
        )
        for item in items
    ]
    return Table(columns, (RowGroup(tuple(rows)),))


def _number(item: Change) -> Inline:
    shown = item.title if item.kind is EntityName.ACTOR else item.id.lstrip("ZMHF")
    name = f"{ENTITY[item.kind].label} {shown}"
    return (text(name),) if item.nature is Nature.GONE else (link(item.id, name),)


def _shown(context: Context, item: Change, value: object) -> Inline:
    """A value as the rest of the document shows it, an item of a list a line."""
    if value is None or value in ("", []):
        return (text(NONE),)
    kind = field_named(context.kinds[item.kind].model, item.field).kind if item.field else None
    lines: list[Node] = []
    for entry in value if isinstance(value, list) else [value]:
        if lines:
            lines.append(Node("break"))
        lines.append(text(_item(context.names, kind.item if isinstance(kind, ListOf) else kind, entry)))
    return tuple(lines)


def _item(names: PlanNames, kind: Kind | Group | None, value: Any) -> str:
    """Values are as they were kept; one that today's models do not know is shown just so."""
    if isinstance(kind, Participant):
        return _participant(names, kind, value)
    if isinstance(kind, Actor):
        return names.actor_name(value)
    if isinstance(kind, Goal | Measure):
        return str(value)[1:]
    if isinstance(kind, Choice):
        return next((member.label for member in kind.vocabulary if member == value), str(value))
    if isinstance(kind, Number | PointInTime):
        return _counted(names, kind, value)
    if isinstance(value, dict):
        return _record(names, kind, value)
    shown = " ".join(str(value).split())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _participant(names: PlanNames, kind: Participant, value: Any) -> str:
    try:
        return str(kind.write(values.Participant.model_validate(value), names))
    except ValidationError:
        return str(value)


def _counted(names: PlanNames, kind: Number | PointInTime, value: Any) -> str:
    """A number with its unit, a point in time by its name; as it was kept where it is neither any more."""
    try:
        if isinstance(kind, PointInTime):
            return str(kind.write(parse_period(value), names))
        return str(kind.write(Decimal(str(value)), names))
    except (ValueError, InvalidOperation):
        return str(value)


def _record(names: PlanNames, kind: Kind | Group | None, value: Mapping[str, Any]) -> str:
    if isinstance(kind, Record):
        try:
            record = kind.model.model_validate(value)
        except ValidationError:
            pass
        else:
            if isinstance(record, Indicator):
                return f"{record.name}: {measure_line(record)}"
            return ", ".join(str(line).replace("\t", ": ") for line in kind.show(record, names))
    return ", ".join(f"{key}: {item}" for key, item in value.items())
