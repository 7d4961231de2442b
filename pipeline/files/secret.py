"""The folder of this copy of the program in, its secret out: what no other copy knows, and no file that leaves it says.

With it the cache marks what it keeps, so that nothing counts that somebody else put there.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

LENGTH = 32  # bytes, as many as SHA-256 has
_NAME = "schluessel"


def secret_in(folder: Path | None) -> bytes:
    """The secret that the folder keeps, made when it is asked for first; readable by nobody but its owner.

    Where the folder cannot be written, or there is none, one that holds for this run alone: then what was kept before
    counts as missing, and nothing else is lost.
    """
    if folder is None:
        return os.urandom(LENGTH)
    path = folder / _NAME
    with suppress(OSError):
        if (found := _read(path)) is not None:
            return found
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{_NAME}-", dir=folder)  # which only its owner may read
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, which mkstemp has opened
                file.write(os.urandom(LENGTH))
            _put(Path(name), path)
        finally:
            Path(name).unlink(missing_ok=True)
        if (found := _read(path)) is not None:
            return found
    return os.urandom(LENGTH)


def _put(made: Path, path: Path) -> None:
    """Gives a file its name, unless another run was faster; a damaged one of that name goes."""
    try:
        os.link(made, path)
    except FileExistsError:
        if _read(path) is None:
            made.replace(path)
    except OSError:  # a file system without links
        made.replace(path)


def _read(path: Path) -> bytes | None:
    """The secret of a file; None where there is no file or none of that length."""
    with suppress(FileNotFoundError):
        found = path.read_bytes()
        return found if len(found) == LENGTH else None
    return None
