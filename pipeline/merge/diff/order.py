"""Places in, those out that kept their order among each other; all others were moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise


def kept_order(values: Sequence[int], weights: Sequence[int] = ()) -> list[int]:
    """The places of that rising part of different values that weighs most, in order; without weights all weigh 1.

    Old places 0 1 2 3 that are now read as 0 2 3 1: the part 0 2 3 is longer than 0 1, so the places 0, 1 and 2 kept
    their order, and what is at place 3 was moved. Whoever took the first part that rises would say that two were.
    """
    if all(one < other for one, other in pairwise(values)):
        return list(range(len(values)))
    best = _Best(max(values) + 1)
    before: list[int] = []
    last, most = -1, 0
    for place, value in enumerate(values):
        weight, previous = best.below(value)
        weight += weights[place] if weights else 1
        before.append(previous)
        best.put(value, weight, place)
        if weight > most:
            last, most = place, weight
    kept = []
    while last >= 0:
        kept.append(last)
        last = before[last]
    return kept[::-1]


def moved(values: Iterable[int]) -> set[int]:
    """Of different values that stood in rising order those that no longer do."""
    order = list(values)
    return set(order) - {order[place] for place in kept_order(order)}


class _Best:
    """The heaviest part that ends with a value below another, found in as many steps as the number has binary digits.

    Looking through all parts for each value would take hours where somebody sorted a list of many thousands backwards.
    """

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)

    def below(self, value: int) -> tuple[int, int]:
        """Its weight and its last place; 0 and -1 where there is none."""
        found = (0, -1)
        while value > 0:
            found = max(found, self._tree[value])
            value -= value & -value
        return found

    def put(self, value: int, weight: int, place: int) -> None:
        """A part that ends with a value."""
        value += 1
        while value < len(self._tree):
            self._tree[value] = max(self._tree[value], (weight, place))
            value += value & -value
