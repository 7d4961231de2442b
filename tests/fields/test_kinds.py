"""Every field of every model has a kind; what a kind shows, or a person types for it, reads back to the same value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from pipeline.fields.kind import NO_ITEM, Group, Item, Kind, ListOf, Record, Single
from pipeline.fields.registry import fields_of, kind_of
from pipeline.fields.shown import Unread, bare, shown
from pipeline.fields.texts import Markdown
from pipeline.merge.differences.field_edits import comes_back
from schema.base import Line, Model
from schema.base import Markdown as MarkdownField
from schema.divisions import DivisionsFile
from schema.entities import Actor
from schema.files import ENTITY_KINDS, SCHEMAS
from schema.own_fields import OwnField, with_fields
from schema.plan import DraftResolution, Options, OutlineEntry, Report, Reservation, Settlement, Step, Strand, Term
from schema.values import Indicator, Picture
from schema.vocabulary import OwnOwner, OwnType
from tests.fields.values import NAMES, data, written

# What no document shows as one value, besides the lists of entities themselves: how plan.yaml is built.
STRUCTURES = {
    DraftResolution,
    Options,
    OutlineEntry,
    OwnField,
    Picture,
    Report,
    Reservation,
    Settlement,
    Step,
    Strand,
    Term,
}


def models() -> Iterator[type[Model]]:
    """Every model that content files hold, with those of its fields."""
    found: dict[type[Model], None] = {}
    waiting: list[type[Model]] = list(SCHEMAS.values())
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            for field in fields_of(model).values():
                kind = field.kind.item if isinstance(field.kind, ListOf) else field.kind
                if isinstance(kind, Group | Record):
                    waiting.append(kind.model)
    return iter(found)


VALUES = ("Stufe 1", "Stufe 2, oben", 'z.B. "Angabe" - C++', "Größe_3")
OWN = tuple(
    OwnField.model_construct(
        name=item.value,
        label=f"Eigene {item.label}",
        owner=OwnOwner.ACTOR,
        type=item,
        values=VALUES if item in (OwnType.CHOICE, OwnType.CHOICES) else (),
        unit={OwnType.NUMBER: "t CO₂/a", OwnType.AMOUNT: "Euro"}.get(item, ""),
    )
    for item in OwnType
)
"""A field of each type that a plan may declare."""

FIELDS: Mapping[str, tuple[Kind, FieldInfo]] = {
    f"{model.__name__}.{name}": (kind, info)
    for model in (*models(), with_fields(Actor, OWN))
    if model is not DivisionsFile  # its words have a form that only they have
    for name, info in model.model_fields.items()
    if isinstance(kind := kind_of(info), Single | Record | ListOf)
}
OF_EACH_KIND = {str(form): name for name, (kind, _) in FIELDS.items() for form in [(type(kind), vars(kind))]}
"""One field of each kind, also of each closed list."""

each_kind = pytest.mark.parametrize("name", sorted(OF_EACH_KIND.values()))


def test_every_field_has_a_kind_and_only_structure_has_no_words() -> None:
    groups = {
        field.kind.model for model in models() for field in fields_of(model).values() if isinstance(field.kind, Group)
    }
    assert groups == STRUCTURES | {entity.model for entity in ENTITY_KINDS}


def test_every_field_of_a_measure_comes_back() -> None:
    measure = next(entity.model for entity in ENTITY_KINDS if entity.key == "massnahmen")
    fields = fields_of(measure).values()
    assert [field.key for field in fields if not comes_back(field) and not isinstance(field.kind, Markdown)] == [
        "id",
        "bild",
    ]


@each_kind
def test_what_says_nothing_is_known_again(name: str) -> None:
    kind, _ = FIELDS[name]
    assert kind.says_nothing(kind.none)
    assert all(kind.says_nothing(text) and bare(text) == text for text in kind.nothing)
    assert not any(kind.says_nothing(choice) for choice in kind.choices)
    empty = () if isinstance(kind, ListOf) else None
    assert kind.show(empty, NAMES) == ()


def read(kind: Kind, lines: Sequence[str], was: Item = NO_ITEM) -> Any:
    """The lines as a value of the data; `was` is the item that stood there before."""
    match kind:
        case ListOf(item=Single() as item):
            return item.read_several(lines, NAMES, "Angabe")
        case ListOf(item=Record() as item):
            return [read(item, [line]) for line in lines]
        case Record():
            (line,) = lines
            cells = line.split("\t") if kind.columns > 1 else [line]
            return {key: value for key, value in kind.read(cells, NAMES, was).items() if value is not None}
        case Single():
            return kind.read(lines, NAMES, "Angabe")
    raise TypeError(kind)


def value_of(info: FieldInfo, found: Any) -> Any:
    """What the model makes of a value of the data."""
    return TypeAdapter(info.rebuild_annotation()).validate_python(found)


def alike(value: Any) -> Any:
    """For comparing: texts as documents show them, an indicator without what no cell shows where it has no value."""
    if isinstance(value, Model):
        names = {name: info.alias or name for name, info in type(value).model_fields.items()}
        fields = {key: alike(getattr(value, name)) for name, key in names.items()}
        if isinstance(value, Indicator):
            fields["richtung"] = value.direction.value if value.direction and value.target is not None else None
            start, end = isinstance(fields["ausgangswert"], str), fields["zielwert"] is None
            hidden = [*["datum"] * start, *["zieldatum"] * end, *["einheit"] * (start and end)]
            fields = {key: item for key, item in fields.items() if key not in hidden}
        return fields
    if isinstance(value, tuple):
        return [alike(item) for item in value]
    return shown(value) if type(value) is str else value


def some(kind: Kind) -> st.SearchStrategy[Any]:
    if isinstance(kind, ListOf):
        return st.lists(data(kind.item), min_size=1, max_size=3)
    assert isinstance(kind, Single | Record)
    return data(kind)


@each_kind
@settings(max_examples=20, deadline=None)
@given(choose=st.data())
def test_what_is_shown_reads_back(name: str, choose: st.DataObject) -> None:
    kind, info = FIELDS[name]
    value = value_of(info, choose.draw(some(kind)))
    lines = [str(line) for line in kind.show(value, NAMES)]
    assert alike(value_of(info, read(kind, lines))) == alike(value)


@each_kind
@settings(max_examples=30, deadline=None)
@given(choose=st.data())
def test_what_a_person_types_reads_as_meant(name: str, choose: st.DataObject) -> None:
    kind, info = FIELDS[name]
    if isinstance(kind, ListOf):
        found = choose.draw(some(kind))
        lines = [choose.draw(written(kind.item, item)) for item in found]
    else:
        assert isinstance(kind, Single | Record)
        found = choose.draw(data(kind))
        lines = [choose.draw(written(kind, found))]
    assert alike(value_of(info, read(kind, lines))) == alike(value_of(info, found)), lines


@each_kind
@settings(max_examples=20, deadline=None)
@given(text=st.text("Q1 0279.,-–/%()€bisaMärz:\tÄ٢", max_size=24))
def test_whatever_is_typed_is_read_or_told(name: str, text: str) -> None:
    kind, _ = FIELDS[name]
    told = ""
    try:
        read(kind, [text])
    except Unread as error:
        told = str(error)
    assert not told or told.endswith((".", "?"))


OWN_WORDS = [
    ("Measure.funding", "Fonds 40 % Land (offen)", {"quelle": "Fonds 40 % Land", "stand": "offen"}),
    ("Measure.funding", "Fonds 2 7 % (offen)", {"quelle": "Fonds 2", "anteil": "7", "stand": "offen"}),
    ("Measure.effort", "rund 10.000 Euro im Jahr", {"text": "rund 10.000 Euro im Jahr"}),
    ("Measure.effects", "Ziel 1: 2: 3 Läden", {"groesse": "Ziel 1: 2", "betrag": "3", "einheit": "Läden"}),
    (
        "Measure.effects",
        "Läden: 3 je Ort bis heute",
        {"groesse": "Läden", "betrag": "3", "einheit": "je Ort bis heute"},
    ),
    ("Measure.milestones", "2027\tQ3 ist vorbei", {"termin": "2027", "titel": "Q3 ist vorbei"}),
    ("Measure.notes", "2027\tim Plan: erreicht: ja", {"datum": "2027", "zustand": "im_plan", "text": "erreicht: ja"}),
]
"""A field, a line that it is shown as, and the item that it stands for: as a new one nobody would be sure of it."""


@pytest.mark.parametrize(("name", "line", "item"), OWN_WORDS)
def test_what_an_item_has_already_stays_whatever_it_looks_like(name: str, line: str, item: Item) -> None:
    kind, _ = FIELDS[name]
    assert isinstance(kind, ListOf)
    (words,) = kind.show(value_of(FIELDS[name][1], [item]), NAMES)
    assert shown(str(words)) == shown(line)
    assert read(kind.item, [line], item) == item
    with pytest.raises(Unread):
        read(kind.item, [line])


# --- fields that a model may get ----------------------------------------------------------------------------------


class Further(Model):
    """Fields as a model may have some day."""

    lines: tuple[Line, ...] = ()
    text: MarkdownField | None = None


def test_a_new_field_gets_its_kind_from_what_the_model_says() -> None:
    fields = fields_of(Further)
    assert isinstance(fields["lines"].kind, ListOf)
    assert isinstance(fields["text"].kind, Markdown)
    assert [str(line) for line in fields["lines"].kind.show(("Betriebe", "Schulen"), NAMES)] == ["Betriebe", "Schulen"]


class Strange(Model):
    """A field of no kind that there is."""

    value: bytes = b""


def test_what_has_no_kind_is_told() -> None:
    with pytest.raises(TypeError, match="is of no kind"):
        fields_of(Strange)
