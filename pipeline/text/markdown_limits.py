"""Markdown in, a refusal out where parsing it would take long: how deep, how long and how wide a text may be.

The parser's effort grows with a text's size, but not everywhere evenly: deep quotes are looked at anew on every line
that goes on with them, and a line full of brackets at every bracket. What nobody writes by hand is refused before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_LEVELS = 50  # a list in a list counts two; typesetting fails beyond about a hundred
MAX_LINES = 10_000
MAX_LINE = 20_000  # characters
MAX_EFFORT = 100_000  # lines times levels of quotes and lists that begin on one line

_MARKS = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+")
_MARK = re.compile(r">|[-*+]|\d+[.)]")
_SPLIT = "Den Text auf mehrere Dateien oder Absätze verteilen."
_FLATTEN = "Listen und Zitate flacher aufbauen."


class RefusedTextError(Exception):
    """A text that is not parsed: the line, counted from 1, a German sentence and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


def limit_size(text: str) -> None:
    """Refuses a text that would keep the parser busy for long. Raises RefusedTextError."""
    rows = text.split("\n")
    if len(rows) > MAX_LINES:
        raise RefusedTextError(MAX_LINES + 1, f"Der Text hat mehr als {MAX_LINES} Zeilen.", _SPLIT)
    for line, row in enumerate(rows, 1):
        if len(row) > MAX_LINE:
            raise RefusedTextError(line, f"Die Zeile ist länger als {MAX_LINE} Zeichen.", _SPLIT)
        # Quotes are continued on any following line, so each level is looked at again for every line of the text.
        marks = _MARKS.match(row)
        if marks and len(_MARK.findall(marks[0])) * len(rows) > MAX_EFFORT:
            raise RefusedTextError(line, "Der Text ist für seine Länge zu tief verschachtelt.", _FLATTEN)


def limit_depth(levels: Iterable[tuple[int, int]]) -> None:
    """Refuses a text by the levels that were met, each with its line. Raises RefusedTextError."""
    for level, line in levels:
        if level > MAX_LEVELS:
            raise RefusedTextError(line, f"Der Text ist tiefer als {MAX_LEVELS} Ebenen verschachtelt.", _FLATTEN)
