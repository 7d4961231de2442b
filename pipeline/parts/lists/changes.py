"""The plan and the edition it replaces in, what has changed out: new, changed field by field, gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.fields.wording import NONE, day, effort_text, funding_text, short_day, span_text
from pipeline.parts.context import Context, link, text
from pipeline.parts.overviews.overview import measure_line
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line
from schema import vocabulary
from schema.base import Model
from schema.edition import Change, Nature, changes, snapshot
from schema.entities import Commitment, Effort, Funding, Indicator, Milestone, Span
from schema.plan import Kind
from schema.vocabulary import PartName, Vocabulary

LONGEST = 400  # characters of a value; beyond, a table is no longer the place to compare texts

_KINDS = {Kind.FIELD: "Handlungsfeld", Kind.GOAL: "Ziel", Kind.MEASURE: "Maßnahme", Kind.ACTOR: "Akteur"}
_ACTORS = frozenset({"lead", "decision", "participation", "information"})
_NUMBERS = frozenset({"goal", "further_goals", "depends_on", "replaced_by", "merged_with"})
_LABELS: Mapping[str, type[Vocabulary]] = MappingProxyType(
    {
        "status": vocabulary.MeasureStatus,
        "priority": vocabulary.Priority,
        "kind": vocabulary.ActorKind,
    }
)

AnyModel = TypeVar("AnyModel", bound=Model)


def changes_part(context: Context) -> TablePart | None:
    """The changes; None without an edition to compare with."""
    if context.previous is None:
        return None
    found = list(changes(context.previous, snapshot(context.plan)))
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
                Cell(_shown(context, item.field, item.old)),
                Cell(_shown(context, item.field, item.new)),
            )
        )
        for item in items
    ]
    return Table(columns, (RowGroup(tuple(rows)),))


def _number(item: Change) -> Inline:
    shown = item.title if item.kind is Kind.ACTOR else item.id.lstrip("ZMHF")
    name = f"{_KINDS[item.kind]} {shown}"
    return (text(name),) if item.nature is Nature.GONE else (link(item.id, name),)


def _shown(context: Context, field: str, value: object) -> Inline:
    """A value as the rest of the document shows it, an item of a list a line."""
    if value is None or value in ("", []):
        return (text(NONE),)
    items = value if isinstance(value, list) else [value]
    lines: list[Node] = []
    for item in items:
        if lines:
            lines.append(Node("break"))
        lines.append(text(_item(context, field, item)))
    return tuple(lines)


def _item(context: Context, field: str, value: Any) -> str:
    if field in _ACTORS:
        actor = context.plan.actor_by_id.get(value)
        return actor.name if actor else str(value)
    if field in _NUMBERS:
        return str(value)[1:]
    if field in _LABELS:
        return next((member.label for member in _LABELS[field] if member == value), str(value))
    if isinstance(value, dict):
        return _record(context, field, value)
    shown = " ".join(str(value).split())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _record(context: Context, field: str, value: Mapping[str, Any]) -> str:
    """A value with fields of its own; one that today's models do not know is shown as it was kept."""
    writers: Mapping[str, Callable[[], str]] = {
        "span": lambda: span_text(Span.model_validate(value)),
        "effort": lambda: effort_text(Effort.model_validate(value)),
        "funding": lambda: funding_text(Funding.model_validate(value)),
        "indicators": lambda: _indicator(Indicator.model_validate(value)),
        "milestones": lambda: _milestone(Milestone.model_validate(value)),
        "commitments": lambda: _commitment(context, Commitment.model_validate(value)),
    }
    try:
        return writers[field]()
    except (KeyError, ValidationError):
        return ", ".join(f"{key}: {item}" for key, item in value.items())


def _indicator(item: Indicator) -> str:
    return f"{item.name}: {measure_line(item)}"


def _milestone(item: Milestone) -> str:
    return f"{item.due.label}: {item.title}"


def _commitment(context: Context, item: Commitment) -> str:
    actor = context.plan.actor_by_id.get(item.actor)
    return f"{actor.name if actor else item.actor}, {short_day(item.date)}"
