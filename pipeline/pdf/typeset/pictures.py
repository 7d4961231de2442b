"""A picture's bytes in, the same picture as a PDF of this kind can hold it out, no finer than it is printed.

PDF/A-2 wants every colour in one of the spaces that the file's own profile describes, which is RGB (ISO 19005-2,
6.2.4.3); and WeasyPrint passes on the data of a picture with eight bits a channel, whatever it has.
"""

from __future__ import annotations

import math
from typing import Final

from pipeline.pdf.tokens import tokens
from pipeline.pictures.facts import facts
from pipeline.pictures.metadata import is_photo
from pipeline.pictures.room import Room
from pipeline.pictures.shown import as_shown

DOTS: Final = 300  # an inch: more no printer shows
_PIXELS: Final = 96  # an inch, as CSS has them: so large is a picture by itself
_MM: Final = 25.4  # an inch


def as_printed(data: bytes) -> bytes:
    """The bytes of a picture that stands in a column of text; those of drawings are as they were.

    Raises what Pillow raises for a damaged picture, ValueError, IndexError or struct.error.
    """
    width, height = tokens().grid["main"], tokens().mm["figure"]["height"]
    return _within(data, Room(width / _MM, height / _MM, DOTS))


def as_drawn(data: bytes) -> bytes:
    """The bytes of a picture inside a drawing, which says itself how large it is."""
    return _within(data, Room(math.inf, math.inf, DOTS))


def _within(data: bytes, room: Room) -> bytes:
    if not is_photo(data):
        return data
    found = facts(data)
    return as_shown(data, room, (found.width / _PIXELS, found.height / _PIXELS))
