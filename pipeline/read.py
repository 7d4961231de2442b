"""A content folder in, its files with positions out: YAML as nodes, Markdown as text, pictures as bytes.

Every YAML scalar stays a string: the schema decides what it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.access import reason
from pipeline.compose import Entries, Scalar, YamlFault, YamlNode, compose, walk
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.errors import FileAccessError

EDITIONS = "ausgaben"
TEXTS = "texte"
PICTURES = "bilder"
PICTURE_TYPES = (".png", ".jpg", ".jpeg", ".svg")


@dataclass(frozen=True)
class YamlFile:
    """A YAML file: its path below the content folder and its root node."""

    path: PurePosixPath
    root: Entries

    def location(self, node: YamlNode) -> Location:
        """Where a node begins."""
        return Location(self.path, node.line, node.column)


@dataclass(frozen=True)
class TextFile:
    """A Markdown file: its path below the content folder and its text."""

    path: PurePosixPath
    text: str

    @property
    def stem(self) -> str:
        """Its name in the outline."""
        return self.path.stem


@dataclass(frozen=True)
class Source:
    """Everything read from a content folder. `unreadable` are the files that say nothing because of a fault."""

    files: Mapping[PurePosixPath, bytes]  # every file but the editions', by path below the content folder
    yaml_files: tuple[YamlFile, ...]
    texts: tuple[TextFile, ...]
    pictures: Mapping[str, bytes]
    unreadable: frozenset[PurePosixPath]
    folders: frozenset[PurePosixPath]
    editions: Mapping[str, bytes]  # published editions by their number; they do not count for the digest
    diagnostics: tuple[Diagnostic, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over names and bytes of the files, as 64 hex digits; published editions do not count."""
        total = hashlib.sha256()
        for path, data in sorted(self.files.items()):
            total.update(f"{path}\0{len(data)}\0".encode())
            total.update(data)
        return total.hexdigest()

    def yaml_file(self, path: str) -> YamlFile | None:
        """The YAML file of that path, None if there is none or it cannot be read."""
        return next((file for file in self.yaml_files if file.path == PurePosixPath(path)), None)


def read(content: Path) -> Source:
    """Reads a content folder.

    Raises FileAccessError if the folder or a file in it cannot be opened; faults inside files become findings.
    """
    everything = dict(_files(content))
    files = {path: data for path, data in everything.items() if path.parts[0] != EDITIONS}
    editions = {path.stem: data for path, data in everything.items() if path.match(f"{EDITIONS}/*.json")}
    yaml_files: list[YamlFile] = []
    texts: list[TextFile] = []
    unreadable: set[PurePosixPath] = set()
    findings: list[Diagnostic] = []
    for path, data in files.items():
        if path.suffix not in (".yaml", ".yml", ".md"):
            continue
        try:
            text = data.decode("utf-8-sig")
            if path.suffix == ".md":
                texts.append(TextFile(path, text))
            else:
                file = YamlFile(path, _root(text))
                findings.extend(_duplicate_keys(file))
                yaml_files.append(file)
        except UnicodeDecodeError as error:
            findings.append(_not_utf8(path, data, error))
            unreadable.add(path)
        except YamlFault as fault:
            place = Location(path, fault.line, fault.column)
            findings.append(Diagnostic(fault.code, Severity.ERROR, place, fault.message, fault.hint))
            unreadable.add(path)
    folders = frozenset(parent for path in files for parent in path.parents) | _top_folders(content)
    pictures = {str(path): data for path, data in files.items() if path.suffix.lower() in PICTURE_TYPES}
    return Source(
        files, tuple(yaml_files), tuple(texts), pictures, frozenset(unreadable), folders, editions, tuple(findings)
    )


def _files(content: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file below the folder with its bytes, hidden ones left out."""
    if not content.exists():
        raise FileAccessError(
            f"{content}: Den Ordner mit den Inhalten gibt es nicht. Bitte den Pfad prüfen oder mit --content nennen."
        )
    if not content.is_dir():
        raise FileAccessError(f"{content}: Das ist eine Datei. Erwartet wird der Ordner mit den Inhalten.")
    try:
        for folder, folders, names in os.walk(content, onerror=_refuse):
            folders[:] = sorted(name for name in folders if not _hidden(name))
            for name in sorted(name for name in names if not _hidden(name)):
                path = Path(folder, name)
                yield PurePosixPath(path.relative_to(content).as_posix()), path.read_bytes()
    except OSError as error:
        place = error.filename or content
        raise FileAccessError(f"{place}: Das Lesen ist nicht gelungen. {reason(error)}") from error


def _hidden(name: str) -> bool:
    """What editors and offices leave beside the files."""
    return name.startswith((".", "~$"))


def _refuse(error: OSError) -> None:
    """Passed to os.walk, which would otherwise leave out a folder that it cannot read."""
    raise error


def _top_folders(content: Path) -> frozenset[PurePosixPath]:
    """Folders at the top, such as one that stands where a file is expected."""
    return frozenset(PurePosixPath(path.name) for path in content.iterdir() if path.is_dir())


def _root(text: str) -> Entries:
    root = compose(text)
    if isinstance(root, Entries):
        return root
    message = "Die Datei ist leer." if root is None else "Die Datei beginnt nicht mit einem Schlüssel."
    hint = "Oben in der Datei steht ein Schlüssel mit Doppelpunkt, zum Beispiel „ziele:“ oder „titel: …“."
    raise YamlFault("P105", 1, 1, message, hint)


def _not_utf8(path: PurePosixPath, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before) - (before.rfind(b"\n") + 1) + 1
    return Diagnostic(
        "P102",
        Severity.ERROR,
        Location(path, line, column),
        "Die Datei ist nicht in UTF-8 gespeichert; Umlaute lassen sich nicht lesen.",
        "Die Datei im Editor mit der Kodierung UTF-8 neu speichern.",
    )


def _duplicate_keys(file: YamlFile) -> Iterator[Diagnostic]:
    for node in walk(file.root):
        first: dict[str, Scalar] = {}
        for key, _ in node.entries if isinstance(node, Entries) else ():
            if key.value in first:
                place = file.location(first[key.value])
                yield Diagnostic(
                    "P104",
                    Severity.ERROR,
                    file.location(key),
                    f"Der Schlüssel „{key.value}“ steht hier ein zweites Mal (zuerst in Zeile {place.line}).",
                    "Eine der beiden Angaben löschen.",
                )
            first.setdefault(key.value, key)
