"""What each kind of content file holds, and the JSON Schemas that editors use for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final

from pydantic import Field, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from schema import vocabulary
from schema.base import NAMES_KIND, Model
from schema.divisions import DivisionsFile
from schema.entities import Actor, FieldOfAction, GlossaryTerm, Goal, Measure, Proposal
from schema.forms import model_in
from schema.own_fields import OwnField, once, with_fields
from schema.plan import PROPOSALS_FOLDER, Kind, Plan, PlanMeta
from schema.vocabulary import OwnOwner


class ActorsFile(Model):
    """What akteure.yaml holds."""

    actors: tuple[Actor, ...] = Field(
        alias="akteure", title="Akteure", description="Alle, die etwas übernehmen können."
    )


class FieldsFile(Model):
    """What handlungsfelder.yaml holds."""

    fields_of_action: tuple[FieldOfAction, ...] = Field(
        alias="handlungsfelder",
        title="Handlungsfelder",
        description="Die Handlungsfelder in ihrer Reihenfolge.",
    )


class GlossaryFile(Model):
    """What glossar.yaml holds."""

    terms: tuple[GlossaryTerm, ...] = Field(
        alias="begriffe", title="Begriffe", description="Begriffe und was sie bedeuten."
    )


class StrandFile(Model):
    """A file in a strand's folder: goals, measures or both."""

    goals: tuple[Goal, ...] = Field(default=(), alias="ziele", title="Ziele", description="Ziele dieses Strangs.")
    measures: tuple[Measure, ...] = Field(
        default=(), alias="massnahmen", title="Maßnahmen", description="Maßnahmen dieses Strangs."
    )


class ProposalFile(Model):
    """A file in vorschlaege/: one proposal."""

    proposal: Proposal = Field(alias="vorschlag", title="Vorschlag", description="Ein eingegangener Vorschlag.")


@dataclass(frozen=True)
class EntityKind:
    """A kind of entity: its model, what people call it, and where one stands in the files.

    `key` is the key under which a file of the model `file` holds them: a list of them, or where it holds just `one`,
    that one. `id_key` is the key that names one in the data. Everywhere else it is called by that name with `before`
    in front: the field of action 1 is HF1. Such names begin with `begins`, which those of no other kind do; '' where
    they may begin with anything. `owner` is what a plan calls the kind that it gives fields of its own, None where it
    cannot.
    """

    kind: Kind
    model: type[Model]
    label: str
    file: type[Model]
    key: str
    id_key: str = "id"
    before: str = ""
    begins: str = ""
    one: bool = False
    owner: OwnOwner | None = None


ENTITY_KINDS: Final = (
    EntityKind(Kind.MEASURE, Measure, "Maßnahme", StrandFile, "massnahmen", begins="M", owner=OwnOwner.MEASURE),
    EntityKind(Kind.GOAL, Goal, "Ziel", StrandFile, "ziele", begins="Z", owner=OwnOwner.GOAL),
    EntityKind(
        Kind.FIELD,
        FieldOfAction,
        "Handlungsfeld",
        FieldsFile,
        "handlungsfelder",
        "nummer",
        "HF",
        "HF",
        owner=OwnOwner.FIELD,
    ),
    EntityKind(Kind.ACTOR, Actor, "Akteur", ActorsFile, "akteure", owner=OwnOwner.ACTOR),
    EntityKind(Kind.TERM, GlossaryTerm, "Begriff", GlossaryFile, "begriffe", "id", "glossar-", "glossar-"),
    EntityKind(Kind.PROPOSAL, Proposal, "Vorschlag", ProposalFile, "vorschlag", begins="V", one=True),
)
ENTITY: Final[Mapping[Kind, EntityKind]] = MappingProxyType({entry.kind: entry for entry in ENTITY_KINDS})
PLAN_FILE: Final = "plan.yaml"
SINGLE_FILES: Mapping[str, type[Model]] = MappingProxyType(
    {
        PLAN_FILE: PlanMeta,
        "akteure.yaml": ActorsFile,
        "handlungsfelder.yaml": FieldsFile,
        "glossar.yaml": GlossaryFile,
        "trennungen.yaml": DivisionsFile,
    }
)
"""The files that there is one of, in the content folder itself; all others lie in folders."""


def file_model(path: PurePosixPath) -> type[Model]:
    """The model of a content file by its path below the content folder."""
    return ProposalFile if path.parts[0] == PROPOSALS_FOLDER else SINGLE_FILES.get(str(path), StrandFile)


def kinds_in(file: type[Model]) -> tuple[EntityKind, ...]:
    """What files of a model hold, in the order of its keys; () for plan.yaml, which is the plan itself."""
    order = [info.alias for info in file.model_fields.values()]
    return tuple(sorted((kind for kind in ENTITY_KINDS if kind.file is file), key=lambda kind: order.index(kind.key)))


@dataclass(frozen=True, eq=False)
class Kinds:
    """What the entities of one plan are: the kinds above, with the fields that this plan declares besides theirs."""

    entries: tuple[EntityKind, ...] = ENTITY_KINDS

    @cached_property
    def by_kind(self) -> Mapping[Kind, EntityKind]:
        """Each by what it is a kind of."""
        return {entry.kind: entry for entry in self.entries}

    def __getitem__(self, kind: Kind) -> EntityKind:
        return self.by_kind[kind]

    def within(self, file: type[Model]) -> tuple[EntityKind, ...]:
        """What files of a model hold, see kinds_in."""
        return tuple(self.by_kind[entry.kind] for entry in kinds_in(file))

    def file(self, model: type[Model]) -> type[Model]:
        """The model of a file with the plan's own fields in what it holds."""
        return self._files.get(model, model)

    @cached_property
    def _files(self) -> Mapping[type[Model], type[Model]]:
        changed: dict[type[Model], dict[str, Any]] = {}
        for entry in self.entries:
            if entry.model is not ENTITY[entry.kind].model:
                name, info = next(item for item in entry.file.model_fields.items() if item[1].alias == entry.key)
                held: Any = entry.model
                changed.setdefault(entry.file, {})[name] = (tuple[held, ...], info)
        return {
            file: create_model(file.__name__, __base__=file, __module__=file.__module__, **fields)
            for file, fields in changed.items()
        }


BUILT_IN: Final = Kinds()


def kinds_with(fields: tuple[OwnField, ...]) -> Kinds:
    """The kinds of a plan that declares these fields; the same for the same fields."""
    return _kinds_with(once(fields)) if fields else BUILT_IN


@cache
def _kinds_with(fields: tuple[OwnField, ...]) -> Kinds:
    own = {owner: tuple(field for field in fields if field.owner is owner) for owner in OwnOwner}
    return Kinds(
        tuple(
            replace(entry, model=with_fields(entry.model, own[entry.owner]))
            if entry.owner and own[entry.owner]
            else entry
            for entry in ENTITY_KINDS
        )
    )


@cache
def every_key() -> frozenset[str]:
    """Every key that a content file may have, at any depth."""
    keys: set[str] = set()
    pending: list[type[Model]] = [PlanMeta, DivisionsFile, *(kind.file for kind in ENTITY_KINDS)]
    while pending:
        for name, info in pending.pop().model_fields.items():
            keys.add(info.alias or name)
            pending += [inner] if (inner := model_in(info)) else []
    return frozenset(keys)


SCHEMAS: Mapping[str, type[Model]] = MappingProxyType(
    {
        "plan": PlanMeta,
        "akteure": ActorsFile,
        "handlungsfelder": FieldsFile,
        "glossar": GlossaryFile,
        "ziele": StrandFile,
        "massnahmen": StrandFile,
        "vorschlag": ProposalFile,
        "trennungen": DivisionsFile,
    }
)


IDS_SCHEMA: Final = "kennungen"  # the one of the schemas that is made from a content
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class _EditorSchema(GenerateJsonSchema):
    """JSON Schema as an editor needs it: it reads `fassung: 0.9` as a number where this program reads text."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number"]}


# pydantic leaves the bounds of an optional number as it calls them itself, which JSON Schema does not know.
_BOUNDS: Final = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_FOR_PEOPLE: Final = ("title", "description")


def _finished(schema: Any) -> Any:
    """The same schema in JSON Schema's own words. What names an entity refers to the IDs of a content: an editor offers
    them, and takes any other of the form too, which may come to be tomorrow.
    """
    if isinstance(schema, list):
        return [_finished(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        _BOUNDS.get(key, key) if isinstance(value, int | float) else key: _finished(value)
        for key, value in schema.items()
    }
    if (kind := found.pop(NAMES_KIND, None)) is None:
        return found
    outside = {key: found.pop(key) for key in _FOR_PEOPLE if key in found}
    return {**outside, "anyOf": [{"$ref": f"{IDS_SCHEMA}.schema.json#/$defs/{kind}"}, found]}


def ids_schema(plan: Plan | None) -> dict[str, Any]:
    """The IDs of a plan that others name, with what they stand for, for editors to offer; none without a plan."""
    ids: dict[str, Mapping[str, str]] = {"actor": {}, "goal": {}, "measure": {}}
    if plan is not None:
        ids = {
            "actor": {actor.id: actor.name for actor in plan.actors},
            "goal": {goal.id: goal.short_title for goal in plan.goals},
            "measure": {measure.id: measure.title for measure in plan.measures},
        }
    return {
        "$schema": _DIALECT,
        "$defs": {
            name: {"enum": list(entries), "enumDescriptions": list(entries.values())} if entries else False
            for name, entries in ids.items()
        },
    }


def _german(schema: dict[str, Any]) -> dict[str, Any]:
    """Without the code's English docstrings; a closed list says its labels instead."""
    for definition in (schema, *schema.get("$defs", {}).values()):
        definition.pop("title", None)
        definition.pop("description", None)
    for name, definition in schema.get("$defs", {}).items():
        members = getattr(vocabulary, name, ())
        if members:
            definition["description"] = "; ".join(f"{member.value}: {member.label}" for member in members)
    return schema


def json_schemas(kinds: Kinds = BUILT_IN) -> Mapping[str, dict[str, Any]]:
    """A JSON Schema for every name of SCHEMAS, keys and explanations in German; a plan's own fields among them.

    Of several names for one model the last one's has it all, and the others refer to that.
    """
    whole = {model: name for name, model in SCHEMAS.items()}
    return {
        name: {
            "$schema": _DIALECT,
            **(
                _finished(_german(kinds.file(model).model_json_schema(by_alias=True, schema_generator=_EditorSchema)))
                if whole[model] == name
                else {"$ref": f"{whole[model]}.schema.json"}
            ),
        }
        for name, model in SCHEMAS.items()
    }
