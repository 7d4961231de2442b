"""A document's words that a line divides in some places only in, those of a page of HTML out, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

# Names have the words that they have, but no column of the layout holds a longer one: torn between any two letters,
# "Grundstücksverkehrsgenehmigungsstelle" would read worse than divided.
LONGEST_WHOLE: Final = 24  # letters
SHORTEST: Final = 8  # letters; shorter words are divided nowhere

_WORD: Final = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_TAG: Final = re.compile(r"<[^>]*>")
# What is added to a word that is listed: Gewerbegebiet, -s, -es, -e, -en; Muster, -n, -ns.
_ENDINGS: Final = ("", "s", "es", "e", "en", "n", "ns", "er", "ern", "em")


class Divisions:
    """What a document says of the places where its words may be divided."""

    def __init__(self, divided: Iterable[str], undivided: Iterable[str]) -> None:
        """Words with hyphens where alone they may be divided, and words that no line divides."""
        self._divided = {word.replace("-", "").lower(): word.lower() for word in divided}
        self._whole = {word.lower() for word in undivided}

    def on(self, html: str) -> tuple[str, ...]:
        """The words of a page that are divided in some places only, in small letters: "standort-managements".

        One without a hyphen is not divided.
        """
        if not (self._divided or self._whole):
            return ()
        words = {word.lower() for text in _TAG.split(html) for word in _WORD.findall(text)}
        return tuple(sorted(found for word in words if (found := self._known(word))))

    def _known(self, word: str) -> str:
        """The word with its divisions, '' where nothing is said of it."""
        stems = list(_stems(word))
        if len(word) <= LONGEST_WHOLE and any(stem in self._whole for stem, _ in stems):
            return word
        return next((self._divided[stem] + ending for stem, ending in stems if stem in self._divided), "")


def _stems(word: str) -> Iterator[tuple[str, str]]:
    """What the word may be a form of, with its ending."""
    return ((word.removesuffix(ending), ending) for ending in _ENDINGS if word.endswith(ending))


def positions(divisions: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """By each word, without its hyphens, before which of its letters a line may divide it."""
    return {word.replace("-", ""): tuple(_places(word)) for word in divisions}


def _places(word: str) -> Iterator[int]:
    *parts, _ = word.split("-")
    place = 0
    for part in parts:
        place += len(part)
        yield place
