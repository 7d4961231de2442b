"""Paths of files that came back in, their names and bytes out; nothing but ordinary files, not read beyond their limit.

Into sources in which conflicts of an earlier merge are left, or which cannot be read, nothing is let in.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from pipeline.budget.limits import WORD_FILE
from pipeline.content.read import CONFLICT, Source
from pipeline.diagnostics import in_order
from pipeline.errors import FileAccessError, UnsettledError
from pipeline.files.access import reason

_LOCK: Final = "~$"
_SOURCES: Final = frozenset((".md", ".yaml", ".yml"))


def refuse_unsettled(source: Source) -> None:
    """Raises UnsettledError if conflict markers of an earlier merge are left in the sources."""
    places: dict[PurePosixPath, list[str]] = {}
    for item in in_order(source.diagnostics):
        if item.code == CONFLICT:
            places.setdefault(item.location.path, []).append(str(item.location.line))
    if places:
        told = "; ".join(f"{path}, Zeile {', '.join(lines)}" for path, lines in places.items())
        raise UnsettledError(
            f"In den Quellen stehen noch Konfliktmarken: {told}. Bitte dort entscheiden, was gelten soll, die Marken "
            "löschen und dann noch einmal übernehmen."
        )


def refuse_unreadable(source: Source) -> None:
    """Raises FileAccessError if texts or data of the plan cannot be read: they would count as gone."""
    found = sorted(str(path) for path in source.unreadable if path.suffix.lower() in _SOURCES)
    if found:
        raise FileAccessError(
            f"In den Quellen lässt sich nicht lesen: {', '.join(found)}. Bitte zuerst `check` aufrufen, die Fehler "
            "beheben und dann noch einmal übernehmen."
        )


def read_arrivals(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    """In their order; files of one name in two folders are called by their paths. Raises FileAccessError."""
    for path in paths:
        if path.name.startswith(_LOCK):  # `merge zurueck/*.docx` finds these, too
            raise FileAccessError(
                f"{path}: Das ist keine Datei zum Übernehmen; Word und Excel legen sie an, solange ein Dokument offen "
                "ist. Bitte das Dokument schließen und noch einmal übernehmen, oder diese Datei nicht mit nennen."
            )
    names = [path.name for path in paths]
    return [(str(path) if names.count(path.name) > 1 else path.name, _bytes(path)) for path in paths]


def _bytes(path: Path) -> bytes:
    """One byte more than is allowed at most, by which whoever opens the file sees that it is too large."""
    flags = (getattr(os, name, 0) for name in ("O_NONBLOCK", "O_BINARY"))  # no pipe is waited for
    try:
        descriptor = os.open(path, os.O_RDONLY | sum(flags))
        with os.fdopen(descriptor, "rb") as file:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise FileAccessError(f"{path}: Das ist keine gewöhnliche Datei.")
            return file.read(WORD_FILE.most + 1)
    except IsADirectoryError as error:
        why = reason(OSError(errno.EISDIR, ""))
        raise FileAccessError(f"{path}: Die Datei lässt sich nicht lesen. {why}") from error
    except OSError as error:
        raise FileAccessError(f"{path}: Die Datei lässt sich nicht lesen. {reason(error)}") from error
