"""Two lists in, out which new entry is which old one: the same, else the most alike, else the one between the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.diff.order import kept_order
from pipeline.text.likeness import ITEM
from pipeline.text.sequences import same_places

Item = TypeVar("Item")
Likeness = Callable[[Item, Item], float | None]
"""How alike an old and a new entry are, 0 … 1; None where the one cannot have become the other."""

NAMES = ("id", "nummer")  # keys whose value says which entry of a list it is


def aligned(
    old: Sequence[Item], new: Sequence[Item], key: Callable[[Item], Hashable], likeness: Likeness[Item]
) -> list[int | None]:
    """For each new entry the index of the old one it stands for, None for one that is new. No old one comes twice.

    `key` is equal for equal entries. The milestones "Start", "Halle gefunden", "Umzug" that became "Umzug", "Start",
    "Halle gesucht" and "Fest" are: "Umzug" the same elsewhere, "Start" the same, "Halle gesucht" most like "Halle
    gefunden", "Fest" new. Had "Fest" come in the place of "Halle gefunden", with all else as it was, it would be that
    one, written anew: between the same nothing else was there.
    """
    pairing = _Pairing(old, new)
    pairing.take(same_places([key(item) for item in old], [key(item) for item in new]))
    pairing.take(_elsewhere(old, new, pairing, key))
    pairing.take(
        most_alike(
            pairing.old_left,
            pairing.new_left,
            lambda origin, at: likeness(old[origin], new[at]) or 0.0,
            ITEM.at_least,
            pairing.distance,
        )
    )
    for gap in gaps(pairing.new_of, len(old), len(new)):
        (origin, *more), (at, *others) = gap.old, gap.new
        free = not more and not others and origin in pairing.old_left and at in pairing.new_left
        if free and likeness(old[origin], new[at]) is not None:
            pairing.take({origin: at})
    return [pairing.old_of.get(at) for at in range(len(new))]


class _Pairing:
    """Which old entry became which new one, and what is left of both."""

    def __init__(self, old: Sequence[object], new: Sequence[object]) -> None:
        self.new_of: dict[int, int] = {}
        self.old_of: dict[int, int] = {}
        self.old_left = dict.fromkeys(range(len(old)))
        self.new_left = dict.fromkeys(range(len(new)))

    def take(self, pairs: Mapping[int, int]) -> None:
        """Old → new."""
        for origin, at in pairs.items():
            self.new_of[origin], self.old_of[at] = at, origin
            del self.old_left[origin], self.new_left[at]

    def distance(self, origin: int, at: int) -> int:
        """How far an old entry stood from where a new one would have stood."""
        before = next((self.old_of[place] for place in range(at - 1, -1, -1) if place in self.old_of), -1)
        return abs(origin - before - 1)


def _elsewhere(
    old: Sequence[Item], new: Sequence[Item], pairing: _Pairing, key: Callable[[Item], Hashable]
) -> dict[int, int]:
    """What stands elsewhere unchanged."""
    places: dict[Hashable, list[int]] = {}
    for origin in pairing.old_left:
        places.setdefault(key(old[origin]), []).append(origin)
    found = {}
    for at in pairing.new_left:
        if origins := places.get(key(new[at])):
            found[origins.pop(0)] = at
    return found


def most_alike(
    old: Iterable[int],
    new: Iterable[int],
    likeness: Callable[[int, int], float],
    at_least: float,
    distance: Callable[[int, int], int] = lambda _, __: 0,
) -> dict[int, int]:
    """Old → new, the most alike first, from a likeness on; among equals the one nearest to its old place.

    Of the old "Beirat tagt", "Beirat tagt oft" and the new "Beirat tagt sehr oft", "Beirat tagt" the first old one is
    the second new one. Whoever went through the old ones in turn and took for each what is left would find that too,
    but not with the old ones in the other order.
    """
    candidates = list(new)
    rated = [
        (-rate, distance(origin, at), at, origin)
        for origin in old
        for at in candidates
        if (rate := likeness(origin, at)) >= at_least
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, at, origin in sorted(rated):
        if at not in taken and origin not in found:
            found[origin] = at
            taken.add(at)
    return found


@dataclass(frozen=True)
class Gap:
    """Neighbouring places in the old and in the new list, between two entries that kept their order."""

    old: range
    new: range


def gaps(pairs: Mapping[int, int], old_count: int, new_count: int) -> list[Gap]:
    """Where neither list is empty between pairs, old → new, that kept their order."""
    ordered = sorted(pairs.items())
    steady = [ordered[place] for place in kept_order([at for _, at in ordered])]
    edges = [(-1, -1), *steady, (old_count, new_count)]
    found = [Gap(range(low[0] + 1, high[0]), range(low[1] + 1, high[1])) for low, high in pairwise(edges)]
    return [gap for gap in found if gap.old and gap.new]


def text_likeness(one: str, other: str) -> float:
    """How alike two texts of a list are, 0 … 1."""
    return ITEM.likeness(one, other)


def data_key(value: Plain) -> str:
    """Equal for equal data."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def data_likeness(old: Plain, new: Plain) -> float | None:
    """How much one item of a list looks like another, changed; None where it would have to be written anew anyway.

    Two entries with an ID are the same if it is the same, whatever else they say, and never if it is not.
    """
    if isinstance(old, str | None) and isinstance(new, str | None):
        return text_likeness(old or "", new or "")
    if type(old) is not type(new) or not old or not new:
        return None
    if isinstance(old, dict) and isinstance(new, dict):
        if any(old.get(name) != new.get(name) for name in NAMES) or not old.keys() & new.keys():
            return None
        return 1.0 if any(name in old for name in NAMES) else text_likeness(data_key(old), data_key(new))
    return text_likeness(data_key(old), data_key(new))
