"""The width, the lines and the outlines of a text in a type style, read from the font's own metrics.

The renderer knows neither balanced lines nor the height of what stands outside the flow; both need text measured
before it is laid out. Kerning is left out: a line comes out a hair wider than it prints, never narrower by much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from pipeline.design import STYLES
from pipeline.pdf.tokens import TypeStyle

SLACK = 0.985  # what kerning and rounding may add to a line
SUBSTITUTE = "n"  # measured in place of a character that the font does not have


class _Font:
    """A font file, opened once."""

    def __init__(self, file: str) -> None:
        font = TTFont(STYLES / "fonts" / file, lazy=True)
        self.characters: dict[int, str] = font.getBestCmap()
        self.advances: dict[str, tuple[int, int]] = font["hmtx"].metrics
        self.em: int = font["head"].unitsPerEm
        self._glyphs = font.getGlyphSet()

    def glyph(self, character: str) -> str:
        return self.characters.get(ord(character)) or self.characters[ord(SUBSTITUTE)]

    def advance(self, character: str) -> float:
        """The width of a character in ems."""
        return self.advances[self.glyph(character)][0] / self.em

    def outline(self, character: str) -> str:
        pen = SVGPathPen(self._glyphs)
        self._glyphs[self.glyph(character)].draw(pen)
        return str(pen.getCommands())


@cache
def _font(file: str) -> _Font:
    return _Font(file)


@cache
def width(text: str, style: TypeStyle) -> float:
    """The width in points of a text set in one line."""
    font = _font(style.face)
    return sum(font.advance(character) for character in text) * style.size


def lines(text: str, style: TypeStyle, measure: float) -> int:
    """The number of lines a text takes in a column of `measure` points; a longer word is broken anywhere.

    "Genehmigungsverfahren vereinfachen" takes two lines in a column that holds either word, and three in one that just
    holds the second: the rest of the first shares no line with it.
    """
    count, used, space = 1, 0.0, width(" ", style)
    for word in text.split(" "):
        length = width(word, style)
        if used and used + space + length > measure:
            count, used = count + 1, 0.0
        used += length + (space if used else 0)
        while used > measure:
            count, used = count + 1, used - measure
    return count


def height(texts: Iterable[str], style: TypeStyle, measure: float) -> float:
    """The height in points of paragraphs without space between them."""
    return sum(lines(text, style, measure) for text in texts) * style.leading


def balanced(text: str, style: TypeStyle, measure: float) -> float | None:
    """The least width in points in which a text takes no more lines than in `measure`; None if that is all of it.

    "Flächen verfügbar halten und neue gewinnen" in a column that it overfills by a word would print that word alone in
    a second line; in half the width both lines are about as long. Found by halving, to a point.
    """
    limit = measure * SLACK
    longest = max((width(word, style) for word in text.split(" ")), default=0.0)
    wanted = lines(text, style, limit)
    if wanted == 1 or longest > limit:
        return None
    low, high = max(longest, limit / 3), limit
    while high - low > 1:
        middle = (low + high) / 2
        if lines(text, style, middle) <= wanted:
            high = middle
        else:
            low = middle
    return min(high / SLACK, measure)


@dataclass(frozen=True)
class Outline:
    """A text as SVG paths with its baseline at y = 0, and its width, both in millimetres."""

    paths: str
    width: float


@cache
def outline(text: str, style: TypeStyle, size: float, tracking: float = 0) -> Outline:
    """The outlines of a text; `size` in millimetres, `tracking` in ems added behind each character."""
    font, x, paths = _font(style.face), 0.0, []
    scale = size / font.em
    for character in text:
        commands = font.outline(character)
        if commands:
            place = f"translate({x:.3f} 0) scale({scale:.5f} {-scale:.5f})"
            paths.append(f'<path transform="{place}" d="{commands}"/>')
        x += (font.advance(character) + tracking) * size
    return Outline("".join(paths), x)
