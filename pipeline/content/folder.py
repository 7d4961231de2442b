"""A content folder in, the bytes of its files out, with what is refused at the door: links, special files, large ones.

Content comes from many hands. Nothing outside the folder is ever opened, and nothing is read beyond its limit.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from pipeline.budget.limits import (
    ALL_DATA,
    ALL_EDITIONS,
    ALL_OTHERS,
    ALL_TEXTS,
    DATA_FILE,
    FILES,
    MEGABYTE,
    OTHER_FILE,
    TEXT_FILE,
    Limit,
)
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.errors import FileAccessError
from pipeline.files.access import reason
from pipeline.text.characters import forbidden

EDITIONS = "ausgaben"
# What Windows and macOS put beside files unasked, as editors and offices do with names that begin with "." and "~$".
_LEFT_BEHIND = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"))
_SORTS: Mapping[str, tuple[Limit, Limit]] = MappingProxyType(
    {".yaml": (DATA_FILE, ALL_DATA), ".yml": (DATA_FILE, ALL_DATA), ".md": (TEXT_FILE, ALL_TEXTS)}
)
_SMALLER = "Bilder kleiner speichern, lange Dateien auf mehrere verteilen."
_BLANKS = "\t\n\r\x85\u2028\u2029"  # fine in a text, but they would part a name over several lines


@dataclass(frozen=True)
class Received:
    """What came through the door: bytes by path below the folder; `refused` files are known by name only."""

    files: Mapping[PurePosixPath, bytes]
    folders: frozenset[PurePosixPath]
    refused: frozenset[PurePosixPath]
    diagnostics: tuple[Diagnostic, ...]


def receive(content: Path) -> Received:
    """Every file below a folder; hidden ones are left out, and what systems put there for themselves.

    Raises FileAccessError if the folder or a file in it cannot be opened.
    """
    if not content.exists():
        raise FileAccessError(
            f"{content}: Den Ordner mit den Inhalten gibt es nicht. Bitte den Pfad prüfen oder mit --content nennen; "
            f"einen neuen Plan legt „python build.py new {content}“ an."
        )
    if not content.is_dir():
        raise FileAccessError(f"{content}: Das ist eine Datei. Erwartet wird der Ordner mit den Inhalten.")
    sizes: dict[PurePosixPath, int] = {}
    folders: set[PurePosixPath] = set()
    findings: list[Diagnostic] = []
    names: dict[str, PurePosixPath] = {}
    try:
        for path, entry in _walk(content):
            fault = _fault(path, entry) or _named_alike(path, names.setdefault(str(path).casefold(), path))
            if fault is not None:
                findings.append(fault)
            elif entry.is_dir(follow_symlinks=False):
                folders.add(path)
            elif len(sizes) == FILES.most:
                return _too_many(path, [*sizes, path], folders)
            else:
                sizes[path] = entry.stat(follow_symlinks=False).st_size
        unread = list(_beyond_sums(sizes, findings))
        files = {path: _bytes(content / path, _sort(path)[0]) for path in sizes if path not in unread}
    except OSError as error:
        place = error.filename or content
        raise FileAccessError(f"{place}: Das Lesen ist nicht gelungen. {reason(error)}") from error
    refused = frozenset([*unread, *(finding.location.path for finding in findings)])
    return Received(files, frozenset(folders), refused, tuple(findings))


def _sort(path: PurePosixPath) -> tuple[Limit, Limit]:
    """How large a file may be, and how large all of its sort together."""
    if path.parts[0] == EDITIONS:
        return OTHER_FILE, ALL_EDITIONS
    return _SORTS.get(path.suffix.lower(), (OTHER_FILE, ALL_OTHERS))


def _beyond_sums(sizes: Mapping[PurePosixPath, int], findings: list[Diagnostic]) -> Iterator[PurePosixPath]:
    """The files that are too much, in the order of their names; the first of each sort is told."""
    totals: Counter[Limit] = Counter()
    for path, size in sizes.items():
        limit = _sort(path)[1]
        before = totals[limit]
        totals[limit] += size
        if totals[limit] > limit.most:
            yield path
        if before <= limit.most < totals[limit]:
            message = f"Bis hierher sind {limit.what} größer als {limit.told}; was darüber ist, wird nicht gelesen."
            largest = max((other for other in sizes if _sort(other)[1] == limit), key=sizes.__getitem__)
            told = f"{sizes[largest] / MEGABYTE:.1f}".replace(".", ",")
            hint = f"{_SMALLER} Am größten ist {largest} mit {told} MB."
            findings.append(_refusal("P113", path, message, hint))


def _too_many(path: PurePosixPath, paths: Iterable[PurePosixPath], folders: Iterable[PurePosixPath]) -> Received:
    """Nothing of a folder that holds more than a plan; whatever would be told of a part of it would be misleading."""
    message = f"Mit dieser Datei sind es mehr als {FILES.told} im Ordner der Inhalte; gelesen wird keine."
    hint = "Prüfen, ob der richtige Ordner genannt ist; was nicht zum Plan gehört, herausnehmen."
    return Received({}, frozenset(folders), frozenset(paths), (_refusal("P113", path, message, hint),))


def _walk(content: Path) -> Iterator[tuple[PurePosixPath, os.DirEntry[str]]]:
    """Everything below a folder, sorted; links are met but not followed."""
    pending = [(content, PurePosixPath())]
    while pending:
        folder, prefix = pending.pop(0)
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda item: item.name):
                if entry.name.startswith((".", "~$")) or entry.name.casefold() in _LEFT_BEHIND:
                    continue
                path = prefix / entry.name
                yield path, entry
                if entry.is_dir(follow_symlinks=False) and not _hidden_in_name(entry.name):
                    pending.append((Path(entry.path), path))


def _fault(path: PurePosixPath, entry: os.DirEntry[str]) -> Diagnostic | None:
    """Why something in the folder is not read, None if it is: links, names with hidden signs, pipes, large files."""
    if entry.is_symlink():
        message = "Das ist eine Verknüpfung; sie könnte aus dem Ordner der Inhalte hinausführen."
        return _refusal("P114", path, message, "Die Verknüpfung durch die Datei selbst ersetzen.")
    if hidden := _hidden_in_name(entry.name):
        message = f"Im Namen steht ein unsichtbares Zeichen oder eines, das kein Text ist ({hidden})."
        return _refusal("P115", path, message, "Umbenennen; am einfachsten den Namen neu tippen.")
    if "\\" in entry.name:
        message = "Im Namen steht „\\“; unter Windows und in Word-Dateien führt das zu einem anderen Ordner."
        return _refusal("P111", path, message, "Umbenennen, nur mit Buchstaben, Ziffern, Punkt und Bindestrich.")
    if entry.is_dir(follow_symlinks=False):
        return None
    status = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode):
        return _refusal("P114", path, "Das ist keine gewöhnliche Datei.", "Den Eintrag aus dem Ordner löschen.")
    if status.st_size > _sort(path)[0].most:
        return _too_large(path)
    return None


def _named_alike(path: PurePosixPath, first: PurePosixPath) -> Diagnostic | None:
    """A name that differs from another in capitals alone is the same one for Windows, macOS and Word files."""
    if path == first:
        return None
    message = f"Der Name ist bis auf Groß- und Kleinbuchstaben der von {first}; für Windows und Word ist es derselbe."
    return _refusal("P111", path, message, "Eine von beiden umbenennen; wo sie genannt ist, auch dort.")


def _hidden_in_name(name: str) -> str:
    """What a name has that nobody sees or that cannot be written down, '' if there is nothing."""
    found = next((what for _, what in forbidden(name)), "")
    blank = next((f"U+{ord(sign):04X}, Tabulator oder Zeilenende" for sign in name if sign in _BLANKS), "")
    # Python keeps a byte that is no UTF-8 as a sign between U+DC80 and U+DCFF (PEP 383).
    undecoded = next((f"Byte {ord(sign) - 0xDC00:02X}" for sign in name if "\udc80" <= sign <= "\udcff"), "")
    return found or blank or undecoded


def _too_large(path: PurePosixPath) -> Diagnostic:
    return _refusal("P113", path, f"Die Datei ist größer als {_sort(path)[0].told}.", _SMALLER)


def _refusal(code: str, path: PurePosixPath, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Location(path), message, hint)


def _bytes(path: Path, limit: Limit) -> bytes:
    """A file's bytes, never more than the limit even if it grows meanwhile.

    Whatever was put in its place since: no link is followed, and no pipe waited for.
    """
    # O_NOFOLLOW refuses a link, O_NONBLOCK does not wait at a pipe, O_BINARY keeps line ends as they are on Windows. No
    # system knows all three.
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    descriptor = os.open(path, os.O_RDONLY | sum(flags))
    with os.fdopen(descriptor, "rb") as file:
        return file.read(limit.most)
