"""Text of unknown origin and a stream in, text that shows as it is out: nothing hidden, turned round or executed."""

from __future__ import annotations

import os
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TextIO

TAB = "→   "  # as wide as this wherever it stands, so that what is below can be aligned
NARROWEST = 40  # columns, room for some four German words; on less, lines are left to break as they like
INDENT = " " * 4


@dataclass(frozen=True)
class Look:
    """How a stream shows text: its width in columns, None where lines have no end; whether it knows colours."""

    columns: int | None = None
    colour: bool = False

    def paint(self, text: str, style: str) -> str:
        """The text in a style of ECMA-48 such as `1;31`, bold red; as it is where there are no colours."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text

    def filled(self, text: str, indent: str = INDENT, first: str = INDENT) -> str:
        """The text broken between words at the stream's width; `first` is the first line's indentation."""
        if self.columns is None:
            return first + text
        lines = textwrap.wrap(
            text,
            self.columns - 1,  # in the last column some terminals break once more
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(lines)


def look_of(stream: TextIO | None) -> Look:
    """Colours and a width on a terminal only; no colours if NO_COLOR forbids them or the terminal knows none."""
    if stream is None or stream.closed or not stream.isatty():
        return Look()
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") in ("dumb", "unknown")
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):  # a terminal by name only: it has no number or no size
        columns = 0
    return Look(columns if columns >= NARROWEST else None, not plain)


def width(text: str) -> int:
    """The columns that printable text takes: none for marks that join the letter before, two for wide letters."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    """Marks that join the letter before (Unicode's Mn, Me) take no column, letters wide by Unicode's Annex 11 two."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
