"""Fields that a plan declares itself (eigene Felder), in; models that have them besides the built-in ones, out.

A declared field becomes an annotated field of a model, like the built-in ones. So whatever asks a model for its fields
(checks, sheets, bookmarks, the way back from Word, editions, editors' schemas) treats both alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Final, Self, TypeVar, cast

from pydantic import Field, ValidationError, create_model, model_validator

from schema.base import Amount, Line, Markdown, Model, Number, OpenWhileEmpty, Unit
from schema.entities import Actor, FieldOfAction, Goal, Measure
from schema.ids import ActorRef
from schema.time import PeriodField
from schema.vocabulary import OwnOwner, OwnPlace, OwnType, Vocabulary, YesNo

OWN_FIELDS_KEY: Final = "eigene_felder"
MOST: Final = 40  # a sheet of more is a questionnaire
MOST_IN_REGISTER: Final = 3  # columns beside those that the register has
EURO: Final = "Euro"
_CURRENCY: Final = frozenset(("€", "eur", "euro"))

OWNERS: Final[Mapping[OwnOwner, type[Model]]] = MappingProxyType(
    {OwnOwner.MEASURE: Measure, OwnOwner.GOAL: Goal, OwnOwner.FIELD: FieldOfAction, OwnOwner.ACTOR: Actor}
)
# What names an entity wherever it stands, and what is kept beside it in editions.
_TAKEN: Final = frozenset(("id", "nummer", "name", "kurzname", "titel", "kurztitel", "strang"))
_CHOOSING: Final = frozenset((OwnType.CHOICE, OwnType.CHOICES))
_COUNTING: Final = frozenset((OwnType.NUMBER, OwnType.AMOUNT))
_NOTHING_YET: Final = "offen"  # what sheets print while a field is open
_ALIKE: Final = str.maketrans({"–": "-", "—": "-", "_": " ", "\u00a0": " ", **dict.fromkeys("„“”»«‚‘’'", '"')})

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,38}[a-z0-9]$", examples=["ansprechpartner", "co2_minderung"])]
Value = Annotated[str, Field(min_length=1, max_length=60)]


class OwnField(Model):
    """A field that a plan declares for its measures, goals, fields of action or actors (eigenes Feld)."""

    name: Name = Field(
        title="Name",
        description="Der Schlüssel in den Dateien: Kleinbuchstaben, Ziffern und Unterstriche.",
    )
    label: str = Field(
        alias="bezeichnung", title="Bezeichnung", min_length=2, max_length=40, description="So heißt es im Steckbrief."
    )
    owner: OwnOwner = Field(alias="fuer", title="Für", description="Welche Einträge das Feld haben.")
    type: OwnType = Field(alias="art", title="Art", description="Was darin steht.")
    values: tuple[Value, ...] = Field(
        default=(), alias="werte", title="Werte", max_length=40, description="Was zur Auswahl steht."
    )
    unit: str = Field(
        default="", alias="einheit", title="Einheit", max_length=30, description="Worin gezählt wird: Hektar, t CO₂."
    )
    help: str = Field(
        default="", alias="hilfe", title="Hilfe", max_length=300, description="Was Schreibende dazu wissen müssen."
    )
    must: YesNo = Field(
        default=YesNo.NO,
        alias="offen_wenn_leer",
        title="Offen, wenn leer",
        description="ja: Bis zum Beschluss ist etwas einzutragen.",
    )
    places: tuple[OwnPlace, ...] = Field(
        default=(OwnPlace.SHEET,),
        alias="zeigen",
        title="Zeigen",
        min_length=1,
        description="Wo es gedruckt wird.",
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        reason = next((reason for reason in (_name(self), _values(self), _unit(self), _places(self)) if reason), "")
        if reason:
            raise ValueError(reason)
        return self

    @property
    def attribute(self) -> str:
        """What the field is called in the models: built-in fields have English names, none of which begins so."""
        return f"own_{self.name}"

    @property
    def open_while_empty(self) -> bool:
        """Whether somebody has to fill it in until the resolution."""
        return self.must is YesNo.YES

    def shown_in(self, place: OwnPlace) -> bool:
        """Whether it is printed there."""
        return place in self.places


def same_word(text: str) -> str:
    """For comparing what people would take for the same: case, spaces, dashes and quotes make no difference."""
    return " ".join(text.translate(_ALIKE).casefold().split())


def _name(field: OwnField) -> str:
    """Why it cannot be called so, '' where it can."""
    info = OWNERS[field.owner].model_fields
    if field.name in _TAKEN or any(field.name == (item.alias or name) for name, item in info.items()):
        return f"„{field.name}“ gibt es bei {field.owner.label} schon; bitte einen anderen Namen wählen"
    if any(same_word(field.label) == same_word(item.title or "") for item in info.values()):
        return f"„{field.label}“ heißt bei {field.owner.label} schon eine andere Angabe; bitte anders bezeichnen"
    return ""


def _values(field: OwnField) -> str:
    if field.type not in _CHOOSING:
        return f"„werte“ gehört nur zu {_list(_CHOOSING)}, nicht zu {field.type}" if field.values else ""
    if not field.values:
        return f"zur Art {field.type} gehört „werte“: [eins, zwei]"
    seen: set[str] = set()
    for value in field.values:
        if same_word(value) in seen:
            return f"der Wert „{value}“ steht zweimal unter „werte“"
        if not re.search(r"\w", value) or same_word(value) == _NOTHING_YET:
            return f"„{value}“ kann kein Wert sein: So sieht es aus, wenn nichts eingetragen ist"
        seen.add(same_word(value))
    return ""


def _unit(field: OwnField) -> str:
    if field.unit and field.type not in _COUNTING:
        return f"„einheit“ gehört nur zu {_list(_COUNTING)}, nicht zu {field.type}"
    return f"eine Einheit beginnt nicht mit einer Ziffer: „{field.unit}“" if re.match(r"[-–−.,\d]", field.unit) else ""


def _places(field: OwnField) -> str:
    if OwnPlace.REGISTER in field.places and field.owner is not OwnOwner.MEASURE:
        return "im Verzeichnis der Maßnahmen stehen nur Felder der Maßnahmen"
    if OwnPlace.REGISTER in field.places and field.type is OwnType.TEXT:
        return "ein Text hat in einer Spalte des Verzeichnisses keinen Platz; möglich ist dort jede andere Art"
    return ""


def _list(words: Iterable[Vocabulary]) -> str:
    return " und ".join(sorted(words))


# --- declarations -------------------------------------------------------------------------------------------------


def declared(listed: object) -> tuple[tuple[OwnField, ...], frozenset[str]]:
    """The sound declarations among data that may be anything, and the names that the unsound ones give.

    One mistake is told once: where a declaration is refused, what it declares is not refused as well.
    """
    sound, names = [], set()
    for item in listed if isinstance(listed, list) else ():
        given = {key: value for key, value in item.items() if value is not None} if isinstance(item, dict) else item
        try:
            sound.append(OwnField.model_validate(given))
        except ValidationError:
            names |= {str(item.get("name"))} if isinstance(item, dict) else set()
    return tuple(sound), frozenset(names)


def once(fields: Iterable[OwnField]) -> tuple[OwnField, ...]:
    """Of fields of one name for the same kind of entity the first; the second is refused by a rule."""
    found: dict[tuple[OwnOwner, str], OwnField] = {}
    for field in fields:
        found.setdefault((field.owner, field.name), field)
    return tuple(found.values())


# --- models -------------------------------------------------------------------------------------------------------

AnyModel = TypeVar("AnyModel", bound=Model)


@cache  # what is known of a model, by its identity, is known for ever
def with_fields(model: type[AnyModel], fields: tuple[OwnField, ...]) -> type[AnyModel]:
    """The model with the fields besides its own; itself where there are none."""
    if not fields:
        return model
    added: dict[str, Any] = {field.attribute: _annotated(field) for field in fields}
    return create_model(model.__name__, __base__=model, __module__=model.__module__, **added)


def _annotated(field: OwnField) -> tuple[Any, Any]:
    form, default = _form(field)
    marked = Annotated[form, OpenWhileEmpty()] if field.open_while_empty else form
    info = Field(default=default, alias=field.name, title=field.label, description=field.help or field.label)
    return marked, info


def _form(field: OwnField) -> tuple[Any, Any]:
    """The annotation and what it is where nothing is given."""
    match field.type:
        case OwnType.CHOICE:
            return _vocabulary(field.name, field.values) | None, None
        case OwnType.CHOICES:
            return tuple[_vocabulary(field.name, field.values), ...], ()  # type: ignore[misc]
        case OwnType.NUMBER:
            return (Annotated[Number, Unit(field.unit)] if field.unit else Number) | None, None
        case OwnType.AMOUNT:
            unit = EURO if field.unit.casefold() in _CURRENCY else field.unit or EURO
            return Annotated[Amount, Unit(unit)] | None, None
    return _PLAIN[field.type]


_PLAIN: Final[Mapping[OwnType, tuple[Any, Any]]] = MappingProxyType(
    {
        OwnType.LINE: (Line | None, None),
        OwnType.TEXT: (Markdown | None, None),
        OwnType.PERIOD: (PeriodField | None, None),
        OwnType.YES_NO: (YesNo | None, None),
        OwnType.ACTORS: (tuple[ActorRef, ...], ()),
        OwnType.LINES: (tuple[Line, ...], ()),
    }
)


def _vocabulary(name: str, values: Sequence[str]) -> type[Vocabulary]:
    """The values as a closed list, each called what it is."""
    members = [(f"VALUE_{number}", (value, value)) for number, value in enumerate(values)]
    return cast("type[Vocabulary]", Vocabulary(f"own_{name}", members))  # type: ignore[arg-type]
