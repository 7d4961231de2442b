"""Lines in; pictures out that stand in a line with text, or whose name holds a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.text.almost_markdown.blocks import HEADING
from pipeline.text.almost_markdown.slips import CODE, ITEM, Almost, Lines, Slip, hidden

_PICTURE: Final = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_NAME: Final = re.compile(
    r"(!\[[^\[\]]*\]\()\s*([^\s()<>\"]+\s[^()<>\"]{0,300}?\.(?:png|jpe?g|webp|svg))(\s+\"[^\"]*\")?\s*\)", re.IGNORECASE
)


def pictures(lines: Lines) -> Iterator[Almost]:
    """Of each line the first picture that is none, or that will be as small as a letter."""
    for index, row in enumerate(lines.rows):
        if named := _NAME.search(row):
            better = f"{row[: named.start()]}{named[1]}<{named[2].strip()}>{named[3] or ''}){row[named.end() :]}"
            yield Almost(Slip.PICTURE_NAME, index + 1, named[2].strip(), better)
        elif (picture := _PICTURE.search(hidden(CODE, row))) and "|" not in row:
            yield from _in_line(lines, index, picture)


def _in_line(lines: Lines, index: int, picture: re.Match[str]) -> Iterator[Almost]:
    row = lines.rows[index]
    before, behind = row[: picture.start()].strip(" \t>"), row[picture.end() :].strip()
    if ITEM.match(f"{before} "):
        before = ""
    neighbours = (lines.row(index - 1), lines.row(index + 1))
    beside = any(other.strip(" \t>") and not (ITEM.match(other) or _PICTURE.search(other)) for other in neighbours)
    if before or behind or (beside and not HEADING.match(row)):
        better = "\n\n".join((before, picture[0], behind)).strip(" ")
        yield Almost(Slip.PICTURE_IN_LINE, index + 1, picture[0], better)
