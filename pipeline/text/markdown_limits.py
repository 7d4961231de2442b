"""Markdown, as a text and as its blocks, in; a refusal out where parsing or setting it would take long.

The parser's effort grows with a text's size, but not everywhere evenly: deep quotes are looked at anew on every line
that goes on with them, a quotation mark under all those before it in its paragraph, a bracket with all that follow. And
a short text can become a long one: an address or a note stands in the plan as often as it is named. What nobody writes
by hand is refused before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.budget.limits import (
    ADDRESS,
    BRACKETS,
    CELLS,
    COLUMNS,
    EXPANDED,
    PARAGRAPH,
    QUOTES,
    TEXT_EFFORT,
    TEXT_LEVELS,
    TEXT_LINES,
)

_MARKS = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+")
_MARK = re.compile(r">|[-*+]|\d+[.)]")
_SPLIT = "Den Text auf mehrere Dateien oder Absätze verteilen."
_FLATTEN = "Listen und Zitate flacher aufbauen."
_TABLES = "Die Tabelle teilen."


class RefusedTextError(Exception):
    """A text that is not parsed: the line, counted from 1, a German sentence and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


def limit_size(text: str) -> None:
    """Refuses a text that would keep the parser of blocks busy for long. Raises RefusedTextError."""
    rows = text.split("\n")
    if len(rows) > TEXT_LINES.most:
        raise RefusedTextError(TEXT_LINES.most + 1, f"Der Text hat mehr als {TEXT_LINES.told} Zeilen.", _SPLIT)
    brackets = 0
    for line, row in enumerate(rows, 1):
        if len(row) > PARAGRAPH.most:
            raise RefusedTextError(line, f"Die Zeile ist länger als {PARAGRAPH.told} Zeichen.", _SPLIT)
        # Quotes are continued on any following line, so each level is looked at again for every line of the text.
        marks = _MARKS.match(row)
        if marks and len(_MARK.findall(marks[0])) * len(rows) > TEXT_EFFORT.most:
            raise RefusedTextError(line, "Der Text ist für seine Länge zu tief verschachtelt.", _FLATTEN)
        brackets += row.count("[")
        if brackets > BRACKETS.most:
            message = f"Bis hierher stehen im Text mehr als {BRACKETS.told} eckige Klammern."
            raise RefusedTextError(line, message, _SPLIT)


def limit_paragraphs(paragraphs: Iterable[tuple[str, int]]) -> None:
    """Refuses what of a text's running words would keep the parser busy for long; each paragraph, heading or cell with
    its line. Raises RefusedTextError.
    """
    for content, line in paragraphs:
        if len(content) > PARAGRAPH.most:
            message = f"Der Absatz ist länger als {PARAGRAPH.told} Zeichen."
            raise RefusedTextError(line, message, "Den Text mit Leerzeilen in Absätze teilen.")
        if content.count('"') + content.count("'") > QUOTES.most:
            message = f"Im Absatz stehen mehr als {QUOTES.told} gerade Anführungszeichen."
            raise RefusedTextError(line, message, "Den Text mit Leerzeilen in Absätze teilen.")


def limit_tables(tables: Iterable[tuple[int, int, int]]) -> None:
    """Refuses tables that no page holds; of each its columns, its cells and its line. Raises RefusedTextError."""
    total = 0
    for columns, cells, line in tables:
        total += cells
        if columns > COLUMNS.most:
            raise RefusedTextError(line, f"Die Tabelle hat mehr als {COLUMNS.told} Spalten.", _TABLES)
        if total > CELLS.most:
            message = f"Bis hierher haben die Tabellen des Textes mehr als {CELLS.told} Zellen, leere mitgezählt."
            raise RefusedTextError(line, message, "Die Tabelle kürzen oder auf mehrere Texte verteilen.")


def limit_depth(levels: Iterable[tuple[int, int]]) -> None:
    """Refuses a text by the levels that were met, each with its line. Raises RefusedTextError."""
    for level, line in levels:
        if level > TEXT_LEVELS.most:
            message = f"Der Text ist tiefer als {TEXT_LEVELS.told} Ebenen verschachtelt."
            raise RefusedTextError(line, message, _FLATTEN)


def limit_addresses(addresses: Iterable[tuple[str, int]]) -> None:
    """Refuses addresses that no program opens; each with its line. Raises RefusedTextError."""
    for address, line in addresses:
        if len(address) > ADDRESS.most:
            message = f"Die Adresse ist länger als {ADDRESS.told} Zeichen ({address[:40]}…)."
            raise RefusedTextError(line, message, "Eine kürzere Adresse nennen, die dorthin führt.")


def limit_expansion(sizes: Iterable[tuple[int, int]]) -> None:
    """Refuses a text that becomes long where it names an address or a note again and again.

    `sizes`: of each piece, in order, the characters it becomes, and its line. Raises RefusedTextError.
    """
    total = 0
    for size, line in sizes:
        total += size
        if total > EXPANDED.most:
            message = f"Der Text nennt vieles so oft, dass er bis hierher länger als {EXPANDED.told} Zeichen wird."
            hint = "Dieselbe lange Adresse oder Fußnote seltener verwenden."
            raise RefusedTextError(line, message, hint)
