"""A Source in, the files out that a plan needs and that are not there: in one finding, so that a folder that is empty
or half made says at once all that it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from pipeline.content.read import TEXTS, Source
from pipeline.diagnostics import Diagnostic, Location, Severity
from schema.files import PLAN_FILE
from schema.plan import Kind, PlanMeta

# The files without which there is no plan: what each holds, and the kind that nobody knows without it.
REQUIRED: Mapping[str, tuple[str, Kind]] = MappingProxyType(
    {
        PLAN_FILE: ("Titel, Stränge, Gliederung", Kind.PLAN),
        "akteure.yaml": ("wer etwas übernehmen kann", Kind.ACTOR),
        "handlungsfelder.yaml": ("die Themen", Kind.FIELD),
    }
)
_NEW = (
    "Einen kleinen, vollständigen Plan zum Ändern legt „python build.py new ORDNER“ an; was in welche Datei gehört, "
    "sagt das Handbuch unter „Ein neuer Plan“."
)


def missing_kinds(source: Source) -> set[Kind]:
    """The kinds of which nobody knows anything, since their file is not there."""
    return {kind for name, (_, kind) in REQUIRED.items() if PurePosixPath(name) not in source.files}


def missing(source: Source, meta: PlanMeta | None) -> Iterator[Diagnostic]:
    """What is missing: one file with what to do, more in a list. What is there and cannot be read is told elsewhere."""
    for name in REQUIRED:
        if PurePosixPath(name) in source.folders:
            hint = "Den Ordner umbenennen und die Datei wiederherstellen."
            yield _finding(name, f"{name} ist ein Ordner; erwartet wird eine Datei.", hint)
    names = _missing_files(source)
    texts = [f"{TEXTS}/{stem}.md" for stem in texts_told_here(source, meta)]
    if len(names) + len(texts) > 1:
        listed = [*(f"{name} ({REQUIRED[name][0]})" for name in names), *(f"{name} (ein Kapitel)" for name in texts)]
        empty = "Der Ordner ist leer. " if not source.files and not source.unreadable else ""
        message = f"{empty}Dem Plan fehlen {len(listed)} Dateien: {'; '.join(listed)}."
        yield _finding([*names, *texts][0], message, _NEW)
    elif names:
        yield _finding(names[0], f"Die Datei {names[0]} fehlt.", "Die Datei anlegen; das Handbuch zeigt ihren Aufbau.")


def texts_told_here(source: Source, meta: PlanMeta | None) -> tuple[str, ...]:
    """The texts of the outline that are not there, where that is no slip but a plan half made: so many other files are
    missing, or there are no texts at all, of several that are named. () where each is told by itself.
    """
    there = {file.stem for file in source.texts} | {path.stem for path in source.unreadable}
    named = dict.fromkeys(entry.text for entry in meta.outline if entry.text) if meta else {}
    lacking = tuple(stem for stem in named if stem not in there)
    is_half_made = bool(_missing_files(source)) or len(lacking) == len(named) > 1
    return lacking if is_half_made else ()


def _missing_files(source: Source) -> list[str]:
    there = {*source.files, *source.unreadable, *source.folders}
    return [name for name in REQUIRED if PurePosixPath(name) not in there]


def _finding(name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic("P101", Severity.ERROR, Location(PurePosixPath(name)), message, hint)
