"""A picture's bytes in, what its header says out: how large it is, which way up, and what may be made of it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from pipeline.pictures.exif import LYING
from pipeline.pictures.metadata import (
    JPEG_FRAMES,
    JPEG_START,
    PNG_SIGNATURE,
    is_jfif,
    jpeg_segments,
    orientation,
    png_chunks,
)
from pipeline.pictures.webp import webp_shape

_USUAL_DOTS: Final = 72  # an inch
_DEEP: Final = 16  # bits a channel
_COLOURS: Final = 2  # a PNG's colour type for red, green and blue without a fourth channel
_FOUR_INKS: Final = 4  # channels


@dataclass(frozen=True)
class Facts:
    """Pixels and inches on paper of a picture as it is to be seen, and the way up that its data are in.

    `photo`: it is of the kind that JPEG is made for. `usual`: documents show its data as they are, but for the way up.
    """

    width: int
    height: int
    inches: tuple[float, float]
    way: int
    photo: bool
    usual: bool


def facts(data: bytes) -> Facts:
    """What a PNG, JPEG or WebP says of itself.

    Raises ValueError, IndexError or struct.error for anything else and for what is not whole.
    """
    if data.startswith(PNG_SIGNATURE):
        size, dots, photo, usual = _png(data)
    elif data.startswith(JPEG_START):
        size, dots, photo, usual = _jpeg(data)
    else:
        shape = webp_shape(data)
        size, dots = (shape.width, shape.height), (_USUAL_DOTS, _USUAL_DOTS)
        photo, usual = not (shape.lossless or shape.transparent), False
    width, height = size
    inches = (width / dots[0], height / dots[1])
    way = orientation(data)
    if way in LYING:
        width, height, inches = height, width, (inches[1], inches[0])
    return Facts(width, height, inches, way, photo, usual)


_Said = tuple[tuple[int, int], tuple[int, int], bool, bool]


def _jpeg(data: bytes) -> _Said:
    across = down = _USUAL_DOTS
    for kind, segment in jpeg_segments(data):
        if is_jfif(kind, segment):
            unit, *dots = struct.unpack_from(">BHH", segment, 11)
            factor = {1: 100, 2: 254}.get(unit, 0)  # dots an inch, dots a centimetre
            across, down = (value * factor // 100 or _USUAL_DOTS for value in dots)
        if kind in JPEG_FRAMES:
            height, width, channels = struct.unpack_from(">HHB", segment, 5)
            return (width, height), (across, down), True, channels != _FOUR_INKS
    raise ValueError("no size")


def _png(data: bytes) -> _Said:
    """A PNG is a photo if its pixels hardly pack.

    A screenshot or a map of 2,000 by 1,000 pixels has 0.1 to 0.8 MB, since most of them are like their neighbours; a
    photo 3 to 5 MB, of which JPEG makes a tenth and nobody sees it.
    """
    width = height = depth = colour = 0
    across = down = _USUAL_DOTS
    transparent = False
    for name, body in png_chunks(data):
        if name == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", body)
        elif name == b"pHYs" and body[8:9] == b"\1":  # dots a metre
            across, down = (dots * 254 // 10_000 or _USUAL_DOTS for dots in struct.unpack_from(">II", body))
        elif name == b"tRNS":
            transparent = True
        elif name == b"IDAT":
            break
    photo = colour == _COLOURS and not transparent and len(data) > width * height * depth // 8
    return (width, height), (across, down), photo, depth != _DEEP
