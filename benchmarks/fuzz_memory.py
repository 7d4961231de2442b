"""What the way back asks again and again in, remembered answers out: all of it follows from bytes alone.

A set merges the same files into the same sources several times; what was built for one merge serves the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TypeVar
from unittest.mock import patch

from pipeline.merge.base import BaseFile
from pipeline.merge.docx.reading import Reading
from pipeline.merge.prepare import read_own
from pipeline.merge.rebuild import Rebuilt, rebuild
from pipeline.merge.sources import Sources

_MOST = 6  # answers of each kind

_Key = TypeVar("_Key")
_Answer = TypeVar("_Answer")
_Files = tuple[tuple[PurePosixPath, bytes], ...]


class _Answers:
    def __init__(self) -> None:
        self._rebuilt: dict[_Files, Rebuilt] = {}
        self._readings: dict[bytes, Reading] = {}

    def rebuild(self, sources: Sources, editions: Mapping[str, bytes]) -> Rebuilt:
        """As `rebuild`; the editions are always the same."""
        key = tuple(sorted(sources.files.items()))
        if key not in self._rebuilt:
            _make_room(self._rebuilt)
            self._rebuilt[key] = rebuild(sources, editions)
        return self._rebuilt[key]

    def read_own(self, base: BaseFile) -> Reading:
        """As `read_own`."""
        key = b"".join(base.parts[name] for name in sorted(base.parts))
        if key not in self._readings:
            _make_room(self._readings)
            self._readings[key] = read_own(base)
        return self._readings[key]


def _make_room(answers: dict[_Key, _Answer]) -> None:
    """The first stays: it is what the file was built from."""
    while len(answers) >= _MOST:
        answers.pop(list(answers)[1])


def remember() -> Callable[[Sources, Mapping[str, bytes]], Rebuilt]:
    """From now on the merge of this process asks nothing twice; the answer to `rebuild` for whoever else asks."""
    answers = _Answers()
    patch("pipeline.merge.rebuild.rebuild", answers.rebuild).start()
    for module in ("merge", "gate"):
        patch(f"pipeline.merge.{module}.read_own", answers.read_own).start()
    return answers.rebuild
