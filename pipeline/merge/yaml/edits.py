"""What is to change in a plan's data, as values: a path and what shall stand there; no text, no files."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pipeline.content.yaml_nodes import Plain

Step = str | int | tuple[str, str]
"""A key, an index, or what one entry of a list of mappings says: `("id", "M1.1.1")`."""
Path = tuple[Step, ...]


class _Remove(Enum):
    REMOVE = "remove"


REMOVE: Final = _Remove.REMOVE


@dataclass(frozen=True)
class Edit:
    """What shall stand at a path; REMOVE takes the key or the item away."""

    path: Path
    value: Plain | _Remove


@dataclass(frozen=True)
class Insertion:
    """A new item of the list at a path, right after the item that `after` finds; at the end without."""

    path: Path
    value: Plain
    after: tuple[str, str] | int | None = None


Change = Edit | Insertion


class NoSuchPlaceError(Exception):
    """An edit of something that is not there; carries the path as far as it was looked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(spoken(path))
        self.path = path


def applied(data: Plain, changes: Iterable[Change]) -> Plain:
    """The data with all changes made. Selectors and indexes are looked up in turn, after the changes before."""
    root: dict[str, Plain] = {"": deepcopy(data)}
    for change in changes:
        whole: Path = ("", *change.path)
        if isinstance(change, Insertion):
            _insert(_at(root, whole), change)
        else:
            _set(_at(root, whole[:-1]), change, whole[-1])
    return root[""]


def _insert(found: Plain, change: Insertion) -> None:
    if not isinstance(found, list):
        raise NoSuchPlaceError(change.path)
    place = len(found) if change.after is None else _index(found, change.after, change.path) + 1
    found.insert(place, deepcopy(change.value))


def _set(parent: Plain, change: Edit, step: Step) -> None:
    if isinstance(parent, dict) and isinstance(step, str):
        if change.value is REMOVE:
            if step not in parent:
                raise NoSuchPlaceError(change.path)
            del parent[step]
        else:
            parent[step] = deepcopy(change.value)
    elif isinstance(parent, list) and not isinstance(step, str):
        index = _index(parent, step, change.path)
        if change.value is REMOVE:
            del parent[index]
        else:
            parent[index] = deepcopy(change.value)
    else:
        raise NoSuchPlaceError(change.path)


def _at(data: Plain, path: Path) -> Plain:
    for position, step in enumerate(path):
        if isinstance(data, dict) and isinstance(step, str) and step in data:
            data = data[step]
        elif isinstance(data, list) and not isinstance(step, str):
            data = data[_index(data, step, path[1 : position + 1])]
        else:
            raise NoSuchPlaceError(path[1 : position + 1])
    return data


def _index(items: list[Plain], step: tuple[str, str] | int, path: Path) -> int:
    if isinstance(step, int):
        found = step if 0 <= step < len(items) else None
    else:
        key, value = step
        found = next((i for i, item in enumerate(items) if isinstance(item, dict) and item.get(key) == value), None)
    if found is None:
        raise NoSuchPlaceError(path)
    return found


def spoken(path: Path) -> str:
    """A path as a person reads it: `massnahmen, M1.1.1, titel`."""
    return ", ".join(_spoken(step) for step in path)


def _spoken(step: Step) -> str:
    if isinstance(step, int):
        return f"{step + 1}. Eintrag"
    return step[-1] if isinstance(step, tuple) else step
