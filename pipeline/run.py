"""The way of a build, to be read from top to bottom: read → check → assemble → write → publish."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.budget.deadline import deadline
from pipeline.budget.limits import ASSEMBLING, CHECKING, READING, WRITING
from pipeline.check.validate import Checked, validate
from pipeline.content.folder import EDITIONS
from pipeline.content.read import Source, read
from pipeline.diagnostics import Diagnostic, marks, unknown
from pipeline.files.access import ensure_outside
from pipeline.files.publish import (
    EARLIER,
    FINDINGS,
    Output,
    ensure_writable,
    files_of_earlier_builds,
    manifest_of,
    packages,
    publish,
    sources_zip,
    tool_versions,
)
from pipeline.files.replace import at_rest
from pipeline.files.secret import secret_in
from pipeline.outcome import Counts, Outcome, Progress
from pipeline.writer import Resources, Tools, Writer
from schema.plan import Kind, Plan
from schema.vocabulary import PlanStatus

if TYPE_CHECKING:
    from pipeline.parts.release import Release

AGENDA = "offene-punkte.md"
SOURCES = "-quellen.zip"


@dataclass(frozen=True)
class Examined:
    """A content folder as it was read, what the checks made of it, and what there is to tell of both."""

    source: Source
    checked: Checked
    outcome: Outcome


@dataclass(frozen=True)
class Kept:
    """Where a build leaves what the next one uses.

    In the folder `cache` lies what need not be made again; None: nothing is kept. In the folder `own` stands what this
    copy of the program knows of itself; None: it knows nothing.
    """

    cache: Path | None = None
    own: Path | None = None


NOTHING_KEPT = Kept()


def examine(content: Path, progress: Progress, *, strict: bool = False, built: Path | None = None) -> Examined:
    """The first two stages, with which every command on a content folder begins: read → check.

    `built`: the folder of the last build, with which the outcome says what is new; None: nothing is. Raises
    FileAccessError where the content folder cannot be read.
    """
    with progress.stage("Quellen lesen", str(content)), at_rest(content) as told, deadline(READING, "Lesen"):
        source = read(content)
    with progress.stage("Prüfen", f"{len(source.files)} Dateien"), deadline(CHECKING, "Prüfen"):
        checked = validate(source)
    counts = _counts(checked.plan, len(checked.open_points)) if checked.plan else None
    settled = (told,) if told else ()
    new = _new(checked, built)
    outcome = Outcome(
        checked.diagnostics,
        counts,
        sources=source.files,
        strict=strict,
        settled=settled,
        new=new,
        digest=source.digest,
    )
    return Examined(source, checked, outcome)


@dataclass(frozen=True)
class Wanted:
    """What to build: the documents of the plan, one a writer, and whether the paper by which bodies resolve it.

    The paper of a proposed plan always comes with it. `template`: a DOCX whose look the paper's Word file has.
    `release`: the documents are a release, which says so and has places for signatures.
    """

    writers: Sequence[Writer]
    paper: bool = False
    template: bytes | None = None
    release: Release | None = None


def build(
    content: Path,
    output: Path,
    wanted: Wanted,
    progress: Progress,
    *,
    strict: bool = False,
    kept: Kept = NOTHING_KEPT,
) -> Outcome:
    """All stages, from a content folder to files in the output folder: one a writer, in their order, the paper by which
    bodies resolve the plan, the list of open points and the packed sources. With errors in the content nothing is
    published.

    `strict`: warnings forbid it too. Raises BuildError where the content is not to blame: files, tools, rendering.
    """
    from pipeline.parts.agenda import agenda
    from pipeline.parts.assemble import assemble
    from pipeline.parts.release import RECORD, released

    for folder in filter(None, (output, kept.cache)):
        ensure_outside(folder, content)
    with at_rest(output) as broken_off:
        settled = (broken_off,) if broken_off else ()
    examined = examine(content, progress, strict=strict, built=output)
    outcome = replace(examined.outcome, settled=settled + examined.outcome.settled)
    source, checked, plan = examined.source, examined.checked, examined.checked.plan
    if plan is None or not outcome.ok:
        return outcome
    ensure_writable(output)
    tools = Tools(tool_versions(), kept.cache, secret_in(kept.own), kept.own)
    with progress.stage("Zusammenstellen"), deadline(ASSEMBLING, "Zusammenstellen"):
        document = assemble(
            plan, checked.texts, digest=source.digest, open_points=checked.open_points, previous=checked.previous
        )
        told: dict[PurePosixPath, bytes] = {}
        if wanted.release is not None:
            document = released(document, plan, wanted.release)
            told = {RECORD: wanted.release.to_json()}
    outputs: list[Output] = []
    remarks: list[str] = []
    for writer in wanted.writers:
        with progress.stage(writer.stage, _parts(len(document.parts))), deadline(WRITING, writer.stage):
            written = writer.write(document, Resources(source.pictures, source.files), tools)
        outputs.append(Output(f"{plan.meta.short_name}{writer.suffix}", written.data, written.pages))
        remarks += written.remarks
    if wanted.paper or plan.meta.status is PlanStatus.PROPOSED:
        outputs += _paper(examined, wanted, outputs, tools, progress)
    with progress.stage("Veröffentlichen", str(output)):
        # These two are made from the plan and its sources, not from the Document, and nobody chooses them: no formats.
        outputs.append(Output(AGENDA, agenda(plan, checked.open_points, document.properties).encode()))
        editions = {PurePosixPath(EDITIONS, f"{name}.json"): data for name, data in source.editions.items()}
        packed = sources_zip({**source.files, **editions, **packages(), **told}, document.properties.date)
        outputs.append(Output(f"{plan.meta.short_name}{SOURCES}", packed))
        earlier = files_of_earlier_builds(output, [item.name for item in outputs])
        record = _record(plan, document.properties.date, source.digest, tools, earlier)
        files = publish(outputs, output, {**record, FINDINGS: marks(checked.diagnostics)})
    remarks += [f"{output / name} ist von einem früheren Bau; diesmal wurde sie nicht gebaut." for name in earlier]
    return replace(outcome, files=files, remarks=tuple(remarks))


def _paper(
    examined: Examined, wanted: Wanted, outputs: Sequence[Output], tools: Tools, progress: Progress
) -> list[Output]:
    """The paper in each format; its annexes are the plan's files as they are published with it."""
    from pipeline.parts.context import Context
    from pipeline.parts.paper import SUFFIX, Annex, paper

    checked, digest = examined.checked, examined.source.digest
    assert checked.plan is not None
    annexes = [Annex(item.name, hashlib.sha256(item.data).hexdigest()) for item in outputs]
    document = paper(Context(checked.plan, digest, checked.open_points), checked.texts, annexes)
    found = []
    for writer in wanted.writers:
        with progress.stage("Beschlussvorlage", writer.suffix.removeprefix(".").upper()):
            written = writer.write(document, Resources({}, {}, wanted.template), tools)
        name = f"{checked.plan.meta.short_name}{SUFFIX}{writer.suffix}"
        found.append(Output(name, written.data, written.pages))
    return found


def _new(checked: Checked, built: Path | None) -> frozenset[Diagnostic]:
    """What the last build in a folder did not find; nothing where it was another plan's or there is none."""
    if built is None or checked.plan is None:
        return frozenset()
    try:
        last = manifest_of(built)
        names = {file["name"] for file in last["dateien"]}
        known = [str(mark) for mark in last[FINDINGS]]
    except (LookupError, TypeError):  # of an earlier version, or somebody else's
        return frozenset()
    is_same = f"{checked.plan.meta.short_name}{SOURCES}" in names
    return unknown(checked.diagnostics, known) if is_same else frozenset()


def _counts(plan: Plan, open_points: int) -> Counts:
    def known(kind: Kind, items: Sequence[object]) -> int | None:
        return None if kind in plan.partial else len(items)

    return Counts(
        known(Kind.FIELD, plan.fields),
        known(Kind.GOAL, plan.goals),
        known(Kind.MEASURE, plan.active_measures),
        known(Kind.ACTOR, plan.actors),
        None if plan.partial else open_points,
    )


def _parts(number: int) -> str:
    return f"{number} {'Teil' if number == 1 else 'Teile'}"


def _record(plan: Plan, date: str, digest: str, tools: Tools, earlier: Sequence[str]) -> dict[str, object]:
    """What the manifest says of a build besides its files. `earlier`: files beside them that are not of this build."""
    return {
        **({EARLIER: list(earlier)} if earlier else {}),
        "titel": plan.meta.title,
        "fassung": plan.meta.edition,
        "stand": date,
        "status": plan.meta.status.value,
        "inhalt_sha256": digest,
        "werkzeuge": tools.versions,
        "pakete": {str(path): hashlib.sha256(data).hexdigest() for path, data in packages().items()},
    }
