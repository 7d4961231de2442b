"""Making an edition final: kept, built with places for signatures, checked; or taking a release back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline import run
from pipeline.actions.build import FORMATS
from pipeline.actions.check_pdf import check_pdf
from pipeline.actions.edition import keep_edition
from pipeline.actions.records import WITHDRAWN, records, write_record
from pipeline.content.folder import EDITIONS
from pipeline.errors import BuildError, ExitCode, MissingToolError
from pipeline.fields.dates import read_day
from pipeline.fields.shown import Unread
from pipeline.outcome import Outcome, Progress
from pipeline.pdf.writer import PDF
from schema.edition import edition_order

FOLDER: Final = "freigabe"  # below the output folder: a later build leaves it alone


class NotReleasedError(BuildError):
    """There is nothing to release or to take back like that; str() is a German sentence on what to do."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class ReleaseRequest:
    """`reason`: why, where it replaces another release. `cache` and `own` are the folders of `run.Kept`."""

    content: Path
    output: Path
    reason: str = ""
    cache: Path | None = None
    own: Path | None = None


def release(request: ReleaseRequest, progress: Progress) -> Outcome:
    """Keeps the edition, builds it into a folder of its own and has it checked; with errors in the content nothing.

    Raises NotReleasedError, and BuildError where the content is not to blame.
    """
    from pipeline.parts.release import Release

    kept = keep_edition(request.content, progress)
    if kept.kept is None:
        return kept.outcome
    edition, known = kept.kept.name, records(request.content)
    if WITHDRAWN in known.get(edition, {}):
        help_ = "Bitte in plan.yaml „fassung“ erhöhen und neu freigeben."
        raise NotReleasedError(f"Die Freigabe der Fassung {edition} ist zurückgezogen. {help_}")
    others = [name for name in known if name != edition]
    replaces = max(others, key=lambda name: (str(known[name].get("stand", "")), edition_order(name)), default="")
    folder = request.output / FOLDER
    _refuse_signed(folder)
    outcome = run.build(
        request.content,
        folder,
        run.Wanted([writer for writer in FORMATS if writer.usual], release=Release(replaces, request.reason)),
        progress,
        kept=run.Kept(request.cache, request.own),
    )
    if not outcome.ok:
        return outcome
    pdf = next(item for item in outcome.files if item.path.suffix == PDF.suffix)
    outcome = replace(outcome, remarks=(*outcome.remarks, *_checked(folder, progress)))
    record = {
        "fassung": edition,
        "stand": _plan_date(request.content, edition),
        "datei": pdf.path.name,
        "sha256": hashlib.sha256(pdf.path.read_bytes()).hexdigest(),
        **({"ersetzt": replaces} if replaces else {}),
        **({"grund": request.reason} if request.reason else {}),
    }
    write_record(request.content, edition, record)
    return outcome


def _refuse_signed(folder: Path) -> None:
    """Raises NotReleasedError where a signed file would be overwritten: its signatures could not be made again."""
    for path in folder.glob("*.pdf"):
        if b"/ByteRange" in path.read_bytes():
            raise NotReleasedError(
                f"{path} ist unterschrieben. Bitte die Dateien dieses Ordners erst anderswohin legen."
            )


def withdraw(content: Path, edition: str, day: str, reason: str) -> Path:
    """Takes a release back: its record says when and why. Returns the record's file. Raises NotReleasedError."""
    known = records(content)
    if edition not in known:
        told = ", ".join(known) or "keine"
        raise NotReleasedError(f"Die Fassung {edition} ist nicht freigegeben. Freigegeben: {told}.")
    if not reason.strip():
        raise NotReleasedError("Bitte mit --reason sagen, warum die Freigabe zurückgezogen wird.")
    try:
        on = read_day(day)
    except Unread as error:
        raise NotReleasedError(str(error)) from error
    return write_record(content, edition, {**known[edition], WITHDRAWN: {"am": on, "grund": reason.strip()}})


def _plan_date(content: Path, edition: str) -> str:
    kept = json.loads((content / EDITIONS / f"{edition}.json").read_text("utf-8"))
    return str(kept["stand"])


def _checked(folder: Path, progress: Progress) -> Iterator[str]:
    """What veraPDF says; that it is not there is said, too. Raises NotReleasedError where a rule is broken."""
    try:
        with progress.stage("Prüfen", "veraPDF"):
            judged = check_pdf(folder)
    except MissingToolError as error:
        yield f"Nicht geprüft: ob das PDF PDF/A-2a und PDF/UA-1 einhält. {error}"
        return
    for item in judged:
        if not item.is_sound:
            which = f"Welche Regeln es sind, steht in {item.result}."
            raise NotReleasedError(f"{item.file} hält PDF/A-2a oder PDF/UA-1 nicht ein. {which}")
        yield f"{item.file.name} hält PDF/A-2a und PDF/UA-1 ein (veraPDF)."
