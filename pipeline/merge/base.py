"""What an edited file was before anybody edited it: carried inside it, else found in the store by its hash."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pipeline.errors import RefusedFileError
from pipeline.fields.registry import fields_of
from pipeline.files.bases import find_base
from pipeline.merge.docx.open import OpenedPackage
from pipeline.merge.extracted import Elsewhere, shown_of
from pipeline.merge.sources import Sources
from pipeline.ooxml.bookmarks import MARK_PREFIX, bookmark_name, hidden, mark_name
from pipeline.ooxml.parse import parse_xml
from pipeline.ooxml.unzip import unzip
from pipeline.text.nodes import Place
from pipeline.word.embedded_base import (
    FORMAT,
    MARKS_APART,
    NAMESPACE,
    PARTS,
    PROPERTY,
    RECORD,
    SHOWN,
    SOURCES,
    WHOLE,
    Base,
)

MAIN: Final = "word/document.xml"
_PROPERTIES: Final = "docProps/custom.xml"
_MARK_NAME: Final = re.compile(rf"{hidden(MARK_PREFIX)}[0-9a-f]+x".encode())
_MARK: Final = f"{{{NAMESPACE}}}grundlage"


@dataclass(frozen=True)
class BaseFile:
    """The plan's short name, title and edition; of every mark its place, of every bookmark its anchor and what
    references to it read; the sources it was built from, and its own parts as they were. `seal` is the base's SHA-256;
    of a file that shows a part of the plan `whole` is that of the base of all of it.

    All of it is the word of whoever made the file. Marks lead nowhere but to what they were computed from, and exist
    only for places that the sources have: no file can send an edit elsewhere by saying so.
    """

    short_name: str
    title: str
    edition: str
    digest: str
    marks: Mapping[str, Place]
    targets: Mapping[str, tuple[str, str]]
    sources: Sources
    parts: Mapping[str, bytes]
    seal: str = ""
    whole: str = ""

    @property
    def shown(self) -> frozenset[str]:
        """The entities that the file shows something of, by ID."""
        return frozenset(place.source.partition("/")[0] for place in self.marks.values())


def base_of(package: OpenedPackage, cache: Path | None, elsewhere: Elsewhere | None = None) -> BaseFile | None:
    """The base of an edited file; None if it carries none, or a damaged one, and the cache's folder has none.

    `elsewhere`: where the sources are found that a file of a part of the plan does not carry, unless the cache's folder
    has them. Raises RefusedFileError if a newer program built the file.
    """
    carried = _carried(package)
    if carried is None:
        carried = find_base(cache, _property(package))
    return None if carried is None else _whole(read_base(carried, package.name, elsewhere), package.name, cache)


def _whole(base: BaseFile, name: str, cache: Path | None) -> BaseFile:
    """The base as it was kept of the whole plan, where it was; the file's own parts are the same."""
    stored = find_base(cache, base.whole) if base.whole else None
    if stored is None:
        return base
    whole = read_base(stored, name)
    marks = _marks(base.parts, whole.sources, older=False)
    return replace(whole, seal=base.seal, parts=base.parts, marks=marks, whole=base.whole)


def read_base(data: bytes, name: str, elsewhere: Elsewhere | None = None) -> BaseFile:
    """A base's zip, opened; `name` is the file's, for messages; `elsewhere`: see `base_of`. Raises RefusedFileError."""
    contents = unzip(data, name)
    try:
        record: dict[str, Any] = json.loads(contents[RECORD])
        if record["format"] > FORMAT:
            what = "Die Datei wurde mit einer neueren Fassung des Programms gebaut"
            raise RefusedFileError(name, what, "bitte das Programm auf diesem Rechner erneuern")
        if record["format"] == FORMAT and elsewhere is not None:
            sources = elsewhere.whole(str(record["fassung"]), shown_of(record[SHOWN]))
        else:
            sources = Sources({PurePosixPath(path): data for path, data in _below(contents, SOURCES).items()})
        parts = _below(contents, PARTS)
        _ = sources.texts, parts[MAIN]  # what everything rests on: there, and legible
        return BaseFile(
            str(record["kurzname"]),
            str(record["titel"]),
            str(record["fassung"]),
            str(record["inhalt_sha256"]),
            _marks(parts, sources, older=record["format"] < MARKS_APART),
            _targets(record["verweise"]),
            sources,
            parts,
            hashlib.sha256(data).hexdigest(),
            str(record.get(WHOLE, "")),
        )
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        what = "Was die Datei über ihre Herkunft mitführt, ist beschädigt"
        raise RefusedFileError(name, what, "bitte die zuletzt gebaute Word-Datei noch einmal bearbeiten") from error


def from_built(base: Base) -> BaseFile:
    """The base of a file that was built just now."""
    return read_base(base.data, "Word-Datei")


def _marks(parts: Mapping[str, bytes], sources: Sources, *, older: bool) -> Mapping[str, Place]:
    """The marks of the file as it was built, and the places they were computed from.

    A mark's name is the digest of its place, so it is enough to know what places the sources have. What the file says
    of its marks itself is for programs of before; nobody asks it. In an `older` file they count the lines of each text
    as its author wrote it.
    """
    there = {mark.decode() for data in parts.values() for mark in _MARK_NAME.findall(data)}
    found: dict[str, Place] = {}
    for place in _places(sources):
        told = replace(place, start=sources.line_of(place)) if older else place
        if (mark := hidden(mark_name(told))) in there:
            found.setdefault(mark, place)  # a line of then may be several now
    return found


def _places(sources: Sources) -> Iterator[Place]:
    """Every block of a text and every cell of its tables; every field of the data and every item of a list."""
    for name, text in sources.texts.items():
        for leaf in text.leaves:
            yield Place(name, leaf.start, leaf.end)
            starts = (leaf.start, *range(leaf.start + 2, leaf.end)) if leaf.kind == "table" else ()  # not the rule
            yield from (
                Place(name, start, start + 1, column)
                for start, row in zip(starts, leaf.rows, strict=False)
                for column in range(len(row))
            )
    for name, entity in sources.entities.items():
        for key in fields_of(entity.model):
            if f"{name}/{key}" not in sources.texts:
                value = entity.data.get(key)
                items = len(value) if isinstance(value, list) else 0
                yield from (Place(f"{name}/{key}", item) for item in range(items + 2))  # a title may stand twice


def _targets(told: Mapping[str, list[Any]]) -> Mapping[str, tuple[str, str]]:
    """Of every bookmark the anchor whose bookmark it is."""
    return {bookmark_name(str(anchor)): (str(anchor), str(label)) for anchor, label in told.values()}


def _below(contents: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {name.removeprefix(folder): data for name, data in contents.items() if name.startswith(folder)}


def _carried(package: OpenedPackage) -> bytes | None:
    for name in sorted(package):
        if not name.startswith("customXml/") or NAMESPACE.encode() not in package[name]:
            continue
        root = parse_xml(package[name], package.name, name)
        if root.tag != _MARK:
            continue
        try:
            data = base64.b64decode("".join(part.text or "" for part in root), validate=True)
        except (binascii.Error, ValueError):
            continue
        if hashlib.sha256(data).hexdigest() == root.get("sha256"):
            return data
    return None


def _property(package: OpenedPackage) -> str:
    """The base's hash, as the file's properties tell it."""
    if _PROPERTIES not in package:
        return ""
    for entry in package.tree(_PROPERTIES):
        if entry.get("name") == PROPERTY:
            return "".join(child.text or "" for child in entry).strip()
    return ""
