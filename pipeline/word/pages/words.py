"""A paragraph of the main text in, its words out: how wide each is, and what may part a line behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.ooxml.elements import Element
from pipeline.word.look.letters import Letters, width
from pipeline.word.pages.looks import Piece, pieces

# What no line break parts, with the hyphen or dash that ends it: "Bau-" and "amt", but "1.234,56" and "IHK/HWK".
_TOKEN: Final = re.compile(r"(?P<word>[^ \n\t–-]+[–-]?|[–-])(?P<gap> *)|(?P<sign>[\n\t])")

_FIGURE: Final = re.compile(r"\d")


class Word(NamedTuple):
    """A piece that no line break parts: its width and that of the spaces behind it, in points.

    `figure`: whether it holds one. `sign`: in place of a word a line break (`\\n`) or a tab (`\\t`).
    """

    width: float
    gap: float = 0.0
    figure: bool = False
    sign: str = ""


def words_of(paragraph: Element) -> Sequence[Word]:
    """All words of a paragraph, in order."""
    found = list(pieces(paragraph))
    text = "".join(piece.text for piece in found)
    if len({piece.letters for piece in found}) == 1:
        return _in_one_look(text, found[0].letters)
    return [_word(match, _width(found, *match.span("word")), _width(found, *match.span("gap"))) for match in _in(text)]


@lru_cache(maxsize=1 << 14)  # the same paragraph is asked for its column's width and for its page, and labels recur
def _in_one_look(text: str, letters: Letters) -> Sequence[Word]:
    sizes = ((match, width(match["word"] or "", letters), width(match["gap"] or "", letters)) for match in _in(text))
    return tuple(_word(*each) for each in sizes)


def _in(text: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(text)


def _word(match: re.Match[str], size: float, gap: float) -> Word:
    if match["sign"]:
        return Word(0, sign=match["sign"])
    return Word(size, gap, _FIGURE.search(match["word"]) is not None)


def _width(found: Sequence[Piece], start: int, end: int) -> float:
    """The width of a stretch of a text that consists of pieces: letters of one word may look differently."""
    total, place = 0.0, 0
    for piece in found:
        if start < place + len(piece.text) and place < end:
            total += width(piece.text[max(start - place, 0) : end - place], piece.letters)
        place += len(piece.text)
    return total


def line_count(words: Sequence[Word], first: float, others: float, tab: float = 0.0) -> int:
    """The number of lines that words take, the first line and the others as wide as said, in points.

    `tab`: where a tab leads, from the beginning of a line. A word that is wider than a line is parted anywhere.
    """
    count, used, room = 1, 0.0, first
    for word in words:
        if word.sign == "\n":
            count, used, room = count + 1, 0.0, others
            continue
        if word.sign:
            used = max(used, tab)
            continue
        if used and used + word.width > room:
            count, used, room = count + 1, 0.0, others
        used += word.width
        while used > max(room, 1.0):
            count, used, room = count + 1, used - max(room, 1.0), others
        used += word.gap
    return count
