"""An entity and one of its fields in, the labelled fact out that a sheet shows of it."""

from __future__ import annotations

from pipeline.document.model import Fact, FactLine
from pipeline.fields.registry import Field, field_named
from pipeline.fields.words import Words
from pipeline.parts.context import Context
from pipeline.parts.phrases import link, muted, text
from pipeline.text.nodes import Inline, Node, Place
from schema.base import Model


def fact(context: Context, entity: Model, name: str, place: Place | None = None, *, quiet: bool = False) -> Fact:
    """A field with its lines, none where there is no value; `quiet`: of secondary weight."""
    field = field_named(type(entity), name)
    lines = (_line(line, quiet=quiet) for line in field.shown_kind.show(getattr(entity, name), context.names))
    return Fact(field.label, field.key, tuple(lines), place=place)


def empty_line(field: Field) -> FactLine:
    """What stands where a field has no value."""
    return FactLine((muted(field.none),))


def choices(field: Field) -> tuple[str, ...]:
    """The texts that one can choose from, that for no value among them; () where anything can be written."""
    offered = field.shown_kind.choices
    return offered if field.always or not offered else (field.none, *offered)


def inline(line: Words) -> Inline:
    """A line as running text, its pieces leading where they do."""
    return tuple(link(piece.target, piece.text) if piece.target else text(piece.text) for piece in line.pieces)


def _line(line: Words, *, quiet: bool) -> FactLine:
    content = inline(line)
    return FactLine((Node("muted", children=content),) if quiet else content, line.lead)
