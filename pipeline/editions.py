"""A plan in, the file of its edition out: what the next edition is compared with, written once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.content.read import EDITIONS
from pipeline.errors import FileAccessError
from pipeline.files.publish import publish_once
from schema.edition import snapshot, to_json
from schema.plan import Plan


@dataclass(frozen=True)
class Kept:
    """A kept edition: its number, its file, and whether the file is new or was there already, byte for byte."""

    name: str
    path: Path
    is_new: bool


def keep(plan: Plan, content: Path) -> Kept:
    """Keeps a plan without errors below its content folder.

    Raises FileAccessError if another plan is kept under that edition, or the file cannot be written.
    """
    edition = plan.meta.edition
    path = content / EDITIONS / f"{edition}.json"
    try:
        is_new = publish_once(path, to_json(snapshot(plan)).encode())
    except FileExistsError as error:
        raise FileAccessError(
            f"{path}: Fassung {edition} ist schon festgehalten, mit anderem Inhalt. Ist sie schon veröffentlicht, "
            "bitte in plan.yaml „fassung“ erhöhen; sonst diese Datei löschen und neu festhalten."
        ) from error
    return Kept(edition, path, is_new)
