"""The plan held against an edition kept of it: a PDF of both side by side, a Word file with tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.actions.beside import begun, published
from pipeline.actions.earlier import edition_to_compare, rebuilt_edition
from pipeline.budget.deadline import deadline
from pipeline.budget.limits import READING, WRITING
from pipeline.files.publish import Output, ensure_writable, tool_versions
from pipeline.files.secret import secret_in
from pipeline.outcome import Outcome, Progress
from pipeline.pdf.writer import PDF
from pipeline.word.writer import DOCX
from pipeline.writer import Earlier, Resources, Tools, Written

if TYPE_CHECKING:
    from pipeline.merge.rebuild import Rebuilt


_WITHOUT: Final = "Die Synopse gibt es deshalb nur als PDF, nicht als Word-Datei mit nachverfolgten Änderungen."


@dataclass(frozen=True)
class Comparison:
    """What to compare: the content's folder, the output's folder, an edition's number, '' for the one before.

    `cache` and `own` are the folders of `run.Kept`.
    """

    content: Path
    output: Path
    edition: str = ""
    strict: bool = False
    cache: Path | None = None
    own: Path | None = None


def compare(request: Comparison, progress: Progress) -> Outcome:
    """Writes both files into the output folder; with errors in the content nothing. Of an edition that was kept without
    its texts there is no Word file.

    Raises UnknownEditionError, and BuildError where the content is not to blame.
    """
    from pipeline.merge.rebuild import Rebuilt
    from pipeline.parts.context import Context
    from pipeline.parts.synopsis import SUFFIX, Whole, synopsis

    examined = begun(request.content, request.output, request.cache, progress, strict=request.strict)
    source, checked, plan, outcome = examined.source, examined.checked, examined.checked.plan, examined.outcome
    if plan is None or not outcome.ok:
        return outcome
    before = edition_to_compare(plan, source, request.edition, checked.previous)
    ensure_writable(request.output)
    tools = Tools(tool_versions(), request.cache, secret_in(request.own), request.own)
    with progress.stage("Fassung lesen", before.edition), deadline(READING, "Lesen der Fassung"):
        earlier, remarks = rebuilt_edition(before, source, _WITHOUT)
    outputs = []
    with progress.stage("Synopse", "PDF"), deadline(WRITING, "PDF setzen"):
        context = Context(plan, source.digest, checked.open_points, before)
        was = earlier.checked.plan if earlier else None
        whole = Whole(was, earlier.checked.texts) if earlier and was else None
        written = PDF.write(synopsis(context, before, checked.texts, whole), Resources({}, {}), tools)
        outputs.append(Output(f"{plan.meta.short_name}{SUFFIX}{PDF.suffix}", written.data, written.pages))
    if earlier is not None:
        with progress.stage("Synopse", "DOCX"), deadline(WRITING, "Word schreiben"):
            written = _redline(Rebuilt(source, checked), earlier, tools)
        outputs.append(Output(f"{plan.meta.short_name}{SUFFIX}{DOCX.suffix}", written.data))
    outcome = published(outputs, request.output, outcome, progress)
    old = request.output / f"{plan.meta.short_name}{SUFFIX}{DOCX.suffix}"
    if earlier is None and old.is_file():
        remarks = (*remarks, f"{old} ist von einem früheren Vergleich.")
    return replace(outcome, remarks=(*remarks, *written.remarks))


def _redline(now: Rebuilt, earlier: Rebuilt, tools: Tools) -> Written:
    document, before = now.document(), earlier.document()
    assert document is not None
    assert before is not None
    shown = Earlier(before, earlier.source.pictures)
    return DOCX.write(document, Resources(now.source.pictures, now.source.files, earlier=shown), tools)
