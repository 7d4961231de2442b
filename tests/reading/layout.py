"""A PDF file in, its words with their boxes and its text sizes out: what a reader sees, measured."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from lxml import etree

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Word:
    """A word's box in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Word) -> float:
        """How much of the smaller box the two share, 0 … 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0) / max(min(self.area, other.area), 1e-9)

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True)
class LaidOut:
    """A page's size in points and its words in the file's order."""

    width: float
    height: float
    words: tuple[Word, ...]


def laid_out(file: Path) -> list[LaidOut]:
    """Every page as poppler finds it."""
    printed = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True).stdout
    tree = etree.fromstring(printed, etree.XMLParser(recover=True, huge_tree=True))
    pages = []
    for page in tree.iter("{*}page"):
        width, height = _numbers(page, "width", "height")
        pages.append(LaidOut(width, height, tuple(_words(page))))
    return pages


def _words(page: etree._Element) -> Iterator[Word]:
    for word in page.iter("{*}word"):
        yield Word(word.text or "", *_numbers(word, "xMin", "yMin", "xMax", "yMax"))


def _numbers(element: etree._Element, *names: str) -> Iterator[float]:
    return (float(str(element.get(name))) for name in names)


def text_sizes(page: pikepdf.Page) -> Iterator[float]:
    """The size in points of every stretch of text on a page, as it is printed."""
    stack: list[Matrix] = []
    current, text, size = IDENTITY, IDENTITY, 0.0
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        match str(instruction.operator):
            case "q":
                stack.append(current)
            case "Q":
                current = stack.pop()
            case "cm":
                current = _times(_matrix(operands), current)
            case "Tf":
                size = float(operands[1])
            case "Tm":
                text = _matrix(operands)
            case "Tj" | "TJ":
                _, _, c, d, _, _ = _times(text, current)
                yield size * math.hypot(c, d)


def _matrix(operands: list[pikepdf.Object]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, l, m, n, o, p = second  # noqa: E741
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p
