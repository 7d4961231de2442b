"""The units of a base and of an edited file in, which of them are the same out: by mark, by text, by likeness."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from pipeline.merge.markdown.units import Unit
from pipeline.text.nodes import Place

_ALIKE: Final = 0.6  # share of equal words from which a paragraph counts as the same one, changed
_FOREIGN: Final = 0.35  # below it a mark is doubted: somebody may have typed a paragraph in front of it


@dataclass(frozen=True)
class Pairs:
    """`base_of`: index of an edited unit → index of the base's; `joined`: a base unit → the edited one it went into."""

    base_of: Mapping[int, int]
    joined: Mapping[int, int]

    def deleted(self, count: int) -> Iterator[int]:
        """The units of the base, of `count`, that are in the edited file no more."""
        kept = set(self.base_of.values()) | set(self.joined)
        return (index for index in range(count) if index not in kept)


def align(base: Sequence[Unit], edited: Sequence[Unit]) -> Pairs:
    """Which unit is which."""
    return _Aligner(base, edited).pairs()


def likeness(left: str, right: str) -> float:
    """The share of words that two texts have in common, in their order: 0 … 1."""
    if not left or not right:
        return 0.0
    return SequenceMatcher(None, left.split(), right.split(), autojunk=False).ratio()


class _Aligner:
    def __init__(self, base: Sequence[Unit], edited: Sequence[Unit]) -> None:
        self.base, self.edited = base, edited
        self.base_of: dict[int, int] = {}
        self.edited_of: dict[int, int] = {}
        self.joined: dict[int, int] = {}

    def pairs(self) -> Pairs:
        self._by_mark()
        self._doubt()
        for low, high in self._gaps():
            self._by_text(*low, *high)
        self._anywhere()
        for low, high in self._gaps():
            self._by_likeness(*low, *high)
        return Pairs(self.base_of, self.joined)

    def _set(self, base: int, edited: int) -> None:
        self.base_of[edited] = base
        self.edited_of[base] = edited

    def _by_mark(self) -> None:
        where: dict[Place, list[int]] = {}
        for index, unit in enumerate(self.edited):
            for place in unit.places:
                where.setdefault(place, []).append(index)
        for index, unit in enumerate(self.base):
            votes = Counter(found for place in unit.places for found in where.get(place, ()))
            if not votes:
                continue
            best = max(votes, key=lambda found: (votes[found], self._likeness(index, found)))
            if best in self.base_of:
                self._share(index, best)
            else:
                self._set(index, best)

    def _share(self, index: int, edited: int) -> None:
        """Two of the base's units are one now: it is the one that it resembles most at its beginning."""
        other = self.base_of[edited]
        text = self.edited[edited].text
        if text.startswith(self.base[index].text) and not text.startswith(self.base[other].text):
            self._set(index, edited)
            self.edited_of.pop(other)
            index = other
        self.joined[index] = edited

    def _doubt(self) -> None:
        """A paragraph typed in front of a marked one may have taken its mark along; or a deleted one may have left its
        mark to its neighbour.
        """
        for edited, index in list(self.base_of.items()):
            before, after = self.base[index], self.edited[edited]
            if before.kind == "table" or before.key == after.key or self._likeness(index, edited) >= _FOREIGN:
                continue
            if self._left_to_neighbour(index, edited):
                continue
            for neighbour in (edited + 1, edited - 1):
                free = 0 <= neighbour < len(self.edited) and neighbour not in self.base_of
                if free and not self.edited[neighbour].places and self._likeness(index, neighbour) > _ALIKE:
                    del self.base_of[edited]
                    self._set(index, neighbour)
                    break

    def _left_to_neighbour(self, index: int, edited: int) -> bool:
        for neighbour in (index + 1, index - 1):
            free = 0 <= neighbour < len(self.base) and neighbour not in self.edited_of
            if free and not self.base[neighbour].places and self.base[neighbour].key == self.edited[edited].key:
                del self.edited_of[index]
                self._set(neighbour, edited)
                return True
        return False

    def _gaps(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The stretches between pairs that stand in the same order: before and after each, base and edited."""
        pairs = sorted((index, edited) for edited, index in self.base_of.items())
        steady = [pairs[place] for place in longest_rising([edited for _, edited in pairs])]
        edges = [(-1, -1), *steady, (len(self.base), len(self.edited))]
        return [(low, high) for low, high in pairwise(edges) if high[0] - low[0] > 1 and high[1] - low[1] > 1]

    def _free(self, base_low: int, edited_low: int, base_high: int, edited_high: int) -> tuple[list[int], list[int]]:
        taken = self.edited_of
        ours = [index for index in range(base_low + 1, base_high) if index not in taken and index not in self.joined]
        theirs = [index for index in range(edited_low + 1, edited_high) if index not in self.base_of]
        return ours, theirs

    def _by_text(self, base_low: int, edited_low: int, base_high: int, edited_high: int) -> None:
        ours, theirs = self._free(base_low, edited_low, base_high, edited_high)
        while ours and theirs and self.base[ours[0]].key == self.edited[theirs[0]].key:
            self._set(ours.pop(0), theirs.pop(0))
        while ours and theirs and self.base[ours[-1]].key == self.edited[theirs[-1]].key:
            self._set(ours.pop(), theirs.pop())
        matcher = SequenceMatcher(
            None, [self.base[index].key for index in ours], [self.edited[index].key for index in theirs], autojunk=False
        )
        for start, other, size in matcher.get_matching_blocks():
            for offset in range(size):
                self._set(ours[start + offset], theirs[other + offset])

    def _anywhere(self) -> None:
        """A marked unit whose mark got lost on the way to another place: the only one that reads the same."""
        lost = {
            unit.key: index
            for index, unit in enumerate(self.base)
            if unit.places and index not in self.edited_of and index not in self.joined
        }
        for edited, unit in enumerate(self.edited):
            if edited not in self.base_of and not unit.places and unit.key in lost:
                self._set(lost.pop(unit.key), edited)

    def _by_likeness(self, base_low: int, edited_low: int, base_high: int, edited_high: int) -> None:
        ours, theirs = self._free(base_low, edited_low, base_high, edited_high)
        for index in ours:
            candidates = [other for other in theirs if other not in self.base_of]
            alike = [(self._likeness(index, other), -other) for other in candidates]
            if alike and max(alike)[0] >= _ALIKE:
                self._set(index, -max(alike)[1])
        ours, theirs = self._free(base_low, edited_low, base_high, edited_high)
        if len(ours) == len(theirs) == 1 and self._same_form(ours[0], theirs[0]):
            self._set(ours[0], theirs[0])

    def _same_form(self, index: int, other: int) -> bool:
        return self.base[index].kind == self.edited[other].kind and bool(self.base[index].places)

    def _likeness(self, index: int, other: int) -> float:
        left, right = self.base[index], self.edited[other]
        if left.kind == "table" or right.kind == "table":
            return float(left.kind == right.kind and likeness(_all_text(left), _all_text(right)))
        return likeness(left.text, right.text)


def _all_text(table: Unit) -> str:
    return " ".join(cell.text for row in table.rows for cell in row)


def longest_rising(values: Sequence[int]) -> list[int]:
    """The places of a longest rising part of different values: what kept its order."""
    ends: list[int] = []
    places: list[int] = []
    before = [-1] * len(values)
    for place, value in enumerate(values):
        at = bisect_left(ends, value)
        ends[at : at + 1] = [value]
        places[at : at + 1] = [place]
        before[place] = places[at - 1] if at else -1
    result = []
    place = places[-1] if places else -1
    while place >= 0:
        result.append(place)
        place = before[place]
    return result[::-1]


def moved(indices: Iterable[int]) -> set[int]:
    """Of indices that stood in rising order those that no longer do."""
    values = list(indices)
    return set(values) - {values[place] for place in longest_rising(values)}
