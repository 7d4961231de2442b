"""What all models of the plan share: frozen, unknown keys refused, German keys as aliases, labels as titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, PlainSerializer
from pydantic.json_schema import WithJsonSchema
from pydantic_core import CoreSchema


class Model(BaseModel):
    """A value of the plan. Field names are English, YAML keys (aliases), titles and descriptions German."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_alias=True,
        validate_by_name=True,
        str_strip_whitespace=True,
    )


class MarkdownText:
    """Marks a field whose text is Markdown: its references and directives are checked, its syntax is typeset."""


NAMES_KIND = "x-names"  # in a JSON Schema: of which kind the entity is that a value names


@dataclass(frozen=True)
class Reference:
    """Marks a field that names another entity by its ID."""

    to: Literal["actor", "goal", "measure"]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What the ID's form says, and of which kind it is, for whoever knows the IDs of a content."""
        return {**handler(core), NAMES_KIND: self.to}


@dataclass(frozen=True)
class Unit:
    """Marks a number that is counted in something: `Hektar`."""

    name: str


class OpenWhileEmpty:
    """Marks a field of which no value means that somebody has yet to decide or to find out."""


class OneOrSeveral:
    """Marks a list that in the data may be its only item as well: `amt` says what `[amt]` does, and is written so."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """An editor takes and offers either."""
        several = handler(core)
        return {"anyOf": [several["items"], several]}


def _several(value: Any) -> Any:
    """What stands alone as a list; what is no text or list at all is refused by the type."""
    return (value,) if isinstance(value, str) else value


def _one_or_several(value: tuple[str, ...]) -> Any:
    """A record of a plan keeps one as the data have it, so that it compares with records of older programs."""
    return value[0] if len(value) == 1 else value


MARKDOWN_LIMIT = 20_000  # characters, some seven printed pages: longer texts belong into a file of their own

TITLE_LIMIT = 200  # characters
LINE_LIMIT = 600
SLUG_LIMIT = 40  # characters of an ID

Line = Annotated[str, Field(min_length=1, max_length=LINE_LIMIT)]
Markdown = Annotated[str, Field(min_length=1, max_length=MARKDOWN_LIMIT), MarkdownText()]
Slug = Annotated[
    str,
    Field(
        pattern=rf"^[a-z][a-z0-9-]{{0,{SLUG_LIMIT - 2}}}[a-z0-9]$",
        description="Kleinbuchstaben, Ziffern und Bindestriche, beginnend mit einem Buchstaben.",
    ),
]

# "1.200" is twelve hundred to a German reader and one and a fifth to a YAML parser: it is refused, not guessed.
_THOUSANDS = re.compile(r"-?[0-9]+(\.[0-9]{3})+")
# Nor is a leading zero taken away in silence: to other programs 012 is ten.
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})([.,][0-9]{1,6})?")
# "12,000" is twelve to a German reader and twelve thousand to an English one.
_ENGLISH = re.compile(r"(-?[1-9][0-9]{0,2}),([0-9]{3})")


def _number(value: Any) -> Any:
    """`12`, `12.5` or the German `12,5`; no thousands separators, since `1.200` could be read two ways."""
    text = str(value).strip()
    if _THOUSANDS.fullmatch(text):
        raise ValueError("nicht eindeutig: Tausender stehen ohne Punkt (12000), Bruchteile mit Komma (12,5)")
    english = _ENGLISH.fullmatch(text)
    if english and english[2].endswith("0"):
        raise ValueError(_two_ways(english[1], english[2]))
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise ValueError("keine Zahl; erlaubt sind zum Beispiel 12, 12.5 und 12,5, ohne Tausenderpunkt und Einheit")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation as error:  # pragma: no cover - the pattern above admits only numbers
        raise ValueError("keine Zahl") from error


def _amount(value: Any) -> Any:
    """As a number; of sums of money and work nobody writes thousandths, so a comma before three digits says nothing."""
    if english := _ENGLISH.fullmatch(str(value).strip()):
        raise ValueError(_two_ways(english[1], english[2]))
    return value


def _two_ways(whole: str, fraction: str) -> str:
    """Of `12,000` that it is 12000 or 12; of `1,125` that it is 1125 or `1,1250`, which nobody reads as thousands."""
    rest = fraction.rstrip("0")
    small = f"{whole},{rest}{'0' if len(rest) == len(fraction) else ''}" if rest else whole
    return f"nicht eindeutig: Mit Tausendern ist es {whole}{fraction}, als Kommazahl {small}; so schreiben"


def _whole(value: Any) -> Any:
    """Digits only: pydantic would also take `1.0` for 1."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value.strip()):
        raise ValueError("keine ganze Zahl; erlaubt sind nur Ziffern, ohne Null davor")
    return value


Integer = Annotated[int, BeforeValidator(_whole)]


def _plain_number(value: Decimal) -> str:
    """Without trailing zeros, so that 20 and 20.0 are the same to whoever compares records."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    PlainSerializer(_plain_number, return_type=str),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?[0-9]{1,12}([.,][0-9]{1,6})?$"}),
]
Amount = Annotated[Number, BeforeValidator(_amount)]

AnyText = TypeVar("AnyText", bound=str)
Several = Annotated[tuple[AnyText, ...], BeforeValidator(_several), PlainSerializer(_one_or_several), OneOrSeveral()]
"""Texts of which there mostly is one, see OneOrSeveral."""
