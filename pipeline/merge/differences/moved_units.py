"""Which unit is which in, the units out that stand elsewhere than before among all others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.merge.differences.align_units import Pairs

# What belongs to a text counts a little less: of a paragraph and what is made from the data, which changed places, the
# paragraph was moved.
_TEXT, _OTHER = 2, 3


def wandered(owner: Sequence[str], pairs: Pairs) -> frozenset[int]:
    """The edited units that do not stand where they stood; `owner`: the text of each unit of the base, '' for none."""
    places = sorted(pairs.base_of)
    order = [pairs.base_of[index] for index in places]
    if all(one < other for one, other in pairwise(order)):
        return frozenset()
    kept = _heaviest_rising(order, [_TEXT if owner[index] else _OTHER for index in order])
    return frozenset(index for at, index in enumerate(places) if at not in kept)


def blocks(wandering: frozenset[int], pairs: Pairs) -> list[list[int]]:
    """Of units that wandered those together that still follow each other as they did."""
    found: list[list[int]] = []
    for index in sorted(wandering):
        last = found[-1][-1] if found else None
        if last == index - 1 and pairs.base_of[last] == pairs.base_of[index] - 1:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _heaviest_rising(values: Sequence[int], weights: Sequence[int]) -> set[int]:
    """The places of that rising part of different values that weighs most."""
    best = _Best(max(values) + 1)
    before: list[int] = []
    last, most = -1, 0
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        total, previous = best.below(value)
        before.append(previous)
        best.put(value, total + weight, place)
        if total + weight > most:
            last, most = place, total + weight
    kept = set()
    while last >= 0:
        kept.add(last)
        last = before[last]
    return kept


class _Best:
    """The heaviest part that ends with a value below another, found in as many steps as the number has digits."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)

    def below(self, value: int) -> tuple[int, int]:
        """Its weight and its last place; 0 and -1 where there is none."""
        found = (0, -1)
        while value > 0:
            found = max(found, self._tree[value])
            value -= value & -value
        return found

    def put(self, value: int, total: int, place: int) -> None:
        """A part that ends with a value."""
        value += 1
        while value < len(self._tree):
            self._tree[value] = max(self._tree[value], (total, place))
            value += value & -value
