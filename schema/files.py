"""What each kind of content file holds, and the JSON Schemas that editors use for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from schema import vocabulary
from schema.base import Model
from schema.entities import Actor, FieldOfAction, GlossaryTerm, Goal, Measure, Proposal
from schema.plan import PlanMeta


class ActorsFile(Model):
    """akteure.yaml"""

    actors: tuple[Actor, ...] = Field(
        alias="akteure", title="Akteure", description="Alle, die etwas übernehmen können."
    )


class FieldsFile(Model):
    """handlungsfelder.yaml"""

    fields_of_action: tuple[FieldOfAction, ...] = Field(
        alias="handlungsfelder",
        title="Handlungsfelder",
        description="Die Handlungsfelder in ihrer Reihenfolge.",
    )


class GlossaryFile(Model):
    """glossar.yaml"""

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


SCHEMAS: Mapping[str, type[Model]] = MappingProxyType(
    {
        "plan": PlanMeta,
        "akteure": ActorsFile,
        "handlungsfelder": FieldsFile,
        "glossar": GlossaryFile,
        "ziele": StrandFile,
        "massnahmen": StrandFile,
        "vorschlag": ProposalFile,
    }
)


class _EditorSchema(GenerateJsonSchema):
    """JSON Schema as an editor needs it: it reads `fassung: 0.9` as a number where we read text."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number"]}


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


def json_schemas() -> Mapping[str, dict[str, Any]]:
    """A JSON Schema for every name of SCHEMAS, keys and explanations in German."""
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **_german(model.model_json_schema(by_alias=True, schema_generator=_EditorSchema)),
        }
        for name, model in SCHEMAS.items()
    }
