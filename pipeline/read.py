"""A content folder in, its files with positions out: YAML as nodes, Markdown as text, pictures as bytes.

YAML is only composed, never constructed: every scalar stays a string and the schema decides what it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

from pipeline.access import reason
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.errors import FileAccessError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

EDITIONS = "ausgaben"
TEXTS = "texte"
PICTURES = "bilder"
PICTURE_TYPES = (".png", ".jpg", ".jpeg", ".svg")

Plain = str | list["Plain"] | dict[str, "Plain"] | None


@dataclass(frozen=True)
class YamlFile:
    """A YAML file: its path below the content folder and its root node."""

    path: PurePosixPath
    root: yaml.MappingNode

    def location(self, node: yaml.Node) -> Location:
        """Where a node begins, counted from 1."""
        return Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)


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
                file = YamlFile(path, _compose(path, text))
                findings.extend(_duplicate_keys(file))
                yaml_files.append(file)
        except UnicodeDecodeError as error:
            findings.append(_not_utf8(path, data, error))
            unreadable.add(path)
        except _UnreadableYamlError as error:
            findings.append(error.diagnostic)
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


class _UnreadableYamlError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def _compose(path: PurePosixPath, text: str) -> yaml.MappingNode:
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise _UnreadableYamlError(_syntax_error(path, text, error)) from error
    except (yaml.YAMLError, ValueError) as error:
        message = "Die Datei enthält Zeichen, die in YAML nicht erlaubt sind."
        hint = "Unsichtbare Steuerzeichen löschen; am einfachsten die betroffene Stelle neu tippen."
        raise _UnreadableYamlError(Diagnostic("P103", Severity.ERROR, Location(path), message, hint)) from error
    if not isinstance(root, yaml.MappingNode):
        message = "Die Datei ist leer." if root is None else "Die Datei beginnt nicht mit einem Schlüssel."
        hint = "Oben in der Datei steht ein Schlüssel mit Doppelpunkt, zum Beispiel „ziele:“ oder „titel: …“."
        raise _UnreadableYamlError(Diagnostic("P105", Severity.ERROR, Location(path, 1, 1), message, hint))
    return root


def _syntax_error(path: PurePosixPath, text: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = text.splitlines()
    around = lines[max(0, line - 2) : line] if line else []
    if any("\t" in item[: len(item) - len(item.lstrip())] for item in around):
        message = "Die Zeile ist mit Tabulatoren eingerückt; YAML erlaubt nur Leerzeichen."
        hint = "Die Tabulatoren am Zeilenanfang durch je zwei Leerzeichen ersetzen."
    else:
        message = "Ab hier ist die Datei kein gültiges YAML: Einrückung, Doppelpunkt oder Anführungszeichen."
        hint = "Mit den Nachbarzeilen vergleichen; Text mit Doppelpunkt oder # darin in Anführungszeichen setzen."
    return Diagnostic("P103", Severity.ERROR, Location(path, line, column), message, hint)


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
        if not isinstance(node, yaml.MappingNode):
            continue
        seen: dict[str, yaml.Node] = {}
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                first = file.location(seen[name])
                yield Diagnostic(
                    "P104",
                    Severity.ERROR,
                    file.location(key),
                    f"Der Schlüssel „{name}“ steht hier ein zweites Mal (zuerst in Zeile {first.line}).",
                    "Eine der beiden Angaben löschen.",
                )
            seen.setdefault(name, key)


def walk(node: yaml.Node) -> Iterator[yaml.Node]:
    """A node and everything below it; a node reached by several aliases comes once."""
    pending, seen = [node], set()
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        pending.extend(reversed(list(_children(current))))


def _children(node: yaml.Node) -> Iterable[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return node.value if isinstance(node, yaml.SequenceNode) else ()


def plain(node: yaml.Node) -> Plain:
    """The node as strings, lists and dicts. An empty value and `null` are None; the keys keep the last of doubles."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def entry(node: yaml.Node, key: str | int) -> yaml.Node | None:
    """The value under a key or index, None if there is none."""
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in reversed(node.value) if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        value: yaml.Node = node.value[key]
        return value
    return None


def key_node(node: yaml.Node, key: str | int) -> yaml.Node | None:
    """The node of the key itself, for findings about the key."""
    if isinstance(node, yaml.MappingNode):
        return next((name for name, _ in reversed(node.value) if name.value == key), None)
    return None


def descend(node: yaml.Node, path: Iterable[str | int]) -> yaml.Node:
    """The node at a path of keys and indexes, or the last one on the way that exists."""
    for key in path:
        below = entry(node, key)
        if below is None:
            continue
        node = below
    return node
