"""Drawn text in the order in which it is read in, the ends of its words written into the page out.

Layout drops the space at the end of a line and puts a hyphen there where it divides a word; between boxes there never
was a space. What is seen is right, but whoever hears the text, copies it or searches in it finds "Ziel 1.1Wege" and
"Anfüh-rung". Here a space is drawn after the last glyph, where it shows nothing. Of a word that goes on in the next
line the first line says all of it, "Anführung", and the next one nothing: viewers search line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.pdf.tags.drawn import DrawnTexts, Place, Span, visible

SOFT = "\xad"
# Said where nothing is and text goes on without a space, as in "Anfüh-**rung**, die": PDFium takes a replacement
# without letters for none and reads the glyphs.
SILENT = "\u200b"
HYPHEN = "-"
_REACHES = (
    40,
    20,
    10,
)  # how many characters before a break are looked up in the source, fewer where more are not there
_REACH = _REACHES[0]
_GAP = 0.15  # of the font's size: what parts boxes within a line is wider than what kerning does
_LAST_WORD, _FIRST_WORD = re.compile(r"\S+$"), re.compile(r"\S+")


@dataclass
class _Piece:
    """The last text that an element has: where it is drawn, in which lines, and how it ends.

    `line` is the outermost, `inner` the innermost: they differ in a block that stands in a line.

    `word` is where the first part of a word is drawn of which this text is a further part and no more, and the span
    there that says the word; `rest` is then the span of this text.
    """

    place: Place
    line: Any
    inner: Any
    box: Any
    tail: str
    blank_follows: bool = False
    word: tuple[Place, Span] | None = None
    rest: Span | None = None


class WordEnds:
    """Keeps the last text of every element, and looks at the end of its word when the next text comes."""

    def __init__(self, streams: Sequence[Any], fonts: Iterable[Any]) -> None:
        self._drawn = DrawnTexts(streams, fonts)
        self._last: dict[int, _Piece] = {}
        self._sources: dict[int, str] = {}

    def blank(self, element: int) -> None:
        """White space of its own came, of which nothing is drawn."""
        if element in self._last:
            self._last[element].blank_follows = True

    def text(self, element: int, box: Any, lines: tuple[Any, Any], place: Place, *, apart: bool) -> None:
        """Text came. `lines`: its outermost and its innermost line; `apart`: a word for itself."""
        before, piece = self._last.get(element), _Piece(place, *lines, box, _plain(box.text))
        if before:
            end = " " if apart else self._end(before, piece)
            if end == " ":
                # PDFium takes a hyphen at a line's end for layout's: "Industrie-" before "und" ends with one.
                hangs = not apart and before.tail.endswith(HYPHEN) and _below(before, piece)
                if not (hangs and self._join(before, piece, between=" ")):
                    self._end_word(before)
            elif not _beside(before, piece):
                self._join(before, piece, end)
            known = before.tail.removesuffix(HYPHEN) if end == HYPHEN else f"{before.tail}{end}"
            piece.tail = f"{known}{piece.tail}"[-_REACH:]
        self._last[element] = piece

    def close(self) -> None:
        """No more text comes."""
        for piece in self._last.values():
            if piece.rest is not None:
                self._end_word(piece)

    def _end_word(self, piece: _Piece) -> None:
        """Has a space behind a text, said by what says nothing else if there is such."""
        if piece.rest is not None:
            self._drawn.say_anew(piece.place, piece.rest, " ")
        else:
            self._drawn.add_space(piece.place)

    def _end(self, before: _Piece, piece: _Piece) -> str:
        """What ends the text before: a space, a hyphen that layout has put, or nothing."""
        box, line = piece.box, piece.inner
        if before.tail.endswith(" ") or box.text[:1].isspace():
            return ""
        if before.blank_follows:
            return " "
        # Within a line boxes touch where a word goes on in another format (**Wirt**schaft), and have a gap between them
        # where there is a word's end.
        if _beside(before, piece):
            gap = box.position_x - before.box.position_x - before.box.width
            return " " if gap > _GAP * box.style["font_size"] else ""
        if line is None or before.inner is None or line.element is not before.inner.element:
            return " "  # boxes one below or beside the other
        # At the end of a line layout drops a space, and adds a hyphen where it divides a word; what the author wrote
        # decides. For "Anfüh-" before "rung" the source has "Anführung", so the hyphen is layout's. For "Bund-" before
        # "Länder" it has "Bund-Länder", and the hyphen stays.
        # A note's call stands in the line and not in the source: behind "laut Bericht ³ An-" only "An-" is looked up.
        source, head = self._source(line.element), _plain(box.text)[:_REACH].removesuffix(HYPHEN)
        for tail in dict.fromkeys(before.tail[-reach:] for reach in _REACHES):
            if f"{tail} {head}" in source:
                return " "
            if f"{tail}{head}" in source:
                return ""
            if tail.endswith(HYPHEN) and f"{tail[:-1]}{head}" in source:
                return HYPHEN
        return " "

    def _source(self, element: Any) -> str:
        if id(element) not in self._sources:
            self._sources[id(element)] = _plain(_text(element))
        return self._sources[id(element)]

    def _join(self, before: _Piece, piece: _Piece, hyphen: str = "", between: str = "") -> bool:
        """Has the line before say the word that goes on in this one, and this one say the rest.

        `hyphen` is what layout has put behind the first part, or ''. Of "Anfüh-" and "rung, die" the one says
        "Anführung," and the other " die"; a word in three lines is said by the first. With a space `between` them two
        words are said. False where glyphs and letters do not go together.
        """
        text = visible(piece.box.text)
        first, second = _LAST_WORD.search(visible(before.box.text)), _FIRST_WORD.match(text)
        if first is None or second is None:
            return False
        behind = text[second.end() : second.end() + 1]
        head, can_part = second[0] + behind, self._drawn.can_part
        if not (can_part(before.place, first[0], at_end=True) and can_part(piece.place, head, at_end=False)):
            if hyphen and can_part(before.place, hyphen, at_end=True):
                self._drawn.say(before.place, hyphen, SOFT, at_end=True)
            return False
        if before.word is None:
            said = first[0].removesuffix(hyphen) + between + second[0]
            word = before.place, self._drawn.say(before.place, first[0], said, at_end=True)
        else:
            word = before.word
            self._drawn.say_anew(*word, word[1].said.removesuffix(hyphen) + between + second[0])
        rest = self._drawn.say(piece.place, head, behind or SILENT, at_end=False)
        if not behind:
            piece.word, piece.rest = word, rest
        return True


def _beside(before: _Piece, piece: _Piece) -> bool:
    """Whether a text stands in the line of the one before, and not below it in a block in that line."""
    if piece.line is None or piece.line is not before.line:
        return False
    lower = abs(piece.box.position_y - before.box.position_y)
    return piece.inner is before.inner or lower < piece.box.style["font_size"] / 2


def _below(before: _Piece, piece: _Piece) -> bool:
    """Whether a text stands in the next line of the same running text."""
    if piece.inner is None or before.inner is None or _beside(before, piece):
        return False
    return piece.inner.element is before.inner.element


def _plain(text: str) -> str:
    """For comparisons: spaces of one kind that come alone, nothing invisible, no case, since styles may change it."""
    return re.sub(r"\s+", " ", visible(text)).casefold()


def _text(element: Any) -> str:
    """The text of a source element, a line break in it as a space."""
    if element.tag == "br":
        return " "
    pieces = [element.text or ""]
    for child in element:
        pieces += [_text(child), child.tail or ""]
    return "".join(pieces)
