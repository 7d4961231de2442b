"""Keeping an edition: a file of the plan as it is now, written once and for all, for the next one to compare with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pipeline.content.folder import EDITIONS
from pipeline.content.read import SOURCES, Source
from pipeline.errors import FileAccessError
from pipeline.files.publish import publish_once
from pipeline.outcome import Outcome, Progress
from pipeline.run import examine
from schema.edition import Snapshot, from_json, snapshot, to_json
from schema.plan import Plan


@dataclass(frozen=True)
class Kept:
    """A kept edition: its number, its file, and whether the file is new or was there already, byte for byte."""

    name: str
    path: Path
    is_new: bool


@dataclass(frozen=True)
class EditionResult:
    """What was found in the plan, and the kept edition: None where its errors forbid to keep it."""

    outcome: Outcome
    kept: Kept | None


def keep_edition(content: Path, progress: Progress, *, strict: bool = False) -> EditionResult:
    """Reads, checks and keeps the plan of a content folder. `strict`: warnings forbid it as errors do.

    Raises FileAccessError if another plan is kept under that edition, or a file cannot be read or written.
    """
    examined = examine(content, progress, strict=strict)
    plan = examined.checked.plan
    if plan is None or not examined.outcome.ok:
        return EditionResult(examined.outcome, None)
    with progress.stage("Festhalten", f"Fassung {plan.meta.edition}"):
        return EditionResult(examined.outcome, _keep(whole_edition(plan, examined.source), content))


def whole_edition(plan: Plan, source: Source) -> Snapshot:
    """The plan with all that it is made of: every file of its content as text, its pictures by their hashes.

    Files that are no content, copies for example, are no part of it.
    """
    texts = {
        str(path): data.decode("utf-8-sig")
        for path, data in source.files.items()
        if path not in source.copies and path.suffix.lower() in SOURCES
    }
    pictures = {path: sha256(data).hexdigest() for path, data in source.pictures.items()}
    return snapshot(plan, texts, pictures)


def _keep(kept: Snapshot, content: Path) -> Kept:
    edition = kept.edition
    path = content / EDITIONS / f"{edition}.json"
    try:
        is_new = publish_once(path, to_json(kept).encode())
    except FileExistsError as error:
        if _is_kept(kept, path):
            return Kept(edition, path, is_new=False)
        raise FileAccessError(
            f"{path}: Fassung {edition} ist schon festgehalten, mit anderem Inhalt. Ist sie schon veröffentlicht, "
            "bitte in plan.yaml „fassung“ erhöhen; sonst diese Datei löschen und neu festhalten."
        ) from error
    return Kept(edition, path, is_new)


def _is_kept(kept: Snapshot, path: Path) -> bool:
    """Whether the file is of this plan, kept in the first format: such a file stays as it is."""
    try:
        known = from_json(path.read_text("utf-8"))
    except ValueError:
        return False
    return known == replace(kept, sources={}, pictures={})
