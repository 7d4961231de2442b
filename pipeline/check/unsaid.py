"""An entity's nodes and its model in, what YAML would drop or take for something else without a word out.

YAML is friendlier than people can know: it makes keys of what stands behind a comma in braces, a remark of what stands
behind a `#`, text of a key that is indented too far, and nothing of the German word „Null“. Nobody would see it until
the plan is printed. All of it is told here, with the line as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from pydantic.fields import FieldInfo

from pipeline.check.accepted import accepted
from pipeline.content.read import CUT_SHORT, NO_REMARK, YamlFile
from pipeline.content.rows import AS_ENTRY, CELLS, FROM_TABLE, quoted, row_with, shown, whole_row
from pipeline.content.yaml_flow import Pair, is_bare
from pipeline.content.yaml_nodes import Entries, Items, Scalar, YamlNode
from pipeline.diagnostics import Location
from schema.base import Model
from schema.forms import by_key, form_of

if TYPE_CHECKING:
    from pipeline.check.meant import AskMeant

Path = tuple[str | int, ...]

# Behind more than one blank a remark stands there on purpose.
_REMARK = re.compile(r"[ \t](#(?=[\s#!]|$)[^\r\n]{0,30})")
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\[abefnrtv0])")
_KEY = re.compile(r"( *)(- +)?([\w-]+):(?:\s|$)")
_NOT_YET = frozenset(("…", "..."))
_ZEROS = frozenset(("null", "Null", "NULL"))


@dataclass(frozen=True)
class Unsaid:
    """A finding: its code, its place, and the path to what it is about."""

    code: str
    location: Location
    path: Path
    message: str
    hint: str
    also: tuple[Path, ...] = ()  # of what else there is nothing more to say


def unsaid(model: type[Model], file: YamlFile, node: YamlNode, meant: AskMeant, path: Path = ()) -> Iterator[Unsaid]:
    """Everything of the kind in an entity; what an alias repeats is told where it is written."""
    if isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from unsaid(model, file, item, meant, (*path, index))
    if not isinstance(node, Entries) or node.is_alias:
        return
    fields, known = by_key(model), _known(model)
    yield from _bare_keys(known, file, node, meant, path)
    for key, value in node.entries:
        info, inner = fields.get(key.value, (None, None))
        if inner is not None:
            yield from unsaid(inner, file, value, meant, (*path, key.value))
        elif info is not None and isinstance(value, Scalar) and not value.is_alias:
            yield from _remark(info, file, value, meant, (*path, key.value))
            yield from _escapes(info, file, value, meant, (*path, key.value))
            yield from _null(info, file, key, value, path)
            yield from _ellipsis(file, key, value, (*path, key.value))
            yield from _pasted(file, key, value, (*path, key.value))
            yield from _slid(known, file, node, key, value, path)


@cache
def _known(model: type[Model]) -> Mapping[str, FieldInfo]:
    """The fields of a model by their keys in the data."""
    return {key: info for key, (info, _) in by_key(model).items()}


# --- commas in braces ---------------------------------------------------------------------------------------------


def _bare_keys(
    known: Mapping[str, FieldInfo], file: YamlFile, node: Entries, meant: AskMeant, path: Path
) -> Iterator[Unsaid]:
    """What stands behind a comma without being a key with its value; of several in a row the first is told."""
    if not node.flow:
        return
    for index, pair in enumerate(node.entries):
        if not is_bare(pair) or (index and is_bare(node.entries[index - 1])):
            continue
        last = index
        while last + 1 < len(node.entries) and is_bare(node.entries[last + 1]):
            last += 1
        meant_key, message, hint = _comma(known, file.text, node.entries, (index, last), meant)
        told = [(*path, key.value) for key, _ in node.entries[index : last + 1]]
        yield Unsaid("P121", file.location(pair[0]), (*path, meant_key or pair[0].value), message, hint, tuple(told))


def _comma(
    known: Mapping[str, FieldInfo], text: str, entries: Sequence[Pair], bare: tuple[int, int], meant: AskMeant
) -> tuple[str, str, str]:
    """The key that is meant or '', a sentence and a hint about the bare keys from one index to another."""
    first, last = entries[bare[0]][0], entries[bare[1]][0]
    words = text[first.start : last.end]
    key, rest = _key_and_rest(known, words)
    if key and rest:
        row = row_with(text, first.start, last.end, f"{key}: {meant().value(known[key], rest) or rest}")
        return key, f"Hinter „{key}“ fehlt der Doppelpunkt mit einem Leerzeichen.", shown("Beides ergänzen.", row)
    if key:
        return key, f"„{key}“ steht hier ohne Wert.", "Doppelpunkt und Wert ergänzen oder das Wort löschen."
    there = {name.value for name, _ in entries}
    if not bare[0]:
        free = (name for name, info in known.items() if name not in there and accepted(info, words))
        key = next(free, "")
        row = row_with(text, first.start, last.end, f"{key}: {words}") if key else ""
        hint = f"Vor jeden Wert gehört sein Schlüssel mit Doppelpunkt; möglich sind: {', '.join(known)}."
        return key, f"„{words}“ steht in der Klammer ohne Schlüssel.", shown(hint, row)
    owner, before = entries[bare[0] - 1]
    if not isinstance(before, Scalar) or owner.value not in known:
        hint = "Einen Schlüssel mit Doppelpunkt davor setzen."
        return "", f"„{words}“ steht in der Klammer ohne Schlüssel.", hint
    whole = text[before.start : last.end]
    if before.style:
        whole = before.value + text[before.end : last.end]
    new = meant().value(known[owner.value], re.sub(r"(?<=\d),\s+(?=\d)", ",", whole)) or quoted(whole)
    row = row_with(text, before.start, last.end, new)
    return (
        "",
        f"„{owner.value}“ endet hier vor „, {words}“: In geschweiften Klammern trennt jedes Komma zwei Angaben.",
        shown("Gehört das Komma dazu, den ganzen Wert in Anführungszeichen setzen, Kommazahlen ohne Leerzeichen.", row),
    )


def _key_and_rest(known: Mapping[str, FieldInfo], words: str) -> tuple[str, str]:
    """A key and what stands behind it, of "anteil 100" or "anteil:100"; '', '' of what begins with no key."""
    found = re.fullmatch(r"([\w-]+)(?::?\s*(.*))", words, re.DOTALL)
    if found is None or found[1] not in known:
        return "", ""
    return found[1], found[2]


# --- remarks, nothing, and keys inside texts ----------------------------------------------------------------------


def _remark(info: FieldInfo, file: YamlFile, value: Scalar, meant: AskMeant, path: Path) -> Iterator[Unsaid]:
    """A free text that goes on behind ` # `; a number or a name from a list is whole without it."""
    found = None if value.style or value.is_null else _REMARK.match(file.text, value.end)
    if found is None or not meant().is_free(info):
        return
    message = f"Der Text endet hier vor „{found[1].rstrip()}“: Was hinter einem # steht, gilt als Bemerkung."
    yield Unsaid(CUT_SHORT, file.location(value), path, message, shown(NO_REMARK, whole_row(file.text, value)))


def _escapes(info: FieldInfo, file: YamlFile, value: Scalar, meant: AskMeant, path: Path) -> Iterator[Unsaid]:
    """Of "H:\\neu" in double quotes YAML makes "H:", the end of a line, and "eu"; longer texts may mean that."""
    found = _ESCAPE.search(file.text, value.start, value.end) if value.style == '"' else None
    if found is None or not meant().is_line(info):
        return
    raw = file.text[value.start + 1 : value.end - 1]
    message = f"„{found[1]}“ steht zwischen doppelten Anführungszeichen für ein Zeilenende oder ein anderes Zeichen."
    row = row_with(file.text, value.start, value.end, quoted(raw))
    hint = shown("Ist der Schrägstrich gemeint, den Text in einfache Anführungszeichen setzen.", row)
    yield Unsaid(CUT_SHORT, file.location(value), path, message, hint)


def _null(info: FieldInfo, file: YamlFile, key: Scalar, value: Scalar, path: Path) -> Iterator[Unsaid]:
    """„Null“: to YAML it says that there is no value, to people it is the number 0 or a name."""
    if value.style or value.value not in _ZEROS:
        return
    number = form_of(info).type in (Decimal, int)
    if not number and value.value == "null":  # who writes it so knows what it means, and no number is lost
        return
    message = f"„{value.value}“ bedeutet hier: keine Angabe."
    new, typed = ("0", "0") if number else (value.value, quoted(value.value))
    hint = "Die Zahl als Ziffer schreiben" if number else "Als Text in Anführungszeichen setzen"
    row = row_with(file.text, value.start, value.end, typed) if accepted(info, new) else ""
    full = shown(f"{hint}; ohne Angabe: „{key.value}“ ganz löschen.", row)
    yield Unsaid("P108", file.location(value), (*path, key.value), message, full)


def _ellipsis(file: YamlFile, key: Scalar, value: Scalar, path: Path) -> Iterator[Unsaid]:
    """`titel: …`, copied from a hint or the handbook, where the dots stand for what belongs there."""
    if value.value.strip() in _NOT_YET:
        message = f"Hinter „{key.value}“ steht noch nichts: „{value.value.strip()}“ steht für das, was hineingehört."
        yield Unsaid("P107", file.location(value), path, message, "Den Wert eintragen.")


def _pasted(file: YamlFile, key: Scalar, value: Scalar, path: Path) -> Iterator[Unsaid]:
    """A row of a spreadsheet below a text: indented far enough, it is taken for more of that text."""
    if value.style or "\t" not in file.text[value.start : value.end]:
        return
    for offset, row in enumerate(file.text[value.start : value.end].splitlines()):
        if offset and CELLS.search(row):
            message = f"{FROM_TABLE} So gehört sie zum Text von „{key.value}“."
            yield Unsaid("P120", Location(file.path, value.line + offset, 1), path, message, AS_ENTRY)


def _slid(
    known: Mapping[str, FieldInfo], file: YamlFile, node: Entries, key: Scalar, value: Scalar, path: Path
) -> Iterator[Unsaid]:
    """A line of a text that is a key of the same entity, indented too far; one that stands elsewhere too is text."""
    if not value.is_block and "\n" not in value.value:
        return
    there = {name.value for name, _ in node.entries}
    rows = file.text[value.start : value.end].splitlines()
    for offset, row in enumerate(rows[1:], 1):
        found = _KEY.match(row)
        if found is None or found[3] not in known or (found[3] in there and not found[2]):
            continue
        begins_entity = found[2] and found[3] == next(iter(known))
        if found[2] and not begins_entity:
            continue
        column = key.column - 1 - (len(found[2]) if found[2] else 0)
        there.add(found[3])
        yield Unsaid(
            "P120",
            Location(file.path, value.line + offset, len(found[1]) + 1),
            (*path, found[3]),
            f"„{found[3]}“ ist hier zu weit eingerückt und gehört deshalb zum Text von „{key.value}“.",
            f"Die Zeile mit {column} statt {len(found[1])} Leerzeichen beginnen, ebenso die Zeilen, die dazugehören.",
        )
