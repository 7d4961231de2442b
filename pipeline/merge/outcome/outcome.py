"""What comes of a merge, as values: of every edit what became of it, by whom it was made, and why it did not go in.

Everything that is said of a merge follows from `Fate`, which is closed: the exit code and what --quiet tells from
`arrived`, the report and its last line from `section` and `counted` in `render.py`, the JSON from the fate's own value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath
from typing import ClassVar, Final, assert_never

from pipeline.diagnostics import Diagnostic
from pipeline.merge.places import NOWHERE, Target
from pipeline.merge.why import Reason, Why


class Fate(StrEnum):
    """What became of an edit. The value is what programs read."""

    TAKEN = "taken"  # it went into the sources
    JOINT = "joint"  # the sources said the same already, or it was joined with what they say by now
    CONFLICT = "conflict"  # it contradicts what the sources say by now, which stays
    REFUSED = "refused"  # it cannot be carried out
    HELD_BACK = "held_back"  # it could have gone in, but the plan would have errors and nothing is written
    LOST = "lost"  # it was carried out, and the rebuilt document does not show it
    GENERATED = "generated"  # it belongs to a part that is made from the data, where nothing is taken from
    REMARK = "remark"  # a comment, which never goes into the plan

    @property
    def arrived(self) -> bool:
        """Whether the sources hold what somebody wrote; a comment wants nothing of them."""
        match self:
            case Fate.TAKEN | Fate.JOINT | Fate.REMARK:
                return True
            case Fate.CONFLICT | Fate.REFUSED | Fate.HELD_BACK | Fate.LOST | Fate.GENERATED:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Signature:
    """Who changed something, and when (ISO, as the file tells it; '' where it does not)."""

    author: str
    date: str = ""


@dataclass(frozen=True)
class Change:
    """Something that an edited file has otherwise than before. `place` says where in words, `source` in which file.

    `before` and `after` are texts as people read them, '' where there was or is nothing. `why` says why it was not
    taken over, or with what it was joined. `id` is the same in every run for the same edit of the same file.
    """

    fate: Fate
    place: str
    source: str
    before: str
    after: str
    signatures: tuple[Signature, ...] = ()
    why: Why | None = None
    id: str = ""
    target: Target = NOWHERE

    @property
    def reason(self) -> str:
        """The sentence of `why`, '' without one."""
        return self.why.sentence if self.why else ""


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
    id: str = ""
    target: Target = NOWHERE

    fate: ClassVar[Fate] = Fate.CONFLICT
    why: ClassVar[Why] = Why(
        Reason.CONTRADICTS, "Zwei haben dasselbe verschieden geändert; in den Quellen bleibt, was zuerst dort stand."
    )


@dataclass(frozen=True)
class Remark:
    """A comment of an edited file: who wrote when what, at which words, in which place; `answer`: to another."""

    place: str
    words: str
    text: str
    signature: Signature
    answer: bool = False
    done: bool = False
    id: str = ""
    target: Target = NOWHERE

    fate: ClassVar[Fate] = Fate.REMARK


Entry = Change | Conflict | Remark


@dataclass(frozen=True)
class Touched:
    """An actor that leads measures, its name, and the IDs of those that a file touches, in their order."""

    actor: str
    name: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class FileOutcome:
    """What came of one edited file: of every edit, in the order in which the fates are listed, what became of it.

    `edition` is that of its base, `hints` are sentences about the file as a whole. `unchecked` says why the program
    could not look whether all that it took really arrived, '' where it could. `digest` is the file's SHA-256.
    """

    name: str
    edition: str
    entries: tuple[Entry, ...] = ()
    hints: tuple[str, ...] = ()
    unchecked: str = ""
    digest: str = ""
    touches: tuple[Touched, ...] = ()  # whose measures

    @property
    def checked(self) -> bool:
        """Whether the program could look."""
        return not self.unchecked

    def changes(self, *fates: Fate) -> tuple[Change, ...]:
        """The changes of some fates."""
        return tuple(entry for entry in self.entries if isinstance(entry, Change) and entry.fate in fates)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What contradicts what the sources say by now."""
        return tuple(entry for entry in self.entries if isinstance(entry, Conflict))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The comments."""
        return tuple(entry for entry in self.entries if isinstance(entry, Remark))

    @property
    def settled(self) -> bool:
        """Whether the sources hold everything that somebody wrote into the file and nobody decided to leave out."""
        return self.checked and all(entry.fate.arrived for entry in self.entries)


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

    @property
    def took(self) -> bool:
        """Whether the sources hold, by now or since before, any edit of a file."""
        return any(file.changes(Fate.TAKEN, Fate.JOINT) for file in self.files)

    @property
    def settled(self) -> bool:
        """Whether everything arrived, of all files."""
        return all(file.settled for file in self.files)


# With --strict it may be a warning, and one that was there before.
PLAN_ERRORS: Final = Why(
    Reason.PLAN_ERRORS,
    "Gegen den Plan mit den Änderungen dieses Laufs spricht eine Meldung; deshalb ist nichts davon geschrieben.",
)


def held_back(outcome: MergeOutcome) -> MergeOutcome:
    """The same where the merged plan may not be written: nothing of it went in, but what stood there already does."""
    files = tuple(replace(file, entries=tuple(map(_held, file.entries))) for file in outcome.files)
    return replace(outcome, files=files, ok=False)


def _held(entry: Entry) -> Entry:
    if not isinstance(entry, Change) or entry.fate not in (Fate.TAKEN, Fate.JOINT):
        return entry
    if entry.why is not None and entry.why.code is Reason.ALREADY_THERE:
        return entry
    return replace(entry, fate=Fate.HELD_BACK, why=PLAN_ERRORS)
