"""Letters of the plan's fonts in, their widths and heights in points out, as Word and LibreOffice set them.

They are read from the files' own metrics, so an estimate is the same on every machine. Kerning is left out: a line
comes out a hair wider than it is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from pipeline.design import STYLES
from pipeline.word.tokens import tokens

_SUBSTITUTE: Final = "n"  # measured in place of a letter that the font does not have
_OTHER_FAMILY: Final = 0.55, 1.2  # ems: a letter and a line of a family that is not the plan's, such as for code


@dataclass(frozen=True)
class Letters:
    """What letters look like: the family as Word names it, the size in points, and what an author made of them."""

    family: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class _Face:
    """A font file: the width of each letter, and the height of a line, in ems."""

    advances: Mapping[int, float]
    line: float


@lru_cache(maxsize=1 << 16)  # words come again and again; more would only fill the memory
def width(text: str, letters: Letters) -> float:
    """The width of a text in one line, in points."""
    face = _face_of(letters.family, letters.bold, letters.italic)
    if face is None:
        return len(text) * _OTHER_FAMILY[0] * letters.size
    other = face.advances[ord(_SUBSTITUTE)]
    return sum(face.advances.get(ord(letter), other) for letter in text) * letters.size


def line_height(letters: Letters) -> float:
    """How high a line is by itself, in points: a leading that is a least one may be less."""
    face = _face_of(letters.family, letters.bold, letters.italic)
    return letters.size * (_OTHER_FAMILY[1] if face is None else face.line)


@cache
def _face_of(family: str, bold: bool, italic: bool) -> _Face | None:
    """The file for a look; a family without that look is slanted or thickened from the regular one."""
    fonts = {font.family: font for font in (*tokens().fonts, *tokens().others)}
    if family not in fonts:
        return None
    files = {face.slot: face.file for face in fonts[family].faces}
    wanted = ("Bold" * bold + "Italic" * italic) or "Regular"
    return _read(files.get(wanted) or files.get("Bold" if bold else "Regular") or files["Regular"])


@cache
def _read(file: str) -> _Face:
    with TTFont(STYLES / file, lazy=True) as font:
        em, head, metrics = font["head"].unitsPerEm, font["hhea"], font["hmtx"].metrics
        advances = {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}
        return _Face(advances, (head.ascent - head.descent + head.lineGap) / em)
