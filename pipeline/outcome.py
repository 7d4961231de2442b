"""What a run has to tell whoever started it: by Progress what is going on, by an Outcome what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from pipeline.diagnostics import Diagnostic, Severity, has_errors
from pipeline.files.publish import PublishedFile


class Progress(Protocol):
    """Who is told what is going on."""

    def stage(self, label: str, detail: str = "") -> AbstractContextManager[None]:
        """A stage that lasts as long as the context."""


class Silent:
    """A progress that shows nothing."""

    def stage(self, label: str, detail: str = "") -> AbstractContextManager[None]:  # noqa: ARG002 - the protocol's
        """Begins and ends nothing."""
        return nullcontext()


@dataclass(frozen=True)
class Counts:
    """How large the plan is, measures without those deferred or replaced; None for what is not known.

    Of entities in a file that cannot be read, or of which one is faulty, nobody knows how many there are.
    """

    fields: int | None
    goals: int | None
    measures: int | None
    actors: int | None
    open_points: int | None


@dataclass(frozen=True)
class Outcome:
    """What came of a run: everything found, the plan's size if there is a plan, the files published.

    `sources` are the files as they were read, by path below the content folder: what the findings are about. `remarks`
    are sentences on what went less well than it could, though nothing is wrong with the files; `settled` are those on
    what an earlier run had left half done. `new` are the findings that the last build did not have, none of them where
    there was no such build. `digest` is the content's SHA-256 as 64 hex digits, '' if nothing was read.
    """

    diagnostics: tuple[Diagnostic, ...]
    counts: Counts | None
    files: tuple[PublishedFile, ...] = ()
    sources: Mapping[PurePosixPath, bytes] = field(default_factory=dict)
    strict: bool = False
    remarks: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    new: frozenset[Diagnostic] = frozenset()
    digest: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing forbids publishing: no error and, if strict, no warning either."""
        warned = any(item.severity is Severity.WARNING for item in self.diagnostics)
        return not has_errors(self.diagnostics) and not (self.strict and warned)
