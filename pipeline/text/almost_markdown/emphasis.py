"""Lines in; signs for bold and italics out that mark nothing, or something that nobody meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from pipeline.text.almost_markdown.slips import ITEM, Almost, Lines, Slip, hidden

_SIGN: Final = re.compile(r"(?<!\*)\*\*(?!\*)")
_STRONG: Final = re.compile(r"(?<!\*)\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?!\*)")
_IN_WORD: Final = re.compile(r"(?<=\w)(?<!_)\*(?=[^\W_])")


def emphasis(lines: Lines) -> Iterator[Almost]:
    """Bold that is not closed, stars that stand apart from their words, stars inside words and numbers."""
    if not any("*" in bare for bare in lines.bare):
        return
    apart = {item.line: item for index in range(len(lines)) if (item := _apart(lines, index))}
    yield from apart.values()
    yield from _not_closed(lines, set(apart))
    yield from _in_words(lines)


def _apart(lines: Lines, index: int) -> Almost | None:
    """`** wichtig **`: the signs of a line taken in pairs, with blanks between one of them and its words.

    Of `2 ** 3 ** 4` nobody means the 3, and `**a** und **b**` has two pairs, so no blank stands inside of one.
    """
    row, signs = lines.rows[index], list(_SIGN.finditer(lines.bare[index]))
    for first, second in zip(signs[::2], signs[1::2], strict=False):
        inside, before, behind = row[first.end() : second.start()], row[: first.start()], row[second.end() :]
        words = inside.strip()
        if words == inside or not words or (not re.search(r"[^\W\d]", words)):
            continue
        if before[-1:].isalnum() or behind[:1].isalnum():
            continue
        repaired = f"{before}**{words}**{behind}"
        return Almost(Slip.STARS_APART, index + 1, row[first.start() : second.end()], repaired)
    return None


def _not_closed(lines: Lines, apart: set[int]) -> Iterator[Almost]:
    """Paragraphs with an odd number of signs for bold; the last of them has no partner."""
    open_at: tuple[int, re.Match[str]] | None = None
    for index, row in enumerate((*lines.rows, "")):
        if not row.strip() or ITEM.match(row) or row.lstrip().startswith(("|", "#", ">")):
            if open_at is not None:
                yield _closed(lines, *open_at)
            open_at = None
        if row and index + 1 not in apart:
            for sign in _STRONG.finditer(lines.bare[index]):
                open_at = None if open_at else (index, sign)
        if row.lstrip().startswith(("|", "#")) and open_at is not None:
            yield _closed(lines, *open_at)
            open_at = None


def _closed(lines: Lines, index: int, sign: re.Match[str]) -> Almost:
    """The line with the second sign: behind its last word, before a full stop or colon, or before its first word."""
    row = lines.rows[index]
    behind = row[sign.end() :].rstrip()
    if behind and not behind[0].isspace():
        end = len(row[: sign.end()]) + len(behind.rstrip(".,;:!?"))
        return Almost(Slip.NOT_CLOSED, index + 1, row[sign.start() :].strip(), row[:end] + sign[0] + row[end:])
    start = len(row) - len(row.lstrip())
    return Almost(Slip.NOT_CLOSED, index + 1, row[: sign.end()].strip(), row[:start] + sign[0] + row[start:])


def _in_words(lines: Lines) -> Iterator[Almost]:
    """Stars inside words and numbers: two in a paragraph would set all between them in italics and go themselves.

    `5*3*2` would be printed as 532, `Bürger*innen und Händler*innen` as „Bürgerinnen und Händlerinnen“. Both stars in
    one word, as in `un*glaub*lich`, are meant.
    """
    for paragraph in lines.paragraphs():
        stars = [(at, star) for at in paragraph for star in _IN_WORD.finditer(hidden(_SIGN, lines.bare[at]))]
        pairs = list(zip(stars[::2], stars[1::2], strict=False))
        wrong = [star for pair in pairs if not _one_word(lines, *pair) for star in pair]
        wrong += stars[len(pairs) * 2 :] if wrong else []  # the third of three is no better, only left over
        for index, group in groupby(wrong, lambda star: star[0]):
            here = [star for _, star in group]
            row = lines.rows[index]
            for star in reversed(here):
                row = f"{row[: star.start()]}{_kept(row, star)}{row[star.end() :]}"
            yield Almost(Slip.STAR_IN_WORD, index + 1, _word(lines.rows[index], here[0]), row)


def _one_word(lines: Lines, one: tuple[int, re.Match[str]], other: tuple[int, re.Match[str]]) -> bool:
    return one[0] == other[0] and lines.rows[one[0]][one[1].end() : other[1].start()].isalpha()


def _kept(row: str, star: re.Match[str]) -> str:
    """Between numbers a sign for times, in a word the star itself."""
    return " × " if row[star.start() - 1].isdigit() and row[star.end()].isdigit() else "\\*"


def _word(row: str, star: re.Match[str]) -> str:
    start = max(row.rfind(" ", 0, star.start()), row.rfind("\t", 0, star.start())) + 1
    return row[start:].split(maxsplit=1)[0]
