"""Two sequences in, what they have in common out: lines, words or keys, in the order in which both have them.

Everything that compares before with after cuts it here, so that the same edit is seen the same way wherever it is
looked at. What is equal at both ends belongs together before anything else is compared: of "a b a" that became "a b a
b a" the last two are new, not some in the middle.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Stretch:
    """Old items from `start` up to `end` stand where the new ones from `first` up to `last` stand; the ends are not
    among them. `same`: both are equal; else at least one of the two is not empty.
    """

    same: bool
    start: int
    end: int
    first: int
    last: int


def stretches(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    """Both cut into stretches that are equal and stretches that are not, in turn; together they are all of both."""
    at = there = 0
    for start, first, size in _common(old, new):
        if at < start or there < first:
            yield Stretch(False, at, start, there, first)
        if size:
            yield Stretch(True, start, start + size, first, first + size)
        at, there = start + size, first + size


def readable(found: Sequence[Stretch], says_something: Callable[[int, int], bool]) -> list[Stretch]:
    """The same stretches so that one can read what differs: what is equal between two changes and says nothing by
    itself belongs to them. `says_something`: whether the new items of that range do.

    Of "Q1 2027, Amt" that became "Q3 2028, Rat" the spaces and the comma alone would be the same.
    """
    joined: list[Stretch] = []
    for index, item in enumerate(found):
        between = 0 < index < len(found) - 1
        changed = not item.same or (between and not says_something(item.first, item.last))
        if changed and joined and not joined[-1].same:
            joined[-1] = Stretch(False, joined[-1].start, item.end, joined[-1].first, item.last)
        else:
            joined.append(Stretch(not changed, item.start, item.end, item.first, item.last))
    return joined


def same_places(old: Sequence[Hashable], new: Sequence[Hashable]) -> dict[int, int]:
    """Which old item stands where in the new ones: index → index, both rising."""
    return {
        stretch.start + offset: stretch.first + offset
        for stretch in stretches(old, new)
        if stretch.same
        for offset in range(stretch.end - stretch.start)
    }


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int]]:
    """Where both are equal: index in old, in new, how many; at last their ends with none. Neighbours are joined."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    found = [(head + block.a, head + block.b, block.size) for block in middle.get_matching_blocks()]
    start, first, size = 0, 0, head
    for block in [*found, (len(old) - tail, len(new) - tail, tail)]:
        if block[:2] == (start + size, first + size):
            size += block[2]
            continue
        if size:
            yield start, first, size
        start, first, size = block
    if size:
        yield start, first, size
    yield len(old), len(new), 0
