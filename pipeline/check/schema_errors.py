"""pydantic's errors in, German findings out: code, path, sentence and hint, with the labels of the schema."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pipeline.content.rows import quoted, row_with, shown
from pipeline.content.yaml_nodes import Entries, Scalar, YamlNode, descend, entry, key_node
from schema.base import SLUG_LIMIT, Model, Reference, Slug
from schema.forms import form_of, model_in
from schema.rules.finding import nearest, suggestion
from schema.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pipeline.check.meant import AskMeant

Path = tuple[str | int, ...]

_SLUG = next(mark.pattern for mark in FieldInfo.from_annotation(Slug).metadata if hasattr(mark, "pattern"))
_WORD = re.compile(r"\w+")
_LIST = "Zum Beispiel: [eins, zwei]; oder je Zeile ein Eintrag mit „- “."
_FORM = "So aufgebaut, zum Beispiel:"
_WORDS = frozenset(("titel", "quelle", "name", "schritt"))  # where words belong that say nothing else


@dataclass(frozen=True)
class SchemaFault:
    """A fault of one value. `on_key` says that it is the key that is meant, not its value."""

    code: str
    path: Path
    message: str
    hint: str
    on_key: bool = False
    known: tuple[str, ...] = ()  # the keys that there are, if it is a key that there is not

    @property
    def near(self) -> str:
        """The key that is probably meant by one that there is not; '' for other faults."""
        return next(iter(nearest(str(self.path[-1]), self.known)), "") if self.known else ""


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
        message = f"Den Schlüssel „{path[-1]}“ gibt es hier nicht."
        return SchemaFault("P106", path, message, hint, on_key=True, known=tuple(known))
    if kind == "missing":
        hint = f"„{path[-1]}:“ und den Wert in einer eigenen Zeile oder in der Klammer ergänzen. {help_text}".rstrip()
        return SchemaFault("P107", path, f"Die Angabe „{path[-1]}“ ({label}) fehlt.", hint)
    if kind in ("enum", "literal_error"):
        return _unknown_value(path, label, detail, info)
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
            _LIST,
        )
    if detail["input"] is None and path and isinstance(path[-1], int):
        hint = "Den Strich löschen oder etwas dahinter schreiben."
        return SchemaFault("P105", path, f"{label}: Hier steht ein Strich, und dahinter nichts.", hint)
    if kind.startswith("model"):
        inner = model if not path else model_in(info) if info else None
        message = f"{label}: Hier werden Angaben mit Schlüsseln erwartet.".removeprefix(": ")
        return SchemaFault("P105", path, message, _form_of(inner, detail))
    if kind == "string_type":
        return SchemaFault("P105", path, f"{label}: Hier wird ein Text erwartet.", help_text)
    hint = f"Den Wert berichtigen: {help_text}" if isinstance(detail["input"], str) else help_text
    return SchemaFault("P108", path, f"{label}: {_form(kind, context, detail, info)}", hint)


def better(model: type[Model], text: str, node: YamlNode, fault: SchemaFault, ask: AskMeant) -> tuple[str, str]:
    """Sentence and hint of a fault in a node, with the line as it should be where it is known what was meant."""
    if fault.known:
        return fault.message, _with_key(text, node, fault)
    at, path = _reached(node, fault.path)
    info = _field(model, path)
    if at is None:
        return fault.message, fault.hint
    inner = _field(model, fault.path)
    message, hint = _named(fault.message, inner, info), fault.hint
    listed = bool(path) and isinstance(path[-1], int)
    if info is None or fault.on_key or at.is_shared:
        return message, hint
    meant = ask()
    if meant.is_line(info) and not isinstance(at, Scalar):  # "[offen] klären" needs quotes, and so does "[offen]"
        return message, shown("Ist es Text, alles in Anführungszeichen setzen.", _as_text(text, at))
    if fault.hint == _LIST and isinstance(at, Entries) and at.flow:
        return message, shown(hint, row_with(text, at.start, at.end, f"[{text[at.start : at.end]}]"))
    new = meant.item(info, at) if listed else meant.node(info, at)
    if new and hint.startswith(_FORM):
        hint = "Jeder Wert braucht seinen Schlüssel."
    if fault.code == "P108" and _is_actor(inner) and isinstance(at, Scalar):
        several = meant.several_actors(at.value)
        if several and not listed and form_of(info).many:
            told = f"{info.title}: {len(several)} Akteure sind genannt, wo einer steht oder eine Liste."
            hint = "Steht fest, wer führt, nur ihn nennen und die übrigen unter mitwirkung. Sonst eckige Klammern."
            return told, shown(hint, row_with(text, at.start, at.end, f"[{', '.join(several)}]"))
        if several and not listed:
            told = f"{info.title}: Hier steht genau ein Akteur; genannt sind {len(several)}."
            return told, shown("Die übrigen unter mitwirkung nennen.", row_with(text, at.start, at.end, several[0]))
        near = f"Meinten Sie „{new}“? " if new else meant.near_actor(at.value)
        hint = f"{near}Akteure werden mit ihrer Kennung aus akteure.yaml genannt."
        if new:
            message = f"{info.title}: „{_short(at.value)}“ ist der Name eines Akteurs, nicht seine Kennung."
    return message, hint if new is None else shown(hint, row_with(text, at.start, at.end, new))


def _reached(node: YamlNode, path: Path) -> tuple[YamlNode | None, Path]:
    """What stands at a path, None if nothing does, and the path to it in the file.

    What stands alone for a list or a group of values counts as its only one: of `mitwirkung: [Amt]` the text is what
    stands at (mitwirkung, 0, akteur), of `federfuehrung: Amt` it is at (federfuehrung, 0).
    """
    for index, step in enumerate(path):
        below = entry(node, step)
        if below is None:
            alone = isinstance(node, Scalar) and index == len(path) - 1
            return (node, path[:-1]) if alone else (None, path)
        node = below
    return node, path


def _is_actor(info: FieldInfo | None) -> bool:
    return info is not None and Reference("actor") in form_of(info).marks


def _named(message: str, inner: FieldInfo | None, outer: FieldInfo | None) -> str:
    """A message by the field that people see: of an actor alone in a list `Mitwirkung: …`, not `Akteur: …`."""
    if inner is None or outer is None or not message.startswith(f"{inner.title}: "):
        return message
    return message.replace(f"{inner.title}: ", f"{outer.title}: ", 1)


def _as_text(text: str, node: YamlNode) -> str:
    """The line in which a node stands as it is written, as a text."""
    raw = text[node.start : node.end]
    return row_with(text, node.start, node.end, quoted(raw)) if raw.startswith(("[", "{")) else ""


def _with_key(text: str, node: YamlNode, fault: SchemaFault) -> str:
    """The hint of a key that there is not, with the line as it should be where one of the known keys is near."""
    holder = descend(node, fault.path[:-1])
    key = key_node(holder, fault.path[-1])
    if key is None or key.is_shared or not isinstance(holder, Entries):
        return fault.hint
    there = {name.value for name, _ in holder.entries}
    row = row_with(text, key.start, key.end, fault.near) if fault.near and fault.near not in there else ""
    return shown(fault.hint, row)


def _unknown_value(path: Path, label: str, detail: ErrorDetails, info: FieldInfo | None) -> SchemaFault:
    held = form_of(info).type if info else None
    if isinstance(held, type) and issubclass(held, Vocabulary):
        values = [member.value for member in held]
    else:
        expected = str(detail["ctx"]["expected"])
        values = [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]
    value = str(detail["input"])
    listed = values if all(map(_WORD.fullmatch, values)) else [f"„{item}“" for item in values]
    hint = f"{suggestion(value, values)}Erlaubt sind: {', '.join(listed)}."
    return SchemaFault("P109", path, f"{label}: Den Wert „{_short(value)}“ gibt es nicht.", hint)


def _form_of(model: type[Model] | None, detail: ErrorDetails) -> str:
    """How a group of values is written, with the words that stand there where it has a place for words."""
    if model is None:
        return "Jede Angabe besteht aus Schlüssel, Doppelpunkt und Wert."
    words = detail["input"] if isinstance(detail["input"], str) else ""
    keys = _usual_keys(model)
    pieces = [f"{key}: {_short(words) if words and key in _WORDS else _example(model, key)}" for key in keys]
    return f"{_FORM} {{{', '.join(pieces)}}}."


def _usual_keys(model: type[Model]) -> list[str]:
    """The keys that a group of values must have; of several ways to fill it in, those of the first."""
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    ways: Any = model.model_config.get("json_schema_extra") or {}
    return required or [key for way in ways.get("anyOf", ())[:1] for key in way["required"]]


def _example(model: type[Model], key: str) -> str:
    """The first example that a field's description gives, `Q1 2027`; three dots where it has none."""
    info = _by_alias(model, key)
    found = re.match("Zum Beispiel ([^,.]+?)(?:,| oder )", (info.description if info else "") or "")
    return found[1] if found else "…"


def _malformed(value: str, pattern: str, info: FieldInfo | None) -> str:
    """Why a value does not fit a pattern: the sign that an ID may not have, its length, or what it looks like."""
    if pattern != _SLUG:
        examples = " oder ".join(_examples(info)) if info else ""
        return f"„{value}“ hat nicht die Form, die erwartet wird" + (f": {examples}." if examples else ".")
    if len(value) > SLUG_LIMIT:
        return f"„{_short(value)}“ hat {len(value)} Zeichen; erlaubt sind höchstens {SLUG_LIMIT}."
    allowed = "erlaubt sind nur a bis z, Ziffern und Bindestriche, am Anfang ein Buchstabe, zusammen 2 bis 40 Zeichen"
    strange = dict.fromkeys(_sign(sign) for sign in value if not re.fullmatch("[a-z0-9-]", sign))
    what = f" enthält {', '.join(strange)}" if strange else " ist keine Kennung"
    return f"„{value}“{what}; {allowed}."


def _sign(sign: str) -> str:
    """What people call a sign that an ID may not have."""
    return "Großbuchstaben" if re.fullmatch("[A-Z]", sign) else "Leerzeichen" if sign.isspace() else f"„{sign}“"


def _examples(info: FieldInfo) -> Iterator[str]:
    """What the field's annotation gives as examples."""
    for mark in (info, *form_of(info).marks):
        if isinstance(mark, FieldInfo):
            yield from (str(example) for example in mark.examples or ())


def _form(kind: str, context: Mapping[str, Any], detail: ErrorDetails, info: FieldInfo | None) -> str:
    value = _short(str(detail["input"]))
    if kind == "string_pattern_mismatch":
        return _malformed(str(detail["input"]).strip(), context["pattern"], info)
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
