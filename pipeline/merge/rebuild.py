"""Sources in memory in, the plan they are and the Word file that they would give out. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from pipeline.check.validate import Checked, validate
from pipeline.content.folder import EDITIONS, Received
from pipeline.content.read import Source, sort_out
from pipeline.diagnostics import Diagnostic, Severity, has_errors
from pipeline.document.model import Document
from pipeline.merge.base import BaseFile, from_built
from pipeline.merge.sources import Sources
from pipeline.parts.assemble import assemble
from pipeline.parts.context import Context
from pipeline.parts.extract import sheets_of
from pipeline.word.build import write_base

_Key = frozenset[tuple[PurePosixPath, bytes]]
_KEPT: Final = 2  # beside today's the base's and those with the edits; more would only fill the memory


@dataclass(frozen=True)
class Rebuilt:
    """What the program makes of sources: everything found in them, and whether they give a plan."""

    source: Source
    checked: Checked

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found."""
        return self.checked.diagnostics

    @property
    def usable(self) -> bool:
        """Whether a plan without errors came of it."""
        return self.checked.plan is not None and not has_errors(self.checked.diagnostics)

    def worse_than(self, other: Rebuilt) -> bool:
        """Whether it is no plan, or has errors that the other has not: those may come from a rule of later."""
        return self.checked.plan is None or bool(new_errors(other.diagnostics, self.diagnostics))

    def document(self) -> Document | None:
        """The Document of the plan; None if there is no plan."""
        plan, checked = self.checked.plan, self.checked
        if plan is None:
            return None
        return assemble(
            plan,
            checked.texts,
            digest=self.source.digest,
            open_points=checked.open_points,
            previous=checked.previous,
        )

    def as_word(self) -> BaseFile | None:
        """The Word file of the plan, as an editor would get it; None if there is no plan. It is made once."""
        return self._word

    def part_as_word(self, entities: Collection[str]) -> BaseFile | None:
        """The Word file of the sheets that show these entities, as of an extract; None if there is no plan."""
        plan, checked = self.checked.plan, self.checked
        if plan is None:
            return None
        document = sheets_of(Context(plan, self.source.digest, checked.open_points), checked.texts, entities)
        return self._written(document)

    def _written(self, document: Document) -> BaseFile:
        return from_built(write_base(document, self.source.pictures, self.source.files))

    @cached_property
    def _word(self) -> BaseFile | None:
        document = self.document()
        return None if document is None else self._written(document)


def new_errors(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The errors that were not there before, wherever in their file."""
    known = {(item.code, item.location.path, item.message) for item in before}
    errors = (item for item in after if item.severity is Severity.ERROR)
    return tuple(item for item in errors if (item.code, item.location.path, item.message) not in known)


class Rebuilds:
    """What the program makes of sources, of the same ones once.

    Where nobody else has changed anything since, the sources of today are those of the base: of the four that a merge
    looks at, today's, the base's, those with the edits and what is written in the end, two are the same as two others.
    """

    def __init__(self, today: Sources, editions: Mapping[str, bytes]) -> None:
        self._editions = editions
        self.today = rebuild(today, editions)
        self._known: dict[_Key, Rebuilt] = {}
        self._key_of_today = _key(today)

    def of(self, sources: Sources) -> Rebuilt:
        """What it makes of these."""
        key = _key(sources)
        if key == self._key_of_today:
            return self.today
        made = self._known.pop(key, None) or rebuild(sources, self._editions)
        while len(self._known) >= _KEPT:
            self._known.pop(next(iter(self._known)))  # asked for longest ago
        self._known[key] = made
        return made


def _key(sources: Sources) -> _Key:
    return frozenset(sources.files.items())


def rebuild(sources: Sources, editions: Mapping[str, bytes]) -> Rebuilt:
    """Reads and checks sources; `editions` are the published editions' data by their number."""
    files = {**sources.files, **{PurePosixPath(EDITIONS, f"{name}.json"): data for name, data in editions.items()}}
    folders = frozenset(parent for path in files for parent in path.parents if parent != PurePosixPath())
    source = sort_out(Received(files, folders, frozenset(), ()))
    return Rebuilt(source, validate(source))
