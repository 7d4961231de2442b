"""Content as values in, YAML text with the place of every value out: where a fault stands that was planted there.

The places are worked out by the writer, not by the parser under test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Steps = tuple[str | int, ...]
Place = tuple[int, int]


class Again(str):
    """A key that stands in its mapping a second time."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass
class Written:
    """A file's text, and where its keys and values begin; line and column count from 1."""

    lines: list[str] = field(default_factory=list)
    values: dict[Steps, Place] = field(default_factory=dict)
    keys: dict[Steps, Place] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The file."""
        return "\n".join([*self.lines, ""])


def written(data: Mapping[str, Any]) -> Written:
    """A mapping as block YAML; every scalar in the quotes of JSON, which YAML reads alike."""
    result = Written()
    _mapping(data, (), 0, "", result)
    return result


def _mapping(data: Mapping[str, Any], path: Steps, indent: int, lead: str, result: Written) -> None:
    """`lead` is what stands before the first key on its line."""
    result.values[path] = (len(result.lines) + 1, indent + 1)
    for number, (key, value) in enumerate(data.items()):
        before = lead if number == 0 else " " * indent
        here: Steps = (*path, key)
        result.keys[here] = (len(result.lines) + 1, indent + 1)
        _value(value, here, indent, f"{before}{key}:", result)


def _value(value: Any, path: Steps, indent: int, before: str, result: Written) -> None:
    if isinstance(value, dict) and value:
        result.lines.append(before)
        _mapping(value, path, indent + 2, " " * (indent + 2), result)
    elif isinstance(value, list) and value:
        result.lines.append(before)
        result.values[path] = (len(result.lines) + 1, indent + 3)
        for index, item in enumerate(value):
            _item(item, (*path, index), indent + 2, result)
    else:
        result.values[path] = (len(result.lines) + 1, len(before) + 2)
        result.lines.append(f"{before} {json.dumps(value, ensure_ascii=False)}")


def _item(item: Any, path: Steps, indent: int, result: Written) -> None:
    dash = " " * indent + "- "
    if isinstance(item, dict) and item:
        _mapping(item, path, indent + 2, dash, result)
    else:
        result.values[path] = (len(result.lines) + 1, len(dash) + 1)
        result.lines.append(f"{dash}{json.dumps(item, ensure_ascii=False)}")


@dataclass(frozen=True)
class Expected:
    """A finding that must come: its code, its file, and where: a path in the data, or a place as such."""

    code: str
    file: str
    path: Steps | None = None
    on_key: bool = False
    place: Place = (0, 0)
    shift: int = 0  # columns behind the beginning of the value

    def found_at(self, files: Mapping[str, Written]) -> tuple[str, str, int, int]:
        """Code, file, line and column; a field that is not there is looked for at what it would belong to."""
        if self.path is None:
            return (self.code, self.file, *self.place)
        written = files[self.file]
        if self.on_key:
            return (self.code, self.file, *written.keys[self.path])
        path = self.path
        while path not in written.values:
            path = path[:-1]
        line, column = written.values[path]
        return (self.code, self.file, line, column + self.shift)


Files = dict[str, Any]  # path below the content folder → a mapping, or the text or bytes of other files


def write(files: Mapping[str, Any], folder: Path) -> dict[str, Written]:
    """Writes all files; hands back where what stands in those of data."""
    places = {name: written(data) for name, data in files.items() if isinstance(data, dict)}
    for name, data in _bytes(files, places):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return places


def _bytes(files: Mapping[str, Any], places: Mapping[str, Written]) -> Iterator[tuple[str, bytes]]:
    for name, data in files.items():
        if name in places:
            yield name, places[name].text.encode()
        else:
            yield name, data if isinstance(data, bytes) else data.encode()
