"""What a stage has to say about the content: frozen values that travel with the result, never printed in a stage."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

CORRECTED = "So: "
"""What comes before the line as it should be; it ends a hint. Whoever types that line has mended the mistake."""


class Severity(StrEnum):
    """How much a finding weighs: only an error keeps documents from being published."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The German word a user reads."""
        return {"error": "Fehler", "warning": "Warnung", "note": "Hinweis"}[self.value]


@dataclass(frozen=True, order=True)
class Location:
    """A place in the content: path below the content folder, line and column counted from 1; 0 where there is none."""

    path: PurePosixPath
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([str(self.path), *numbers])

    @property
    def spoken(self) -> str:
        """The place inside a sentence: `akteure.yaml, Zeile 2`."""
        return f"{self.path}, Zeile {self.line}" if self.line else str(self.path)


@dataclass(frozen=True)
class Diagnostic:
    """One finding: a code of the closed list, its severity, its place, a German sentence and what to do.

    `entity` and `field` say the same place in terms of the plan: an ID (`M1.1.1`, `HF1`, `plan`) and a key of the data,
    '' where there is none. They tell no finding from another.
    """

    code: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    entity: str = dataclasses.field(default="", compare=False)
    field: str = dataclasses.field(default="", compare=False)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place, then code and text: the same on every run; doubles dropped."""
    unique = set(diagnostics)
    return tuple(sorted(unique, key=lambda item: (item.location, item.code, item.message, item.hint)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether anything in it forbids publishing."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def marks(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """What stands for each finding but the errors, sorted: a later run knows them again by it, wherever they stand."""
    return sorted(map(_mark, _standing(diagnostics)))


def unknown(diagnostics: Iterable[Diagnostic], known: Iterable[str]) -> frozenset[Diagnostic]:
    """The findings that have none of the `known` marks. Of those that say the same, as many as there were are known.

    Errors are never among them: nothing was built with one, so each would be.
    """
    left = Counter(known)
    found = set()
    for item in _standing(diagnostics):
        mark = _mark(item)
        if left[mark] > 0:
            left[mark] -= 1
        else:
            found.add(item)
    return frozenset(found)


def _standing(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    return (item for item in diagnostics if item.severity is not Severity.ERROR)


def _mark(item: Diagnostic) -> str:
    """12 hex digits: the line does not count, which moves with every edit above it, nor does the severity, which moves
    with the plan's status.
    """
    said = "\0".join((item.code, str(item.location.path), item.entity, item.message))
    return hashlib.sha256(said.encode(errors="surrogateescape")).hexdigest()[:12]
