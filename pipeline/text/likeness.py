"""How alike two texts are, by one measure, and every threshold that is decided by it.

The measure: twice what both have in common in their order, divided by what both have together; 1 is the same, 0 is
nothing in common. What is counted is words where texts are long, since any two German sentences share half of their
letters by chance, and letters where a text may be a single word: "Stelle" and "Stellen" have no word in common.

A threshold is never used without its example: `ALL` is what the tests go through. Two more stand in `schema.rules`,
which knows the standard library only: `edition.SAME_THING` and the IDs that `finding.suggestion` offers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Indel


class Counted(Enum):
    """What the measure counts."""

    WORDS = "words"
    LETTERS = "letters"

    def likeness(self, one: str, other: str) -> float:
        """How alike two texts are, 0 … 1; nothing is like an empty text."""
        if not one or not other:
            return 0.0
        if self is Counted.WORDS:
            return Indel.normalized_similarity(one.split(), other.split())
        return Indel.normalized_similarity(one, other)


@dataclass(frozen=True)
class Threshold:
    """From which likeness on two texts count as alike; `alike` and `unlike` are two texts each, one on either side."""

    counted: Counted
    at_least: float
    alike: tuple[str, str]
    unlike: tuple[str, str]

    def likeness(self, one: str, other: str) -> float:
        """How alike two texts are, 0 … 1, counted as this threshold does."""
        return self.counted.likeness(one, other)

    def met(self, one: str, other: str) -> bool:
        """Whether two texts are alike."""
        return self.likeness(one, other) >= self.at_least


def among(text: str, others: Sequence[str], threshold: Threshold) -> Iterator[tuple[int, float]]:
    """Which of the others are like a text: index and likeness; much quicker than one by one.

    Raises ValueError for a threshold that counts words.
    """
    if threshold.counted is not Counted.LETTERS:
        raise ValueError("many texts are compared by their letters only")
    found = process.extract_iter(text, others, scorer=Indel.normalized_similarity, score_cutoff=threshold.at_least)
    return ((index, likeness) for _, likeness, index in found)


def nearest(text: str, others: Sequence[str], threshold: Threshold) -> str:
    """The one of the others that is most like a text, the last in the alphabet of several; '' if none is alike."""
    return max(((likeness, others[index]) for index, likeness in among(text, others, threshold)), default=(0.0, ""))[1]


# --- an edited document beside the one it was made from ---------------------------------------------------------------

# A paragraph without a mark is the old one, changed; below, it is a new one and the old one is gone.
PARAGRAPH: Final = Threshold(
    Counted.WORDS,
    0.6,
    alike=("Der Plan läuft vier Jahre.", "Der Plan läuft nun fünf Jahre."),
    unlike=("Der Plan läuft vier Jahre.", "Der Rat berät den Plan jedes Jahr."),
)

# The mark of a paragraph is believed; below, it may have wandered: somebody put the cursor in front of a paragraph,
# typed another one and pressed Return, and Word left the mark with what was typed.
MARKED: Final = Threshold(
    Counted.WORDS,
    0.35,
    alike=("Der Plan läuft vier Jahre.", "Der Rat verlängert den Plan um vier Jahre."),
    unlike=("Der Plan läuft vier Jahre.", "Neu ist ein Beirat der Betriebe."),
)

# An edit of a text is what a conflict is about; below, the conflict is told by itself and the edit is told as taken.
SAME_EDIT: Final = Threshold(
    Counted.WORDS,
    0.5,
    alike=("Der Plan läuft vier Jahre.", "Der Plan läuft fünf Jahre, wie beschlossen."),
    unlike=("Der Plan läuft vier Jahre.", "Der Rat berät ihn."),
)

# An item of a list, a row of a table or a short field is the old one, changed; below, it is a new one.
ITEM: Final = Threshold(
    Counted.LETTERS,
    0.5,
    alike=("Q1 2027 Stelle benannt", "Q1 2028 Stellen benannt"),
    unlike=("Q1 2027 Stelle benannt", "März 2028: Zwischenstand"),
)

# A name or a word that is not known was meant for one that is known.
MEANT: Final = Threshold(
    Counted.LETTERS,
    0.6,
    alike=("in Umsetztung", "in Umsetzung"),
    unlike=("fertig", "in Umsetzung"),
)

# A word that is not known is a misspelt one of few known ones, where a wrong guess holds something back.
MISSPELT: Final = Threshold(
    Counted.LETTERS,
    0.75,
    alike=("Eurp", "Euro"),
    unlike=("Stufen", "Stellen"),
)

# --- what looks like the same thing twice -----------------------------------------------------------------------------
# Found by trying on real plans. Titles and descriptions are compared with their words in the order of the alphabet.

# Two measures by their titles alone: titles of different measures stay below 0.7, the same put in other words above.
TITLE: Final = Threshold(
    Counted.LETTERS,
    0.82,
    alike=("Gründungsberatung ausbauen", "Gründungsberatung aufbauen"),
    unlike=("Gründungsberatung ausbauen", "Gründungszentrum bauen"),
)

# Two measures by their titles together with their descriptions.
ALIKE_TITLE: Final = Threshold(
    Counted.LETTERS,
    0.6,
    alike=("Gründungsberatung ausbauen", "Gründungszentrum bauen"),
    unlike=("Gründungsberatung ausbauen", "Leerstände erfassen"),
)
DESCRIPTION: Final = Threshold(
    Counted.LETTERS,
    0.75,
    alike=("Die Stadt berät alle Betriebe kostenlos.", "Die Stadt berät Betriebe vor Ort kostenlos."),
    unlike=("Die Stadt berät alle Betriebe kostenlos.", "Der Rat beschließt jährlich über die Mittel."),
)

# Two actors by their names.
NAME: Final = Threshold(
    Counted.LETTERS,
    0.88,
    alike=("Industrie- und Handelskammer", "Industrie und Handelskammer"),
    unlike=("Industrie- und Handelskammer", "Handwerkskammer"),
)

ALL: Final = (PARAGRAPH, MARKED, SAME_EDIT, ITEM, MEANT, MISSPELT, TITLE, ALIKE_TITLE, DESCRIPTION, NAME)
