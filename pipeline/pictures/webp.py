"""A WebP's bytes in, what stands in its chunks out: its size, how it is packed, and the same without its metadata.

The form is that of Google's "WebP Container Specification" and, of the bit streams inside, RFC 6386 and RFC 9649.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.pictures.exif import EXIF, UPRIGHT, least_exif, read_exif

_HEAD: Final = 12  # bytes of "RIFF", the length of all that follows, "WEBP"
_EXTENDED, _LOSSY, _LOSSLESS, _EXIF, _XMP = b"VP8X", b"VP8 ", b"VP8L", b"EXIF", b"XMP "
_MOVES, _SAYS_XMP, _SAYS_EXIF, _SEES_THROUGH = 0x02, 0x04, 0x08, 0x10  # bits of the first byte of VP8X
_START_CODE: Final = b"\x9d\x01\x2a"
_SIGNATURE: Final = 0x2F
_FOURTEEN: Final = 0x3FFF  # bits
_NEEDED: Final = (_EXTENDED, _LOSSY, _LOSSLESS, b"ALPH", b"ICCP")


@dataclass(frozen=True)
class Shape:
    """Width and height in pixels; whether every pixel is kept as it was, whether any may let the paper through, and
    whether the picture moves.
    """

    width: int
    height: int
    lossless: bool = False
    transparent: bool = False
    moving: bool = False


def is_webp(data: bytes) -> bool:
    """Whether it begins as one."""
    return data[:4] == b"RIFF" and data[8:_HEAD] == b"WEBP"


def webp_shape(data: bytes) -> Shape:
    """What its chunks say. Raises ValueError, IndexError or struct.error where they are not whole."""
    whole: Shape | None = None
    transparent = False
    for name, body in _chunks(data):
        if name == _EXTENDED:
            width, height = (1 + int.from_bytes(body[at : at + 3], "little") for at in (4, 7))
            whole = Shape(width, height, moving=bool(body[0] & _MOVES))
            transparent = bool(body[0] & _SEES_THROUGH)
            if whole.moving:
                return whole
        elif name in (_LOSSY, _LOSSLESS):
            shape = _lossy(body) if name == _LOSSY else _lossless(body)
            if whole is not None and (whole.width, whole.height) != (shape.width, shape.height):
                raise ValueError("two sizes")
            return Shape(shape.width, shape.height, shape.lossless, shape.transparent or transparent)
    raise ValueError("no picture")


def bare_webp(data: bytes) -> tuple[bytes, bool]:
    """The same without metadata, but for which way up it is to be seen, and whether its place was told.

    Raises ValueError, IndexError or struct.error where it is not whole.
    """
    kept: list[tuple[bytes, bytes]] = []
    way, place = UPRIGHT, False
    for name, body in _chunks(data):
        if name == _EXIF:
            way, has_place = read_exif(body.removeprefix(EXIF))
            place = place or has_place
        elif name == _XMP:
            place = place or b"GPSLatitude" in body
        elif name in _NEEDED:
            kept.append((name, body))
    if kept and kept[0][0] == _EXTENDED:
        flags = kept[0][1][0] & ~(_SAYS_XMP | _SAYS_EXIF)
        if way != UPRIGHT:
            flags |= _SAYS_EXIF
            kept.append((_EXIF, least_exif(way)))
        kept[0] = (_EXTENDED, bytes((flags,)) + kept[0][1][1:])
    packed = b"".join(name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2) for name, body in kept)
    return b"RIFF" + struct.pack("<I", len(packed) + 4) + b"WEBP" + packed, place


def webp_orientation(data: bytes) -> int:
    """Which way up it is to be shown, 1 to 8. Raises what `bare_webp` does."""
    return next((read_exif(body.removeprefix(EXIF))[0] for name, body in _chunks(data) if name == _EXIF), UPRIGHT)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each chunk, as far as the file says that it reaches."""
    (length,) = struct.unpack_from("<I", data, 4)
    end = 8 + length
    if not is_webp(data) or end > len(data):
        raise ValueError("cut off")
    position = _HEAD
    while position < end:
        name, size = struct.unpack_from("<4sI", data, position)
        position += 8
        if position + size > end:
            raise ValueError("cut off")
        yield name, data[position : position + size]
        position += size + size % 2


def _lossy(body: bytes) -> Shape:
    """Of a key frame's header (RFC 6386, 9.1)."""
    if body[3:6] != _START_CODE:
        raise ValueError("no key frame")
    width, height = (value & _FOURTEEN for value in struct.unpack_from("<HH", body, 6))
    return Shape(width, height)


def _lossless(body: bytes) -> Shape:
    """Of an image's header (RFC 9649, 3.4)."""
    signature, bits = struct.unpack_from("<BI", body)
    if signature != _SIGNATURE:
        raise ValueError("no picture")
    width, height = 1 + (bits & _FOURTEEN), 1 + (bits >> 14 & _FOURTEEN)
    return Shape(width, height, lossless=True, transparent=bool(bits >> 28 & 1))
