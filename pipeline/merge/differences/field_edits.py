"""What a sheet showed and what it shows after editing, in; what that changes in the data, out.

Base and edited lines are compared with each other, never with the data: what looks the same is no edit. Of a line that
differs only those values change that read differently, so that an untouched one keeps the form it was typed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.kind import NO_ITEM, Group, Kind, ListOf, Record, Single
from pipeline.fields.names import PlanNames
from pipeline.fields.periods import without_joint
from pipeline.fields.registry import Field, fields_of
from pipeline.fields.shown import Unread, retyped, shown, typed
from pipeline.fields.texts import Markdown, Text
from pipeline.merge.diff.align import aligned, text_likeness
from pipeline.merge.differences.record_rows import Merged, as_data, cells, columns, read_again, row_key, with_values
from pipeline.merge.yaml.edits import REMOVE, Edit
from schema.base import Model
from schema.files import ENTITY_KINDS

_NUMBER: Final = re.compile(r"(?:Ziel |Maßnahme |Vorschlag )?([A-Z]\d+|[A-Z]?\d+(?:\.\d+)+)(?= |$)")
_LEADING: Final = re.compile(r"(?:(?:Ziel|Maßnahme|Vorschlag) ?)?([A-Z]?\d[\d.,]*)", re.IGNORECASE)
_BULLET: Final = re.compile(r"^\s*[•·▪‣*–-] +(?=\S)")  # typed before an entry
_NAMING: Final = frozenset(entity.id_key for entity in ENTITY_KINDS)  # given for ever


def comes_back(field: Field | None) -> bool:
    """Whether edits of a field are read here; those of texts in Markdown come back block by block."""
    if field is None or field.key in _NAMING:
        return False
    return not isinstance(field.kind, Group | Markdown)


def is_table(field: Field | None) -> bool:
    """Whether a field stands as a table of its own."""
    return field is not None and isinstance(field.kind, ListOf) and columns(field.kind) > 1


@dataclass(frozen=True)
class Complaint:
    """An edit that nobody understands: the field's label, and a German sentence.

    `besides` is what can be written of it nevertheless; then `before` and `after` are the words that are not
    understood, and those that stood there.
    """

    label: str
    message: str
    besides: tuple[Edit, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Edited:
    """A field of the sheet, before and after; lines that say that there is nothing are left out."""

    field: Field
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
    the lines shown; a tab or a space follows a milestone's date. Of a field that stands as a table they are its rows,
    with tabs between the cells and a `\\n` where a line breaks in one.
    """
    field = fields_of(model)[key]
    kind = field.shown_kind
    before, after = (_entries(kind, lines) for lines in (before, after))
    if [row_key(cells(kind, line)) for line in before] == [row_key(cells(kind, line)) for line in after]:
        return []
    if columns(kind) == 1:
        item = kind.item if isinstance(kind, ListOf) else kind
        own = {shown(text) for text in texts_in(value)} if isinstance(item, Text) else ()  # which may be „keine“
        after = [line for line in after if shown(line) in own or not field.says_nothing(line)]
    if not after and field.always:
        return Complaint(field.label, f"Die Angabe „{field.label}“ fehlt; sie darf nicht leer sein.")
    if not after:
        return [] if value in (None, "", []) else [Edit((key,), REMOVE)]
    names = names if value is None else names.preferring(texts_in(value))
    try:
        return _read(kind, _Edited(field, value, tuple(before), tuple(after), names))
    except _HalfRead as error:
        return Complaint(field.label, str(error), error.edits, error.before, error.after)
    except Unread as error:
        return Complaint(field.label, str(error))


def _entries(kind: Kind, lines: Sequence[str]) -> list[str]:
    """The lines that say anything. Between the entries of a list somebody may have broken the line only.

    „Q1 2027 Stelle benannt“ and, behind a break, „Q2 2027 Liste“ are two milestones. In the cells of a table a break
    stands between a value and its date.
    """
    if isinstance(kind, ListOf) and columns(kind) == 1:
        apart = kind.item.entries if isinstance(kind.item, Record) else str.splitlines
        lines = [entry for line in lines for entry in apart(line)]
        lines = lines if isinstance(kind.item, Text) else [_BULLET.sub("", line) for line in lines]
    return [line for line in lines if typed(line)]


class _HalfRead(Unread):
    """Some entries of a list are not understood; `edits` is what can be written nevertheless."""

    def __init__(self, message: str, edits: Sequence[Edit], before: str, after: str) -> None:
        super().__init__(message)
        self.edits, self.before, self.after = tuple(edits), before, after


def texts_in(value: Plain) -> Iterator[str]:
    """Every text of the data in a value; among them the actors that it names."""
    if isinstance(value, str):
        yield value
    elif value is not None:
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)


def _read(kind: Kind, edited: _Edited) -> list[Edit]:
    if isinstance(kind, ListOf):
        if isinstance(kind.item, Record):
            return _records(kind.item, edited)
        return _lines(edited) if isinstance(kind.item, Text) else _several(kind, kind.item, edited)
    if isinstance(kind, Record):
        return _parts(kind, edited)
    if isinstance(kind, Text):
        return _text(edited)
    assert isinstance(kind, Single)
    return _set(edited, kind.read(edited.after, edited.names, edited.field.label))


# --- single values ------------------------------------------------------------------------------------------------


def _set(edited: _Edited, value: Plain) -> list[Edit]:
    return [] if value == edited.value else [Edit((edited.field.key,), value)]


def _text(edited: _Edited) -> list[Edit]:
    """A text, behind whatever the sheet puts before it: a number, a label.

    Example: the title „Feste Stelle“ stands as „1.1.1 Feste Stelle“. Of „1.1.1: Halbe Stelle“ only „Halbe Stelle“ is
    the title; „1.1.2 Feste Stelle“ would be another measure's number and is refused, as is „111 Feste Stelle“. So is
    „3 Wege“ in place of „2 Wege“, a field of action; „Wege“ is its title alone.
    """
    old = edited.value if isinstance(edited.value, str) else ""
    new, line = shown(edited.text()), shown(" ".join(edited.before))
    number = _number(line) if not line.startswith(shown(old) or " ") else ""
    lead = line.removesuffix(shown(old)) if old and line.endswith(shown(old)) else ""
    number = number or (lead.strip() if lead.strip().isdecimal() else "")
    if lead and new.startswith(lead):
        new = without_joint(new.removeprefix(lead))
    elif number:
        new = _without_number(new, number)
    elif label := lead.strip(" :"):
        new = re.sub(rf"^{re.escape(label)} ?[-–:] ?", "", new, flags=re.IGNORECASE)
    if not new.strip() or new == lead.strip():
        raise Unread(f"Die Angabe „{edited.field.label}“ fehlt; sie darf nicht leer sein.")
    return _set(edited, retyped(old, new) if old else typed(new))


def _without_number(text: str, number: str) -> str:
    """A title without the number before it, however somebody typed it. Raises Unread where it is another one."""
    match = _LEADING.match(text)
    same = match is not None and re.sub(r"\D", "", match[1]) == re.sub(r"\D", "", number)
    squeezed = same and match is not None and match[1].isdigit() and match[1] != number
    other = not same and match is not None and number.isdecimal() and text[: match.end() + 1] == f"{match[1]} "
    if squeezed or other or (not same and _number(text)):
        raise Unread(f"Die Nummer {number} ist für immer vergeben und lässt sich nicht ändern.")
    return without_joint(text[match.end() :].lstrip()) if same and match else text


def _number(text: str) -> str:
    """`1.1.1` of `Maßnahme 1.1.1 Titel`, '' where the text does not begin with the number of anything."""
    match = _NUMBER.match(text)
    return match[1] if match else ""


def _parts(kind: Record, edited: _Edited) -> list[Edit]:
    """A value with fields of its own that stands alone: only those are edited that read differently."""
    key, was = edited.field.key, edited.value if isinstance(edited.value, dict) else NO_ITEM
    new = kind.read([edited.text()], edited.names, was)
    if not was:
        return [Edit((key,), with_values(new))]
    old = read_again(kind, [" ".join(edited.before)], edited.names, was)
    changed = {name: value for name, value in new.items() if value != old.get(name)}
    return [Edit((key, name), REMOVE if value is None else as_data(value)) for name, value in changed.items()]


# --- lists --------------------------------------------------------------------------------------------------------


def _items(edited: _Edited) -> list[Plain]:
    return list(edited.value) if isinstance(edited.value, list) else []


def _list(edited: _Edited, items: list[Plain]) -> list[Edit]:
    return _set(edited, items) if items or edited.value else []


def _several(kind: ListOf, item: Single, edited: _Edited) -> list[Edit]:
    found: list[Plain] = [*item.read_several(edited.after, edited.names, edited.field.label)]
    if kind.one_alone and len(found) == 1:  # a list that somebody typed for one may stay a list
        return [] if edited.value == found else _set(edited, found[0])
    return _list(edited, [_as_typed(entry, _items(edited)) for entry in found])


def _as_typed(entry: Plain, items: Sequence[Plain]) -> Plain:
    """An entry whose words are those that were typed for it, where they read as before."""
    old = next((item for item in items if isinstance(item, dict) and _same_actor(item, entry)), None)
    if old is None or not isinstance(entry, dict):
        return entry
    words = {key: (old.get(key), value) for key, value in entry.items()}
    return {
        key: retyped(base, new) if isinstance(base, str) and isinstance(new, str) else new
        for key, (base, new) in words.items()
    }


def _same_actor(item: Mapping[str, Plain], entry: Plain) -> bool:
    return isinstance(entry, dict) and item.get("akteur") == entry.get("akteur")


def _lines(edited: _Edited) -> list[Edit]:
    """A text a line; words that stayed keep what was typed for them.

    Example: the data say „z.B. Läden“, the line „z. B. Läden“. Where „z. B. neue Läden“ stands now, the data say
    „z.B. neue Läden“: the line is known again though another may have come before it.
    """
    items = _items(edited)
    before = [shown(line) for line in edited.before[: len(items)]]
    after = [shown(line) for line in edited.after]
    result: list[Plain] = []
    for line, origin in zip(after, aligned(before, after, key=str, likeness=text_likeness), strict=True):
        old = items[origin] if origin is not None else None
        result.append(retyped(old, line) if isinstance(old, str) and old else typed(line))
    return _list(edited, result)


def _records(kind: Record, edited: _Edited) -> list[Edit]:
    items = _items(edited)
    before, after = ([cells(kind, line) for line in lines] for lines in (edited.before[: len(items)], edited.after))
    merged = Merged(kind, edited.names, items, before, after)
    found = _list(edited, merged.result) if merged.result or not merged.told else []
    if merged.told:
        # An entry that nobody understands may have been written over one that is gone: then neither may go.
        replaced = merged.new_unread and len(merged.origins) < len(before)
        told = " ".join(dict.fromkeys(message for message, _, _ in merged.told))
        was, now = ("\n".join(filter(None, words)) for words in list(zip(*merged.told, strict=True))[1:])
        raise _HalfRead(told, () if replaced else found, was, now)
    return found
