"""What files that come back were made from, kept by its SHA-256, should a file lose what it carries of it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from pipeline.files.cache import Cache

_FOLDER: Final = "grundlagen"
_MOST_BYTES: Final = 64 * 1024 * 1024  # some hundred builds of a plan with 400 measures
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def keep_base(folder: Path | None, digest: str, data: bytes) -> None:
    """Keep a copy below the folder, or nowhere if it is None. A folder that refuses it costs no build."""
    store = _store(folder)
    store.put(digest, data)
    store.prune()


def find_base(folder: Path | None, digest: str) -> bytes | None:
    """What has that SHA-256, None if it was not kept. `digest` may be anything: it comes from outside."""
    data = _store(folder).get(digest) if _DIGEST.fullmatch(digest) else None
    return data if data is not None and hashlib.sha256(data).hexdigest() == digest else None


def _store(folder: Path | None) -> Cache:
    return Cache(folder / _FOLDER if folder else None, most=_MOST_BYTES)
