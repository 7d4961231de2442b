"""What came of several files in; out: where more than one of them changed something, and what became of each wish.

Whoever takes sixty files back looks here first: the same thing twice is said once, a contradiction with both senders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.merge.outcome.outcome import Change, Conflict, Fate, MergeOutcome

_COUNTED = (Fate.TAKEN, Fate.JOINT, Fate.CONFLICT, Fate.REFUSED, Fate.HELD_BACK, Fate.LOST)


@dataclass(frozen=True)
class Wish:
    """What one file wants at a place, '' for nothing, and what became of it."""

    file: str
    after: str
    fate: Fate


@dataclass(frozen=True)
class Shared:
    """A place that several files changed, and what each wants there, in the order of the files."""

    place: str
    wishes: tuple[Wish, ...]

    @property
    def agreed(self) -> bool:
        """Whether all want the same."""
        return len({" ".join(wish.after.split()) for wish in self.wishes}) == 1

    @property
    def contradicts(self) -> bool:
        """Whether somebody has to decide."""
        return any(wish.fate is Fate.CONFLICT for wish in self.wishes)


def shared_places(outcome: MergeOutcome) -> tuple[Shared, ...]:
    """The places that more than one file changed: contradictions first, then what several want alike, then the rest."""
    found: dict[str, list[Wish]] = {}
    for file in outcome.files:
        for entry in file.entries:
            if isinstance(entry, Change | Conflict) and entry.fate in _COUNTED and entry.place:
                after = entry.theirs if isinstance(entry, Conflict) else entry.after
                found.setdefault(entry.place, []).append(Wish(file.name, after, entry.fate))
    several = [
        Shared(place, tuple(wishes)) for place, wishes in found.items() if len({wish.file for wish in wishes}) > 1
    ]
    return tuple(sorted(several, key=lambda item: (not item.contradicts, not item.agreed)))


def files_of_measures(outcome: MergeOutcome) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """Of each measure that any file changed the files, each with how many changes."""
    found: dict[str, dict[str, int]] = {}
    for file in outcome.files:
        for entry in file.entries:
            if isinstance(entry, Change | Conflict) and entry.fate in _COUNTED and entry.target.entity.startswith("M"):
                counts = found.setdefault(entry.target.entity, {})
                counts[file.name] = counts.get(file.name, 0) + 1
    order = sorted(found, key=lambda name: [int(part) for part in name[1:].split(".") if part.isdigit()])
    yield from ((name, tuple(found[name].items())) for name in order)
