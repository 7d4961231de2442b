"""Drawn text in the order in which it is read in, the ends of its words written into the page out.

Layout drops the space at the end of a line and puts a hyphen there where it divides a word; between boxes there never
was a space. What is seen is right, but whoever hears the text, copies it or searches in it finds "Ziel 1.1Wege" and
"Anfüh-rung". Here a space is drawn after the last glyph, where it shows nothing, and a hyphen that layout has put is
said to be soft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

SOFT = b"/Span <</ActualText <FEFF00AD>>> BDC"
HYPHEN = "-"
_REACH = 40  # how many characters before a break are looked up in the source
_GAP = 0.15  # of the font's size: what parts boxes within a line is wider than what kerning does
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u2060"))
_LAST_GLYPH = re.compile(rb"\[(.*)([0-9a-f]{4})>(-?[\d.]*)\] TJ", re.DOTALL)


@dataclass
class _Piece:
    """The last text that an element has: where it is drawn, in which line, the outermost and innermost, how it ends."""

    content: int
    page: int
    lines: tuple[Any, Any]
    box: Any
    tail: str
    blank_follows: bool = False


class WordEnds:
    """Keeps the last text of every element, and looks at the end of its word when the next text comes."""

    def __init__(self, streams: Sequence[Any], fonts: Iterable[Any]) -> None:
        self._streams = streams
        self._places: list[dict[int, int] | None] = [None] * len(streams)
        self._last: dict[int, _Piece] = {}
        self._sources: dict[int, str] = {}
        self._spaces = {
            str(font.hash): glyph
            for font in fonts
            for glyph, text in sorted(font.to_unicode.items())
            if text in (" ", "\xa0")
        }

    def blank(self, element: int) -> None:
        """White space of its own came, of which nothing is drawn."""
        if element in self._last:
            self._last[element].blank_follows = True

    def text(self, element: int, box: Any, lines: tuple[Any, Any], place: tuple[int, int], *, apart: bool) -> None:
        """Text came. `lines`: its outermost and its innermost line, which differ inside a box that stands in a line;
        `place`: page and marked content; `apart`: a word for itself.
        """
        before, tail = self._last.get(element), _plain(box.text)
        if before:
            end = " " if apart else self._end(before, box, lines)
            if end == HYPHEN:
                self._soften(before)
            elif end:
                self._draw_space(before)
            known = before.tail.removesuffix(HYPHEN) if end == HYPHEN else f"{before.tail}{end}"
            tail = f"{known}{tail}"[-_REACH:]
        self._last[element] = _Piece(place[1], place[0], lines, box, tail)

    def _end(self, before: _Piece, box: Any, lines: tuple[Any, Any]) -> str:
        """What ends the text before: a space, a hyphen that layout has put, or nothing."""
        if before.tail.endswith(" ") or box.text[:1].isspace():
            return ""
        if before.blank_follows:
            return " "
        # Within a line boxes touch where a word goes on in another format (**Wirt**schaft), and have a gap between them
        # where there is a word's end.
        (line, inner), (last_line, last_inner) = lines, before.lines
        goes_on = inner is not last_inner and None not in (inner, last_inner) and inner.element is last_inner.element
        if goes_on:  # lines of one box, which may itself stand in a line
            line, last_line = inner, last_inner
        elif line is not None and line is last_line:
            gap = box.position_x - before.box.position_x - before.box.width
            return " " if gap > _GAP * box.style["font_size"] else ""
        if line is None or last_line is None or line.element is not last_line.element:
            return " "  # boxes one below or beside the other
        # At the end of a line layout drops a space, and adds a hyphen where it divides a word; what the author wrote
        # decides. For "Anfüh-" before "rung" the source has "Anführung", so the hyphen is layout's. For "Bund-" before
        # "Länder" it has "Bund-Länder", and the hyphen stays.
        source, head = self._source(line.element), _plain(box.text)[:_REACH].removesuffix(HYPHEN)
        if f"{before.tail} {head}" in source:
            return " "
        if f"{before.tail}{head}" in source:
            return ""
        if before.tail.endswith(HYPHEN) and f"{before.tail[:-1]}{head}" in source:
            return HYPHEN
        return " "

    def _source(self, element: Any) -> str:
        if id(element) not in self._sources:
            self._sources[id(element)] = _plain(_text(element))
        return self._sources[id(element)]

    # --- the page -----------------------------------------------------------------------------------------------

    def _shown(self, piece: _Piece) -> tuple[list[Any], int, list[bytes]] | None:
        """The stream that draws a text, the index of its last operator that shows glyphs, its font and size."""
        stream = self._streams[piece.page].stream
        places = self._places[piece.page]
        if places is None:
            places = self._places[piece.page] = _marked(stream)
        start = places.get(piece.content)
        if start is None:
            return None
        end = stream.index(b"EMC", start)
        shown = [index for index in range(start, end) if _is_operator(stream[index], b" TJ")]
        fonts = [item for item in stream[start:end] if _is_operator(item, b" Tf")]
        return (stream, shown[-1], fonts[-1].split()) if shown and fonts else None

    def _draw_space(self, piece: _Piece) -> None:
        found = self._shown(piece)
        if found is None or not self._spaces:
            return
        stream, index, (font, size, _) = found
        name = font[1:].decode()
        name = name if name in self._spaces else next(iter(self._spaces))
        stream[index] += b"\n/%s %s Tf [<%04x>] TJ" % (name.encode(), size, self._spaces[name])

    def _soften(self, piece: _Piece) -> None:
        found = self._shown(piece)
        last = _LAST_GLYPH.fullmatch(found[0][found[1]]) if found else None
        if found is None or last is None:
            return
        stream, index, _ = found
        before = last[1].removesuffix(b"<") if last[1].endswith(b"<") else last[1] + b">"
        stream[index] = b"[%s] TJ %s [<%s>%s] TJ EMC" % (before, SOFT, last[2], last[3])


def _is_operator(item: Any, name: bytes) -> bool:
    return isinstance(item, bytes) and item.endswith(name)


def _marked(stream: Sequence[Any]) -> dict[int, int]:
    """The index at which each marked content of a stream begins, by its number."""
    return {
        item["MCID"]: index
        for index, item in enumerate(stream)
        if isinstance(item, pydyf.Dictionary) and "MCID" in item
    }


def _plain(text: str) -> str:
    """For comparisons: one kind of space, nothing invisible, no case, since styles may change it."""
    spaced = re.sub(r"\s+", " ", text.translate(_INVISIBLE))
    return spaced.casefold()


def _text(element: Any) -> str:
    """The text of a source element, a line break in it as a space."""
    if element.tag == "br":
        return " "
    pieces = [element.text or ""]
    for child in element:
        pieces += [_text(child), child.tail or ""]
    return "".join(pieces)
