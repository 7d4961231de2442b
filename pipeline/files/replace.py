"""Names and bytes in, files in a folder out: all of them or none, whatever stops it at whatever moment."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from pipeline.errors import FileAccessError, RestoreError
from pipeline.files import journal
from pipeline.files.access import unwritable, writing
from pipeline.files.interrupts import held_back
from pipeline.files.journal import NEW, OLD, STAGING

_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


_replaced: dict[Path, None] = {}  # by this process, in their order


def replaced() -> tuple[Path, ...]:
    """All files that this process has put in their places so far."""
    return tuple(_replaced)


def replace_files(
    contents: Mapping[PurePosixPath, bytes], directory: Path, before: Mapping[PurePosixPath, bytes]
) -> None:
    """Replaces files below a folder, all or none; each keeps its permissions. What was not there before is new.

    Raises FileAccessError if one cannot be written, is protected, or is no longer what it was `before`.
    """

    def unchanged() -> None:
        for path in contents:
            _check(directory / path, before.get(path))

    with locked(directory):
        replace_all({str(path): data for path, data in contents.items()}, directory, unchanged)


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """One run at a time writes into the folder, so a staging folder found there belongs to a killed run."""
    with _locked(directory, alone=True):
        yield


@contextmanager
def at_rest(directory: Path) -> Iterator[str]:
    """Inside, nobody replaces files of the folder: who reads them gets all of one state.

    What a killed run left half done is brought to its end before, or taken back; yields the sentence that says so.
    Raises FileAccessError where that cannot be done.
    """
    if not directory.is_dir():
        yield ""
        return
    told = ""
    if journal.is_open(directory):
        with _locked(directory, alone=True), held_back():
            told = journal.settle(directory)
    if not os.access(directory, os.R_OK):
        yield told  # who reads will say so
        return
    with _locked(directory, alone=False):
        yield told


@contextmanager
def _locked(directory: Path, *, alone: bool) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - does not exist on Windows

    with writing(directory):
        descriptor = os.open(directory, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems cannot lock; writing works there all the same
            fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def replace_all(contents: Mapping[str, bytes], directory: Path, check: Callable[[], None] = lambda: None) -> None:
    """Puts the contents in place by way of a staging folder with the new files and links to the previous ones.

    What can fail comes first: a full disk or a protected folder shows while the new files are written beside the old
    ones. Then every previous file gets a second name, and only then are files replaced, one rename each. If one of
    these fails, the second names lead back.

    `check` may raise what forbids it; it is asked last, when the new files are written and no previous one is replaced.
    From then on no signal comes between, and a journal leads whoever follows on a run that is killed all the same.
    """
    staging = directory / STAGING
    new, old = staging / NEW, staging / OLD
    journal.settle(directory)
    try:
        with writing(directory):
            _remove(staging)
            new.mkdir(parents=True)
            old.mkdir()
        for name, data in contents.items():
            with writing(directory / name):
                _write(new / name, data)
                if (directory / name).exists():
                    _take_after(directory / name, new / name)
        for name in contents:
            with writing(directory / name):
                _keep(directory / name, old / name)
        check()
        with held_back():
            _swap(tuple(contents), directory, new, old)
            _replaced.update(dict.fromkeys(directory / name for name in contents))
            _clear(staging)
    except BaseException:
        _clear(staging)
        raise


def new_folder(contents: Mapping[PurePosixPath, bytes], directory: Path, check: Callable[[Path], None]) -> None:
    """Makes a folder with these files where there is none, or an empty one: all of it or nothing.

    The files are written into a hidden folder beside it, of which `check` may raise what forbids it, and one rename
    puts it in its place. Raises FileAccessError if that is refused.
    """
    staging = directory.with_name(f".{directory.name}.neu")
    try:
        with writing(directory):
            _remove(staging)  # of a run that was killed
            for path, data in contents.items():
                _write(staging / path, data)
        check(staging)
        with held_back(), writing(directory):
            staging.replace(directory)
            _replaced[directory] = None
    except BaseException:
        _clear(staging)
        raise


def _clear(staging: Path) -> None:
    with suppress(OSError):  # if even that is refused, the next run tries again
        _remove(staging)


def _remove(staging: Path) -> None:
    if staging.exists():
        shutil.rmtree(staging)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())  # a full disk may show only here; and a rename must not overtake the data


def _take_after(path: Path, new: Path) -> None:
    """Permissions, and the owner: with sudo the file would be root's from then on."""
    status = path.stat()
    with suppress(OSError, AttributeError):  # only root may; not on Windows
        os.chown(new, status.st_uid, status.st_gid)
    shutil.copymode(path, new)


def _check(path: Path, before: bytes | None) -> None:
    """Replacing asks the folder for permission, not the file; whoever protected the file did not mean that."""
    if before is None and not path.exists():
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        return
    with writing(path):
        now, mode = path.read_bytes(), path.stat().st_mode
    if now != before:
        raise FileAccessError(
            f"{path}: Die Datei hat sich inzwischen geändert; geschrieben wurde nichts. Bitte noch einmal übernehmen."
        )
    if not (mode & _ANYBODY_WRITES and os.access(path, os.W_OK)):
        raise unwritable(path, OSError(errno.EACCES, ""))


def _keep(path: Path, backup: Path) -> None:
    """A second name for the previous file, which costs no space; a copy where the file system knows no links."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder in the way", str(path))
    if not os.path.lexists(path):
        return
    backup.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, backup, follow_symlinks=False)


def _swap(names: tuple[str, ...], directory: Path, new: Path, old: Path) -> None:
    if len(names) > 1:  # one alone is put there whole or not at all
        with writing(directory):
            journal.begin(directory, names)
    try:
        for name in names:
            with writing(directory / name):
                (new / name).replace(directory / name)
    except BaseException:  # Ctrl-C included, on Windows: it may come between any two of them
        with writing(directory):
            journal.turn_back(directory)
        _restore(names, directory, old)
        raise
    finally:
        with suppress(OSError):
            journal.end(directory)


def _restore(names: tuple[str, ...], directory: Path, old: Path) -> None:
    """Everything as before; also right for a file that had not been replaced yet."""
    lost = []
    for name in names:
        try:
            if os.path.lexists(old / name):
                (old / name).replace(directory / name)
            else:
                (directory / name).unlink(missing_ok=True)
        except OSError:
            lost.append(name)
    if lost:
        kept = directory / "vorherige-fassung"
        with writing(kept):
            old.rename(kept)
        raise RestoreError(
            f"{directory}: Das Schreiben ist mittendrin gescheitert, {', '.join(lost)} ließ sich nicht "
            f"zurückholen. Bitte die vorherige Fassung aus {kept} zurücklegen und den Befehl noch einmal aufrufen."
        )
