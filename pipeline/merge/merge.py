"""Edited Word files and the sources in, the sources with the edits taken in out, and what became of every edit.

One file after the other: each is compared with its own base, the edits are carried out on the sources of that base,
built and held against the file (the gate), and then joined with the sources as they are by now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pipeline.budget.deadline import at
from pipeline.diagnostics import Diagnostic
from pipeline.errors import PuzzlingFileError, RefusedFileError, UnknownScopeError
from pipeline.fields.names import PlanNames
from pipeline.files.register import is_known
from pipeline.merge.apply import Refusal, carry_out
from pipeline.merge.base import BaseFile, base_of
from pipeline.merge.differences.compare import Comparison, Reader
from pipeline.merge.differences.new_measures import Newcomer
from pipeline.merge.differences.wandered_marks import believed
from pipeline.merge.docx.open import OpenedPackage, open_docx
from pipeline.merge.docx.revisions import rejected, unmatched
from pipeline.merge.extracted import Elsewhere
from pipeline.merge.gate import Gate, Made
from pipeline.merge.hold_back import sound
from pipeline.merge.outcome.authors import Signed
from pipeline.merge.outcome.blame import History, whose
from pipeline.merge.outcome.conflict_markers import OpenConflict, marked
from pipeline.merge.outcome.describe import Carried, Held, Teller
from pipeline.merge.outcome.found import found_edits
from pipeline.merge.outcome.outcome import FileOutcome, MergeOutcome, held_back
from pipeline.merge.outcome.touched import touched
from pipeline.merge.places import NEW
from pipeline.merge.prepare import Prepared, read_edited, read_own
from pipeline.merge.rebuild import Rebuilds, Rebuilt, new_errors
from pipeline.merge.scope import Scope, scope_of
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import Joined, join
from pipeline.merge.why import Reason, Why
from pipeline.merge.xlsx.book import book_base, read_book
from pipeline.merge.xlsx.open import is_workbook, open_xlsx
from pipeline.text.nodes import Place


@dataclass(frozen=True)
class MergeRequest:
    """What to merge into what.

    `files`: names and bytes, in the order in which they are merged; `sources`: the content folder's files without the
    published editions, which stand in `editions` by number; `cache`: the folder that keeps bases, `own` the one with
    the register of those that this copy handed out; None: it knows none. Of tracked changes
    all are accepted, or those of `accept`, or all but those of `reject`; `alle` names everybody. `only`: what may
    change, see scope_of; everything if nothing is named.
    """

    files: Sequence[tuple[str, bytes]]
    sources: Mapping[PurePosixPath, bytes]
    editions: Mapping[str, bytes] = field(default_factory=dict)
    cache: Path | None = None
    own: Path | None = None
    accept: Sequence[str] = ()
    reject: Sequence[str] = ()
    only: Sequence[str] = ()


def merge(request: MergeRequest) -> MergeOutcome:
    """Merges all files. Raises RefusedFileError where one cannot be read or is no file of this plan."""
    before = Sources(dict(request.sources))
    rebuilds = Rebuilds(before, request.editions)
    current = rebuilds.today
    scope = _scope(request, before, current)
    history = [("", before)]
    outcomes: list[FileOutcome] = []
    conflicts: list[OpenConflict] = []
    for name, data in request.files:
        at(name)
        outcome, joined = _merged(request, name, data, rebuilds, history, scope)
        outcomes.append(outcome)
        conflicts += [OpenConflict(item, whose(item, history), name, joined.sources) for item in joined.conflicts]
        history.append((name, joined.sources))
    sources = history[-1][1]
    changed = {path: data for path, data in sources.files.items() if before.files.get(path) != data}
    after = rebuilds.of(sources)
    ok = after.checked.plan is not None and not new_errors(current.diagnostics, after.diagnostics)
    merged = MergeOutcome(tuple(outcomes), changed, marked(sources, conflicts), after.diagnostics, ok)
    return merged if ok else held_back(merged)


def _scope(request: MergeRequest, sources: Sources, current: Rebuilt) -> Scope | None:
    """What may change, None for everything. Raises UnknownScopeError."""
    if not request.only:
        return None
    plan = current.checked.plan
    if plan is None:
        raise UnknownScopeError("plan.yaml hat Fehler; bitte zuerst `check` ausführen und sie beheben.")
    return scope_of(request.only, plan, sources.entities)


def _merged(
    request: MergeRequest, name: str, data: bytes, rebuilds: Rebuilds, history: History, scope: Scope | None
) -> tuple[FileOutcome, Joined]:
    """What came of one file. What nobody foresaw is told as a fault of the file, too: nothing is written then."""
    try:
        return _File(request, name, data, rebuilds, scope).merged_into(history)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        what = f"Damit hat das Programm nicht gerechnet ({type(error).__name__}); die Datei lässt sich nicht auswerten"
        remedy = "bitte die zuletzt gebaute Word-Datei bearbeiten und das melden, was der Aufruf mit --verbose zeigt"
        raise PuzzlingFileError(name, what, remedy) from error


class _File:
    """One edited file on its way into the sources."""

    def __init__(self, request: MergeRequest, name: str, data: bytes, rebuilds: Rebuilds, scope: Scope | None) -> None:
        self.request, self.name, self.scope = request, name, scope
        self.current = rebuilds.today
        self.digest = hashlib.sha256(data).hexdigest()
        self.hints: tuple[str, ...] = ()
        self.fresh = False
        read = self._book(data, rebuilds) if is_workbook(data) else self._document(data)
        self.gate = Gate(self.base, request.sources, rebuilds)
        self.unproven = self._doubt()
        self.prepared = read()
        self.hints += tuple(map(_WORDS_ONLY.format, self.prepared.words_only))
        nobody = unmatched([*request.accept, *request.reject], self.prepared.revisions)
        self.hints += tuple(f"Von „{author}“ gibt es in dieser Datei keine Änderung." for author in nobody)
        if whose := rejected(self.prepared.revisions):
            self.hints += (f"Abgelehnt, wie verlangt, sind nachverfolgte Änderungen von: {whose}.",)

    def _document(self, data: bytes) -> Callable[[], Prepared]:
        """Opens a Word file; how it is read once it is known what of its base is believed."""
        package = open_docx(data, self.name)
        self.base, self.hints = self._base(package)
        self.remarks = package.remarks
        return lambda: read_edited(package, self.request.accept, self.request.reject, self.base)

    def _book(self, data: bytes, rebuilds: Rebuilds) -> Callable[[], Prepared]:
        """The same for a workbook."""
        book = open_xlsx(data, self.name)
        found = book_base(book, self.name, rebuilds, self.request.sources, self.request.cache)
        self._ensure_plan(found.base)
        self.base, self.remarks = found.base, ()
        return lambda: read_book(book, replace(found, base=self.base))

    def _ensure_plan(self, found: BaseFile) -> None:
        """Raises RefusedFileError for a file of another plan."""
        plan = self.current.checked.plan
        if plan is not None and found.short_name != plan.meta.short_name:
            what = f"Die Datei gehört zu einem anderen Plan („{found.title}“)"
            raise RefusedFileError(self.name, what, "bitte den Ordner dieses Plans mit --content nennen")

    def _base(self, package: OpenedPackage) -> tuple[BaseFile, tuple[str, ...]]:
        elsewhere = Elsewhere(Sources(dict(self.request.sources)), self.request.editions)
        found = base_of(package, self.request.cache, elsewhere)
        if found is not None:
            self._ensure_plan(found)
            return found, ()
        fresh = self.current.as_word() if self.current.usable else None
        if fresh is None or not any(mark.encode() in package[package.main] for mark in fresh.marks):
            what = "Die Datei ist nicht aus diesem Plan gebaut oder hat alle Marken verloren"
            raise RefusedFileError(self.name, what, "bitte die zuletzt gebaute Word-Datei bearbeiten")
        self.fresh = True  # made just now
        return fresh, (_TWO_WAYS,)

    def _doubt(self) -> str:
        """Looks at a base that this copy did not hand out; why nothing of it is believed, '' where something is."""
        if self.fresh or is_known(self.request.own, self.base.seal):
            return ""
        if self.request.own is not None:
            self.hints += (_UNKNOWN,)
        given = self.gate.given
        if given is None:
            self._believe({}, self.base.targets)
            return _UNPROVEN
        self._believe(self.base.marks, given.targets)
        doubtful = self.gate.doubtful(Reader(self.base).side(read_own(self.base)))
        if doubtful:
            marks = {mark: place for mark, place in self.base.marks.items() if place not in doubtful}
            self._believe(marks, given.targets)
            self.hints += (_DOUBTFUL,)
        return ""

    def _believe(self, marks: Mapping[str, Place], targets: Mapping[str, tuple[str, str]]) -> None:
        """Goes on with the base as far as it can be believed."""
        self.base = replace(self.base, marks=marks, targets=targets)

    def merged_into(self, history: History) -> tuple[FileOutcome, Joined]:
        """What came of the file, and the last of the sources with its edits taken in."""
        names = self._names()
        comparison, made = self._compared(names)
        allowed, held, ours = self._allowed(comparison), tuple[Held, ...](), history[-1][1]
        if made.unchecked:
            allowed, held = sound(allowed, lambda edits: self.gate.faults(edits, names), names)
            made = self.gate.made(allowed, names) if held else made
        arrived, lost = self.gate.arrived(allowed, made, names)
        joined = join(self.base.sources, ours, arrived.theirs.sources)
        if self._faults_of(ours, joined.sources):
            allowed, beside = sound(allowed, lambda edits: self._faults_beside(ours, edits, names), names)
            held += beside
            made = self.gate.made(allowed, names) if beside else made
            arrived, lost = self.gate.arrived(allowed, made, names)
            joined = join(self.base.sources, ours, arrived.theirs.sources)
        made, theirs = arrived, arrived.theirs
        theirs = replace(theirs, refusals=(*theirs.refusals, *self._left_out(comparison)))
        unchecked = self.unproven or made.unchecked
        carried = Carried(allowed if held else comparison, theirs, made.built, lost, joined, held)
        teller = Teller(self.digest, self.base, Signed(self.prepared.revisions), names)
        entries = teller.entries(carried, history, self.prepared.unsupported, self.prepared.comments)
        outcome = FileOutcome(
            self.name,
            self.base.edition,
            entries,
            hints=(*self.hints, *((unchecked,) if unchecked else ()), *self.remarks),
            unchecked=unchecked,
            digest=self.digest,
            touches=touched(entries, self.current.checked.plan),
        )
        return outcome, joined

    def _faults_beside(self, ours: Sources, comparison: Comparison, names: PlanNames) -> tuple[Diagnostic, ...]:
        """The errors that the plan as it stands by now would have with the edits, and has not without."""
        return self._faults_of(ours, join(self.base.sources, ours, carry_out(comparison, names).sources).sources)

    def _faults_of(self, ours: Sources, joined: Sources) -> tuple[Diagnostic, ...]:
        before, after = (self.gate.rebuilds.of(sources).diagnostics for sources in (ours, joined))
        return new_errors(before, after)

    def _compared(self, names: PlanNames) -> tuple[Comparison, Made]:
        """The edits, and what comes of them.

        Where titles change, links that read the new title are read once more: they follow it on their own.
        """
        reader = Reader(self.base)
        before = reader.side(read_own(self.base))
        after = believed(before, reader.side(self.prepared.reading), self.base.sources)
        comparison = Comparison(self.base, before, after)
        made = self.gate.made(self._allowed(comparison), names)
        labels = dict(made.targets.values())
        if any(labels.get(anchor, label) != label for anchor, label in self.base.targets.values()):
            after = believed(before, reader.side(self.prepared.reading, labels), self.base.sources)
            comparison = Comparison(self.base, before, after)
            made = self.gate.made(self._allowed(comparison), names)
        return comparison, made

    def _allowed(self, comparison: Comparison) -> Comparison:
        """The edits that are in what may change."""
        if self.scope is None:
            return comparison
        names = {*comparison.texts.texts, *(value.place.source for value in comparison.values)}
        new = {new.heading for new in comparison.newcomers if not self._may_come(new)}
        return comparison.as_it_was({name for name in names if not self.scope.holds(name)} | new)

    def _may_come(self, new: Newcomer) -> bool:
        """Whether a new measure stands in a strand that may change."""
        before = self.base.sources.entities.get(new.after)
        return self.scope is None or (before is not None and before.file.parts[0] in self.scope.strands)

    def _left_out(self, comparison: Comparison) -> Iterator[Refusal]:
        """The edits that are not, one by one."""
        if self.scope is None:
            return
        for edit in found_edits(comparison):
            if not self.scope.holds(edit.place.source):
                yield Refusal(edit.place, edit.before, edit.after, _LEFT_OUT)
        for value in comparison.values:
            if value.after is None and not self.scope.holds(value.place.source):
                yield Refusal(value.place, "\n".join(value.before), "", _LEFT_OUT)
        for new in comparison.newcomers:
            if not self._may_come(new):
                yield Refusal(Place(NEW), "", new.words(new.heading), _LEFT_OUT)

    def _names(self) -> PlanNames:
        plan = self.gate.own.checked.plan or self.current.checked.plan
        if plan is None:
            what = "Die Datei lässt sich nicht zuordnen, weil plan.yaml Fehler hat"
            raise RefusedFileError(self.name, what, "bitte zuerst `check` ausführen und die Fehler beheben")
        return PlanNames.of(plan)


_LEFT_OUT = Why(Reason.LEFT_OUT, "Das liegt außerhalb dessen, was mit --only übernommen werden soll.")
_WORDS_ONLY = (
    "Der Verweis „{}“ führt in der Word-Datei zu etwas, worauf der Plan nicht verweisen kann; seine Wörter sind als "
    "Text übernommen. Verweisen lässt sich auf Überschriften, Ziele, Maßnahmen, Akteure und Begriffe."
)
_TWO_WAYS = (
    "Die Datei führt ihre Grundlage nicht mehr mit; sie wurde mit dem heutigen Stand der Quellen verglichen. "
    "Was sich seither in den Quellen geändert hat, erscheint als Änderung der Datei."
)
_UNKNOWN = (
    "Woher die Datei kommt, weiß diese Kopie des Programms nicht: Sie ist anderswo oder mit einer früheren Fassung des "
    "Programms gebaut, oder sie sagt Falsches über sich. Gelesen ist sie trotzdem; bitte genau ansehen, was sich "
    "ändert."
)
_DOUBTFUL = (
    "An einigen Stellen zeigt die Datei schon in ihrem Ausgangszustand etwas anderes als die Quellen, die sie selbst "
    "mitführt. Was dort geändert ist, ist nicht übernommen."
)
_UNPROVEN = (
    "Ob die Datei zeigt, was in ihren Quellen steht, ließ sich nicht prüfen: Diese Kopie des Programms kennt sie "
    "nicht, und aus den Quellen, die sie mitführt, wird nach den heutigen Regeln kein Plan. Deshalb ist nichts "
    "übernommen; bitte die Änderungen von Hand nachtragen oder die zuletzt gebaute Word-Datei bearbeiten."
)
