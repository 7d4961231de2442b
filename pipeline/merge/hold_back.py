"""A file's edits and the faults that the plan would have with them in, out the edits that can go in, and the others.

One fault holds back only itself. An edit that breaks a rule stays out, and all others go in; where it takes several
edits to break it, the fewest that do stay out together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from pipeline.diagnostics import Diagnostic
from pipeline.fields.names import PlanNames
from pipeline.merge.differences.compare import Comparison
from pipeline.merge.outcome.describe import Held
from pipeline.merge.outcome.found import Found, found_edits
from pipeline.merge.places import NEW
from pipeline.merge.why import Reason, Why
from pipeline.text.nodes import Place

Faults = Callable[[Comparison], Sequence[Diagnostic]]
_Key = tuple[str, PurePosixPath, str]

# What a rule says of another place in the sources, which nobody who has only the Word file can look up.
_ELSEWHERE: Final = re.compile(r" \(zuerst in [^()]*\)")
_WAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "P606": "Ein Kapitel ist ein eigener Text: Es entsteht als neue Datei in „texte“ mit einer Zeile in der "
        "„gliederung“, nicht durch eine Überschrift der ersten Ebene."
    }
)


@dataclass(frozen=True)
class _Atom:
    """The least that can stay out by itself: a value, a block or a note of a text, a whole text, a new measure."""

    edits: tuple[Found, ...]
    units: frozenset[int] = frozenset()
    notes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def sources(self) -> set[str]:
        return {edit.place.source for edit in self.edits}


def sound(comparison: Comparison, faults: Faults, names: PlanNames) -> tuple[Comparison, tuple[Held, ...]]:
    """The same without what breaks a rule, and what that is; unchanged where no edit is to blame for a fault."""
    found = faults(comparison)
    left, held = list(_atoms(comparison)) if found else [], list[Held]()
    whole = comparison
    while found:
        culprits = _culprits(comparison, left, found[0], faults)
        if not culprits:
            return whole, ()
        whole_texts = {*comparison.with_moved(name for atom in culprits for name in atom.names)}
        comparison = _without(comparison, culprits)
        out = [atom for atom in left if atom in culprits or atom.sources & whole_texts]  # a text stays out as a whole
        left = [atom for atom in left if atom not in out]
        held.append(Held(tuple(edit for atom in out for edit in atom.edits), _why(found[0], len(culprits), names)))
        found = faults(comparison)
    return comparison, tuple(held)


def _atoms(comparison: Comparison) -> Iterator[_Atom]:
    is_text = comparison.base.sources.is_text
    whole: dict[str, list[Found]] = {}  # what was taken out of a text has no unit that could be left as it was
    for edit in found_edits(comparison):
        if edit.note:
            yield _Atom((edit,), notes=frozenset((edit.note,)))
        elif edit.unit >= 0:
            yield _Atom((edit, *_notes_with(comparison, edit)), units=frozenset((edit.unit,)))
        elif is_text(edit.place.source):
            whole.setdefault(edit.place.source, []).extend([edit, *_notes_with(comparison, edit)])
        else:
            yield _Atom((edit,), names=frozenset((edit.place.source,)))
    yield from (_Atom(tuple(edits), names=frozenset((name,))) for name, edits in whole.items())
    for new in comparison.newcomers:
        told = Found(Place(NEW), "", new.words(new.heading))
        yield _Atom((told,), names=frozenset((new.heading,)))


def _notes_with(comparison: Comparison, edit: Found) -> Iterator[Found]:
    """The notes that were to go with a paragraph or with their call in it: where it stays they do, and say so."""
    was = next((unit.key_text for unit in comparison.before.units if edit.before and unit.place == edit.place), "")
    for label, note in comparison.before.notes.items():
        call = f"[^{label}]"
        if call in was and not any(call in unit.key_text + unit.rich for unit in comparison.after.units):
            yield Found(note[0].place or edit.place, " ".join(unit.plain for unit in note), "", note=label)


def _without(comparison: Comparison, atoms: Sequence[_Atom]) -> Comparison:
    units, notes, names = (
        frozenset().union(*(getattr(atom, part) for atom in atoms)) for part in ("units", "notes", "names")
    )
    return comparison.without(units, notes, comparison.with_moved(names))


def _culprits(comparison: Comparison, atoms: Sequence[_Atom], fault: Diagnostic, faults: Faults) -> Sequence[_Atom]:
    """The fewest edits without which the fault is gone: one of those nearest to it if that is enough."""
    near = sorted(atoms, key=lambda atom: _distance(atom, fault))  # of equal ones the first in the document

    def gone(without: Sequence[_Atom]) -> bool:
        return _key(fault) not in map(_key, faults(_without(comparison, without)))

    own = [atom for atom in near if _distance(atom, fault) < _FAR]
    alone = next((atom for atom in own if gone([atom])), None)
    if alone is not None:
        return [alone]
    if not near or not gone(near):
        return []
    return _fewest(near, gone)


def _fewest(atoms: Sequence[_Atom], gone: Callable[[Sequence[_Atom]], bool]) -> Sequence[_Atom]:
    """Of edits without which a fault is gone those that it takes: larger and smaller parts of them are let in again.

    Of 40 edits two that belong together are found in some 20 trials: half of them, quarters, single ones.
    """
    kept, size = list(atoms), max(len(atoms) // 2, 1)
    while True:
        start = 0
        while start < len(kept):
            fewer = [*kept[:start], *kept[start + size :]]
            if fewer and gone(fewer):
                kept = fewer
            else:
                start += size
        if size == 1:
            return kept
        size = max(size // 2, 1)


_FAR: Final = 3


def _distance(atom: _Atom, fault: Diagnostic) -> int:
    """How near an edit is to a fault: the same field, the same entity or one that it names, the same file, or far."""
    if f"{fault.entity}/{fault.field}" in atom.sources:
        return 0
    entities = {source.partition("/")[0] for source in atom.sources}
    if fault.entity in entities or any(name in fault.message for name in entities if name):
        return 1
    if str(fault.location.path) in atom.sources or NEW in atom.sources:
        return 2
    return _FAR


def _key(fault: Diagnostic) -> _Key:
    return (fault.code, fault.location.path, fault.message)


def _why(fault: Diagnostic, count: int, names: PlanNames) -> Why:
    said = _spoken(_ELSEWHERE.sub("", fault.message), names)
    together = "" if count == 1 else " Das liegt an mehreren Änderungen zusammen; sie sind alle zurückgehalten."
    way = f" {_WAYS[fault.code]}" if fault.code in _WAYS else ""
    return Why(Reason.PLAN_ERRORS, f"Damit hätte der Plan einen Fehler: {said}{together}{way}")


def _spoken(message: str, names: PlanNames) -> str:
    """A rule's sentence as people read the document: actors by their names, measures and goals by their numbers."""
    named = _ACTOR.sub(lambda found: f"„{names.actor_name(found[1])}“", message)
    return _ID.sub(lambda found: found[1], named)


_ACTOR: Final = re.compile(r"„([a-z0-9-]+)“")
_ID: Final = re.compile(r"\b[MZ](\d+(?:\.\d+)+)\b")
