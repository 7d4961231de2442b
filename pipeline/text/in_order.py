"""Two lists in, out which entry of the one is which of the other, both in order: the same, else the most alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final, TypeVar

from pipeline.text.sequences import stretches

Item = TypeVar("Item")
Step = tuple[int | None, int | None]
"""An old entry and the new one that it became; None for what one of both has not."""

_MOST: Final = 60_000  # comparisons of a stretch; of more entries nobody would follow what became which


def in_order(
    old: Sequence[Item],
    new: Sequence[Item],
    keys: tuple[Sequence[Hashable], Sequence[Hashable]],
    likeness: Callable[[Item, Item], float],
) -> Iterator[Step]:
    """Every entry of both, once, in an order that both have: what is gone comes before what came in its place.

    `keys` of both are equal for equal entries; `likeness` is 0 where the one cannot have become the other.
    """
    for stretch in stretches(*keys):
        if stretch.same:
            yield from zip(range(stretch.start, stretch.end), range(stretch.first, stretch.last), strict=True)
        else:
            yield from _changed(old, new, (stretch.start, stretch.end), (stretch.first, stretch.last), likeness)


def _changed(
    old: Sequence[Item],
    new: Sequence[Item],
    gone: tuple[int, int],
    come: tuple[int, int],
    likeness: Callable[[Item, Item], float],
) -> Iterator[Step]:
    start, first = gone[0], come[0]
    for at, other in [*_most_alike(old[slice(*gone)], new[slice(*come)], likeness), (gone[1] - start, come[1] - first)]:
        yield from ((index, None) for index in range(gone[0], start + at))
        yield from ((None, index) for index in range(come[0], first + other))
        if start + at < gone[1] and first + other < come[1]:
            yield start + at, first + other
        gone, come = (start + at + 1, gone[1]), (first + other + 1, come[1])


def _most_alike(
    old: Sequence[Item], new: Sequence[Item], likeness: Callable[[Item, Item], float]
) -> Sequence[tuple[int, int]]:
    """The pairs, in the order of both, that are most alike together."""
    if not old or not new or len(old) * len(new) > _MOST:
        return []
    alike = [[likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for at in range(len(old) - 1, -1, -1):
        for other in range(len(new) - 1, -1, -1):
            both = best[at + 1][other + 1] + alike[at][other] if alike[at][other] > 0 else 0.0
            best[at][other] = max(best[at + 1][other], best[at][other + 1], both)
    pairs, at, other = [], 0, 0
    while at < len(old) and other < len(new):
        if alike[at][other] > 0 and best[at][other] == best[at + 1][other + 1] + alike[at][other]:
            pairs.append((at, other))
            at, other = at + 1, other + 1
        elif best[at][other] == best[at + 1][other]:
            at += 1
        else:
            other += 1
    return pairs
