"""Two lists in, out which new entry is which old one: the same, else the most alike, else the one between the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from pipeline.content.yaml_nodes import Plain

Item = TypeVar("Item")
NAMES = ("id", "nummer")  # keys whose value says which entry of a list it is
ALIKE = 0.5  # below, an entry is rather a new one than the old one changed


def aligned(
    old: Sequence[Item],
    new: Sequence[Item],
    key: Callable[[Item], Hashable],
    likeness: Callable[[Item, Item], float],
) -> list[int | None]:
    """For each new entry the index of the old one it stands for, None for one that is new. No old one comes twice."""
    result: list[int | None] = [None] * len(new)
    left = list(range(len(old)))
    for at, origin in same_places([key(item) for item in old], [key(item) for item in new]):
        result[at] = origin
        left.remove(origin)
    for at, origin in _moved(old, new, result, left, key):
        result[at] = origin
        left.remove(origin)
    _likely(old, new, result, left, likeness)
    return result


def same_places(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Which new entry is which old one, in order; what is equal at both ends belongs together."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    yield from ((number, number) for number in range(head))
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    for block in middle.get_matching_blocks():
        yield from ((head + block.b + i, head + block.a + i) for i in range(block.size))
    yield from ((len(new) - tail + i, len(old) - tail + i) for i in range(tail))


def _moved(
    old: Sequence[Item], new: Sequence[Item], found: list[int | None], left: list[int], key: Callable[[Item], Hashable]
) -> Iterator[tuple[int, int]]:
    """What stands elsewhere unchanged."""
    places: dict[Hashable, list[int]] = {}
    for origin in left:
        places.setdefault(key(old[origin]), []).append(origin)
    for at, item in enumerate(new):
        if found[at] is None and (origins := places.get(key(item))):
            yield at, origins.pop(0)


def _likely(
    old: Sequence[Item],
    new: Sequence[Item],
    found: list[int | None],
    left: list[int],
    likeness: Callable[[Item, Item], float],
) -> None:
    """What is left, the most alike first; among equals the one nearest to its old place."""
    rated = [
        (-likeness(old[origin], new[at]), _distance(found, at, origin), at, origin)
        for at in range(len(new))
        if found[at] is None
        for origin in left
    ]
    for rate, _, at, origin in sorted(rated):
        if -rate >= ALIKE and found[at] is None and origin in left:
            found[at] = origin
            left.remove(origin)
    for at in range(len(new)):
        before = found[at - 1] if at else -1
        after = found[at + 1] if at + 1 < len(new) else len(old)
        fits = found[at] is None and before is not None and after is not None and before + 2 == after
        if fits and before is not None and before + 1 in left and likeness(old[before + 1], new[at]) > 0:
            found[at] = before + 1
            left.remove(before + 1)


def _distance(found: list[int | None], at: int, origin: int) -> int:
    before = next((place for place in reversed(found[:at]) if place is not None), -1)
    return abs(origin - before - 1)


def text_likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 … 1; never quite 0, so that a place between two equal ones still counts."""
    return max(0.01, SequenceMatcher(None, one, other, autojunk=False).ratio())


def data_key(value: Plain) -> str:
    """Equal for equal data."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def data_likeness(old: Plain, new: Plain) -> float:
    """How much one item of a list looks like another, changed; 0 where it would have to be written anew anyway."""
    if isinstance(old, str | None) and isinstance(new, str | None):
        return text_likeness(old or "", new or "")
    if type(old) is not type(new) or not old or not new:
        return 0.0
    if isinstance(old, dict) and isinstance(new, dict):
        if any(old.get(name) != new.get(name) for name in NAMES):
            return 0.0
        if not old.keys() & new.keys():
            return 0.0
        return 1.0 if any(name in old for name in NAMES) else text_likeness(data_key(old), data_key(new))
    return text_likeness(data_key(old), data_key(new))
