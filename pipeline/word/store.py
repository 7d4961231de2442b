"""Copies of the bases of the Word files built here: should a file lose its own, it is found by its SHA-256."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from pipeline.files.cache import Cache
from pipeline.word.embedded_base import Base

_FOLDER: Final = "grundlagen"
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


def _store(folder: Path | None) -> Cache:
    return Cache(folder / _FOLDER if folder else None, most=_MOST_BYTES)
