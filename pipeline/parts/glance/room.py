"""How high what stands on the leaf gets, in rows of a table: by that it is chosen what has room.

A leaf has two pages, and a table's row of one line is what all is counted in. The first page has 46 of them below its
title, the second 54; a heading with the head of its table takes three. How many characters a line holds is measured in
the design's columns at its smallest size.
"""

from __future__ import annotations

from math import ceil
from typing import Final

FIRST_PAGE: Final = 46
SECOND_PAGE: Final = 54
HEAD: Final = 3


def rows_of(lines: float) -> float:
    """The height of a row of so many lines, in rows of one line: space above and below it is there but once."""
    return (11 * max(ceil(lines), 1) + 3.2) / 14.2
