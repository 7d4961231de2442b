"""A content folder in, its files with positions out: YAML as nodes, Markdown as text, pictures as bytes.

Every YAML scalar stays a string: the schema decides what it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath

from pipeline.budget.deadline import at
from pipeline.budget.limits import ALL_NODES
from pipeline.content.copies import by_content, by_name, told
from pipeline.content.folder import EDITIONS, Received, receive
from pipeline.content.printable import Unprintable, unprintable
from pipeline.content.rows import shown, whole_row
from pipeline.content.yaml_compose import YamlFault, compose
from pipeline.content.yaml_nodes import Entries, Scalar, YamlNode, cut, walk
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.pictures.metadata import Bare, without_metadata
from pipeline.text.characters import forbidden

TEXTS = "texte"
PICTURES = "bilder"

SOURCES = (".yaml", ".yml", ".md")  # texts and data

CUT_SHORT = "P116"  # the code of a text of which YAML drops a part
NO_REMARK = "Eine Bemerkung in eine eigene Zeile schreiben; gehört es zum Text, alles in Anführungszeichen setzen."
CONFLICT = "P117"  # the code of what a merge left for people to decide
MOST_HIDDEN = 100  # findings about hidden characters a file; a pasted text may have one in every word

# What ends a line, as those count it who find the other places.
_TEXT_END = re.compile("\r\n?|\n")
_YAML_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|>{7}) ")


@dataclass(frozen=True)
class YamlFile:
    """A YAML file: its path below the content folder, its root node, and its text without a byte order mark."""

    path: PurePosixPath
    root: Entries
    text: str

    @cached_property
    def nodes(self) -> Sequence[YamlNode]:
        """The root and all below it, keys too, in the order written; made once, since several checks look at each."""
        return tuple(walk(self.root))

    def location(self, node: YamlNode) -> Location:
        """The place at which a node begins, for a finding."""
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
    """Everything read from a content folder. `unreadable` are the files that say nothing because of a fault.

    `copies` look like copies of other files and are not read.
    """

    # Every file but the editions', by path below the content folder; of pictures nothing but what they show.
    files: Mapping[PurePosixPath, bytes]
    yaml_files: tuple[YamlFile, ...]
    texts: tuple[TextFile, ...]
    pictures: Mapping[str, bytes]
    unreadable: frozenset[PurePosixPath]
    copies: frozenset[PurePosixPath]
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
    return sort_out(receive(content))


def sort_out(received: Received) -> Source:
    """Makes a Source of files that are in memory already; faults in them become findings."""
    files, placed = _bare(received.files)
    editions = {path.stem: data for path, data in received.files.items() if path.match(f"{EDITIONS}/*.json")}
    yaml_files: list[YamlFile] = []
    texts: list[TextFile] = []
    unreadable = set(received.refused)
    findings = [*received.diagnostics, *map(_place_told, placed)]
    nodes = 0
    copies = dict(by_name([path for path in files if path.suffix.lower() in SOURCES]))
    for path, data in files.items():
        kind = path.suffix.lower()
        if kind not in SOURCES or path in copies:
            continue
        at(str(path))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            findings.append(_not_utf8(path, error))
            unreadable.add(path)
            continue
        # A conflict marker is no YAML, and neither are some hidden characters. Both are looked for first, since what
        # the parser says of such a file would send people to the wrong place.
        hidden = list(_hidden_in_text(path, text))
        conflicts = list(_conflict_markers(path, text))
        findings += [*hidden, *conflicts]
        if kind == ".md":
            texts.append(TextFile(path, text))
            findings += _unprintable_in_text(path, text) if path.parts[0] == TEXTS else ()
            continue
        try:
            file = YamlFile(path, _root(text), text)
            nodes += len(file.nodes)
            if nodes > ALL_NODES.most:
                message = f"Mit dieser Datei haben die Daten mehr als {ALL_NODES.told} Angaben."
                raise YamlFault("P113", 1, 1, message, "Prüfen, ob der Ordner mehr als einen Plan enthält.")
        except YamlFault as fault:
            unreadable.add(path)
            if not conflicts and (fault.line or not hidden):  # what is told above need not be told once more
                place = Location(path, fault.line, fault.column)
                findings.append(Diagnostic(fault.code, Severity.ERROR, place, fault.message, fault.hint))
            continue
        findings.extend(_duplicate_keys(file))
        findings.extend(_unprintable_in_values(file))
        findings.extend(_hidden_in_values(file))
        findings.extend(_cut_short(file))
        yaml_files.append(file)
    copies |= by_content({file.path: file.root for file in yaml_files})
    yaml_files = [file for file in yaml_files if file.path not in copies]
    findings = [item for item in findings if item.location.path not in copies]
    findings += [told(copy, original) for copy, original in copies.items()]
    pictures = {str(path): data for path, data in files.items() if path.parts[0] == PICTURES}
    return Source(
        files,
        tuple(yaml_files),
        tuple(texts),
        pictures,
        frozenset(unreadable - set(copies)),
        frozenset(copies),
        received.folders,
        editions,
        tuple(findings),
    )


def _bare(received: Mapping[PurePosixPath, bytes]) -> tuple[Mapping[PurePosixPath, bytes], Sequence[PurePosixPath]]:
    """All files but the editions', pictures without their metadata; and the pictures that told their place."""
    files: dict[PurePosixPath, bytes] = {}
    placed: list[PurePosixPath] = []
    for path, data in received.items():
        if path.parts[0] != EDITIONS:
            bare = without_metadata(data) if path.parts[0] == PICTURES else Bare(data)
            files[path] = bare.data
            placed += [path] if bare.had_place else []
    return files, placed


def _place_told(path: PurePosixPath) -> Diagnostic:
    message = "Das Bild sagt, wo es aufgenommen ist (GPS); was gebaut wird, sagt es nicht."
    hint = "Wer auch die Datei selbst weitergibt, speichert das Bild vorher ohne Standort."
    return Diagnostic("P119", Severity.NOTE, Location(path), message, hint)


def _root(text: str) -> Entries:
    root = compose(text)
    if isinstance(root, Entries):
        return root
    message = "Die Datei ist leer." if root is None else "Die Datei beginnt nicht mit einem Schlüssel."
    hint = "Oben in der Datei steht ein Schlüssel mit Doppelpunkt, zum Beispiel „ziele:“ oder „titel: …“."
    raise YamlFault("P105", 1, 1, message, hint)


def _not_utf8(path: PurePosixPath, error: UnicodeDecodeError) -> Diagnostic:
    before = error.object[: error.start].decode()  # without a byte order mark; up to here all is well
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return Diagnostic(
        "P102",
        Severity.ERROR,
        Location(path, line, column),
        "Die Datei ist nicht in UTF-8 gespeichert; Umlaute lassen sich nicht lesen.",
        "Die Datei im Editor mit der Kodierung UTF-8 neu speichern.",
    )


def _duplicate_keys(file: YamlFile) -> Iterator[Diagnostic]:
    for node in file.nodes:
        if not isinstance(node, Entries):
            continue
        first: dict[str, Scalar] = {}
        for key, _ in node.entries:
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


def _cut_short(file: YamlFile) -> Iterator[Diagnostic]:
    """A text that ends at `#1`, because YAML takes what follows for a remark; also right behind quotes and brackets."""
    if "#" not in file.text:
        return
    for node in file.nodes:
        if isinstance(node, Scalar) and (word := cut(file.text, node)):
            message = f"Der Text endet hier vor „#{word}“: Was hinter einem # steht, gilt als Bemerkung."
            hint = shown(NO_REMARK, whole_row(file.text, node))
        elif _is_closed(node) and file.text[node.end : node.end + 1] == "#":
            message = "Was hier hinter dem # steht, gilt als Bemerkung."
            hint = NO_REMARK
        else:
            continue
        yield Diagnostic(CUT_SHORT, Severity.ERROR, file.location(node), message, hint)


def _is_closed(node: YamlNode) -> bool:
    """Whether quotes or a bracket end it."""
    return node.style in ("'", '"') if isinstance(node, Scalar) else node.flow and not node.is_alias


def _conflict_markers(path: PurePosixPath, text: str) -> Iterator[Diagnostic]:
    """Lines that diff3 leaves where two changes contradict each other; they would be printed, or are no YAML."""
    for line, row in enumerate(_TEXT_END.split(text), 1):
        if marker := _CONFLICT.match(row):
            message = f"Hier steht noch eine Konfliktmarke ({marker[0].strip()})."
            hint = "Entscheiden, welche Fassung gelten soll; die andere und alle Zeilen mit Marken löschen."
            yield Diagnostic(CONFLICT, Severity.ERROR, Location(path, line, 1), message, hint)


def _hidden_in_text(path: PurePosixPath, text: str) -> Iterator[Diagnostic]:
    """The first of every line, not more than anybody would look at one by one."""
    rows = enumerate((_TEXT_END if path.suffix.lower() == ".md" else _YAML_END).split(text), 1)
    found = ((line, next(forbidden(row), None)) for line, row in rows)
    places = ((line, hidden) for line, hidden in found if hidden)
    for line, (column, name) in islice(places, MOST_HIDDEN):
        yield _hidden(Location(path, line, column + 1), name)


def _hidden_in_values(file: YamlFile) -> Iterator[Diagnostic]:
    """What is written as `"\\u202e"`, so that it stands in the value and not in the file."""
    if "\\" not in file.text:
        return
    scalars = (node for node in file.nodes if isinstance(node, Scalar))
    found = ((node, _first_hidden(node.value, file.text)) for node in scalars)
    for node, name in islice(((node, name) for node, name in found if name), MOST_HIDDEN):
        yield _hidden(file.location(node), name)


def _first_hidden(value: str, text: str) -> str:
    return next((name for position, name in forbidden(value) if value[position] not in text), "")


def _unprintable_in_text(path: PurePosixPath, text: str) -> Iterator[Diagnostic]:
    rows = enumerate(_TEXT_END.split(text), 1)
    found = ((Location(path, line, item.index + 1), item) for line, row in rows for item in unprintable(row))
    yield from (_unprintable(place, item) for place, item in islice(found, MOST_HIDDEN))


def _unprintable_in_values(file: YamlFile) -> Iterator[Diagnostic]:
    """In values, since neither keys nor remarks are printed."""
    if file.text.isascii() and "\\" not in file.text:
        return
    scalars = (node for node in _values(file) if not node.value.isascii())
    found = ((_place(file, node, item.character), item) for node in scalars for item in unprintable(node.value))
    yield from (_unprintable(place, item) for place, item in islice(found, MOST_HIDDEN))


def _values(file: YamlFile) -> Iterator[Scalar]:
    keys = {id(key) for node in file.nodes if isinstance(node, Entries) for key, _ in node.entries}
    return (node for node in file.nodes if isinstance(node, Scalar) and id(node) not in keys)


def _place(file: YamlFile, node: Scalar, character: str) -> Location:
    """Where a character of a value stands in the file; where it is written as `"\\U0001F44D"`, the value's place."""
    index = file.text.find(character, node.start, node.end)
    if index < 0:
        return file.location(node)
    rows = _YAML_END.split(file.text[:index])
    return Location(file.path, len(rows), len(rows[-1]) + 1)


def _unprintable(location: Location, item: Unprintable) -> Diagnostic:
    return Diagnostic("P118", Severity.ERROR, location, item.message, item.hint)


def _hidden(location: Location, name: str) -> Diagnostic:
    hint = "Das Zeichen löschen; am einfachsten das Wort neu tippen."
    return Diagnostic("P115", Severity.ERROR, location, f"Hier steht ein unsichtbares Zeichen ({name}).", hint)
