"""What may be meant as Markdown and is none: the kinds, what is told of each, and the lines that are searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipeline.text.symbol_fonts import BULLETS


class Slip(StrEnum):
    """What was meant. Of the first ones something is lost or run together; the others print their signs."""

    FRONT_MATTER = "front_matter"
    TABLE_WITHOUT_LINE = "table_without_line"
    CELL_TOO_MANY = "cell_too_many"
    PASTED_CELLS = "pasted_cells"
    PASTED_ROW = "pasted_row"
    TEXT_BELOW_TABLE = "text_below_table"
    PICTURE_NAME = "picture_name"
    STAR_IN_WORD = "star_in_word"
    PICTURE_IN_LINE = "picture_in_line"
    HEADING = "heading"
    LINE_BELOW_TEXT = "line_below_text"
    LIST_SIGN = "list_sign"
    LABELS = "labels"
    INDENTED = "indented"
    GREATER = "greater"
    HTML = "html"
    TASK = "task"
    STARS_APART = "stars_apart"
    NOT_CLOSED = "not_closed"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    HIGHLIGHT = "highlight"
    FORMULA = "formula"
    CALLOUT = "callout"
    EMOJI = "emoji"
    LINK_APART = "link_apart"
    LINK_SWAPPED = "link_swapped"
    REFERENCE = "reference"
    FOOTNOTE = "footnote"
    ADDRESS = "address"


LOSING: Final = frozenset(
    {
        Slip.FRONT_MATTER,
        Slip.TABLE_WITHOUT_LINE,
        Slip.CELL_TOO_MANY,
        Slip.PASTED_CELLS,
        Slip.PASTED_ROW,
        Slip.TEXT_BELOW_TABLE,
        Slip.PICTURE_NAME,
        Slip.STAR_IN_WORD,
    }
)


@dataclass(frozen=True)
class Almost:
    """`line` counts from 1; `found` is what stands there, `better` the line, or lines, to write in its place.

    `better` stands in place of all lines from `line` up to `last`, which is 0 where it is that line alone; it is ''
    where they have to go. `row` is the line as it stands.
    """

    kind: Slip
    line: int
    found: str
    better: str
    last: int = 0
    row: str = ""


@dataclass(frozen=True)
class Lines:
    """A text's lines as they stand in `rows`; in `bare`, as long, without what is code, escaped, or an address."""

    rows: tuple[str, ...]
    bare: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> str:
        """A line, '' before the first and behind the last."""
        return self.rows[index] if 0 <= index < len(self.rows) else ""

    def paragraphs(self) -> Iterator[range]:
        """The stretches of lines between empty ones."""
        start = 0
        for index, row in enumerate((*self.rows, "")):
            if not row.strip():
                if index > start:
                    yield range(start, index)
                start = index + 1


Search = Callable[[Lines], Iterator[Almost]]
"""What every module here offers: the lines of a text in, what is found of its kinds out."""

# Each begins only where the one before cannot go on, and none reads on beyond the next beginning: a line of nothing but
# backticks, or brackets, would else be gone through anew from each of them.
CODE: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_ESCAPED: Final = re.compile(r"\\[!-/:-@\[-`{-~]")
_ADDRESSED: Final = re.compile(r"\]\([^()\s]*(?:\s+\"[^\"]*\")?\)|<(?:https?:|mailto:)[^<>\s]*>|\[\^[^\[\]\s]+\]")
_ADDRESS_OF: Final = re.compile(r"(?<=\]:)\s*<?(?:https?:|mailto:|#)[^\s]*\s*$")  # `[amt]: https://example.org`
ITEM: Final = re.compile(rf"\s*(?:[-*+{BULLETS}]|\d{{1,9}}[.)])\s")


def lines_of(text: str) -> Lines:
    """The lines of a text, whichever sign ends them."""
    rows = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return Lines(rows, tuple(_bare(row) for row in rows))


def hidden(pattern: re.Pattern[str], row: str) -> str:
    """A line of the same length with nothing to find in what a pattern matches."""
    return pattern.sub(lambda match: "\x00" * len(match[0]), row)


def _bare(row: str) -> str:
    for pattern in (CODE, _ESCAPED, _ADDRESSED, _ADDRESS_OF):
        row = hidden(pattern, row)
    return row
