"""A stretch of a file and what should stand there in, the whole line as it should be out, for hints that show it."""

from __future__ import annotations

import re

from pipeline.content.yaml_nodes import Scalar
from pipeline.diagnostics import CORRECTED

LONGEST = 160  # characters of a line that a hint shows whole
CELLS = re.compile(r"\S\t+\S")
FROM_TABLE = "Die Zeile kommt wohl aus einer Tabelle: Zwischen ihren Wörtern stehen Tabulatoren."
AS_ENTRY = "Daraus einen Eintrag mit Schlüsseln machen, wie es der Eintrag davor ist; ohne Tabulatoren."
_LINE_END = re.compile("[\\r\\n]|$")


def quoted(value: str) -> str:
    """A text of one line in quotes, the kind of which it does not hold itself if that can be."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def row_with(text: str, start: int, end: int, new: str) -> str:
    """The line with other words in place of a stretch of it, without its indentation; '' if it is too long to show."""
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    row = (text[begin:start] + new + text[end : stop if stop >= 0 else len(text)]).strip()
    return row if len(row) <= LONGEST and "\n" not in row and "\r" not in row else ""


def shown(sentence: str, row: str) -> str:
    """A hint that ends with the line as it should be, if there is one to show."""
    return f"{sentence} {CORRECTED}{row}" if row else sentence


def whole_row(text: str, scalar: Scalar) -> str:
    """The line of a text that a `#` cuts short, with all of it in quotes; '' if it is too long to show."""
    end = _LINE_END.search(text, scalar.end)
    stop = end.start() if end else len(text)
    return row_with(text, scalar.start, stop, quoted(text[scalar.start : stop].rstrip()))
