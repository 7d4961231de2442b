"""A picture's bytes in, the same picture without what it says of its camera, its place and its history out.

Nothing is encoded anew: segments and chunks are left out, the others stay byte for byte. Of all that is left out one
word matters to how a picture looks, which way up it is; it is kept in the least form there is.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
JPEG_START: Final = b"\xff\xd8"
UPRIGHT: Final = 1  # of the eight ways that a camera may have been held (Exif 2.32, 4.6.4, "Orientation")

_EXIF: Final = b"Exif\0\0"
_ORIENTATION, _GPS = 0x0112, 0x8825  # entries of Exif's first list
_SHORT: Final = 3
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_SCAN, _END = 0xDA, 0xD9
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a segment
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the segments that tell a size
_USUAL_DOTS: Final = 72  # an inch
_NEXT: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # what ends the picture data of a scan
_JFIF: Final = 14  # bytes of its body without the small picture that may follow
# What a PNG needs to look as it does; comments, dates, cameras, moving pictures and programs' own chunks are not there.
_CHUNKS: Final = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs hIST sPLT".split())
_INSIDE: Final = re.compile(rb"(data:image/(?:png|jpeg);base64,)([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_FAULTS: Final = (ValueError, IndexError, struct.error)


@dataclass(frozen=True)
class Bare:
    """A picture without its metadata, and whether these named the place where it was taken."""

    data: bytes
    had_place: bool = False


def without_metadata(data: bytes) -> Bare:
    """The picture without metadata; of a drawing, those of the pictures inside it. What is damaged stays as it is."""
    reader: Callable[[bytes], Bare]
    if data.startswith(PNG_SIGNATURE):
        reader = _bare_png
    elif data.startswith(JPEG_START):
        reader = _bare_jpeg
    else:
        reader = _bare_drawing
    try:
        bare = reader(data)
    except _FAULTS:
        return Bare(data)
    return bare if bare.data != data else Bare(data, bare.had_place)  # the same object: no second copy in memory


def orientation(data: bytes) -> int:
    """Which way up a picture is to be shown, 1 to 8; 1 where it does not say, or says nonsense."""
    try:
        if data.startswith(PNG_SIGNATURE):
            return next((_exif(body)[0] for name, body in png_chunks(data) if name == b"eXIf"), UPRIGHT)
        if data.startswith(JPEG_START):
            for kind, segment in _segments(data):
                if kind == _APP1 and segment[4:].startswith(_EXIF):
                    return _exif(segment[4 + len(_EXIF) :])[0]
    except _FAULTS:
        pass
    return UPRIGHT


# --- JPEG ---------------------------------------------------------------------------------------------------------


def _bare_jpeg(data: bytes) -> Bare:
    kept: list[bytes] = []
    way, place = UPRIGHT, False
    for kind, segment in _segments(data):
        body = segment[4:]
        if kind == _APP1 and body.startswith(_EXIF):
            way, has_place = _exif(body[len(_EXIF) :])
            place = place or has_place
        elif kind == _APP1:
            place = place or b"GPSLatitude" in body  # XMP
        elif kind == _APP0 and body.startswith(b"JFIF\0"):
            kept.append(_plain_jfif(body))
        elif kind == _APP2 and not body.startswith(b"ICC_PROFILE\0"):
            continue
        elif kind != _COMMENT and (kind in (_APP2, _APP14) or not _APP0 <= kind <= _APP15):
            kept.append(segment)
    if way != UPRIGHT:
        exif = _EXIF + _least_exif(way)
        said = struct.pack(">BBH", 0xFF, _APP1, len(exif) + 2) + exif
        kept.insert(1 if kept[:1] and kept[0].startswith(b"\xff\xe0") else 0, said)
    return Bare(JPEG_START + b"".join(kept), place)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and bytes of each segment behind the start, a scan with its picture data; nothing behind the end.

    Raises ValueError, IndexError or struct.error where they are not whole.
    """
    position = len(JPEG_START)
    while True:
        while data[position : position + 2] == b"\xff\xff":  # filling bytes
            position += 1
        mark, kind = data[position], data[position + 1]
        if mark != 0xFF:  # noqa: PLR2004 - every marker begins with it
            raise ValueError("no segment")
        if kind in _ALONE or kind == _END:
            end = position + 2
        else:
            (length,) = struct.unpack_from(">H", data, position + 2)
            end = position + 2 + length
        if kind == _SCAN:
            following = _NEXT.search(data, end)
            if following is None:
                raise ValueError("no end")
            end = following.start()
        if end > len(data):
            raise ValueError("cut off")
        yield kind, data[position:end]
        if kind == _END:
            return
        position = end


def jpeg_inches(data: bytes) -> tuple[float, float]:
    """Width and height of a JPEG on paper, at 72 dots an inch where it does not say.

    Raises ValueError, IndexError or struct.error where it is not whole.
    """
    across = down = _USUAL_DOTS
    for kind, segment in _segments(data):
        if kind == _APP0 and segment[4:].startswith(b"JFIF\0"):
            unit, *dots = struct.unpack_from(">BHH", segment, 11)
            factor = {1: 100, 2: 254}.get(unit, 0)  # dots an inch, dots a centimetre
            across, down = (value * factor // 100 or _USUAL_DOTS for value in dots)
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
            return width / across, height / down
    raise ValueError("no size")


def _plain_jfif(body: bytes) -> bytes:
    """JFIF's segment without the small picture in it, which may show what was cut off from the large one."""
    if len(body) < _JFIF:
        raise ValueError("no JFIF")
    return struct.pack(">BBH", 0xFF, _APP0, _JFIF + 2) + body[: _JFIF - 2] + b"\0\0"


# --- PNG ----------------------------------------------------------------------------------------------------------


def _bare_png(data: bytes) -> Bare:
    kept: list[bytes] = [PNG_SIGNATURE]
    way, place = UPRIGHT, False
    for name, body in png_chunks(data):
        if name == b"eXIf":
            way, has_place = _exif(body)
            place = place or has_place
        elif name in (b"iTXt", b"tEXt"):
            place = place or b"GPSLatitude" in body
        elif name in _CHUNKS:
            kept.append(png_chunk(name, body))
        if name == b"IHDR":
            header = len(kept)
    if way != UPRIGHT:
        kept.insert(header, png_chunk(b"eXIf", _least_exif(way)))
    return Bare(b"".join(kept), place)


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each chunk up to the last. Raises ValueError or struct.error where they are not whole."""
    position = len(PNG_SIGNATURE)
    name = b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, position)
        body = data[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, position + 8 + length)
        if zlib.crc32(name + body) != checksum:
            raise ValueError("a chunk is damaged")
        yield name, body
        position += 12 + length


def png_chunk(name: bytes, body: bytes) -> bytes:
    """A PNG's chunk: four bytes of length, four of name, the body, four of checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_inches(data: bytes) -> tuple[float, float]:
    """Width and height of a PNG on paper, at 72 dots an inch where it does not say.

    Raises ValueError or struct.error where it is not whole.
    """
    width = height = 0
    across = down = _USUAL_DOTS
    for name, body in png_chunks(data):
        if name == b"IHDR":
            width, height = struct.unpack_from(">II", body)
        elif name == b"pHYs" and body[8:9] == b"\1":  # dots a metre
            across, down = (dots * 254 // 10_000 or _USUAL_DOTS for dots in struct.unpack_from(">II", body))
        elif name == b"IDAT":
            break
    return width / across, height / down


# --- drawings -----------------------------------------------------------------------------------------------------


def _bare_drawing(data: bytes) -> Bare:
    place = False

    def bare(found: re.Match[bytes]) -> bytes:
        nonlocal place
        try:
            inside = base64.b64decode(b"".join(found[2].split()), validate=True)
        except binascii.Error:
            return found[0]
        picture = without_metadata(inside)
        place = place or picture.had_place
        return found[0] if picture.data == inside else found[1] + base64.b64encode(picture.data)

    return Bare(_INSIDE.sub(bare, data), place)


# --- Exif ---------------------------------------------------------------------------------------------------------


def _exif(body: bytes) -> tuple[int, bool]:
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


def _least_exif(way: int) -> bytes:
    """Exif's data with one entry."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, way, 0, 0)
