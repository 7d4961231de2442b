"""The rows of a table in, the widths of its columns in twips out: no word and no amount is cut, where that can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.ooxml.elements import Element, inner, q
from pipeline.word.look.letters import line_height
from pipeline.word.look.stylesheet import twips
from pipeline.word.pages.looks import letters_of
from pipeline.word.pages.words import words_of

_LONGEST: Final = 190.0  # points, some forty letters; what is longer is cut in any column
_LOOSE: Final = 1.0  # points that rounding and kerning may add to a word
_PARAGRAPHS: Final = 3  # as many of the longest pieces a text counts, however long: it must not squeeze all others


def cells(rows: Sequence[Element]) -> Iterator[tuple[Element, int, int]]:
    """Every cell with its first column and how many it spans."""
    for row in rows:
        start = 0
        for cell in row.findall(q("tc")):
            span = inner(cell, "tcPr", "gridSpan")
            count = 1 if span is None else int(span.get(q("val"), "1"))
            yield cell, start, count
            start += count


@dataclass(frozen=True)
class Needs:
    """What the columns of a table need, in points, the space beside their text with it: the least for their longest
    words, for their longest figures, and for all the text of their longest cell in one line.
    """

    words: tuple[float, ...]
    figures: tuple[float, ...]
    texts: tuple[float, ...]

    def and_of(self, others: Needs) -> Needs:
        """What the columns need whose other rows need that."""
        pairs = ((self.words, others.words), (self.figures, others.figures), (self.texts, others.texts))
        return Needs(*(tuple(map(max, *pair)) for pair in pairs))

    def fit(self, whole: int) -> bool:
        """Whether no word has to be divided in a table that is so many twips wide."""
        return twips(sum(self.words)) <= whole


def needs(rows: Sequence[Element], columns: int, beside: float) -> Needs:
    """What the columns need; `beside`: the space at both sides of a cell together, in points."""
    words, figures, texts = ([0.0] * columns for _ in range(3))
    for cell, start, span in cells(rows):
        if span == 1:
            found = _turned(cell) if is_turned(cell) else [_longest(item) for item in cell.findall(q("p"))]
            for most, place in ((words, 0), (figures, 1), (texts, 2)):
                most[start] = max([most[start], *(sizes[place] + beside + _LOOSE for sizes in found if sizes[place])])
    return Needs(tuple(words), tuple(figures), tuple(texts))


def column_widths(needed: Needs, shares: Sequence[float], whole: int, *, by_text: bool) -> list[int]:
    """Columns that are `whole` twips wide together, in the proportion of the shares, or of their text.

    Each column is at least as wide as the longest word in it; what it lacks, the others give that have more. In a
    column of 50 points "Wirtschaftsförderung" needs 95: 45 come from its neighbours. Where all longest words together
    are wider than the table, words give way in proportion and are divided; figures do not.
    """
    least = [twips(size) for size in needed.words]
    if by_text:
        shares = [
            max(word, min(text, _PARAGRAPHS * word)) for word, text in zip(needed.words, needed.texts, strict=True)
        ]
    if sum(least) > whole:
        least = _divided(least, [twips(size) for size in needed.figures], whole)
    return _filled(shares, least, whole)


def is_turned(cell: Element) -> bool:
    """Whether its text runs upwards."""
    return inner(cell, "tcPr", "textDirection") is not None


def _turned(cell: Element) -> list[tuple[float, float, float]]:
    """Of a cell whose text runs upwards the height of its line is its width."""
    return [(line_height(letters_of(item)), 0.0, 0.0) for item in cell.findall(q("p"))]


def _longest(paragraph: Element) -> tuple[float, float, float]:
    """The widest word of a paragraph, the widest that holds a figure, and the width of all of it, in points."""
    words = words_of(paragraph)
    widths = [min(word.width, _LONGEST) for word in words]
    figures = [size for size, word in zip(widths, words, strict=True) if word.figure]
    return max(widths, default=0), max(figures, default=0), sum(word.width + word.gap for word in words)


def _divided(least: Sequence[int], figures: Sequence[int], whole: int) -> list[int]:
    """The least widths where not all fit: those of figures first, what is left in proportion to what is missing.

    Where not even figures fit, of a table with more columns than any page has room for, all are cut alike.
    """
    if sum(figures) > whole:
        return spread(figures, whole)
    missing = [max(all_of_it - own, 0) for all_of_it, own in zip(least, figures, strict=True)]
    left = whole - sum(figures)
    return [own + left * share // max(sum(missing), 1) for own, share in zip(figures, missing, strict=True)]


def _filled(wanted: Sequence[float], least: Sequence[int], whole: int) -> list[int]:
    """Widths in the proportion of what is wanted, none below its least: what that takes comes from the others.

    Of 100 with wanted [1, 1, 2] and least [40, 0, 0] the first gets 40, the others share 60 as [20, 40].
    """
    fixed: dict[int, int] = {}
    while True:
        free = [place for place in range(len(wanted)) if place not in fixed]
        room, shares = whole - sum(fixed.values()), sum(wanted[place] for place in free) or 1
        short = [place for place in free if room * wanted[place] / shares < least[place]]
        if not short or len(short) == len(free):
            break
        fixed |= {place: least[place] for place in short}
    rest = spread([wanted[place] if not short else least[place] or 1 for place in free], room)
    return [fixed[place] if place in fixed else rest[free.index(place)] for place in range(len(wanted))]


def spread(weights: Sequence[float], width: int) -> list[int]:
    """Whole twips in the proportion of the weights that sum up to the width exactly.

    The edges are rounded, not the widths: 100 over [1, 1, 1] is [33, 34, 33], where rounding each gives 99.
    """
    whole, passed, edges = sum(weights), 0.0, [0]
    for weight in weights:
        passed += weight
        edges.append(round(width * passed / whole))
    return [right - left for left, right in pairwise(edges)]
