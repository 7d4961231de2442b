"""A base and the edits of its file in, the sources with all that arrived out, and what did not, or why nobody knows.

The gate builds the changed sources and looks whether they show what the file shows. What is missing is left out, and
the rest is built again. Sources of an earlier time may break a rule of today: then what counts is that the edits break
no other. Where nothing can be built, that is said, and the file does not count as taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.errors import BuildError
from pipeline.fields.names import PlanNames
from pipeline.merge.apply import Theirs, carry_out
from pipeline.merge.base import BaseFile
from pipeline.merge.differences.commitment_sheet import as_given
from pipeline.merge.differences.compare import Comparison, Reader
from pipeline.merge.differences.text_edits import Side
from pipeline.merge.prepare import read_own
from pipeline.merge.rebuild import Rebuilds, Rebuilt, new_errors
from pipeline.merge.sources import Sources
from pipeline.merge.stand_ins import with_pictures
from pipeline.merge.verify import Missing, differing, dropped, missing, missing_notes, staying_notes, without_lost
from pipeline.text.nodes import Place

_FAULTS: Final = (BuildError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)
_NEW_FAULTS: Final = (
    "Ob alles angekommen ist, ließ sich nicht prüfen, weil der Plan mit diesen Änderungen Fehler hat. Bitte die Fehler "
    "beheben und die Datei noch einmal übernehmen."
)
_OLD_FAULTS: Final = (
    "Ob alles angekommen ist, ließ sich nicht prüfen, weil schon die Quellen, aus denen die Datei gebaut ist, nach den "
    "heutigen Regeln Fehler haben ({}). Bitte die Änderungen in den Quellen mit der Datei vergleichen."
)


@dataclass(frozen=True)
class Made:
    """The sources of a base with edits carried out and what they give when they are built; None where nobody can tell,
    and `unchecked` says why. `targets`: of every bookmark its anchor, and what references to it read then.
    """

    theirs: Theirs
    built: Side | None
    targets: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unchecked: str = ""


@dataclass(frozen=True)
class Gate:
    """The gate of one base. `today`: the sources by now, for pictures that the base has lost."""

    base: BaseFile
    today: Mapping[PurePosixPath, bytes]
    rebuilds: Rebuilds

    @cached_property
    def own(self) -> Rebuilt:
        """What the program makes of the base's sources today."""
        return self._rebuilt(self.base.sources)

    @cached_property
    def given(self) -> BaseFile | None:
        """What the base's sources give when they are built today; None where they give nothing."""
        try:
            return self.own.as_word()
        except _FAULTS:
            return None

    def doubtful(self, before: Side) -> frozenset[Place]:
        """Places at which the file as it was built shows something else than its own sources give: nobody may believe
        its marks there. They have to give something.
        """
        built, plan = self.given, self.own.checked.plan
        assert built is not None
        assert plan is not None
        names = PlanNames.of(plan)
        found = differing(Comparison(self.base, Reader(built).side(read_own(built)), before), names)
        return found - {*as_given(before.units, self.base.sources, names)}  # the plan has no such sheet

    def made(self, comparison: Comparison, names: PlanNames) -> Made:
        """The edits carried out, and built. Raises BuildError where a sound plan cannot be built."""
        theirs = carry_out(comparison, names)
        if theirs.sources.files == self.base.sources.files:
            return Made(theirs, comparison.before)  # what the base gives is known
        rebuilt = self._rebuilt(theirs.sources)
        if rebuilt.worse_than(self.own):
            return Made(theirs, None, unchecked=_NEW_FAULTS if self.own.usable else self._old_faults())
        try:
            built = self._shown_by(rebuilt, theirs)
        except _FAULTS:
            if rebuilt.usable:
                raise
            built = None
        if built is None:
            return Made(theirs, None, unchecked=self._old_faults())
        return Made(theirs, Reader(built).side(read_own(built)), built.targets)

    def _shown_by(self, rebuilt: Rebuilt, theirs: Theirs) -> BaseFile | None:
        """What is built: as much of the plan as the file shows, and what is new."""
        if not self.base.whole:
            return rebuilt.as_word()
        new = theirs.sources.entities.keys() - self.base.sources.entities.keys()
        return rebuilt.part_as_word(self.base.shown | new)

    def faults(self, comparison: Comparison, names: PlanNames) -> tuple[Diagnostic, ...]:
        """The errors that the base's sources would have with the edits, and have not without."""
        theirs = carry_out(comparison, names)
        return new_errors(self.own.diagnostics, self._rebuilt(theirs.sources).diagnostics)

    def arrived(self, comparison: Comparison, made: Made, names: PlanNames) -> tuple[Made, list[Missing]]:
        """What is left when everything that did not arrive is left out, and what that is.

        Without it, the rest is built and looked at once more; where something is missing even then, the texts that it
        is in stay as they were.
        """
        if made.built is None:
            return made, []
        lost = list(missing(comparison, made.built, made.theirs, names))
        if not any(item.undone for item in lost):
            return made, lost
        left = without_lost(comparison, lost, made.theirs)
        again = self.made(left, names)
        now = list(missing(left, again.built, again.theirs, names)) if again.built else []
        whole = [item.place.source for item in now if item.undone]
        if whole or again.built is None:
            whole = left.with_moved([*left.texts.texts] if "" in whole or not whole else whole)
            left = left.as_it_was(whole)
            again = self.made(left, names)
            now = list(missing(left, again.built, again.theirs, names)) if again.built else []
        # What is there in another form is told of the sources as they are without the rest.
        forms = [_with_units_of(comparison, left, item) for item in now if not item.undone]
        lost = [*(item for item in lost if item.undone or again.built is None), *forms]
        new = dropped(made.theirs, again.theirs)
        refusals = (*made.theirs.refusals, *new.values())
        lost = [item for item in lost if item.place.source.partition("/")[0] not in new]
        lost += _notes_left_out(comparison, again.built, lost)
        lost += [Missing(Place(name), "", "", whole=True) for name in dict.fromkeys(whole)]
        return replace(again, theirs=replace(again.theirs, refusals=refusals)), lost

    def _rebuilt(self, sources: Sources) -> Rebuilt:
        return self.rebuilds.of(with_pictures(sources, self.today))

    def _old_faults(self) -> str:
        faults = (item for item in self.own.diagnostics if item.severity is Severity.ERROR)
        first = next(faults, None)
        return _OLD_FAULTS.format(f"{first.code}, {first.location.path}" if first else "sie lassen sich nicht bauen")


def _with_units_of(comparison: Comparison, left: Comparison, item: Missing) -> Missing:
    """The same with the numbers that its units have in the comparison of which `left` is what is left."""
    numbers = {id(unit): number for number, unit in enumerate(comparison.after.units)}
    units = (id(left.after.units[number]) for number in item.units)
    return replace(item, units=tuple(numbers[unit] for unit in units if unit in numbers))


def _notes_left_out(comparison: Comparison, built: Side | None, lost: Sequence[Missing]) -> list[Missing]:
    """The notes that arrived at first and are gone with what calls them, since it is left out; and those that stay.

    A paragraph that cannot be written stays as it was; the note that somebody typed at it, or took away with its call,
    is told by its own words.
    """
    if built is None:
        return []
    told = {item.note for item in lost}
    found = (*missing_notes(comparison, built), *staying_notes(comparison, built))
    return [item for item in found if item.note not in told]
