"""What the build of a Word file leaves for later: pictures as Word shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pipeline.pictures
from pipeline.files.cache import Cache

_PROGRAM: Final = Path(pipeline.pictures.__file__).parent  # what shapes them
_PICTURES: Final = "word-bilder"
_MOST_BYTES: Final = 64 * 1024 * 1024  # some hundred builds of a plan with 400 measures


def kept_pictures(folder: Path | None, versions: Mapping[str, str], secret: bytes) -> Cache:
    """Pictures as Word shows them, from earlier builds with the same library, by its version, and the same program."""
    digest = hashlib.sha256(f"Pillow {versions['Pillow']}".encode())
    for path in sorted(_PROGRAM.glob("*.py")):
        digest.update(path.read_bytes())
    return Cache(folder / _PICTURES if folder else None, digest.digest(), _MOST_BYTES, secret=secret)
