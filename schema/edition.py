"""Published editions: what of a plan is kept to compare the next one with, and what has changed since."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from schema.base import Model, Reference
from schema.files import BUILT_IN, Kinds
from schema.forms import form_of
from schema.plan import Kind, Plan
from schema.values import Commitment, Effort, Funding, Milestone, Participant, Span
from schema.vocabulary import Vocabulary

Record = Mapping[str, Any]

# What a field holds that is told first: responsibility, dates and money, for which a council looks.
_FIRST: Final = (Reference("actor"), Participant, Span, Milestone, Commitment, Effort, Funding)
PROGRESS: Final = frozenset({"notes", "spent"})  # fields by which the model says what became of something; and in
# values with fields of their own, what these name as that: the result of a milestone, what an indicator was measured at
FORMAT: Final = 2  # of the files; the first kept the data alone and named no format
_UNWRITTEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # what no text of a plan holds
_STRAND: Final = "strang"  # kept with a measure, of which the folder says it
KEPT: Final = (Kind.FIELD, Kind.GOAL, Kind.MEASURE, Kind.ACTOR)


@dataclass(frozen=True)
class Snapshot:
    """A published edition: for every kind, records by ID, with the data's German keys; and all that they were made of.

    `sources` are the texts of the content's YAML and Markdown files by their path, `pictures` the SHA-256 of each
    picture, both as they were read. They are empty in an edition of the first format, whose texts nobody knows.
    """

    edition: str
    date: str
    records: Mapping[Kind, Mapping[str, Record]]
    sources: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the edition can be made again, and its texts be compared."""
        return bool(self.sources)


class Nature(Vocabulary):
    """The kinds of differences between two editions."""

    CHANGED = "geaendert", "Geändert"
    NEW = "neu", "Neu"
    GONE = "entfallen", "Entfallen"


@dataclass(frozen=True)
class Change:
    """One difference. `field`, `label`, `old` and `new` belong to changed fields; values as they are in the records.

    `field` is '' where the model has the field no more; its label is then the key.
    """

    nature: Nature
    kind: Kind
    id: str
    title: str
    field: str = ""
    label: str = ""
    old: object = None
    new: object = None
    binds: bool = False  # it is about who is responsible, when, for how much
    progress: bool = False  # it says what became of what was resolved, and changes nothing of it


def edition_order(name: str) -> tuple[int, ...]:
    """By which editions follow one another: `1.9`, then `1.10`."""
    return tuple(int(number) for number in re.findall("[0-9]+", name))


def snapshot(
    plan: Plan, sources: Mapping[str, str] | None = None, pictures: Mapping[str, str] | None = None
) -> Snapshot:
    """What is kept of a plan with its edition: fields of action, goals, measures, actors, and what it was made of."""
    entities: dict[Kind, dict[str, Record]] = {
        Kind.FIELD: {item.anchor: _record(item) for item in plan.fields},
        Kind.GOAL: {item.id: _record(item) for item in plan.goals},
        Kind.MEASURE: {item.id: {**_record(item), _STRAND: plan.strand_of[item.id]} for item in plan.measures},
        Kind.ACTOR: {item.id: _record(item) for item in plan.actors},
    }
    return Snapshot(plan.meta.edition, plan.meta.date.isoformat(), entities, sources or {}, pictures or {})


def to_json(kept: Snapshot) -> str:
    """A snapshot as the text of its file; the same for the same data."""
    data: dict[str, object] = {"fassung": kept.edition, "stand": kept.date}
    data |= {kind.value: kept.records[kind] for kind in kept.records}
    if kept.whole:
        data |= {"format": FORMAT, "quellen": kept.sources, "bilder": kept.pictures}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def from_json(text: str) -> Snapshot:
    """A snapshot from its file, which may be of an older program: kinds and sources that it does not have are empty.

    Raises ValueError if it is none.
    """
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ValueError("keine veröffentlichte Fassung") from error
    records = {kind: data.get(kind.value, {}) for kind in KEPT} if isinstance(data, dict) else {}
    whole = all(isinstance(of_kind, dict) for of_kind in records.values()) and all(
        isinstance(record, dict) for of_kind in records.values() for record in of_kind.values()
    )
    if not records or not whole or not isinstance(data.get("fassung"), str):
        raise ValueError("keine veröffentlichte Fassung")
    if data.get("format", 1) not in range(1, FORMAT + 1):
        raise ValueError("eine Fassung eines neueren Programms")
    sources, pictures = (data.get(name, {}) for name in ("quellen", "bilder"))
    if not _is_texts(sources) or not _is_texts(pictures) or not all(map(_is_path, (*sources, *pictures))):
        raise ValueError("keine veröffentlichte Fassung")
    if any(map(_UNWRITTEN.search, _strings(data))):
        raise ValueError("keine veröffentlichte Fassung")
    return Snapshot(data["fassung"], str(data.get("stand", "")), records, sources, pictures)


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for pair in value.items() for item in pair)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _is_path(name: str) -> bool:
    """Whether it names a file below the content folder."""
    return bool(name) and all(part not in ("", ".", "..") for part in name.split("/"))


def changes(old: Snapshot, new: Snapshot, kinds: Kinds = BUILT_IN) -> Iterator[Change]:
    """What is new, changed (field by field) and gone, in the order of kinds and IDs; `kinds` are the new plan's."""
    for kind in KEPT:
        model = kinds[kind].model
        before, after = old.records.get(kind, {}), new.records[kind]
        for identifier, record in after.items():
            if identifier not in before:
                yield Change(Nature.NEW, kind, identifier, _title(record))
            else:
                yield from _field_changes(kind, model, identifier, before[identifier], record)
        for identifier, record in before.items():
            if identifier not in after:
                yield Change(Nature.GONE, kind, identifier, _title(record))


def _record(entity: Model) -> Record:
    """An entity as plain data, with German keys and without defaults: a new field then changes no older record."""
    return entity.model_dump(by_alias=True, mode="json", exclude_defaults=True)


def _title(record: Record) -> str:
    return str(record.get("titel") or record.get("kurztitel") or record.get("name") or "")


def _field_changes(kind: Kind, model: type[Model], identifier: str, old: Record, new: Record) -> Iterator[Change]:
    for name, info in sorted(model.model_fields.items(), key=lambda item: _rank(item[1])):
        key = info.alias or name
        before, now = (record.get(key, _default(info)) for record in (old, new))
        if before == now:
            continue
        change = Change(Nature.CHANGED, kind, identifier, _title(new), name, info.title or key, before, now)
        resolved = tuple(_as_resolved(info, value) for value in (before, now))
        if name in PROGRESS or resolved[0] == resolved[1]:
            yield replace(change, progress=True)
            continue
        yield replace(change, old=resolved[0], new=resolved[1], binds=_rank(info) < len(_FIRST))
        if _progress_of(info, before) != _progress_of(info, now):
            yield replace(change, progress=True)
    known = {info.alias or name for name, info in model.model_fields.items()} | {_STRAND}
    for key in (key for key in old if key not in known):  # an own field that the plan declares no more
        yield Change(Nature.CHANGED, kind, identifier, _title(new), "", key, old[key])


def _reported(info: FieldInfo) -> frozenset[str]:
    """The keys, in the values of a field, of what says what became of them."""
    model = form_of(info).type
    names: frozenset[str] = getattr(model, "PROGRESS", frozenset())
    return frozenset(model.model_fields[name].alias or name for name in names) if names else frozenset()


def _as_resolved(info: FieldInfo, value: object) -> object:
    """The value of a field without what became of it."""
    away = _reported(info)
    if not away or not isinstance(value, list):
        return value
    return [{key: said for key, said in item.items() if key not in away} for item in value]


def _progress_of(info: FieldInfo, value: object) -> list[Record]:
    """Only what became of the values of a field."""
    kept = _reported(info)
    items = value if isinstance(value, list) and kept else []
    return [{key: said for key, said in item.items() if key in kept} for item in items if kept & item.keys()]


def _rank(info: FieldInfo) -> int:
    """Fields of a lower rank are told first; those of one rank in the order of the model."""
    form = form_of(info)
    return next((rank for rank, first in enumerate(_FIRST) if first == form.type or first in form.marks), len(_FIRST))


def _default(info: FieldInfo) -> object:
    """What a record that does not name the field stands for: records are kept without defaults."""
    value = info.get_default(call_default_factory=True)
    return list(value) if isinstance(value, tuple) else None if value is PydanticUndefined else value
