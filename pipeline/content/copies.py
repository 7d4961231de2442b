"""The files of a content folder in, those that look like a copy of another out, each with its original.

Who copies `massnahmen.yaml` to have something to fall back on, and leaves the copy in the folder, has every measure
twice. Told one by one, that would be many findings that offer new numbers; it is one mistake, and told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.content.yaml_nodes import Entries, Items, Scalar, YamlNode, entry
from pipeline.diagnostics import Diagnostic, Location, Severity
from schema.files import ENTITY_KINDS, SINGLE_FILES

FEWEST = 2  # entities that a file shares with another before it counts as a copy

# How Windows, macOS and Linux call copies, and how people do: "x - Kopie (2)", "Kopie von x", "x copy", "x (1)".
_NAMES = (
    re.compile(r"(.+?)[ _-]*(?:kopie|copy)[ _-]*(?:\(?[0-9]+\)?)?", re.IGNORECASE),
    re.compile(r"(?:kopie von|copy of) (.+)", re.IGNORECASE),
    re.compile(r"(.+?) ?\([0-9]{1,2}\)"),
)


def by_name(paths: Sequence[PurePosixPath]) -> Mapping[PurePosixPath, PurePosixPath]:
    """Copies that their names show, with the files that they were made from, which must be there."""
    there = set(paths)
    found = {}
    for path in paths:
        stems = (match[1] for pattern in _NAMES if (match := pattern.fullmatch(path.stem)))
        original = next((file for stem in stems if (file := path.with_name(stem + path.suffix)) in there), None)
        if original is not None:
            found[path] = original
    return found


def by_content(roots: Mapping[PurePosixPath, Entries]) -> Mapping[PurePosixPath, PurePosixPath]:
    """Files of data whose every entity stands in one other file, too; of two alike that with the longer name."""
    held = {path: frozenset(_entities(root)) for path, root in roots.items()}
    found: dict[PurePosixPath, PurePosixPath] = {}
    for path, own in sorted(held.items(), key=lambda item: (len(item[1]), -len(str(item[0])), str(item[0]))):
        if len(own) >= FEWEST and str(path) not in SINGLE_FILES:
            others = (other for other, entities in held.items() if other != path and other not in found)
            original = next((other for other in others if own <= held[other]), None)
            if original is not None:
                found[path] = original
    return found


def _entities(root: YamlNode) -> Iterator[tuple[str, str]]:
    """Kind and ID of everything in a file."""
    for entries in ENTITY_KINDS:  # whatever the file is called: a copy of akteure.yaml is no file that we know
        listed = entry(root, entries.key)
        for item in listed.items if isinstance(listed, Items) else ():
            if isinstance(identifier := entry(item, entries.id_key), Scalar):
                yield entries.kind.value, identifier.value


def told(copy: PurePosixPath, original: PurePosixPath) -> Diagnostic:
    """The finding, at the copy."""
    where = original.name if original.parent == copy.parent else original
    message = f"Die Datei sieht nach einer Kopie von {where} aus; gelesen wird sie nicht."
    hint = (
        "Wird sie nicht gebraucht, aus dem Ordner der Inhalte löschen oder herausnehmen. Soll sie gelten, die andere "
        f"löschen und diese in „{original.name}“ umbenennen."
    )
    return Diagnostic("P122", Severity.ERROR, Location(copy), message, hint)
