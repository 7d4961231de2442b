"""What changed in the data in; out: the value as it was and as it is, as documents show it, what differs marked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from pipeline.fields.choices import Choice
from pipeline.fields.dates import PointInTime
from pipeline.fields.kind import Group, Kind, ListOf, Record
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import Number
from pipeline.fields.references import Actor, Goal, Measure, Participant
from pipeline.fields.registry import field_named
from pipeline.fields.texts import Markdown
from pipeline.parts.context import Context
from pipeline.parts.lists.marked import marked
from pipeline.parts.overviews.overview import measure_line
from pipeline.text.nodes import Inline
from pipeline.text.plain_lines import markdown_lines
from schema import values
from schema.edition import Change
from schema.time import parse_period
from schema.values import Indicator


def marked_values(context: Context, item: Change) -> tuple[Inline, Inline]:
    """Both values of a field that changed, each of a list on a line; a dash for none."""
    old, new = (shown_lines(context, item, value) for value in (item.old, item.new))
    return marked(old, new)


def shown_lines(context: Context, item: Change, value: object) -> list[str]:
    """A value as the rest of the document shows it, an item of a list a line."""
    if value is None or value in ("", []):
        return []
    kind = field_named(context.kinds[item.kind].model, item.field).kind if item.field else None
    if isinstance(kind, Markdown) and isinstance(value, str):
        return markdown_lines(value)
    single = kind.item if isinstance(kind, ListOf) else kind
    return [_item(context.names, single, entry) for entry in (value if isinstance(value, list) else [value])]


def _item(names: PlanNames, kind: Kind | Group | None, value: Any) -> str:
    """Values are as they were kept; one that today's models do not know is shown just so."""
    if isinstance(value, list) or (isinstance(value, dict) and not isinstance(kind, Participant | Record)):
        return str(value)  # of a form that no model of today has
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
    return " ".join(str(value).split())


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
