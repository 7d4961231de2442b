"""Page streams and fonts in, the texts that are drawn on them, to be added to or to say something else than they show.

WeasyPrint has drawn the glyphs of a text box in marked content of its own, `[<0014>23<002f>21<001c>0] TJ`; fonts say
what each glyph means. A stretch of them says something else by ActualText (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

Place = tuple[int, int]  # a page of the streams, and the number of the marked content there

_SHOWN = re.compile(rb"\[([^\]]*)\] TJ")
_GLYPHS = re.compile(rb"<([0-9a-f]+)>|<>|-?[0-9.]+")
_DIGITS = 4  # hex digits of a glyph
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u2060"))


def visible(text: str) -> str:
    """What of a text is drawn, with one kind of space."""
    return text.translate(_INVISIBLE).replace("\xa0", " ")


@dataclass
class Span:
    """Glyphs of a text, from the one at `start` to before the one at `end`, that say something else: `said`."""

    start: int
    end: int
    said: str


@dataclass
class _Run:
    """The glyphs of a text in the order drawn, each with the letters that it means and what follows it in the stream.

    `glyphs` are empty where they cannot be parted: in several fonts, or drawn otherwise than as expected.
    """

    stream: list[Any]
    index: int
    font: str
    size: bytes
    glyphs: list[tuple[bytes, str]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    behind: bytes = b""

    def stretch(self, part: str, *, at_end: bool) -> tuple[int, int] | None:
        """Which glyphs mean this first or last part of the text, None where none do so by themselves."""
        order = reversed(self.glyphs) if at_end else iter(self.glyphs)
        found, count = "", 0
        for _, letters in order:
            if len(found) >= len(part):
                break
            found, count = (letters + found if at_end else found + letters), count + 1
        if found != part:
            return None
        return (len(self.glyphs) - count, len(self.glyphs)) if at_end else (0, count)

    def write(self) -> None:
        """Puts the glyphs into the stream, with what some of them say."""
        pieces, done = [], 0
        for span in sorted(self.spans, key=lambda span: span.start):
            pieces += [self._drawn(done, span.start)]
            pieces += [_opening(span.said), self._drawn(span.start, span.end), b"EMC"]
            done = span.end
        pieces += [self._drawn(done, len(self.glyphs)), self.behind]
        self.stream[self.index] = b" ".join(piece for piece in pieces if piece)

    def _drawn(self, start: int, end: int) -> bytes:
        return b"[%s] TJ" % b"".join(glyph for glyph, _ in self.glyphs[start:end]) if start < end else b""


class DrawnTexts:
    """All texts of a document's pages, each read when it is first asked for."""

    def __init__(self, streams: Sequence[Any], fonts: Iterable[Any]) -> None:
        self._streams = streams
        self._marked: list[Mapping[int, int] | None] = [None] * len(streams)
        self._runs: dict[Place, _Run | None] = {}
        # A soft hyphen has the glyph of a plain one, and is drawn only where it is shown as such.
        self._letters = {
            str(font.hash): {glyph: visible(letters.replace("\xad", "-")) for glyph, letters in font.to_unicode.items()}
            for font in fonts
        }
        self._spaces = {
            name: glyph
            for name, letters in self._letters.items()
            for glyph, text in sorted(letters.items())
            if text == " "
        }

    def add_space(self, place: Place) -> None:
        """Draws a space behind a text, where it shows nothing."""
        run = self._run(place)
        if run is None or not self._spaces:
            return
        name = run.font if run.font in self._spaces else next(iter(self._spaces))
        run.behind += b"\n/%s %s Tf [<%04x>] TJ" % (name.encode(), run.size, self._spaces[name])
        self._write(run)

    def can_part(self, place: Place, part: str, *, at_end: bool) -> bool:
        """Whether the first or last part of a text is drawn in glyphs of its own."""
        run = self._run(place)
        return run is not None and run.stretch(part, at_end=at_end) is not None

    def say(self, place: Place, part: str, said: str, *, at_end: bool) -> Span:
        """Has that part, which can be parted, say something else."""
        run = self._run(place)
        assert run is not None
        stretch = run.stretch(part, at_end=at_end)
        assert stretch is not None
        span = Span(*stretch, said)
        run.spans.append(span)
        run.write()
        return span

    def say_anew(self, place: Place, span: Span, said: str) -> None:
        """Changes what a part says."""
        run = self._run(place)
        assert run is not None
        span.said = said
        run.write()

    def _write(self, run: _Run) -> None:
        if run.glyphs:
            run.write()
        else:
            run.stream[run.index] += run.behind
            run.behind = b""

    def _run(self, place: Place) -> _Run | None:
        if place not in self._runs:
            self._runs[place] = self._read(*place)
        return self._runs[place]

    def _read(self, page: int, content: int) -> _Run | None:
        """The text that stands in a marked content, None where nothing of the kind does."""
        stream = self._streams[page].stream
        marked = self._marked[page]
        if marked is None:
            marked = self._marked[page] = _by_number(stream)
        start = marked.get(content)
        if start is None:
            return None
        end = stream.index(b"EMC", start)
        shown = [index for index in range(start, end) if _is_operator(stream[index], b" TJ")]
        fonts = [item for item in stream[start:end] if _is_operator(item, b" Tf")]
        if not (shown and fonts):
            return None
        name, size, _ = fonts[-1].split()
        run = _Run(stream, shown[-1], name[1:].decode(), size)
        if len(shown) == 1 and len(fonts) == 1:
            run.glyphs = list(_glyphs(stream[shown[0]], self._letters.get(run.font, {})))
        return run


def _glyphs(operator: bytes, letters: Mapping[int, str]) -> Iterator[tuple[bytes, str]]:
    """Each glyph that an operator draws, as it is written with the kerning behind it, and its letters.

    Nothing where it is not written as expected.
    """
    found = _SHOWN.fullmatch(operator)
    if found is None or _GLYPHS.sub(b"", found[1]):
        return
    glyph, meant = b"", ""
    for piece in _GLYPHS.finditer(found[1]):
        if piece[1] is None:  # kerning, or a character without a glyph
            glyph += piece[0]
            continue
        for start in range(0, len(piece[1]), _DIGITS):
            if glyph:
                yield glyph, meant
            digits = piece[1][start : start + _DIGITS]
            glyph, meant = b"<%s>" % digits, letters.get(int(digits, 16), "")
    if glyph:
        yield glyph, meant


def _opening(said: str) -> bytes:
    return b"/Span <</ActualText <FEFF%s>>> BDC" % said.encode("utf-16-be").hex().upper().encode()


def _is_operator(item: Any, name: bytes) -> bool:
    return isinstance(item, bytes) and item.endswith(name)


def _by_number(stream: Sequence[Any]) -> dict[int, int]:
    """The index at which each marked content of a stream begins, by its number."""
    return {
        item["MCID"]: index
        for index, item in enumerate(stream)
        if isinstance(item, pydyf.Dictionary) and "MCID" in item
    }
