"""Sources as they were, as they are, as an editor would have them in; both changes in one out, or what contradicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.diff import lists
from pipeline.merge.diff.diff3 import merge, rows
from pipeline.merge.differences.moved_blocks import block_conflicts
from pipeline.merge.differences.new_measures import next_free
from pipeline.merge.markdown.source_text import SourceText
from pipeline.merge.sources import Entity, Sources
from pipeline.merge.with_values import with_all
from pipeline.merge.yaml.change_text import change
from pipeline.merge.yaml.edits import REMOVE, Edit, Insertion
from pipeline.merge.yaml.splices import Unspliceable
from schema.files import file_model

MOVED = "(verschoben) "  # stands before a block that one side moved


@dataclass(frozen=True)
class SourceConflict:
    """Two changes that do not go together: the text's or field's name, and what each side has, as a person reads it.

    `line`: where ours begins in a text's file, from 0, None where that is not known. `values`: of a field what the base
    and theirs have, as data.
    """

    name: str
    base: str
    ours: str
    theirs: str
    line: int | None = None
    values: tuple[Plain, Plain] | None = None


@dataclass(frozen=True)
class Joined:
    """Our sources with theirs taken in; where both contradict each other, ours stand.

    `numbers`: the ID of something new in theirs → another that it has in ours, because its own was taken.
    """

    sources: Sources
    conflicts: tuple[SourceConflict, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)


def join(base: Sources, ours: Sources, theirs: Sources) -> Joined:
    """Everything that differs between base and theirs, taken into ours."""
    joined = Joined(ours)
    values: list[_Value] = []
    for name, text in theirs.texts.items():
        before = base.texts.get(name)
        if before is not None and before.text != text.text:
            joined = _text(joined, name, before.text, text.text, values)
    for identifier, entity in theirs.entities.items():
        old = base.entities.get(identifier)
        for key in dict.fromkeys((*old.data, *entity.data)) if old and old.data != entity.data else ():
            if old and not base.is_text(f"{identifier}/{key}") and old.data.get(key) != entity.data.get(key):
                joined = _value(joined, (identifier, key), old.data.get(key), entity.data.get(key), values)
    sources, failed = with_all(joined.sources, [(value.entity, [value.edit]) for value in values])
    joined = replace(joined, sources=sources)
    for number in sorted(failed):
        joined = _conflicting(joined, values[number].otherwise)
    for identifier in theirs.entities:
        joined = joined if identifier in base.entities else _new(joined, base, identifier, theirs)
    return joined


@dataclass(frozen=True)
class _Value:
    """A value of the data that ours takes from theirs, and what is told where that cannot be written."""

    entity: str
    edit: Edit
    otherwise: SourceConflict


def _text(joined: Joined, name: str, base: str, theirs: str, values: list[_Value]) -> Joined:
    """A text of the data goes to the values."""
    now, of_data = joined.sources.texts.get(name), not name.endswith(".md")
    if now is None:
        return _conflicting(joined, SourceConflict(name, base, "", theirs))
    if newline := _newline(now):  # somebody's editor or git may have changed all of them
        base, theirs = (newline.join(SourceText(text).lines) for text in (base, theirs))
    found = list(block_conflicts(base, now.text, theirs))
    for block in found:
        joined = _conflicting(
            joined, SourceConflict(name, block.text, _told(block.ours, block.text), _told(block.theirs, block.text))
        )
        theirs = _without(theirs, block.text) if block.theirs == "moved" else theirs
    merged = merge(base, now.text, theirs)
    whole = SourceConflict(name, base, now.text, theirs)
    if (merged.conflicts and of_data) or _breaks_others((base, now.text, theirs), merged.text):
        return _conflicting(joined, whole)  # a value of the data is settled as a whole in any case
    for conflict in merged.conflicts:
        told = SourceConflict(name, conflict.base, conflict.ours, conflict.theirs, conflict.line)
        joined = _conflicting(joined, told)
    if merged.text == now.text:
        return joined
    if of_data:
        entity, _, key = name.rpartition("/")
        values.append(_Value(entity, Edit((key,), joined.sources.as_written(name, merged.text)), whole))
        return joined
    return replace(joined, sources=joined.sources.with_prose(name, merged.text))


def _breaks_others(sides: tuple[str, str, str], merged: str) -> bool:
    """Whether a block is gone that nobody has touched. Lines are joined, and a line may change what others are: of a
    paragraph that one made source text, and where both contradict each other behind it, only the opening fence came.
    """
    if merged in sides:
        return False
    untouched = reduce(and_, map(_blocks, sides))
    return bool(untouched - _blocks(merged))


def _blocks(text: str) -> Counter[tuple[object, ...]]:
    return Counter((leaf.kind, leaf.text, leaf.rows, leaf.note) for leaf in SourceText(text).leaves)


def _newline(text: SourceText) -> str:
    """What ends each line of a text, '' where they end in several ways."""
    ends = {end for end in text.ends if end}
    return ends.pop() if len(ends) == 1 else ""


def _told(fate: str, text: str) -> str:
    return "" if fate == "gone" else f"{MOVED}{text}"


def _without(text: str, block: str) -> str:
    """The text without a block and an empty line after it."""
    source, wanted = SourceText(text), tuple(block.split("\n"))
    lines, whole = source.lines, rows(text)
    for at in range(len(lines)):
        if lines[at : at + len(wanted)] == wanted:
            end = at + len(wanted)
            return "".join(whole[:at] + whole[end + (end < len(lines) - 1 and not lines[end].strip()) :])
    return text


def _conflicting(joined: Joined, conflict: SourceConflict) -> Joined:
    return replace(joined, conflicts=(*joined.conflicts, conflict))


def _value(joined: Joined, where: tuple[str, str], base: Plain, theirs: Plain, values: list[_Value]) -> Joined:
    identifier, key = where
    name = f"{identifier}/{key}"
    entity = joined.sources.entities.get(identifier)
    if entity is None:
        return _conflicting(joined, SourceConflict(name, _shown(base), "", _shown(theirs)))
    ours = entity.data.get(key)
    if ours == theirs:
        return joined
    conflict = SourceConflict(name, _shown(base), _shown(ours), _shown(theirs), values=(base, theirs))
    new = theirs
    if ours != base:
        settled = _both(base, ours, theirs)
        if settled is None:
            return _conflicting(joined, conflict)
        new = settled
    values.append(_Value(identifier, Edit((key,), REMOVE if new is None else new), conflict))
    return joined


def _both(base: Plain, ours: Plain, theirs: Plain) -> Plain | None:
    """What both changes make of a value, None where they contradict each other."""
    if isinstance(base, str) and isinstance(ours, str) and isinstance(theirs, str):
        merged = merge(base, ours, theirs)
        return None if merged.conflicts or " " not in base else merged.text
    joined = lists.merge(base, ours, theirs)
    return None if joined.conflicts else joined.value


def _new(joined: Joined, base: Sources, identifier: str, theirs: Sources) -> Joined:
    """A new entity stands in our sources behind the one that it stands behind in theirs, once.

    Where its number is taken it gets the next free one.
    """
    entity = theirs.entities[identifier]
    there = _there(joined.sources, base, identifier, entity)
    if there:
        return _differing(_numbered(joined, identifier, there), there, entity)
    conflict = SourceConflict(f"{identifier}/", "", "", _shown(dict(entity.data)))
    if entity.file not in joined.sources.files or not entity.path:
        return _conflicting(joined, conflict)
    free = identifier
    if identifier in joined.sources.entities:
        free = next_free(joined.sources, identifier.rpartition(".")[0])
    text = joined.sources.text(entity.file)
    try:
        beside = [name for name, other in theirs.entities.items() if other.file == entity.file]
        before = beside[beside.index(identifier) - 1] if beside.index(identifier) else ""
        known = joined.sources.entities.get(before)
        after = ("id", before) if known is not None and known.file == entity.file else None
        insertion = Insertion(entity.path[:1], {**entity.data, "id": free}, after)
        sources = joined.sources.with_text(entity.file, change(text, [insertion], file_model(entity.file)))
        return _numbered(replace(joined, sources=sources), identifier, free)
    except Unspliceable:
        return _conflicting(joined, conflict)


def _there(ours: Sources, base: Sources, identifier: str, entity: Entity) -> str:
    """The ID by which something new is there already: by its title, or by its number and a text that is its own."""
    old = [item.data.get("beschreibung") for item in base.entities.values()]
    for name, item in ours.entities.items():
        if name in base.entities or item.file != entity.file:
            continue
        same = {key for key in ("titel", "beschreibung") if item.data.get(key) == entity.data.get(key)}
        if "titel" in same or (same and name == identifier and entity.data.get("beschreibung") not in old):
            return name
    return ""


def _numbered(joined: Joined, identifier: str, number: str) -> Joined:
    return replace(joined, numbers={**joined.numbers, identifier: number}) if number != identifier else joined


def _differing(joined: Joined, there: str, entity: Entity) -> Joined:
    """What was changed since in something new: nobody knows what was before."""
    ours = joined.sources.entities[there].data
    for key in dict.fromkeys((*ours, *entity.data)):
        if key != "id" and ours.get(key) != entity.data.get(key):
            conflict = SourceConflict(f"{there}/{key}", "", _shown(ours.get(key)), _shown(entity.data.get(key)))
            joined = _conflicting(joined, conflict)
    return joined


def _shown(value: Plain) -> str:
    """A value of the data as one line a piece."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return "\n".join(_shown(item) for item in value)
