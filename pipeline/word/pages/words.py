"""A paragraph of the main text in, its words out: how wide each is, and what may part a line behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.ooxml.elements import Element
from pipeline.word.look.letters import width
from pipeline.word.pages.looks import Piece, pieces

# What no line break parts, with the hyphen or dash that ends it: "Bau-" and "amt", but "1.234,56" and "IHK/HWK".
_TOKEN: Final = re.compile(r"(?P<word>[^ \n\t–-]+[–-]?|[–-])(?P<gap> *)|(?P<sign>[\n\t])")


@dataclass(frozen=True)
class Word:
    """A piece that no line break parts: its width and that of the spaces behind it, in points.

    `figure`: whether it holds one. `sign`: in place of a word a line break (`\\n`) or a tab (`\\t`).
    """

    width: float
    gap: float = 0.0
    figure: bool = False
    sign: str = ""


def words_of(paragraph: Element) -> list[Word]:
    """All words of a paragraph, in order."""
    found = list(pieces(paragraph))
    text = "".join(piece.text for piece in found)
    return [_word(found, match) for match in _TOKEN.finditer(text)]


def _word(found: Sequence[Piece], match: re.Match[str]) -> Word:
    if match["sign"]:
        return Word(0, sign=match["sign"])
    size = _width(found, *match.span("word"))
    gap = _width(found, *match.span("gap"))
    return Word(size, gap, any(map(str.isdecimal, match["word"])))


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
