"""Which unit of an edited file is which unit of the file it was made from: by mark, by text, by likeness.

A unit is a paragraph, a heading, a table or the like. The program marks those that come from a source with bookmarks.
Word keeps them as long as nobody cuts and pastes, but it does not always keep them at the right paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.merge.diff.align import Gap, gaps, most_alike
from pipeline.merge.markdown.units import Unit
from pipeline.text.likeness import MARKED, PARAGRAPH
from pipeline.text.nodes import Place
from pipeline.text.sequences import same_places


@dataclass(frozen=True)
class Pairs:
    """`base_of`: index of an edited unit → index of the base's; `joined`: a base unit → the edited one it went into."""

    base_of: Mapping[int, int]
    joined: Mapping[int, int]


def align(base: Sequence[Unit], edited: Sequence[Unit]) -> Pairs:
    """Which unit is which."""
    return _Aligner(base, edited).pairs()


class _Aligner:
    def __init__(self, base: Sequence[Unit], edited: Sequence[Unit]) -> None:
        self.base, self.edited = base, edited
        self.base_of: dict[int, int] = {}
        self.edited_of: dict[int, int] = {}
        self.joined: dict[int, int] = {}

    def pairs(self) -> Pairs:
        self._by_mark()
        self._doubt()
        for gap in self._gaps():
            self._by_text(gap)
        self._anywhere()
        for gap in self._gaps():
            self._by_likeness(gap)
        return Pairs(self.base_of, self.joined)

    def _set(self, base: int, edited: int) -> None:
        self.base_of[edited] = base
        self.edited_of[base] = edited

    def _by_mark(self) -> None:
        """What bears a mark of a base's unit; of several the one with most of its marks, then the one most like it.

        Of a table with a mark in each row that somebody split in two, the larger half is the table.
        """
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
        """Two of the base's units are one now: it is the one that it begins like; the other counts as joined to it.

        Of "Eins." and "Zwei.", each with its mark, somebody made "Eins. Zwei." by deleting the end of a paragraph, and
        the result bears both marks. It is "Eins." with "Zwei." behind it, and "Zwei." was not deleted.
        """
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

        With the cursor before the marked "Der Plan läuft vier Jahre." somebody types "Neu ist ein Beirat." and presses
        Return. Word leaves the mark with the new paragraph. By the mark, the old text was replaced and the same text
        written anew behind it; as it is unlike the old one, and its neighbour without a mark is like it, the neighbour
        is the old one.
        """
        for edited, index in list(self.base_of.items()):
            before, after = self.base[index], self.edited[edited]
            if before.kind == "table" or before.key == after.key or self._likeness(index, edited) >= MARKED.at_least:
                continue
            if self._left_to_neighbour(index, edited):
                continue
            for neighbour in (edited + 1, edited - 1):
                free = 0 <= neighbour < len(self.edited) and neighbour not in self.base_of
                if (
                    free
                    and not self.edited[neighbour].places
                    and self._likeness(index, neighbour) >= PARAGRAPH.at_least
                ):
                    del self.base_of[edited]
                    self._set(index, neighbour)
                    break

    def _left_to_neighbour(self, index: int, edited: int) -> bool:
        """Whether what bears the mark of a unit is the base's unmarked unit beside it, word by word.

        Somebody marked "Eins." (with a mark) up to the beginning of "– Zwei" (made by the program, without one) and
        pressed Delete: "– Zwei" bears the mark of "Eins." now. It is "– Zwei" still, and "Eins." is gone.
        """
        for neighbour in (index + 1, index - 1):
            free = 0 <= neighbour < len(self.base) and neighbour not in self.edited_of
            if free and not self.base[neighbour].places and self.base[neighbour].key == self.edited[edited].key:
                del self.edited_of[index]
                self._set(neighbour, edited)
                return True
        return False

    def _gaps(self) -> list[Gap]:
        return gaps(self.edited_of, len(self.base), len(self.edited))

    def _free(self, gap: Gap) -> tuple[list[int], list[int]]:
        ours = [index for index in gap.old if index not in self.edited_of and index not in self.joined]
        return ours, [index for index in gap.new if index not in self.base_of]

    def _by_text(self, gap: Gap) -> None:
        ours, theirs = self._free(gap)
        same = same_places([self.base[index].key for index in ours], [self.edited[index].key for index in theirs])
        for index, other in same.items():
            self._set(ours[index], theirs[other])

    def _anywhere(self) -> None:
        """A marked unit whose mark got lost on the way to another place: the first that reads the same.

        Word may drop a bookmark when its paragraph is cut and pasted elsewhere. Without this, the paragraph would count
        as deleted in one chapter and as a new one in another.
        """
        lost = {
            unit.key: index
            for index, unit in enumerate(self.base)
            if unit.places and index not in self.edited_of and index not in self.joined
        }
        for edited, unit in enumerate(self.edited):
            if edited not in self.base_of and not unit.places and unit.key in lost:
                self._set(lost.pop(unit.key), edited)

    def _by_likeness(self, gap: Gap) -> None:
        """The most alike; what is left alone on both sides is the same one, written anew.

        Between two paragraphs that stayed, "Der Rat berät." became "Alle zwei Jahre wird geprüft, was erreicht ist."
        Not one word is the same, but nothing else went and nothing else came there.
        """
        for index, edited in most_alike(*self._free(gap), self._likeness, PARAGRAPH.at_least).items():
            self._set(index, edited)
        ours, theirs = self._free(gap)
        if len(ours) == len(theirs) == 1 and self._same_form(ours[0], theirs[0]):
            self._set(ours[0], theirs[0])

    def _same_form(self, index: int, other: int) -> bool:
        return self.base[index].kind == self.edited[other].kind and bool(self.base[index].places)

    def _likeness(self, index: int, other: int) -> float:
        left, right = self.base[index], self.edited[other]
        if left.kind == "table" or right.kind == "table":
            return float(left.kind == right.kind and PARAGRAPH.likeness(_all_text(left), _all_text(right)))
        if left.plain and left.plain == right.plain:  # only letters or links differ: "Rat" and "[Rat](https://…)"
            return 1.0
        return PARAGRAPH.likeness(left.text, right.text)


def _all_text(table: Unit) -> str:
    return " ".join(cell.text for row in table.rows for cell in row)
