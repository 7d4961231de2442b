"""Finished bytes in, files in the output folder out: all of them or none, with a manifest that describes them."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.access import unwritable, writing
from pipeline.errors import FileAccessError, MissingToolError

MANIFEST = "manifest.json"
_STAGING = ".veroeffentlichung"  # inside the output folder: replacing a file is atomic only within one file system

# Distributions whose version can change what the documents look like.
_TOOLS = (
    "Jinja2",
    "Pillow",
    "cssselect2",
    "fonttools",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "pikepdf",
    "pydantic",
    "pydyf",
    "pypandoc_binary",
    "pyphen",
    "PyYAML",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
)


@dataclass(frozen=True)
class Output:
    """A file to publish: its name without a folder, its bytes, its number of pages where it has any."""

    name: str
    data: bytes
    pages: int | None = None


@dataclass(frozen=True)
class PublishedFile:
    """A file in the output folder: path, size in bytes, SHA-256 as 64 hex digits, number of pages if known."""

    path: Path
    size: int
    sha256: str
    pages: int | None


class RestoreError(FileAccessError):
    """Publishing failed, and so did putting the previous files back; the message says where they are."""


def publish(outputs: Sequence[Output], directory: Path, record: Mapping[str, object]) -> tuple[PublishedFile, ...]:
    """Writes the outputs and a manifest made of them and of `record` into the folder, which is created if missing.

    Either all files are replaced or none: whatever stops it (an error, Ctrl-C), the folder is as it was before.
    Other files in the folder are left alone.

    Raises FileAccessError if something cannot be written, ValueError if a name is no plain file name or comes twice.
    """
    _check_names([item.name for item in outputs])
    files = tuple(
        PublishedFile(directory / item.name, len(item.data), hashlib.sha256(item.data).hexdigest(), item.pages)
        for item in outputs
    )
    contents = {item.name: item.data for item in outputs}
    contents[MANIFEST] = _manifest(files, record)  # last: it never describes files that are not there yet
    with _existing(directory), _locked(directory):
        _replace(contents, directory)
    return files


def publish_file(path: Path, data: bytes) -> None:
    """Writes one file anywhere, whole or not at all. Raises FileAccessError."""
    with _existing(path.parent), _locked(path.parent):
        _replace({path.name: data}, path.parent)


def replace_files(
    contents: Mapping[PurePosixPath, bytes], directory: Path, before: Mapping[PurePosixPath, bytes]
) -> None:
    """Replaces files below a folder, all or none; each keeps its permissions.

    Raises FileAccessError if one cannot be written, or is no longer what it was `before`.
    """
    with _locked(directory):
        for path in contents:
            with writing(directory / path):
                now = (directory / path).read_bytes()
            if now != before.get(path):
                raise FileAccessError(
                    f"{directory / path}: Die Datei hat sich inzwischen geändert; geschrieben wurde nichts. "
                    "Bitte noch einmal übernehmen."
                )
        _replace({str(path): data for path, data in contents.items()}, directory)


def publish_once(path: Path, data: bytes) -> bool:
    """Writes a file that stays as it is from then on: whole or not at all. False if it is there already, byte for byte.

    Raises FileExistsError if something else is there, FileAccessError if it cannot be read or written.
    """
    with _existing(path.parent), _locked(path.parent):
        if not os.path.lexists(path):
            _replace({path.name: data}, path.parent)
            return True
        with writing(path):
            same = path.is_file() and path.read_bytes() == data
        if not same:
            raise FileExistsError(errno.EEXIST, "something else is there", str(path))
        return False


def ensure_writable(directory: Path) -> None:
    """Says early, before anything is rendered, that the folder will refuse the files; creates nothing.

    Raises FileAccessError.
    """
    nearest = next(path for path in (directory, *directory.absolute().parents) if os.path.lexists(path))
    if not nearest.is_dir():
        raise unwritable(directory, OSError(errno.ENOTDIR, ""))
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise unwritable(directory, OSError(errno.EACCES, ""))


def sources_zip(files: Mapping[PurePosixPath, bytes], date: str) -> bytes:
    """The files as a zip that depends on nothing but them and `date` (ISO, dates every entry)."""
    import zipfile  # noqa: PLC0415 - used for a build alone, and `check` reads this module too

    year, month, day = (int(part) for part in date.split("-"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(str(path), (max(year, 1980), month, day, 0, 0, 0))
            entry.create_system = 3  # Unix, so that the permissions count, whatever system writes this
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def tool_versions() -> dict[str, str]:
    """The versions of Python and of the libraries that shape the documents, by name; imports none of them.

    Raises MissingToolError if one is not installed.
    """
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to import, `check` does without

    try:
        return {"Python": platform.python_version(), **{name: version(name) for name in _TOOLS}}
    except PackageNotFoundError as error:
        raise MissingToolError(
            f"Die Bibliothek „{error.name}“ fehlt. Bitte im Ordner des Projekts „sh setup.sh“ ausführen."
        ) from error


def _check_names(names: Sequence[str]) -> None:
    plain = all(name and name == PurePosixPath(name).name and not name.startswith(".") for name in names)
    if not plain or len({*names, MANIFEST}) != len(names) + 1:
        raise ValueError(f"not usable as names of published files: {', '.join(names)}")


def _manifest(files: Sequence[PublishedFile], record: Mapping[str, object]) -> bytes:
    described = [
        {"name": file.path.name, "groesse": file.size, "sha256": file.sha256, "seiten": file.pages} for file in files
    ]
    text = json.dumps({**record, "dateien": described}, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


@contextmanager
def _existing(directory: Path) -> Iterator[None]:
    """The folder exists inside; one that had to be created is gone again if something fails."""
    created = [path for path in (directory, *directory.parents) if not path.exists()]
    try:
        with writing(directory):
            if directory.exists() and not directory.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "a file in the way", str(directory))
            directory.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in created:
            with suppress(OSError):  # never created, or someone else put something there
                path.rmdir()
        raise


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """One run at a time publishes into the folder, so a staging folder found there belongs to a killed run."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - does not exist on Windows

    with writing(directory):
        descriptor = os.open(directory, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems cannot lock; publishing works there all the same
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(contents: Mapping[str, bytes], directory: Path) -> None:
    """Puts the contents in place by way of a staging folder with the new files and links to the previous ones."""
    staging = directory / _STAGING
    new, old = staging / "neu", staging / "alt"
    try:
        with writing(directory):
            _remove(staging)
            new.mkdir(parents=True)
            old.mkdir()
        for name, data in contents.items():
            with writing(directory / name):
                _write(new / name, data)
                if (directory / name).exists():
                    shutil.copymode(directory / name, new / name)
        for name in contents:
            with writing(directory / name):
                _keep(directory / name, old / name)
        _swap(tuple(contents), directory, new, old)
    finally:
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


def _swap(names: Sequence[str], directory: Path, new: Path, old: Path) -> None:
    try:
        for name in names:
            with writing(directory / name):
                (new / name).replace(directory / name)
    except BaseException:  # Ctrl-C included: it may come between any two of them
        _restore(names, directory, old)
        raise


def _restore(names: Sequence[str], directory: Path, old: Path) -> None:
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
            f"{directory}: Das Veröffentlichen ist mittendrin gescheitert, {', '.join(lost)} ließ sich nicht "
            f"zurückholen. Bitte die vorherige Fassung aus {kept} zurücklegen und neu bauen."
        )
