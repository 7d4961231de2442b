"""Edited Word files and the sources in, the sources with the edits taken in out, and what became of every edit.

One file after the other: each is compared with its own base, the edits are carried out on the sources of that base,
built and held against the file (the gate), and then joined with the sources as they are by now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pipeline.budget.deadline import at
from pipeline.diagnostics import Diagnostic, Severity
from pipeline.errors import RefusedFileError
from pipeline.fields.names import PlanNames
from pipeline.merge.apply import Theirs, carry_out
from pipeline.merge.base import BaseFile, base_of
from pipeline.merge.differences.compare import Comparison, Reader
from pipeline.merge.differences.text_edits import Side
from pipeline.merge.docx.open import OpenedPackage, open_docx
from pipeline.merge.docx.revisions import rejected, unmatched
from pipeline.merge.outcome.authors import Signed
from pipeline.merge.outcome.blame import History, whose
from pipeline.merge.outcome.conflict_markers import OpenConflict, marked
from pipeline.merge.outcome.describe import Carried, Teller
from pipeline.merge.outcome.outcome import UNCHECKED, FileOutcome, MergeOutcome, held_back
from pipeline.merge.prepare import read_edited, read_own
from pipeline.merge.rebuild import Rebuilt, rebuild
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import Joined, join
from pipeline.merge.verify import Missing, dropped, missing, without_lost


@dataclass(frozen=True)
class MergeRequest:
    """What to merge into what.

    `files`: names and bytes, in the order in which they are merged; `sources`: the content folder's files without the
    published editions, which stand in `editions` by number; `cache`: the folder that keeps bases. Of tracked changes
    all are accepted, or those of `accept`, or all but those of `reject`; `alle` names everybody.
    """

    files: Sequence[tuple[str, bytes]]
    sources: Mapping[PurePosixPath, bytes]
    editions: Mapping[str, bytes] = field(default_factory=dict)
    cache: Path | None = None
    accept: Sequence[str] = ()
    reject: Sequence[str] = ()


def merge(request: MergeRequest) -> MergeOutcome:
    """Merges all files. Raises RefusedFileError where one cannot be read or is no file of this plan."""
    before = Sources(dict(request.sources))
    current = rebuild(before, request.editions)
    history = [("", before)]
    outcomes: list[FileOutcome] = []
    conflicts: list[OpenConflict] = []
    for name, data in request.files:
        at(name)
        outcome, joined = _File(request, name, data, current).merged_into(history)
        outcomes.append(outcome)
        conflicts += [OpenConflict(item, whose(item, history), name, joined.sources) for item in joined.conflicts]
        history.append((name, joined.sources))
    sources = history[-1][1]
    changed = {path: data for path, data in sources.files.items() if before.files.get(path) != data}
    after = rebuild(sources, request.editions) if changed else current
    ok = after.checked.plan is not None and not _new_errors(current.diagnostics, after.diagnostics)
    merged = MergeOutcome(tuple(outcomes), changed, marked(sources, conflicts), after.diagnostics, ok)
    return merged if ok else held_back(merged)


def _new_errors(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> bool:
    known = [(item.code, item.location.path, item.message) for item in before]
    errors = (item for item in after if item.severity is Severity.ERROR)
    return any((item.code, item.location.path, item.message) not in known for item in errors)


@dataclass(frozen=True)
class Made:
    """The sources of a base with edits carried out, what they give when they are built (None where they give no plan),
    and what references read then: of every bookmark its anchor and its words.
    """

    theirs: Theirs
    built: Side | None
    targets: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class _File:
    """One edited file on its way into the sources."""

    def __init__(self, request: MergeRequest, name: str, data: bytes, current: Rebuilt) -> None:
        self.request, self.name, self.current = request, name, current
        self.digest = hashlib.sha256(data).hexdigest()
        self.package = open_docx(data, name)
        self.base, self.hints = self._base(self.package)
        self.prepared = read_edited(self.package, request.accept, request.reject, self.base)
        nobody = unmatched([*request.accept, *request.reject], self.prepared.revisions)
        self.hints += tuple(f"Von „{author}“ gibt es in dieser Datei keine Änderung." for author in nobody)
        if whose := rejected(self.prepared.revisions):
            self.hints += (f"Abgelehnt, wie verlangt, sind nachverfolgte Änderungen von: {whose}.",)

    def _base(self, package: OpenedPackage) -> tuple[BaseFile, tuple[str, ...]]:
        found = base_of(package, self.request.cache)
        plan = self.current.checked.plan
        if found is not None:
            if plan is not None and found.short_name != plan.meta.short_name:
                what = f"Die Datei gehört zu einem anderen Plan („{found.title}“)"
                raise RefusedFileError(self.name, what, "bitte den Ordner dieses Plans mit --content nennen")
            return found, ()
        fresh = self.current.as_word() if self.current.usable else None
        if fresh is None or not any(mark.encode() in package[package.main] for mark in fresh.marks):
            what = "Die Datei ist nicht aus diesem Plan gebaut oder hat alle Marken verloren"
            raise RefusedFileError(self.name, what, "bitte die zuletzt gebaute Word-Datei bearbeiten")
        return fresh, (_TWO_WAYS,)

    def merged_into(self, history: History) -> tuple[FileOutcome, Joined]:
        """What came of the file, and the last of the sources with its edits taken in."""
        names = self._names()
        comparison, made = self._carried_out(names)
        made, lost = self._arrived(comparison, made, names)
        theirs, built = made.theirs, made.built
        joined = join(self.base.sources, history[-1][1], theirs.sources)
        carried = Carried(comparison, theirs, built, lost, joined)
        teller = Teller(self.digest, self.base, Signed(self.prepared.revisions), names)
        outcome = FileOutcome(
            self.name,
            self.base.edition,
            teller.entries(carried, history, self.prepared.unsupported, self.prepared.comments),
            hints=(*self.hints, *(() if built else (UNCHECKED,)), *self.package.remarks),
            checked=built is not None,
            digest=self.digest,
        )
        return outcome, joined

    def _carried_out(self, names: PlanNames) -> tuple[Comparison, Made]:
        """The edits, the sources of the base with them, and what these give when they are built.

        Where titles change, links that read the new title are read once more: they follow it on their own.
        """
        reader = Reader(self.base)
        before = reader.side(read_own(self.base))
        comparison = Comparison(self.base, before, reader.side(self.prepared.reading))
        made = self._made(comparison, names)
        labels = dict(made.targets.values())
        if any(labels.get(anchor, label) != label for anchor, label in self.base.targets.values()):
            comparison = Comparison(self.base, before, reader.side(self.prepared.reading, labels))
            made = self._made(comparison, names)
        return comparison, made

    def _arrived(self, comparison: Comparison, made: Made, names: PlanNames) -> tuple[Made, list[Missing]]:
        """What is left when everything that did not arrive is left out, and what that is.

        Without it, the rest is built and looked at once more; where something is missing even then, the texts that it
        is in stay as they were.
        """
        if made.built is None:
            return made, []
        lost = list(missing(comparison, made.built, made.theirs, names))
        if not any(item.undone for item in lost):
            return made, lost
        left = without_lost(comparison, lost, made.theirs)
        again = self._made(left, names)
        still = [item for item in missing(left, again.built, again.theirs, names) if item.undone] if again.built else []
        if still or again.built is None:
            left = left.as_it_was([item.place.source for item in still])
            again = self._made(left, names)
        new = dropped(made.theirs, again.theirs)
        refusals = (*made.theirs.refusals, *new.values())
        lost = [item for item in lost if item.place.source.partition("/")[0] not in new]
        lost += [replace(item, whole=True) for item in still if item.place.source]
        return replace(again, theirs=replace(again.theirs, refusals=refusals)), lost

    def _made(self, comparison: Comparison, names: PlanNames) -> Made:
        theirs = carry_out(comparison, names)
        if theirs.sources.files == self.base.sources.files:
            return Made(theirs, comparison.before)  # what the base gives is known
        built = self._built(theirs.sources)
        if built is None:
            return Made(theirs, None)
        return Made(theirs, Reader(built).side(read_own(built)), built.targets)

    def _built(self, sources: Sources) -> BaseFile | None:
        rebuilt = rebuild(sources, self.request.editions)
        return rebuilt.as_word() if rebuilt.usable else None

    def _names(self) -> PlanNames:
        plan = rebuild(self.base.sources, self.request.editions).checked.plan or self.current.checked.plan
        if plan is None:
            what = "Die Datei lässt sich nicht zuordnen, weil plan.yaml Fehler hat"
            raise RefusedFileError(self.name, what, "bitte zuerst `check` ausführen und die Fehler beheben")
        return PlanNames.of(plan)


_TWO_WAYS = (
    "Die Datei führt ihre Grundlage nicht mehr mit; sie wurde mit dem heutigen Stand der Quellen verglichen. "
    "Was sich seither in den Quellen geändert hat, erscheint als Änderung der Datei."
)
