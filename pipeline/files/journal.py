"""A folder that a run was writing into when it was killed in, one that is whole again out.

A journal lies beside the new files from before the first of them takes its place until the last has. So whoever finds
one knows that all new files are there, and all previous ones, and what is still to be done.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path, PurePosixPath

from pipeline.errors import FileAccessError
from pipeline.files.access import writing

STAGING = ".veroeffentlichung"  # inside the folder: replacing a file is atomic only within one file system
NEW, OLD = "neu", "alt"  # folders in it: what takes the places, and second names of what stood there
KEPT = "unterbrochenes-schreiben"  # its name where nobody but a person can say what is right
_JOURNAL = "journal.json"
_FORMAT = 1


@dataclass(frozen=True)
class Step:
    """A file that is to take its place: its name in the folder, the fingerprints of what stood there and of itself."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Journal:
    """The files, and whether what stood there is to take its place again."""

    steps: tuple[Step, ...]
    back: bool


def fingerprint(path: Path) -> str:
    """What stands at a path, as a word: the SHA-256 of a file, where a link leads to, '' for nothing."""
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def begin(directory: Path, names: tuple[str, ...]) -> None:
    """Notes that from now on the files of these names take their places; all of them are in the staging folder."""
    new = directory / STAGING / NEW
    steps = tuple(Step(name, fingerprint(directory / name), fingerprint(new / name)) for name in names)
    _write(directory, Journal(steps, back=False))


def turn_back(directory: Path) -> None:
    """Notes that from now on what stood there takes its place again."""
    if is_open(directory):
        _write(directory, replace(_read(directory), back=True))


def end(directory: Path) -> None:
    """Notes that all have taken their places, or that none has."""
    (directory / STAGING / _JOURNAL).unlink(missing_ok=True)


def is_open(directory: Path) -> bool:
    """Whether a run was killed, or is at work, between the first and the last file that took its place."""
    return os.path.lexists(directory / STAGING / _JOURNAL)


def settle(directory: Path) -> str:
    """Brings to its end what a killed run began, or takes it back, and says which in a sentence; '' if it was nothing.

    A person may have worked on since. Who changed a file that had not been replaced yet works with the previous state,
    so the others go back to it; who changed one that had been works with the new state, so the others follow.

    Nobody else may be writing into the folder. Raises FileAccessError if both has happened, or where files cannot be
    replaced.
    """
    if not is_open(directory):
        return ""
    staging = directory / STAGING
    journal = _read(directory)
    waiting = [step for step in journal.steps if os.path.lexists(staging / NEW / step.name)]
    done = [step for step in journal.steps if step not in waiting]
    with writing(directory):
        now = {step.name: fingerprint(directory / step.name) for step in journal.steps}
        left = [step.name for step in waiting if now[step.name] != step.before]
        edited = [step.name for step in done if now[step.name] not in (step.before, step.after)]
        if left and edited:
            raise _kept_aside(directory, f"{', '.join(left + edited)} haben sich seitdem geändert")
        back = journal.back or bool(left)
        written = [step for step in done if now[step.name] == step.after != step.before]
        if back:
            _take_back(directory, written)
        else:
            for step in waiting:
                os.replace(staging / NEW / step.name, directory / step.name)  # noqa: PTH105 - as in `_write`
        end(directory)
        shutil.rmtree(staging)
    told = f"{directory}: Ein früherer Lauf ist beim Schreiben abgebrochen worden"
    if not back:
        return f"{told}; das ist jetzt zu Ende gebracht." if waiting else ""
    since = f", und {', '.join(left)} hat sich seitdem geändert" if left else ""
    again = "was er schon geschrieben hatte, ist zurückgenommen. Bitte den Befehl von damals noch einmal aufrufen."
    return f"{told}{since}; {again}" if written else ""


def _write(directory: Path, journal: Journal) -> None:
    target = directory / STAGING / _JOURNAL
    draft = target.with_suffix(".neu")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"format": _FORMAT, **asdict(journal)}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)  # noqa: PTH105 - whole or not at all; tests make the moves of the files themselves fail


def _read(directory: Path) -> Journal:
    """What the journal says; it lies in a folder that others may write into, so it is believed of files there alone."""
    try:
        found = json.loads((directory / STAGING / _JOURNAL).read_bytes())
        if found["format"] == _FORMAT:
            steps = [
                Step(_inside(directory, entry["name"]), entry["before"], entry["after"]) for entry in found["steps"]
            ]
            return Journal(tuple(steps), back=bool(found["back"]))
    except (OSError, ValueError, LookupError, TypeError):
        pass
    raise _kept_aside(directory, "seine Notiz darüber ist nicht zu lesen")


def _inside(directory: Path, name: object) -> str:
    """The name, if it is one of a file below the folder. Raises ValueError."""
    path = PurePosixPath(str(name))
    home = directory.resolve()
    if not path.parts or path.is_absolute() or ".." in path.parts:
        raise ValueError(name)
    if not (directory / path.parent).resolve().is_relative_to(home):
        raise ValueError(name)
    return str(path)


def _take_back(directory: Path, steps: Sequence[Step]) -> None:
    for step in steps:
        previous = directory / STAGING / OLD / step.name
        if os.path.lexists(previous):
            os.replace(previous, directory / step.name)  # noqa: PTH105 - as in `_write`
        elif not step.before:
            (directory / step.name).unlink(missing_ok=True)


def _kept_aside(directory: Path, why: str) -> FileAccessError:
    kept = next(path for path in _numbered(directory / KEPT) if not os.path.lexists(path))
    with writing(kept):
        (directory / STAGING).rename(kept)
    return FileAccessError(
        f"{directory}: Ein früherer Lauf ist beim Schreiben abgebrochen worden, und {why}. Die neue Fassung liegt in "
        f"{kept / NEW}, die vorige in {kept / OLD}: bitte vergleichen, richtigstellen und diesen Ordner löschen."
    )


def _numbered(path: Path) -> Iterator[Path]:
    """`a`, `a-2`, `a-3`, …"""
    yield path
    yield from (path.with_name(f"{path.name}-{number}") for number in count(2))
