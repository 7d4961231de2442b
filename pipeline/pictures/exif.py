"""Exif's data in, which way up a picture is to be shown and whether its place is told out; and the least of such data.

Of all that a camera writes, the first is all that matters to how the picture looks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

UPRIGHT: Final = 1  # of the eight ways that a camera may have been held (Exif 2.32, 4.6.4, "Orientation")
LYING: Final = frozenset((5, 6, 7, 8))  # of these, those in which width and height change places
EXIF: Final = b"Exif\0\0"  # what the data begin with inside a JPEG

_ORIENTATION, _GPS = 0x0112, 0x8825  # entries of Exif's first list
_SHORT: Final = 3


def read_exif(body: bytes) -> tuple[int, bool]:
    """Which way up a picture is, and whether its place is told. Nonsense tells neither."""
    try:
        order = {b"II": "<", b"MM": ">"}[body[:2]]
        entries = dict(_entries(body, order, struct.unpack_from(f"{order}I", body, 4)[0]))
        way = struct.unpack_from(f"{order}H", entries.get(_ORIENTATION, b"\0\0"))[0]
        at = struct.unpack_from(f"{order}I", entries[_GPS])[0] if _GPS in entries else 0
        place = bool(at) and any(tag in (2, 4) for tag, _ in _entries(body, order, at))  # latitude and longitude
    except (KeyError, struct.error):
        return UPRIGHT, False
    return (way if UPRIGHT < way <= 8 else UPRIGHT), place  # noqa: PLR2004 - there are eight


def _entries(body: bytes, order: str, at: int) -> Iterator[tuple[int, bytes]]:
    """Number and value, as far as it fits into four bytes, of each entry of a list. Raises struct.error."""
    (number,) = struct.unpack_from(f"{order}H", body, at)
    for index in range(number):
        tag, _, _, value = struct.unpack_from(f"{order}HHI4s", body, at + 2 + 12 * index)
        yield tag, value


def least_exif(way: int) -> bytes:
    """Exif's data with one entry."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, way, 0, 0)
