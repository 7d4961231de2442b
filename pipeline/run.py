"""The stages in order: read → validate → assemble → PDF and DOCX → publish."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from pipeline.check.validate import Checked, validate
from pipeline.content.read import Source, read
from pipeline.diagnostics import Diagnostic, Severity, has_errors
from pipeline.editions import Kept, keep
from pipeline.errors import FileAccessError
from pipeline.files.access import reason, writing
from pipeline.files.publish import (
    Output,
    PublishedFile,
    ensure_writable,
    publish,
    publish_file,
    sources_zip,
    tool_versions,
)
from pipeline.files.replace import replace_files
from schema.files import json_schemas
from schema.plan import Plan

if TYPE_CHECKING:
    from pipeline.document.model import Document
    from pipeline.merge.outcome.outcome import MergeOutcome

AGENDA = "offene-punkte.md"


class Format(StrEnum):
    """What can be built."""

    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True)
class Request:
    """What to build from what: the content's folder, the output's folder, the formats; whether warnings forbid it.

    In the folder `cache` is kept what the next build need not typeset again; None: nothing is kept.
    """

    content: Path
    output: Path
    formats: tuple[Format, ...]
    strict: bool = False
    cache: Path | None = None


@dataclass(frozen=True)
class Counts:
    """How large the plan is; measures without those deferred or replaced."""

    fields: int
    goals: int
    measures: int
    actors: int
    open_points: int


@dataclass(frozen=True)
class Outcome:
    """What came of a run: everything found, the plan's size if there is a plan, the files published.

    `sources` are the files as they were read, by path below the content folder: what the findings are about. `remarks`
    are sentences on what went less well than it could, though nothing is wrong with the files.
    """

    diagnostics: tuple[Diagnostic, ...]
    counts: Counts | None
    files: tuple[PublishedFile, ...] = ()
    sources: Mapping[PurePosixPath, bytes] = field(default_factory=dict)
    strict: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing forbids publishing: no error and, if strict, no warning either."""
        warned = any(item.severity is Severity.WARNING for item in self.diagnostics)
        return not has_errors(self.diagnostics) and not (self.strict and warned)


@dataclass(frozen=True)
class Merge:
    """Which Word files to take into which content; see MergeRequest. `write`: or only tell; `markers`: conflicts stay
    visible in the sources; `report`: a file for the whole report; `strict`: warnings forbid writing too.
    """

    files: tuple[Path, ...]
    content: Path
    cache: Path | None = None
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    write: bool = True
    markers: bool = False
    report: Path | None = None
    strict: bool = False


@dataclass(frozen=True)
class MergeResult:
    """What came of it, the same in one line, the files written, and the merged plan's findings."""

    outcome: MergeOutcome
    tally: str
    written: tuple[Path, ...]
    findings: Outcome


class Progress(Protocol):
    """Who is told what is going on."""

    def stage(self, label: str, detail: str = "") -> AbstractContextManager[None]:
        """A stage that lasts as long as the context."""


def build(request: Request, progress: Progress) -> Outcome:
    """Builds and publishes the documents and the agenda; with errors in the content it publishes nothing.

    Raises BuildError where the content is not to blame: files, tools, rendering.
    """
    source, checked, outcome = _checked(request.content, progress, strict=request.strict)
    if checked.plan is None or not outcome.ok:
        return outcome
    ensure_writable(request.output)
    versions = tool_versions()
    with progress.stage("Zusammenstellen"):
        document = _assembled(checked.plan, checked, source)
    stem = checked.plan.meta.short_name
    parts = f"{len(document.parts)} {'Teil' if len(document.parts) == 1 else 'Teile'}"
    outputs: list[Output] = []
    remarks: list[str] = []
    if Format.PDF in request.formats:
        with progress.stage("PDF setzen", parts):
            output, remarks = _pdf(document, source, f"{stem}.pdf", request.cache, versions)
        outputs.append(output)
    if Format.DOCX in request.formats:
        with progress.stage("Word schreiben", parts):
            outputs.append(_docx(document, source, f"{stem}.docx", request.cache))
    with progress.stage("Veröffentlichen", str(request.output)):
        outputs.append(Output(AGENDA, _agenda(checked.plan, checked, document)))
        outputs.append(Output(f"{stem}-quellen.zip", sources_zip(source.files, document.properties.date)))
        record = {
            "titel": checked.plan.meta.title,
            "fassung": checked.plan.meta.edition,
            "stand": document.properties.date,
            "status": checked.plan.meta.status.value,
            "inhalt_sha256": source.digest,
            "werkzeuge": versions,
        }
        files = publish(outputs, request.output, record)
    return replace(outcome, files=files, remarks=tuple(remarks))


def check(content: Path, progress: Progress, *, strict: bool = False) -> Outcome:
    """Reads and validates only."""
    return _checked(content, progress, strict=strict)[2]


def keep_edition(content: Path, progress: Progress, *, strict: bool = False) -> tuple[Outcome, Kept | None]:
    """Reads, validates and keeps the plan as an edition; nothing is kept of one with errors.

    Raises FileAccessError if another plan is kept under that edition, or its file cannot be written.
    """
    _, checked, outcome = _checked(content, progress, strict=strict)
    if checked.plan is None or not outcome.ok:
        return outcome, None
    with progress.stage("Festhalten", f"Fassung {checked.plan.meta.edition}"):
        return outcome, keep(checked.plan, content)


def merge_files(request: Merge, progress: Progress, tell: Callable[[Iterable[str]], None]) -> MergeResult:
    """Takes edited Word files into the content; writes nothing if the plan would get errors that it had not.

    What came of every edit goes to `tell`, line by line, before anything is written.

    Raises BuildError where a file is refused, cannot be read or written, or conflicts of an earlier merge are left.
    """
    from pipeline.merge.arrivals import read_arrivals, refuse_unreadable, refuse_unsettled
    from pipeline.merge.merge import MergeRequest, merge
    from pipeline.merge.outcome import render as report

    with progress.stage("Quellen lesen", str(request.content)):
        source = read(request.content)
    refuse_unsettled(source)
    refuse_unreadable(source)
    files = read_arrivals(request.files)
    if request.report is not None:
        ensure_writable(request.report.parent)
    with progress.stage("Übernehmen", f"{len(files)} {'Datei' if len(files) == 1 else 'Dateien'}"):
        outcome = merge(
            MergeRequest(files, source.files, source.editions, request.cache, request.accept, request.reject)
        )
    findings = Outcome(outcome.diagnostics, None, sources={**source.files, **outcome.sources}, strict=request.strict)
    if request.strict and not findings.ok:
        outcome = replace(outcome, ok=False)
    tell(report.lines(outcome))
    changed = {**outcome.sources, **(outcome.marked if request.markers else {})}
    writes = request.write and outcome.ok and bool(changed)
    if writes:
        with progress.stage("Schreiben", str(request.content)):
            replace_files(changed, request.content, before=source.files)
    if request.report is not None:
        try:
            publish_file(request.report, report.markdown(outcome, written=writes).encode())
        except FileAccessError as error:
            said = "Die Quellen sind geändert, nur der Bericht fehlt; mit --dry-run entsteht er noch einmal."
            raise FileAccessError(f"{error} {said}" if writes else str(error)) from error
    written = tuple(request.content / path for path in sorted(changed)) if writes else ()
    return MergeResult(outcome, report.tally(outcome), written, findings)


def write_schemas(directory: Path) -> tuple[Path, ...]:
    """Writes the editors' JSON Schemas, one file a kind of content file."""
    outputs = [
        Output(f"{name}.schema.json", (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
        for name, schema in json_schemas().items()
    ]
    with writing(directory):
        directory.mkdir(parents=True, exist_ok=True)
    for output in outputs:
        with writing(directory / output.name):
            (directory / output.name).write_bytes(output.data)
    return tuple(directory / output.name for output in outputs)


def read_aloud(place: Path) -> Iterator[str]:
    """What a screen reader makes of a PDF, or of the only one in a folder, line by line.

    Raises FileAccessError if it cannot be read or has no tags.
    """
    from pipeline.aloud import read_tree, speak

    return speak(read_tree(place))


def _checked(content: Path, progress: Progress, *, strict: bool) -> tuple[Source, Checked, Outcome]:
    with progress.stage("Quellen lesen", str(content)):
        source = read(content)
    with progress.stage("Prüfen", f"{len(source.files)} Dateien"):
        checked = validate(source)
    counts = _counts(checked.plan, len(checked.open_points)) if checked.plan else None
    return source, checked, Outcome(checked.diagnostics, counts, sources=source.files, strict=strict)


def _counts(plan: Plan, open_points: int) -> Counts:
    return Counts(len(plan.fields), len(plan.goals), len(plan.active_measures), len(plan.actors), open_points)


# What only a build needs is imported where it is used: `check` does without, and the renderers alone take longer.


def _assembled(plan: Plan, checked: Checked, source: Source) -> Document:
    from pipeline.parts.assemble import assemble

    return assemble(
        plan, checked.texts, digest=source.digest, open_points=checked.open_points, previous=checked.previous
    )


def _agenda(plan: Plan, checked: Checked, document: Document) -> bytes:
    from pipeline.parts.agenda import agenda

    return agenda(plan, checked.open_points, document.properties).encode()


def _pdf(
    document: Document, source: Source, name: str, folder: Path | None, versions: Mapping[str, str]
) -> tuple[Output, list[str]]:
    from pipeline.pdf.build import cache_in, write_pdf

    cache = cache_in(folder, versions)
    bound = write_pdf(document, source.pictures, cache)
    remarks = []
    if cache.refused:
        why = f"Der Zwischenspeicher {folder} lässt sich nicht beschreiben. {reason(cache.refused)}"
        remarks.append(f"{why} Der Plan ist trotzdem richtig gebaut; es dauert nur jedes Mal länger.")
    return Output(name, bound.pdf, bound.pages), remarks


def _docx(document: Document, source: Source, name: str, folder: Path | None) -> Output:
    from pipeline.word.build import write_docx
    from pipeline.word.store import keep_base

    written = write_docx(document, source.pictures, source.files)
    keep_base(folder, written.base)
    return Output(name, written.data)
