"""What the build of a Word file leaves for later: its base, should it lose its own, and pictures as Word shows them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pipeline.pictures
from pipeline.files.cache import Cache
from pipeline.word.embedded_base import Base

_PROGRAM: Final = Path(pipeline.pictures.__file__).parent  # what shapes them
_FOLDER: Final = "grundlagen"
_PICTURES: Final = "word-bilder"
_MOST_BYTES: Final = 64 * 1024 * 1024  # some hundred builds of a plan with 400 measures
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def keep_base(folder: Path | None, base: Base) -> None:
    """Keep a copy of a base below the folder, or nowhere if it is None. A folder that refuses it costs no build."""
    store = _store(folder)
    store.put(base.digest, base.data)
    store.prune()


def find_base(folder: Path | None, digest: str) -> Base | None:
    """The base with that SHA-256, None if it was not kept. `digest` may be anything: it comes from outside."""
    data = _store(folder).get(digest) if _DIGEST.fullmatch(digest) else None
    return Base(data, digest) if data is not None and hashlib.sha256(data).hexdigest() == digest else None


def kept_pictures(folder: Path | None, versions: Mapping[str, str], secret: bytes) -> Cache:
    """Pictures as Word shows them, from earlier builds with the same library, by its version, and the same program."""
    digest = hashlib.sha256(f"Pillow {versions['Pillow']}".encode())
    for path in sorted(_PROGRAM.glob("*.py")):
        digest.update(path.read_bytes())
    return Cache(folder / _PICTURES if folder else None, digest.digest(), _MOST_BYTES, secret=secret)


def _store(folder: Path | None) -> Cache:
    return Cache(folder / _FOLDER if folder else None, most=_MOST_BYTES)
