"""The parts of a package in; what points where out, and what points outside and is therefore never opened."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from pipeline.ooxml.parse import parse_xml
from pipeline.ooxml.unzip import shown

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_NODES: Final = 250_000  # some 50,000 relationships
# `file:`, `javascript:` and addresses of the machine's network shares are told, and never come into the plan.
_SAFE_LINK: Final = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_LINK: Final = "hyperlink"
_OBJECTS: Final = frozenset({"oleObject", "package", "control", "activeXControlBinary"})
_INSERTED_KIND: Final = "aFChunk"
_EXAMPLES: Final = 3

_OUTSIDE: Final = "Bezug nach außen, nicht geöffnet"
_STRANGE_LINK: Final = "Link, der weder http noch https noch mailto ist, nicht übernommen"
_OBJECT: Final = "Eingebettetes Objekt, nicht geöffnet"
_INSERTED_FILE: Final = "Eingefügte fremde Datei, nicht gelesen"


@dataclass(frozen=True)
class Relation:
    """What a part points to. `kind` is the last word of the type; `target` is a part's name, or an address outside."""

    identifier: str
    type: str
    target: str
    outside: bool

    @property
    def kind(self) -> str:
        """The last word of the type: `footnotes` of `http://…/relationships/footnotes`."""
        return self.type.rpartition("/")[2]


def relations(parts: Mapping[str, bytes], name: str, part: str = "") -> tuple[Relation, ...]:
    """What a part points to, '' for the package itself. Raises RefusedFileError if the list cannot be read."""
    folder, _, file_name = part.rpartition("/")
    listed = posixpath.join(folder, "_rels", f"{file_name}.rels")
    if listed not in parts:
        return ()
    return tuple(_read(parts, name, listed, folder))


def remarks(parts: Mapping[str, bytes], name: str) -> tuple[str, ...]:
    """A sentence for every kind of thing that is in the package, or that it points to, and that is left alone."""
    found: dict[str, list[str]] = {}
    for listed in parts:
        if listed.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(listed))
            for relation in _read(parts, name, listed, folder):
                if kind := _left_alone(relation):
                    found.setdefault(kind, []).append(relation.target)
    return tuple(f"{kind}: {_listed(targets)}." for kind, targets in found.items())


def _read(parts: Mapping[str, bytes], name: str, listed: str, folder: str) -> Iterator[Relation]:
    root = parse_xml(parts[listed], name, listed, most_nodes=_MOST_NODES)
    for entry in root.iterchildren(_RELATIONSHIP):
        outside = entry.get("TargetMode") == "External"
        target = entry.get("Target", "")
        place = target if outside else _part_name(folder, target)
        yield Relation(entry.get("Id", ""), entry.get("Type", ""), place, outside)


def _part_name(folder: str, target: str) -> str:
    """The name of a part from what a relationship of a part in that folder says: relative to it, or from the root.

    In the folder `word`, `media/a.png` is `word/media/a.png`, and so is `/word/media/a.png`. What would lead out of the
    package, `../../x`, stays in it as `x`.
    """
    path = posixpath.normpath(posixpath.join("/", folder, unquote(target.partition("#")[0])))
    return path.lstrip("/")


def _left_alone(relation: Relation) -> str:
    """How people are told of it, '' for what is read like anything else in the package."""
    if relation.kind in _OBJECTS:
        return _OBJECT
    if relation.kind == _INSERTED_KIND:
        return _INSERTED_FILE
    if relation.outside and relation.kind == _LINK:
        return "" if _SAFE_LINK.match(relation.target) else _STRANGE_LINK
    return _OUTSIDE if relation.outside else ""


def _listed(targets: Iterable[str]) -> str:
    """The first few of them, and how many there are: a pasted web page may have hundreds."""
    names = [f"„{shown(target)}“" for target in dict.fromkeys(targets)]
    count = f" (insgesamt {len(names)})" if len(names) > _EXAMPLES else ""
    return ", ".join(names[:_EXAMPLES]) + count
