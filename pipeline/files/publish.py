"""Finished bytes in, files in the output folder out: all of them or none, with a manifest that describes them."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import FileAccessError, MissingToolError
from pipeline.files.access import unwritable, writing
from pipeline.files.replace import locked, new_folder, replace_all
from pipeline.pictures.metadata import JPEG_START

MANIFEST = "manifest.json"
PACKAGES = PurePosixPath(".nachbau", "requirements.txt")
_PACKAGES = Path(__file__).resolve().parents[2] / "requirements" / "run.txt"
FINDINGS = "meldungen"  # what the manifest calls the marks of what was found in the content
EARLIER = "fruehere_dateien"  # what the manifest calls files in its folder that are not of its build

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


def publish(outputs: Sequence[Output], directory: Path, record: Mapping[str, object]) -> tuple[PublishedFile, ...]:
    """Writes the outputs and a manifest made of them and of `record` into the folder, which is created if missing.

    Either all files are replaced or none: whatever stops it (an error, Ctrl-C), the folder is as it was before.
    Other files in the folder are left alone.

    Raises FileAccessError if something cannot be written, ValueError if a name is no plain file name or comes twice.
    """
    _check_names([item.name for item in outputs])
    files = described(outputs, directory)
    contents = {item.name: item.data for item in outputs}
    contents[MANIFEST] = _manifest(files, record)  # last: it never describes files that are not there yet
    with _existing(directory), locked(directory):
        replace_all(contents, directory)
    return files


def described(outputs: Sequence[Output], directory: Path) -> tuple[PublishedFile, ...]:
    """The outputs as they are, or will be, in the folder."""
    return tuple(
        PublishedFile(directory / item.name, len(item.data), hashlib.sha256(item.data).hexdigest(), item.pages)
        for item in outputs
    )


def files_of_earlier_builds(directory: Path, names: Collection[str]) -> tuple[str, ...]:
    """The files that the folder's manifest describes, or counts as older itself, that are still there and that have
    none of the `names`: a build that publishes these leaves them as they are. () where there is no manifest to read.
    """
    found = manifest_of(directory)
    try:
        described = {*(entry["name"] for entry in found["dateien"]), *found.get(EARLIER, ())}
        return tuple(sorted(name for name in described - {*names} if _is_plain(name) and (directory / name).is_file()))
    except (OSError, ValueError, LookupError, TypeError):
        return ()


def manifest_of(directory: Path) -> Mapping[str, Any]:
    """What the folder's manifest says; nothing where there is none that can be read. Anybody may have written it."""
    try:
        found = json.loads((directory / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def publish_file(path: Path, data: bytes) -> None:
    """Writes one file anywhere, whole or not at all. Raises FileAccessError."""
    with _existing(path.parent), locked(path.parent):
        replace_all({path.name: data}, path.parent)


def publish_beside(files: Mapping[str, bytes], directory: Path) -> None:
    """Writes files into a folder, which is created if missing: all or none; whatever else is in it stays.

    Raises FileAccessError.
    """
    with _existing(directory), locked(directory):
        replace_all(dict(files), directory)


def publish_once(path: Path, data: bytes) -> bool:
    """Writes a file that stays as it is from then on: whole or not at all. False if it is there already, byte for byte.

    Raises FileExistsError if something else is there, FileAccessError if it cannot be read or written.
    """
    with _existing(path.parent), locked(path.parent):
        if not os.path.lexists(path):
            replace_all({path.name: data}, path.parent)
            return True
        with writing(path):
            same = path.is_file() and path.read_bytes() == data
        if not same:
            raise FileExistsError(errno.EEXIST, "something else is there", str(path))
        return False


def publish_folder(directory: Path, contents: Mapping[PurePosixPath, bytes], check: Callable[[Path], None]) -> None:
    """Makes a folder that was not there, or was empty: with all these files or not at all.

    `check` is given the folder with the files before it has its name, and may raise what forbids it. Raises
    FileAccessError if something lies there already or the system refuses.
    """
    directory = directory.resolve()
    with _existing(directory.parent), locked(directory.parent):
        ensure_free(directory)
        new_folder(contents, directory, check)


def ensure_free(directory: Path) -> None:
    """Raises FileAccessError if a folder cannot be put there: it is not empty, or somebody stands in it."""
    with writing(directory):
        taken = directory.exists() and any(directory.iterdir())
    if taken:
        raise FileAccessError(
            f"{directory}: Der Ordner ist nicht leer; geschrieben wurde nichts. Bitte einen anderen Namen nennen."
        )
    if directory.resolve() == Path.cwd():
        raise FileAccessError(
            f"{directory}: In diesem Ordner stehen Sie gerade. Bitte einen Namen für einen neuen Ordner nennen."
        )


def ensure_writable(directory: Path) -> None:
    """Says early, before anything is rendered, that the folder will refuse the files; creates nothing.

    Raises FileAccessError.
    """
    nearest = next(path for path in (directory, *directory.absolute().parents) if os.path.lexists(path))
    if not nearest.is_dir():
        raise unwritable(directory, OSError(errno.ENOTDIR, ""))
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise unwritable(directory, OSError(errno.EACCES, ""))


def packages() -> Mapping[PurePosixPath, bytes]:
    """What the packed sources have besides for whoever builds them again in ten years: every Python package with its
    version and the hashes of its files, in a hidden folder, which no build reads. Nothing where that list is not there.
    """
    try:
        return {PACKAGES: _PACKAGES.read_bytes()}
    except OSError:
        return {}


def sources_zip(files: Mapping[PurePosixPath, bytes], date: str) -> bytes:
    """The files as a zip that depends on nothing but them and `date` (ISO, dates every entry)."""
    import zipfile  # noqa: PLC0415 - used for a build alone, and `check` reads this module too

    # A zip cannot name a year before 1980.
    year, month, day = (int(part) for part in date.split("-"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(str(path), (max(year, 1980), month, day, 0, 0, 0))
            entry.create_system = 3  # Unix, so that the permissions count, whatever system writes this
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.compress_type = zipfile.ZIP_STORED if data.startswith(JPEG_START) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def tool_versions() -> dict[str, str]:
    """The versions of Python and of the libraries that shape the documents, by name; imports none of them.

    Raises MissingToolError if one is not installed.
    """
    import platform  # noqa: PLC0415 - both are slow to import, and `check` does without
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return {"Python": platform.python_version(), **{name: version(name) for name in _TOOLS}}
    except PackageNotFoundError as error:
        raise MissingToolError(
            f"Die Bibliothek „{error.name}“ fehlt. Bitte im Ordner des Projekts „sh setup.sh“ ausführen."
        ) from error


def _check_names(names: Sequence[str]) -> None:
    if not all(map(_is_plain, names)) or len({*names, MANIFEST}) != len(names) + 1:
        raise ValueError(f"not usable as names of published files: {', '.join(names)}")


def _is_plain(name: str) -> bool:
    """Whether a name is that of a file in the folder itself, and none that is hidden."""
    return bool(name) and name == PurePosixPath(name).name and not name.startswith(".")


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
