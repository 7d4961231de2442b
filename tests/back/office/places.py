"""Places in a text of LibreOffice: how they are found, and how words in them are changed.

Runs in LibreOffice's own Python, so it imports nothing of this project; a paragraph is a range over its text.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Any

TABLE = "com.sun.star.text.TextTable"
HEAD_OF_SHEET = "Heading 3"
COLUMNS = string.ascii_uppercase + string.ascii_lowercase


def plain(words: str) -> str:
    """A text with plain spaces and hyphens; one character stays one."""
    return words.replace("\u00a0", " ").replace("\u2011", "-")


def known(words: str) -> str:
    """A line as the table of edits names it, which does not see tabs."""
    return plain(words).replace("\t", "")


def pattern(words: str) -> str:
    """A search that finds the words with any spaces and hyphens."""
    found = re.sub(r"([\\.^$|?*+()\[\]{}])", r"\\\1", words)
    return found.replace(" ", "[ \u00a0]").replace("-", "[-\u2011]")


def items_of(text: Any) -> Iterator[Any]:
    """What a text, a cell or a paragraph holds, in its order."""
    found = text.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def position(name: str) -> tuple[int, int]:
    """Row and column of a cell, from 0, by its name: `B3` is row 2, column 1."""
    letters = name.rstrip(string.digits)
    column = 0
    for letter in letters:
        column = column * len(COLUMNS) + COLUMNS.index(letter) + 1
    return int(name[len(letters) :]) - 1, column - 1


def heads(item: Any, heading: str) -> bool:
    """Whether it is the heading of a sheet that begins so."""
    return style_of(item) == HEAD_OF_SHEET and plain(item.getString()).startswith(heading)


def style_of(item: Any) -> str:
    """The style of a paragraph, '' of a table."""
    return "" if item.supportsService(TABLE) else str(item.ParaStyleName)


def whole_paragraph(place: Any) -> Any:
    """The paragraph around a place."""
    cursor = place.getText().createTextCursorByRange(place.getStart())
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    return cursor


def whole(text: Any) -> Any:
    """All of a text, or of a cell."""
    cursor = text.createTextCursor()
    cursor.gotoStart(False)
    cursor.gotoEnd(True)
    return cursor


def behind(paragraph: Any) -> Any:
    """The start of the next paragraph."""
    cursor = paragraph.getText().createTextCursorByRange(paragraph.getEnd())
    cursor.goRight(1, False)
    return cursor


def lies_in(found: Any, paragraph: Any) -> bool:
    """Whether a place lies in a paragraph."""
    text = paragraph.getText()
    try:
        return bool(text.compareRegionStarts(found, paragraph) <= 0 and text.compareRegionEnds(found, paragraph) >= 0)
    except Exception:  # noqa: BLE001  (UNO: the place lies in another text)
        return False


def retype(place: Any, new: str) -> None:
    """Other words in a place, behind the old and so in their form; what stays the same at both ends is not touched."""
    old, text = plain(place.getString()), place.getText()
    first = next((index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - first
    last = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    start, length = place.getStart(), len(old) - first - last
    text.insertString(_characters(start, first + length).getEnd(), new[first : len(new) - last], False)
    if length:
        going = _characters(start, first)
        going.collapseToEnd()
        going.goRight(length, True)
        going.setString("")


def _characters(start: Any, count: int) -> Any:
    cursor = start.getText().createTextCursorByRange(start)
    cursor.goRight(count, True)
    return cursor
