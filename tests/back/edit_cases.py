"""The table of edits: `edits/*.yaml`, each case a few operations on the small plan's Word file and what comes of them.

A case names what `draft.Draft` shall do, then the lines of the sources that change (`quellen`), and what is told
instead (`gemeldet`). Most are made in a plan that is cut to what they touch (`cut.py`): that of their file, or the
whole one where they say so (`plan: ganz`). `python -m tests.back.update` writes down what comes of all cases today;
read the difference.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from pipeline.fields.names import PlanNames
from pipeline.merge.apply import carry_out
from pipeline.merge.base import BaseFile, base_of
from pipeline.merge.differences.compare import Comparison, Reader
from pipeline.merge.differences.rows import ShownEdit
from pipeline.merge.differences.text_edits import Side
from pipeline.merge.docx.open import open_docx
from pipeline.merge.docx.reading import Reading
from pipeline.merge.outcome.authors import Signed
from pipeline.merge.outcome.describe import Carried, Teller
from pipeline.merge.outcome.outcome import FileOutcome, MergeOutcome
from pipeline.merge.outcome.record import record
from pipeline.merge.prepare import read_edited, read_own
from pipeline.merge.rebuild import rebuild
from pipeline.merge.threeway import join
from pipeline.ooxml.package import Package
from tests.back.cut import WHOLE
from tests.back.draft import Draft

FOLDER = Path(__file__).parent / "edits"
SOME = 4  # cases made in one file where they are made together
_PLANS = {"felder": "daten", "erzeugtes": "daten", "verschobenes": WHOLE}


@dataclass(frozen=True)
class Case:
    """One edit: its name, the operations, what comes of it as the table says, the file that says so."""

    name: str
    operations: tuple[tuple[str, ...], ...]
    sources: dict[str, list[str]]
    told: list[str]
    file: str = ""
    plan: str = WHOLE


def plan_of(file: str) -> str:
    """The plan in which the cases of a file are made if they do not say another."""
    return _PLANS.get(file, "texte")


@cache
def cases() -> tuple[Case, ...]:
    """All cases, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for name, entry in yaml.load(path.read_bytes(), yaml.CSafeLoader).items():
            operations = tuple(tuple(str(item) for item in operation) for operation in entry["do"])
            sources, told = entry.get("quellen", {}), entry.get("gemeldet", [])
            plan = entry.get("plan", plan_of(path.stem))
            found.append(Case(name, operations, sources, told, path.stem, plan))
    return tuple(found)


def together(several: Iterable[Case], size: int) -> list[tuple[Case, ...]]:
    """The cases in groups, each of one plan; no two of a group seem to be made at the same place."""
    groups: list[list[Case]] = []
    for case in several:
        for group in groups:
            if len(group) < size and group[0].plan == case.plan and all(_apart(case, other) for other in group):
                group.append(case)
                break
        else:
            groups.append([case])
    return [tuple(group) for group in groups]


def _apart(one: Case, other: Case) -> bool:
    """Whether no words by which a place is found hold words of the other, "Der Plan läuft", say, and "läuft", and no
    line of the sources is one that both change.
    """
    ours, theirs = ([word for _, *words in case.operations for word in words] for case in (one, other))
    if any(mine[:9] in word or word[:9] in mine for mine in ours for word in theirs):
        return False
    changed, also = ({line for lines in case.sources.values() for line in lines} for case in (one, other))
    return not changed & also


Read = tuple[Mapping[str, str], tuple[ShownEdit, ...]]


class Desk:
    """The small plan's Word file as it was built, ready to be edited again and again."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._read: dict[tuple[str, ...], Read] = {}

    @cached_property
    def light(self) -> bytes:
        """The file without its fonts, pictures and base, which no edit needs: much quicker to write and read."""
        package = Package(self.data)
        heavy = ("word/fonts/", "word/media/", "word/theme/", "customXml/")
        for name in [name for name in package.parts if name.startswith(heavy)]:
            package.parts.pop(name)
        return package.to_bytes()

    @cached_property
    def base(self) -> BaseFile:
        """What the file carries."""
        found = base_of(open_docx(self.data, "basis.docx"), None)
        assert found is not None
        return found

    @cached_property
    def names(self) -> PlanNames:
        """What the plan calls its actors, goals and measures."""
        plan = rebuild(self.base.sources, {}).checked.plan
        assert plan is not None
        return PlanNames.of(plan)

    @cached_property
    def reader(self) -> Reader:
        """Reads files of this base."""
        return Reader(self.base)

    @cached_property
    def own(self) -> Reading:
        """What the file reads as it was built."""
        return read_own(self.base)

    @cached_property
    def before(self) -> Side:
        """The file as it was built."""
        return self.reader.side(self.own)

    def draft(self, *done: Case, tracked: bool = False) -> bytes:
        """The file after the operations of some cases."""
        draft = Draft(self.light, tracked=tracked)
        for case in done:
            draft.edit(case.operations)
        return draft.to_bytes()

    def compared(self, reading: Reading) -> Comparison:
        """The file against what it was."""
        before = self.before  # first: by its words notes are known again
        return Comparison(self.base, before, self.reader.side(reading))

    def read(self, data: bytes, reject: tuple[str, ...] = ()) -> Read:
        """The texts and the values that an edited file changes."""
        comparison = self.compared(read_edited(open_docx(data, "fall.docx"), reject=reject).reading)
        return comparison.texts.texts, comparison.values

    def read_plainly(self, *done: Case) -> Read:
        """The same of some cases without tracked changes; one alone is read once."""
        key = tuple(case.name for case in done)
        if key not in self._read:
            self._read[key] = self.read(self.draft(*done))
        return self._read[key]

    def comparison(self, case: Case) -> Comparison:
        """The file of a case against what it was."""
        comparison = self.compared(read_edited(open_docx(self.draft(case), "fall.docx")).reading)
        self._read[case.name,] = comparison.texts.texts, comparison.values
        return comparison

    def outcome(self, case: Case) -> dict[str, Any]:
        """What comes of a case, as the table writes it."""
        return self.came_of(self.comparison(case))

    def records(self, comparison: Comparison) -> Any:
        """What became of every edit, as `merge --json` tells it where the sources have not gone on and nothing was
        built to look whether all arrived.
        """
        theirs, sources = carry_out(comparison, self.names), self.base.sources
        carried = Carried(comparison, theirs, None, (), join(sources, sources, theirs.sources))
        teller = Teller("0" * 64, self.base, Signed(()), self.names)
        file = FileOutcome(
            "fall.docx", self.base.edition, teller.entries(carried, [("", sources)], (), ()), digest="0" * 64
        )
        return record(MergeOutcome((file,), {}, {}, (), ok=True))["files"]

    def came(self, data: bytes, reject: tuple[str, ...] = ()) -> dict[str, Any]:
        """What comes of an edited file, as the table writes it."""
        return self.came_of(self.compared(read_edited(open_docx(data, "fall.docx"), reject=reject).reading))

    def came_of(self, comparison: Comparison) -> dict[str, Any]:
        """What comes of a comparison, as the table writes it."""
        theirs = carry_out(comparison, self.names)
        before, after = self.base.sources, theirs.sources
        changes = {
            str(file): _changes(before.text(file), after.text(file))
            for file in sorted(after.files)
            if after.files[file] != before.files[file]
        }
        told = [f"{item.place.source}: {item.why.sentence}" for item in theirs.refusals]
        told += [f"erzeugt, {item.heading}: {item.before} → {item.after}" for item in comparison.generated]
        return {key: value for key, value in (("quellen", changes), ("gemeldet", told)) if value}


def _changes(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
