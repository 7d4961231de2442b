"""What would settle an edit that cannot be carried out: who may be meant, which row, where the same can be said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.fields.amounts import Funding
from pipeline.fields.dates import SpanOfTime
from pipeline.fields.kind import ListOf
from pipeline.fields.names import PlanNames
from pipeline.fields.references import Actor
from pipeline.fields.registry import Field, fields_of
from pipeline.fields.shown import Unread, bare
from pipeline.merge.apply import Refusal
from pipeline.merge.differences.field_edits import Complaint, edits
from pipeline.merge.sources import Entity, Sources
from pipeline.merge.why import Reason, Repair, RepairKind, Why
from pipeline.text.likeness import MEANT, among

_BETWEEN: Final = re.compile(r"[,;\n]")
_NUMBER: Final = re.compile(r"(?<![\w.])(?:V\d+|\d+(?:\.\d+){1,2})(?![\w.]*\d)")
_OFFERED: Final = 3


def with_repairs(refusal: Refusal, sources: Sources, names: PlanNames) -> Why:
    """Why an edit of a value is refused, with everything that could be done about it; `sources` are the base's."""
    identifier, _, key = refusal.place.source.rpartition("/")
    entity = sources.entities.get(identifier)
    why = refusal.why
    if entity is None:
        return why
    field = fields_of(entity.model).get(key)
    if why.code is Reason.NOT_UNDERSTOOD and field is not None:
        why = _explained(why, field, refusal.part_of or refusal.after, entity, names)
    return replace(why, repairs=(*why.repairs, open_entity(identifier)))


def open_entity(entity: str) -> Repair:
    """The same can be said where the entity itself is edited."""
    return Repair(RepairKind.OPEN_ENTITY, {"entity": entity})


def _explained(why: Why, field: Field, text: str, entity: Entity, names: PlanNames) -> Why:
    kind = field.kind
    item = kind.item if isinstance(kind, ListOf) else kind
    if isinstance(item, Actor):
        several = isinstance(kind, ListOf) and (not kind.one_alone or bool(_BETWEEN.search(text)))
        return _about_actors(why, text, names, several=several)
    if isinstance(item, SpanOfTime):
        value = entity.data.get(field.key)
        period = value if isinstance(value, Mapping) else {}
        ends = (period.get("von"), period.get("bis"))
        start, end = (end if isinstance(end, str) else None for end in ends)
        return replace(why, repairs=(Repair(RepairKind.PERIOD, {"start": start, "end": end}),))
    if isinstance(item, Funding):
        unread = _unread_rows(field, entity, text.split("\n"), names)
        return replace(why, repairs=tuple(_funding_row(number, row) for number, row in unread))
    return why


def _funding_row(number: int, row: str) -> Repair:
    return Repair(RepairKind.FUNDING_ROW, {"row": number, "text": row})


def _unread_rows(field: Field, entity: Entity, rows: Sequence[str], names: PlanNames) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(rows, start=1):
        if isinstance(edits(field.key, entity.model, None, (), [row], names), Complaint):
            yield number, row


def _about_actors(why: Why, text: str, names: PlanNames, *, several: bool) -> Why:
    unknown = names.unknown_in(", ".join(text.split("\n")))
    repairs: list[Repair] = []
    for name in unknown:
        repairs.append(Repair(RepairKind.CHOOSE_ACTOR, {"name": name, "suggestions": _alike(name, names)}))
        repairs.append(Repair(RepairKind.CREATE_ACTOR, {"name": name}))
        if several:  # of one alone nothing would be left
            repairs.append(Repair(RepairKind.DROP_PART, {"part": name}))
    if unknown:
        return replace(why, code=Reason.UNKNOWN_ACTOR, repairs=tuple(repairs))
    actors = [] if several else _actors_in(text, names)
    for lead in actors:
        others = tuple(actor for actor in actors if actor != lead)
        repairs.append(Repair(RepairKind.ROLES, {"lead": lead, "participation": others}))
    return replace(why, code=Reason.SEVERAL_ACTORS if actors else why.code, repairs=tuple(repairs))


def _actors_in(text: str, names: PlanNames) -> Sequence[str]:
    """The actors that a text names, none where it names no more than one."""
    try:
        found = names.actor_list(", ".join(text.split("\n")))
    except Unread:
        return []
    return found if len(found) > 1 else []


def _alike(name: str, names: PlanNames) -> tuple[str, ...]:
    """The IDs of actors whose full or short name reads alike, the nearest first."""
    known = {
        bare(called): actor for actor, all_names in reversed([*names.actors.items()]) for called in all_names if called
    }
    called_so = [*known]
    alike = sorted(among(bare(name), called_so, MEANT), key=lambda found: -found[1])
    return tuple(dict.fromkeys(known[called_so[index]] for index, _ in alike))[:_OFFERED]


def entity_named(sources: Sources, *texts: str) -> str:
    """The first goal, measure or proposal whose number one of the texts has, '' for none: of `1.1.2 Läden | M`, M1.1.2.

    Rows of overviews begin with it, as do headings of sheets.
    """
    for text in texts:
        for number in _NUMBER.findall(text):
            for identifier in (f"M{number}", f"Z{number}", number):
                if identifier in sources.entities:
                    return identifier
    return ""
