"""Bytes that took long to make in, the same bytes out the next time: a folder of entries named by what made them.

Nobody has to trust the folder: an entry that is damaged, half written, another's or not put there by this copy of the
program counts as missing. Several builds may use it at once. What the folder refuses costs time and nothing else;
`refused` tells the first refusal.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

MOST_BYTES = 512 * 1024 * 1024  # some twenty editions of a plan with 400 measures
ABANDONED = 3600.0  # seconds after which a file that is still being written belongs to a build that was killed
_DIGEST = 32  # bytes of HMAC-SHA-256 (RFC 2104) that each entry begins with, over its key and the rest
_UNFINISHED = ".neu-"


def picture_digests(paths: Iterable[str], pictures: Mapping[str, bytes]) -> Iterator[bytes]:
    """What stands for some of the pictures in a key: of each, by name, its path and the SHA-256 of its bytes."""
    for path in sorted(paths):
        yield path.encode()
        yield hashlib.sha256(pictures[path]).digest()


class Cache:
    """Entries by key. Without a folder it keeps nothing."""

    def __init__(
        self, folder: Path | None = None, identity: bytes = b"", most: int = MOST_BYTES, *, secret: bytes = b""
    ) -> None:
        """`identity` stands for all that changes what is made besides what a key names; `most`: bytes to keep; only
        what was put with the same `secret` is found again.
        """
        self.refused: OSError | None = None
        self._folder = folder
        self._identity = identity
        self._most = most
        self._secret = secret

    def key(self, *values: bytes) -> str:
        """The key for what is made from these values, in this order: 64 hex digits."""
        digest = hashlib.sha256()
        for value in (self._identity, *values):  # with their lengths: "ab", "c" is another key than "a", "bc"
            digest.update(len(value).to_bytes(8, "big") + value)
        return digest.hexdigest()

    def get(self, key: str) -> bytes | None:
        """The data that was put under the key, None if there is none or it is damaged."""
        if self._folder is None:
            return None
        path = self._folder / key
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        digest, data = stored[:_DIGEST], stored[_DIGEST:]
        if not hmac.compare_digest(self._seal(key, data), digest):
            return None
        with suppress(OSError):  # a folder that may only be read
            os.utime(path)  # what was used last is thrown away last
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keeps the data: whole or not at all, whoever else writes the same entry."""
        if self._folder is None or self.refused:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._folder)
            unfinished = Path(name)
            try:
                with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, which mkstemp has opened
                    file.write(self._seal(key, data))
                    file.write(data)  # after it, not joined to it: the bound whole may be large
                unfinished.replace(self._folder / key)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
        except OSError as error:
            self.refused = error

    def _seal(self, key: str, data: bytes) -> bytes:
        """What nobody can make who does not know the secret; for each key another."""
        seal = hmac.new(self._secret, key.encode(), hashlib.sha256)  # all keys have one length
        seal.update(data)
        return seal.digest()

    def prune(self) -> None:
        """Throws away what was not used for longest, until the rest keeps to the limit."""
        if self._folder is None:
            return
        with suppress(OSError):  # the folder is not there, or another build throws away at the same time
            self._prune(self._folder)

    def _prune(self, folder: Path) -> None:
        entries: list[tuple[float, int, Path]] = []
        for entry in os.scandir(folder):
            state = entry.stat(follow_symlinks=False)
            if not entry.is_file(follow_symlinks=False):
                continue
            if not entry.name.startswith(_UNFINISHED):
                entries.append((state.st_mtime, state.st_size, Path(entry.path)))
            elif time.time() - state.st_mtime > ABANDONED:
                Path(entry.path).unlink()
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self._most:
                break
            path.unlink()
            total -= size


NOTHING_KEPT: Final = Cache()
