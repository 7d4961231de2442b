"""What a sheet showed and what it shows after editing, in; what that changes in the data, out.

Base and edited lines are compared with each other, never with the data: what looks the same is no edit. Of a line that
differs only those values change that read differently, so that an untouched one keeps the form it was typed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.fields import parsing
from pipeline.fields.names import PlanNames
from pipeline.fields.parsing import Values
from pipeline.fields.shown import Unread, bare, retyped, shown, typed
from pipeline.fields.wording import NO_MEASURE, OPEN
from pipeline.merge.diff.align import aligned, text_likeness
from pipeline.merge.yaml.edits import REMOVE, Edit
from schema.base import Model
from schema.vocabulary import MeasureStatus, Priority, ProposalState, Vocabulary

_DASHES: Final = frozenset(("-", "--"))  # as `bare` gives any dash
_EMPTY: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "aufwand": frozenset((OPEN,)),
        "finanzierung": frozenset((OPEN,)),
        "zusagen": frozenset((OPEN,)),
        "abhaengig_von": frozenset((bare(NO_MEASURE), "keine", "keiner")),
    }
)
_ALWAYS: Final = frozenset(("status",))  # may be missing in the data, but a sheet always shows one
_NUMBER: Final = re.compile(r"(?:Ziel |Maßnahme |Vorschlag )?([A-Z]\d+|[A-Z]?\d+(?:\.\d+)+)(?= |$)")
_HIDDEN: Final = frozenset(("einheit",))  # stays in the data though no value shows it
_TEXTS: Final = frozenset(("quelle", "titel", "name", "erhebung", "einheit"))


@dataclass(frozen=True)
class Complaint:
    """An edit that nobody understands: the field's label, and a German sentence."""

    label: str
    message: str


@dataclass(frozen=True)
class _Field:
    """A field of the sheet, before and after."""

    key: str
    label: str
    value: Plain
    before: tuple[str, ...]
    after: tuple[str, ...]
    names: PlanNames

    def text(self) -> str:
        return " ".join(self.after)


def edits(
    key: str, model: type[Model], value: Plain, before: Sequence[str], after: Sequence[str], names: PlanNames
) -> list[Edit] | Complaint:
    """What the edit of one field changes; paths begin at the entity.

    `key` is the field's key in the data and `value` what stands there, None if nothing does. `before` and `after` are
    the lines shown; a tab or a space follows a milestone's date.
    """
    field, required = _label(model, key)
    before, after = ([line for line in lines if typed(line)] for lines in (before, after))
    if [shown(line) for line in before] == [shown(line) for line in after]:
        return []
    empty = _EMPTY.get(key, frozenset())
    after = [line for line in after if bare(line) not in _DASHES | empty]
    if not after and (required or key in _ALWAYS):
        return Complaint(field, f"Die Angabe „{field}“ fehlt; sie darf nicht leer sein.")
    if not after:
        return [] if value in (None, "", []) else [Edit((key,), REMOVE)]
    try:
        return _READERS[key](_Field(key, field, value, tuple(before), tuple(after), names))
    except Unread as error:
        return Complaint(field, str(error))


def _label(model: type[Model], key: str) -> tuple[str, bool]:
    """A field's label, and whether it must be there."""
    for name, info in model.model_fields.items():
        if key == (info.alias or name):
            return info.title or name, info.is_required()
    raise KeyError(key)


# --- single values ------------------------------------------------------------------------------------------------


def _set(field: _Field, value: Plain) -> list[Edit]:
    return [] if value == field.value else [Edit((field.key,), value)]


def _text(field: _Field) -> list[Edit]:
    """A text, behind whatever the sheet puts before it: a number, a label."""
    old = field.value if isinstance(field.value, str) else ""
    new, line = shown(field.text()), shown(" ".join(field.before))
    number = _number(line) if not line.startswith(shown(old) or " ") else ""
    if number and _number(new) not in ("", number):
        raise Unread(f"Die Nummer {number} ist für immer vergeben und lässt sich nicht ändern.")
    lead = line.removesuffix(shown(old)) if old and line.endswith(shown(old)) else ""
    if lead and new.startswith(lead):
        new = new.removeprefix(lead)
    elif number and _number(new):
        new = new.partition(number)[2]
    if not new.strip() or new == lead.strip():
        raise Unread(f"Die Angabe „{field.label}“ fehlt; sie darf nicht leer sein.")
    return _set(field, retyped(old, new) if old else typed(new))


def _number(text: str) -> str:
    """`1.1.1` of `Maßnahme 1.1.1 Titel`, '' where the text does not begin with the number of anything."""
    match = _NUMBER.match(text)
    return match[1] if match else ""


def _choice(kind: type[Vocabulary]) -> Callable[[_Field], list[Edit]]:
    def read(field: _Field) -> list[Edit]:
        words = re.sub(rf"^{re.escape(field.label)}:? ", "", typed(field.text()), flags=re.IGNORECASE)
        return _set(field, parsing.choice(words, kind, field.label).value)

    return read


def _span(field: _Field) -> list[Edit]:
    new = dict(zip(("von", "bis"), parsing.span(field.text()), strict=True))
    if not isinstance(field.value, dict):
        return [Edit((field.key,), {**new})]
    old = dict(zip(("von", "bis"), parsing.span(" ".join(field.before)), strict=True))
    return [Edit((field.key, name), new[name]) for name in new if new[name] != old[name]]


def _day(field: _Field) -> list[Edit]:
    return _set(field, parsing.day(field.text()))


def _actor(field: _Field) -> list[Edit]:
    before = [field.value] if isinstance(field.value, str) else []
    found = field.names.actor_list(", ".join(field.after), before)
    if len(found) > 1:
        raise Unread(f"„{typed(field.text())}“ nennt mehrere Akteure; unter „{field.label}“ steht genau einer.")
    return _set(field, found[0])


def _goal(field: _Field) -> list[Edit]:
    found = field.names.goal_list(field.text())
    if len(found) > 1:
        raise Unread(f"„{typed(field.text())}“ nennt mehrere Ziele; unter „{field.label}“ steht genau eines.")
    return _set(field, found[0])


# --- lists --------------------------------------------------------------------------------------------------------


def _items(field: _Field) -> list[Plain]:
    return list(field.value) if isinstance(field.value, list) else []


def _list(field: _Field, items: list[Plain]) -> list[Edit]:
    return _set(field, items) if items or field.value else []


def _actors(field: _Field) -> list[Edit]:
    before = [item for item in _items(field) if isinstance(item, str)]
    found = field.names.actor_list(", ".join(line.strip(" ,;") for line in field.after), before)
    return _list(field, [*found])


def _references(read: Callable[[PlanNames, str], list[str]]) -> Callable[[_Field], list[Edit]]:
    """Goals or measures, one a line or several."""

    def edit(field: _Field) -> list[Edit]:
        found: list[Plain] = []
        for line in field.after:
            found += read(field.names, line)
        return _list(field, found)

    return edit


def _lines(read: Callable[[PlanNames, str, Sequence[str]], Values]) -> Callable[[_Field], list[Edit]]:
    """A mapping a line, as the data hold it."""

    def edit(field: _Field) -> list[Edit]:
        before = _items(field)
        actors = [str(item["akteur"]) for item in before if isinstance(item, dict) and "akteur" in item]
        lines = field.before[: len(before)]
        rows = [[line] for line in lines], [[line] for line in field.after]
        return _list(field, merged(before, *rows, lambda row: read(field.names, row[0], actors)))

    return edit


Rows = Sequence[Sequence[str]]


def merged(items: Sequence[Plain], before: Rows, after: Rows, read: Callable[[Sequence[str]], Values]) -> list[Plain]:
    """The items of a list as the rows after editing say; a row that looks as before leaves its item as it is."""
    old, new = (["\t".join(map(_row_key, row)) for row in rows] for rows in (before, after))
    result: list[Plain] = []
    for row, origin in zip(after, aligned(old, new, key=str, likeness=text_likeness), strict=True):
        item = items[origin] if origin is not None else None
        if origin is not None and isinstance(item, dict):
            same = old[origin] == "\t".join(map(_row_key, row))
            result.append(item if same else _changed(item, _read_again(read, before[origin]), read(row)))
        else:
            result.append({key: value for key, value in read(row).items() if value})
    return result


def _row_key(cell: str) -> str:
    return shown(cell)


def _read_again(read: Callable[[Sequence[str]], Values], row: Sequence[str]) -> Values:
    try:
        return read(row)
    except Unread:  # a base that was printed in another wording: then everything counts as changed
        return {}


def _changed(item: Mapping[str, Plain], old: Values, new: Values) -> dict[str, Plain]:
    result = dict(item)
    for key, value in {**dict.fromkeys(old.keys() - new.keys() - _HIDDEN), **new}.items():
        if key in old and key in new and old[key] == value:
            continue
        base = item.get(key)
        if not value:
            result.pop(key, None)
        else:
            result[key] = retyped(base, value) if key in _TEXTS and isinstance(base, str) and base else value
    return result


_READERS: Final[Mapping[str, Callable[[_Field], list[Edit]]]] = MappingProxyType(
    {
        **dict.fromkeys(("titel", "kurztitel", "zielsatz", "indikator", "herkunft", "begriff"), _text),
        **dict.fromkeys(("einreicher", "begruendung"), _text),
        "status": _choice(MeasureStatus),
        "prioritaet": _choice(Priority),
        "stand": _choice(ProposalState),
        "zeitraum": _span,
        **dict.fromkeys(("eingang", "bearbeitet"), _day),
        "federfuehrung": _actor,
        **dict.fromkeys(("entscheidung", "mitwirkung", "information"), _actors),
        "ziel": _goal,
        "weitere_ziele": _references(PlanNames.goal_list),
        "abhaengig_von": _references(PlanNames.measure_list),
        "meilensteine": _lines(lambda _, line, __: parsing.milestone(line)),
        "aufwand": _lines(lambda _, line, __: parsing.effort(line)),
        "finanzierung": _lines(lambda _, line, __: parsing.funding(line)),
        "zusagen": _lines(lambda names, line, actors: names.commitment(line, actors)),
    }
)
KEYS: Final = frozenset(_READERS)
"""The fields that are read here; texts in Markdown are not, nor the table of indicators."""
