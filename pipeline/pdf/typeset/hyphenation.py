"""The tree's patterns for German hyphenation in, pyphen with them in place of its own out.

pyphen's own break German compounds badly, and it reads every one of 37,000 patterns sign by sign. They put their
levels between letters in some 700 ways only: each way is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pyphen

from pipeline.design import STYLES

HYPHENATION: Final = STYLES / "hyphenation" / "hyph_de.dic"
_GERMAN: Final = ("de", "de_DE", "de_AT", "de_CH")
_COMMENT: Final = "%"
_PLACE: Final = re.compile(r"(\d?)\D?")  # before a letter and behind the last; a level that is not written is 0

# Where the levels of a pattern begin, and the levels from the first to the last that is not 0.
Levels = tuple[int, tuple[int, ...]]


class Patterns(pyphen.HyphDict):  # type: ignore[misc]
    """What pyphen keeps of a file of patterns, read from one whose patterns have no alternative spelling."""

    def __init__(self, path: Path) -> None:
        """Raises OSError if there is no such file."""
        _encoding, *lines = path.read_text("utf-8").split("\n")
        self.patterns = dict(_read("\n".join(line for line in lines if line and not line.startswith(_COMMENT))))
        self.maxlen = max(map(len, self.patterns))
        self.cache: dict[str, list[pyphen.DataInt]] = {}
        self.known: Mapping[str, Sequence[int]] = {}  # of words that are divided in other places than by patterns

    def positions(self, word: str) -> list[pyphen.DataInt]:
        """Before which letters of a word a line may divide it."""
        known = self.known.get(word.lower())
        return super().positions(word) if known is None else [pyphen.DataInt(place) for place in known]


def use_own_hyphenation() -> None:
    """Lets pyphen hyphenate German by the tree's patterns, which are read once a process: forked ones inherit them."""
    for name in _GERMAN:
        pyphen.LANGUAGES[name] = HYPHENATION
        pyphen.LANGUAGES_LOWERCASE[name.lower()] = name
    if HYPHENATION not in pyphen.hdcache:
        pyphen.hdcache[HYPHENATION] = Patterns(HYPHENATION)


def divide_only(known: Mapping[str, Sequence[int]]) -> None:
    """From now on these words, in small letters, are divided before those of their letters alone."""
    pyphen.hdcache[HYPHENATION].known = known


def _read(lines: str) -> Iterator[tuple[str, Levels]]:
    """The letters of every line with their levels.

    "a1b2c" has the letters "abc" and the shape "x1x2x", as "e1d2f" has: before b stands 1, before c stands 2.
    """
    signs = {sign: sign for sign in "0123456789\n"}
    letters = lines.translate(dict.fromkeys(map(ord, "0123456789")))
    shapes = lines.translate({ord(sign): signs.get(sign, "x") for sign in set(lines)})
    for word, shape in zip(letters.split("\n"), shapes.split("\n"), strict=True):
        if levels := _levels(shape):
            yield word, levels


@cache
def _levels(shape: str) -> Levels | None:
    """None where all are 0."""
    values = tuple(int(level or 0) for level in _PLACE.findall(shape))
    written = [place for place, value in enumerate(values) if value]
    return (written[0], values[written[0] : written[-1] + 1]) if written else None
