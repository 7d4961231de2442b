"""The plan held against an edition kept of it: a PDF of both side by side, a Word file with tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.budget.deadline import deadline
from pipeline.budget.limits import READING, WRITING
from pipeline.errors import BuildError, ExitCode
from pipeline.files.access import ensure_outside
from pipeline.files.publish import Output, described, ensure_writable, publish_beside, tool_versions
from pipeline.files.replace import at_rest
from pipeline.files.secret import secret_in
from pipeline.outcome import Outcome, Progress
from pipeline.pdf.writer import PDF
from pipeline.run import examine
from pipeline.word.writer import DOCX
from pipeline.writer import Earlier, Resources, Tools, Written
from schema.edition import Snapshot, from_json
from schema.plan import Plan

if TYPE_CHECKING:
    from pipeline.content.read import Source
    from pipeline.merge.rebuild import Rebuilt


class UnknownEditionError(BuildError):
    """No such edition was kept, or none at all; str() is a German sentence on what to do."""

    exit_code = ExitCode.USAGE


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
    from pipeline.parts.synopsis import SUFFIX, synopsis

    for folder in filter(None, (request.output, request.cache)):
        ensure_outside(folder, request.content)
    with at_rest(request.output) as told:
        settled = (told,) if told else ()
    examined = examine(request.content, progress, strict=request.strict)
    outcome = replace(examined.outcome, settled=settled + examined.outcome.settled)
    source, checked, plan = examined.source, examined.checked, examined.checked.plan
    if plan is None or not outcome.ok:
        return outcome
    before = edition_to_compare(plan, source, request.edition, checked.previous)
    ensure_writable(request.output)
    tools = Tools(tool_versions(), request.cache, secret_in(request.own), request.own)
    with progress.stage("Fassung lesen", before.edition), deadline(READING, "Lesen der Fassung"):
        earlier, remarks = _rebuilt(before, source)
    outputs = []
    with progress.stage("Synopse", "PDF"), deadline(WRITING, "PDF setzen"):
        context = Context(plan, source.digest, checked.open_points, before)
        texts = earlier.checked.texts if earlier else None
        written = PDF.write(synopsis(context, before, checked.texts, texts), Resources({}, {}), tools)
        outputs.append(Output(f"{plan.meta.short_name}{SUFFIX}{PDF.suffix}", written.data, written.pages))
    if earlier is not None:
        with progress.stage("Synopse", "DOCX"), deadline(WRITING, "Word schreiben"):
            written = _redline(Rebuilt(source, checked), earlier, tools)
        outputs.append(Output(f"{plan.meta.short_name}{SUFFIX}{DOCX.suffix}", written.data))
    with progress.stage("Veröffentlichen", str(request.output)):
        publish_beside({item.name: item.data for item in outputs}, request.output)
    files = described(outputs, request.output)
    old = request.output / f"{plan.meta.short_name}{SUFFIX}{DOCX.suffix}"
    if earlier is None and old.is_file():
        remarks = (*remarks, f"{old} ist von einem früheren Vergleich.")
    return replace(outcome, files=files, remarks=(*remarks, *written.remarks))


def edition_to_compare(plan: Plan, source: Source, wanted: str, previous: Snapshot | None) -> Snapshot:
    """The edition of that number; without one the one that the plan replaces, else the newest. Raises
    UnknownEditionError.
    """
    if not wanted and previous is not None:
        return previous
    name = wanted or plan.meta.edition
    kept = ", ".join(sorted(source.editions)) or "keine"
    if name not in source.editions:
        none = "Es gibt keine Fassung, mit der zu vergleichen wäre"
        what = f"Die Fassung {name} ist nicht festgehalten" if wanted else none
        raise UnknownEditionError(f"{what}. Festgehalten: {kept}. Festhalten lässt sich die heutige mit „edition“.")
    try:
        found = from_json(source.editions[name].decode())
    except ValueError as error:  # also of UTF-8
        raise UnknownEditionError(f"Die Datei der Fassung {name} ist keine festgehaltene Fassung.") from error
    if found.edition != name:
        raise UnknownEditionError(f"Die Datei der Fassung {name} enthält die Fassung {found.edition}.")
    return found


def _rebuilt(before: Snapshot, source: Source) -> tuple[Rebuilt | None, tuple[str, ...]]:
    """The plan that the edition was, and what is to be said of it; None where it cannot be made again."""
    from pipeline.merge.rebuild import rebuild
    from pipeline.merge.sources import Sources
    from pipeline.merge.stand_ins import with_pictures

    without = "Die Synopse gibt es deshalb nur als PDF, nicht als Word-Datei mit nachverfolgten Änderungen."
    if not before.whole:
        told = (
            f"Die Fassung {before.edition} ist ohne ihre Texte festgehalten, von einer früheren Version des Programms."
        )
        return None, (f"{told} {without}",)
    sources = Sources({PurePosixPath(path): words.encode() for path, words in before.sources.items()})
    known = {sha256(data).hexdigest(): data for data in source.pictures.values()}
    missing = [path for path, digest in before.pictures.items() if digest not in known]
    there = {PurePosixPath(path): known[digest] for path, digest in before.pictures.items() if digest in known}
    earlier = rebuild(with_pictures(sources, there), source.editions)
    if not earlier.usable:
        return None, (
            f"Aus der Fassung {before.edition} wird nach den heutigen Regeln kein fehlerfreier Plan. {without}",
        )
    told = "Was es von der Fassung an Bildern nicht mehr gibt, ist in der Word-Datei leer"
    return earlier, (f"{told}: {', '.join(missing)}.",) if missing else ()


def _redline(now: Rebuilt, earlier: Rebuilt, tools: Tools) -> Written:
    document, before = now.document(), earlier.document()
    assert document is not None
    assert before is not None
    shown = Earlier(before, earlier.source.pictures)
    return DOCX.write(document, Resources(now.source.pictures, now.source.files, earlier=shown), tools)
