"""pydantic's errors in, German findings out: code, path, sentence and hint, with the labels of the schema."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from schema.base import Model
from schema.forms import model_in
from schema.rules.finding import suggestion

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class SchemaFault:
    """A fault of one value. `on_key` says that it is the key that is meant, not its value."""

    code: str
    path: Path
    message: str
    hint: str
    on_key: bool = False


def faults(model: type[Model], error: ValidationError) -> Iterator[SchemaFault]:
    """One fault a place, in the order of the data."""
    seen: set[Path] = set()
    for detail in error.errors(include_url=False):
        path = _real_path(model, detail["loc"])
        if path not in seen:
            seen.add(path)
            yield _fault(model, path, detail)


def _fault(model: type[Model], path: Path, detail: ErrorDetails) -> SchemaFault:
    """The fault in German; the kinds are pydantic's (`pydantic_core.ErrorType`), label and help the schema's."""
    kind, context = detail["type"], detail.get("ctx", {})
    info = _field(model, path)
    label = (info.title if info else None) or str(path[-1] if path else "")
    help_text = (info.description if info else None) or ""
    if kind == "extra_forbidden":
        holder = _model_at(model, path[:-1])
        known = [item.alias or name for name, item in holder.model_fields.items()]
        hint = f"{suggestion(str(path[-1]), known)}Erlaubt sind hier: {', '.join(known)}."
        return SchemaFault("P106", path, f"Den Schlüssel „{path[-1]}“ gibt es hier nicht.", hint, on_key=True)
    if kind == "missing":
        hint = f"„{path[-1]}: …“ in einer eigenen Zeile oder in der Klammer ergänzen. {help_text}".rstrip()
        return SchemaFault("P107", path, f"Die Angabe „{path[-1]}“ ({label}) fehlt.", hint)
    if kind in ("enum", "literal_error"):
        return _unknown_value(path, label, detail)
    if kind in ("string_too_long", "too_long"):
        limit = context["max_length"]
        actual = len(detail["input"]) if isinstance(detail["input"], str | list) else 0
        unit = "Zeichen" if kind == "string_too_long" else "Einträge"
        message = f"{label} ist zu lang: {actual} {unit}, erlaubt sind {limit}."
        return SchemaFault("P110", path, message, "Kürzen; Ausführliches gehört in die Beschreibung oder einen Text.")
    if kind in ("string_too_short", "too_short"):
        minimum = context["min_length"]
        return SchemaFault("P110", path, f"{label} ist zu kurz; mindestens {minimum} erwartet.", help_text)
    if kind in ("tuple_type", "list_type"):
        return SchemaFault(
            "P105",
            path,
            f"{label}: Hier wird eine Liste erwartet.",
            "Zum Beispiel: [eins, zwei]; oder je Zeile ein Eintrag mit „- “.",
        )
    if kind.startswith("model"):
        return SchemaFault("P105", path, f"{label}: Hier werden Angaben mit Schlüsseln erwartet.", help_text)
    if kind == "string_type":
        return SchemaFault("P105", path, f"{label}: Hier wird ein Text erwartet.", help_text)
    hint = f"Den Wert berichtigen: {help_text}" if isinstance(detail["input"], str) else help_text
    return SchemaFault("P108", path, f"{label}: {_form(kind, context, detail)}", hint)


def _unknown_value(path: Path, label: str, detail: ErrorDetails) -> SchemaFault:
    expected = str(detail["ctx"]["expected"])
    values = [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]
    value = str(detail["input"])
    hint = f"{suggestion(value, values)}Erlaubt sind: {', '.join(values)}."
    return SchemaFault("P109", path, f"{label}: Den Wert „{_short(value)}“ gibt es nicht.", hint)


def _form(kind: str, context: Mapping[str, Any], detail: ErrorDetails) -> str:
    value = _short(str(detail["input"]))
    if kind == "value_error":
        return f"{context['error']}" + (f" (hier steht „{value}“)." if isinstance(detail["input"], str) else ".")
    if kind.startswith(("date", "datetime")):
        return f"„{value}“ ist kein Tag, den es gibt; erwartet wird Jahr-Monat-Tag, zum Beispiel 2026-11-22."
    if kind.startswith("int"):
        return f"„{value}“ ist keine ganze Zahl."
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"mindestens {context['ge']}" if "ge" in context else f"höchstens {context['le']}"
        return f"{value} liegt außerhalb des Erlaubten; erwartet wird {bound}."
    return f"„{value}“ hat nicht die erwartete Form."


def _short(text: str) -> str:
    return textwrap.shorten(text, 60, placeholder="…")


# --- finding one's way in the models ------------------------------------------------------------------------------


def _real_path(model: type[Model], location: Path) -> Path:
    """The path in the data: pydantic adds names of union branches, which the data does not have.

    Of the baseline "viel" it reports two errors, at (indikatoren, 0, ausgangswert, function-before[_number(), decimal])
    and at (indikatoren, 0, ausgangswert, literal['noch zu erheben']): one fault, at (indikatoren, 0, ausgangswert).
    """
    path: list[str | int] = []
    current: type[Model] | None = model
    for index, step in enumerate(location):
        last = index == len(location) - 1
        if isinstance(step, int):
            path.append(step)
        elif current is not None:
            info = _by_alias(current, step)
            path.append(step)
            if info is None:
                return tuple(path)
            current = model_in(info)
        elif not last:
            continue
    return tuple(path)


def _model_at(model: type[Model], path: Path) -> type[Model]:
    current = model
    for step in path:
        if isinstance(step, str) and (info := _by_alias(current, step)):
            current = model_in(info) or current
    return current


def _field(model: type[Model], path: Path) -> FieldInfo | None:
    names = [index for index, step in enumerate(path) if isinstance(step, str)]
    if not names:
        return None
    return _by_alias(_model_at(model, path[: names[-1]]), str(path[names[-1]]))


def _by_alias(model: type[Model], key: str) -> FieldInfo | None:
    return next((info for name, info in model.model_fields.items() if (info.alias or name) == key), None)
