"""What comes of a merge, as values: what was taken over, what contradicts itself, what did not arrive and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.diagnostics import Diagnostic


@dataclass(frozen=True)
class Signature:
    """Who changed something, and when (ISO, as the file tells it; '' where it does not)."""

    author: str
    date: str = ""


@dataclass(frozen=True)
class Change:
    """Something that an edited file has otherwise than before. `place` says where in words, `source` in which file.

    `before` and `after` are texts as people read them, '' where there was or is nothing. `reason` says in a sentence
    why it was not taken over.
    """

    place: str
    source: str
    before: str
    after: str
    signatures: tuple[Signature, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Conflict:
    """Two changes of the same: what was before, what stands in the sources now, what the file would have."""

    place: str
    source: str
    before: str
    ours: str
    theirs: str
    signatures: tuple[Signature, ...] = ()
    whose: str = ""  # whose version stands in the sources: an earlier file's name, '' for the sources themselves


@dataclass(frozen=True)
class Remark:
    """A comment of an edited file: who wrote when what, at which words, in which place; `answers` another."""

    place: str
    words: str
    text: str
    signature: Signature
    answer: bool = False
    done: bool = False


@dataclass(frozen=True)
class FileOutcome:
    """What came of one edited file; `edition` is that of its base, `hints` are sentences about the file as a whole.

    `taken` went into the sources, `refused` cannot, `generated` was changed where nothing is taken from, `lost` did
    not arrive although it should have: the gate found it.
    """

    name: str
    edition: str
    taken: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Change, ...] = ()
    generated: tuple[Change, ...] = ()
    lost: tuple[Change, ...] = ()
    comments: tuple[Remark, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class MergeOutcome:
    """What came of all: the new bytes of every source that changes, and what the rules say of the merged plan.

    `marked` are the files with conflicts, with diff3's markers in them. Unless `ok`, the merged plan has errors that
    the sources did not have before, and nothing may be written.
    """

    files: tuple[FileOutcome, ...]
    sources: Mapping[PurePosixPath, bytes]
    marked: Mapping[PurePosixPath, bytes]
    diagnostics: tuple[Diagnostic, ...]
    ok: bool
