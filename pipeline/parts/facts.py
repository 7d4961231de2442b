"""An entity and one of its fields in, the labelled fact out that a sheet shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.document.model import Fact, FactLine, FactRank, Passage
from pipeline.fields.kind import OPEN
from pipeline.fields.registry import Field, field_named
from pipeline.fields.words import Words
from pipeline.parts.context import Context
from pipeline.parts.phrases import blocks, label, link, muted, place, text
from pipeline.text.nodes import Inline, Node, Place
from pipeline.text.typography import typeset_line
from schema.base import Model
from schema.entities import FieldOfAction, Measure
from schema.values import Funding, Indicator, StatusNote
from schema.vocabulary import OwnOwner, OwnPlace, OwnType


def fact(context: Context, entity: Model, name: str, place: Place | None = None, *, quiet: bool = False) -> Fact:
    """A field with its lines, none where there is no value; `quiet`: of secondary weight."""
    field = field_named(type(entity), name)
    return Fact(field.label, field.key, _lines(context, entity, field, quiet=quiet), place=place)


def _lines(context: Context, entity: Model, field: Field, *, quiet: bool) -> tuple[FactLine, ...]:
    shown = field.shown_kind.show(getattr(entity, field.name), context.names)
    return tuple(_line(line, quiet=quiet) for line in shown)


@dataclass(frozen=True)
class ShownField:
    """How a sheet shows a field of the model; `rank` says whom it is for, see Fact.

    `if_given`: many plans do without it, so nothing stands where it is not given.
    """

    name: str
    rank: FactRank = "main"
    strong: bool = False
    quiet: bool = False
    drafts_only: bool = False
    if_given: bool = False


_MOST_OFFERED: Final = 60  # texts to choose from: in a longer list it is quicker to type
OPEN_MATTERS: Final = ShownField("open_matters", if_given=True)


def shown_fact(context: Context, entity: Model, identifier: str, shown: ShownField) -> Fact:
    """A field as a sheet shows it, and where it stands; without a value the fact is empty and says just so."""
    field = field_named(type(entity), shown.name)
    lines = _lines(context, entity, field, quiet=shown.quiet)
    empty = not lines
    return Fact(
        field.label,
        field.key,
        lines or (empty_line(field),),
        place=place(type(entity), identifier, shown.name),
        rank=shown.rank,
        empty=empty,
        open=empty and field.none == OPEN,
        strong=shown.strong,
        choices=choices(context, field),
        newest=_newest(getattr(entity, shown.name)),
    )


def _newest(value: object) -> tuple[int, ...]:
    """The places of dated reports in a field, the newest first; of two of a day the one that was written later."""
    reports = [item for item in value if isinstance(item, StatusNote)] if isinstance(value, tuple) else []
    dated = [(item.date.order, place) for place, item in enumerate(reports)]
    return tuple(place for *_, place in sorted(dated, reverse=True))


def own_facts(context: Context, owner: OwnOwner) -> tuple[ShownField, ...]:
    """The plan's own fields but for its texts; one that has no value is shown where somebody has yet to give it one."""
    rows = (item for item in context.own_fields(owner, OwnPlace.SHEET) if item.type is not OwnType.TEXT)
    return tuple(ShownField(item.attribute, if_given=not item.open_while_empty) for item in rows)


def facts_given(context: Context, entity: Model, identifier: str, fields: Iterable[ShownField]) -> tuple[Fact, ...]:
    """The fields that have a value, and those that say that they have none."""
    found = ((shown, shown_fact(context, entity, identifier, shown)) for shown in fields)
    return tuple(fact for shown, fact in found if not (fact.empty and shown.if_given))


def reserved(items: Iterable[Funding | Indicator]) -> Iterator[str]:
    """On what condition sources of money or indicators are resolved: `Landesförderung: Bescheid bis Mai`."""
    for item in items:
        if item.reservation:
            yield f"{item.source if isinstance(item, Funding) else item.name}: {item.reservation}"


def reserved_fact(name: str, items: Iterable[Funding | Indicator]) -> Iterator[Fact]:
    """The same as a fact, which is made in the data alone; none where there is no condition."""
    if lines := tuple(FactLine((text(line),)) for line in reserved(items)):
        yield Fact(name, "", lines)


def passages(
    context: Context, entity: Model, identifier: str, owner: OwnOwner | None, names: Sequence[str] = ()
) -> tuple[Passage, ...]:
    """The texts of an entity that have a label, then those of the plan's own fields; each where there is one.

    Without an owner none of the plan's own fields.
    """
    owned = context.own_fields(owner, OwnPlace.SHEET) if owner else ()
    own = (item.attribute for item in owned if item.type is OwnType.TEXT)
    return tuple(
        Passage(label(type(entity), name), blocks(markdown, place(type(entity), identifier, name)))
        for name in (*names, *own)
        if (markdown := getattr(entity, name))
    )


def picture(entity: Measure | FieldOfAction) -> tuple[Passage, ...]:
    """An entity's picture, with whose it is below."""
    shown = entity.picture
    if shown is None:
        return ()
    attrs = {"src": shown.file, "alt": typeset_line(shown.alt), "caption": typeset_line(shown.credit)}
    return (Passage("", (Node("figure", attrs={"label": "", "anchor": "", **attrs}),)),)


def empty_line(field: Field) -> FactLine:
    """What stands where a field has no value."""
    return FactLine((muted(field.none),))


def choices(context: Context, field: Field) -> tuple[str, ...]:
    """The texts that one can choose from, that for no value among them; () where there are none or too many."""
    if field not in context.choices:
        context.choices[field] = _choices(context, field)
    return context.choices[field]


def _choices(context: Context, field: Field) -> tuple[str, ...]:
    offered = field.shown_kind.offered(context.names)
    if not offered or len(offered) > _MOST_OFFERED:
        return ()
    return offered if field.always else (field.none, *offered)


def inline(line: Words) -> Inline:
    """A line as running text, its pieces leading where they do."""
    return tuple(link(piece.target, piece.text) if piece.target else text(piece.text) for piece in line.pieces)


def _line(line: Words, *, quiet: bool) -> FactLine:
    content = inline(line)
    return FactLine((Node("muted", children=content),) if quiet else content, line.lead)
