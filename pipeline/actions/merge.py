"""Edited Word files into the sources of a plan: read, merged, checked, written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.budget.deadline import deadline
from pipeline.budget.limits import MERGING, READING
from pipeline.content.read import Source, read
from pipeline.errors import FileAccessError
from pipeline.files.publish import ensure_writable, publish_beside, publish_file
from pipeline.files.replace import at_rest, replace_files
from pipeline.outcome import Outcome, Progress

if TYPE_CHECKING:
    from pipeline.merge.outcome.outcome import MergeOutcome


@dataclass(frozen=True)
class Merge:
    """Which Word files to take into which content; see MergeRequest. `write`: or only tell; `markers`: conflicts stay
    visible in the sources; `report`: a file for the whole report; `answers`: a folder for an answer to each editor;
    `strict`: warnings forbid writing too.
    """

    files: tuple[Path, ...]
    content: Path
    cache: Path | None = None
    own: Path | None = None
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    write: bool = True
    markers: bool = False
    report: Path | None = None
    answers: Path | None = None
    strict: bool = False


@dataclass(frozen=True)
class MergeResult:
    """What came of it, the same in one line and as plain values for programs, what did not arrive in a line each, the
    files written, the merged plan's findings, and the answers to the editors.
    """

    outcome: MergeOutcome
    tally: str
    record: Mapping[str, object]
    missing: tuple[str, ...]
    written: tuple[Path, ...]
    findings: Outcome
    answered: tuple[Path, ...] = ()


def merge_files(request: Merge, progress: Progress, tell: Callable[[Iterable[str]], None]) -> MergeResult:
    """Takes edited Word files into the content; writes nothing if the plan would get errors that it had not.

    What came of every edit goes to `tell`, line by line, before anything is written.

    Raises BuildError where a file is refused, cannot be read or written, or conflicts of an earlier merge are left.
    """
    from pipeline.merge.arrivals import read_arrivals, refuse_unreadable, refuse_unsettled
    from pipeline.merge.merge import MergeRequest, merge
    from pipeline.merge.outcome import render
    from pipeline.merge.outcome.outcome import held_back
    from pipeline.merge.outcome.record import record

    with (
        progress.stage("Quellen lesen", str(request.content)),
        at_rest(request.content) as settled,
        deadline(READING, "Lesen"),
    ):
        source = read(request.content)
    refuse_unsettled(source)
    refuse_unreadable(source)
    files = read_arrivals(request.files)
    if request.report is not None:
        ensure_writable(request.report.parent)
    if request.answers is not None:
        ensure_writable(request.answers)
    number = f"{len(files)} {'Datei' if len(files) == 1 else 'Dateien'}"
    with progress.stage("Übernehmen", number), deadline(MERGING, "Übernehmen"):
        outcome = merge(
            MergeRequest(
                files,
                source.files,
                source.editions,
                request.cache,
                request.own,
                request.accept,
                request.reject,
                request.only,
            )
        )
    findings = Outcome(
        outcome.diagnostics,
        None,
        sources={**source.files, **outcome.sources},
        strict=request.strict,
        settled=(settled,) if settled else (),
    )
    if request.strict and not findings.ok:
        outcome = held_back(outcome)
    tell(render.lines(outcome))
    changed = {**outcome.sources, **(outcome.marked if request.markers else {})}
    writes = request.write and outcome.ok and bool(changed)
    if writes:
        with progress.stage("Schreiben", str(request.content)):
            replace_files(changed, request.content, before=source.files)
    if request.report is not None:
        try:
            publish_file(request.report, render.markdown(outcome, written=writes).encode())
        except FileAccessError as error:
            said = "Die Quellen sind geändert, nur der Bericht fehlt; mit --dry-run entsteht er noch einmal."
            raise FileAccessError(f"{error} {said}" if writes else str(error)) from error
    answered = _answered(request.answers, outcome, source) if request.answers else ()
    written = tuple(request.content / path for path in sorted(changed)) if writes else ()
    told = (render.tally(outcome), record(outcome), tuple(render.briefly(outcome)))
    return MergeResult(outcome, *told, written, findings, answered)


def _answered(folder: Path, outcome: MergeOutcome, source: Source) -> tuple[Path, ...]:
    """Writes an answer to each editor, all of them or none."""
    from pipeline.merge.answering import answer_files

    files = answer_files(outcome, source)
    publish_beside(files, folder)
    return tuple(folder / name for name in files)
