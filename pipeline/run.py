"""The stages in order: read → validate → assemble → PDF and DOCX → publish."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.check.validate import Checked, validate
from pipeline.content.read import Source, read
from pipeline.editions import Kept, keep
from pipeline.files.access import reason, writing
from pipeline.files.publish import Output, ensure_writable, publish, sources_zip, tool_versions
from pipeline.outcome import Counts, Outcome, Progress
from schema.files import json_schemas
from schema.plan import Plan

if TYPE_CHECKING:
    from pipeline.document.model import Document

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
