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

from pipeline.pictures.exif import EXIF, UPRIGHT, least_exif, read_exif
from pipeline.pictures.webp import bare_webp, is_webp, webp_orientation

PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
JPEG_START: Final = b"\xff\xd8"

_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_SCAN, _END = 0xDA, 0xD9
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a segment
JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the segments that tell a size
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
    elif is_webp(data):
        reader = _bare_webp
    else:
        reader = _bare_drawing
    try:
        bare = reader(data)
    except _FAULTS:
        return Bare(data)
    return bare if bare.data != data else Bare(data, bare.had_place)  # the same object: no second copy in memory


def is_photo(data: bytes) -> bool:
    """Whether it begins as a picture of pixels does, and not as a drawing."""
    return data.startswith((PNG_SIGNATURE, JPEG_START)) or is_webp(data)


def orientation(data: bytes) -> int:
    """Which way up a picture is to be shown, 1 to 8; 1 where it does not say, or says nonsense."""
    try:
        if data.startswith(PNG_SIGNATURE):
            return next((read_exif(body)[0] for name, body in png_chunks(data) if name == b"eXIf"), UPRIGHT)
        if data.startswith(JPEG_START):
            for kind, segment in jpeg_segments(data):
                if kind == _APP1 and segment[4:].startswith(EXIF):
                    return read_exif(segment[4 + len(EXIF) :])[0]
        if is_webp(data):
            return webp_orientation(data)
    except _FAULTS:
        pass
    return UPRIGHT


# --- JPEG ---------------------------------------------------------------------------------------------------------


def _bare_jpeg(data: bytes) -> Bare:
    kept: list[bytes] = []
    way, place = UPRIGHT, False
    for kind, segment in jpeg_segments(data):
        body = segment[4:]
        if kind == _APP1 and body.startswith(EXIF):
            way, has_place = read_exif(body[len(EXIF) :])
            place = place or has_place
        elif kind == _APP1:
            place = place or b"GPSLatitude" in body  # XMP
        elif is_jfif(kind, segment):
            kept.append(_plain_jfif(body))
        elif kind == _APP2 and not body.startswith(b"ICC_PROFILE\0"):
            continue
        elif kind != _COMMENT and (kind in (_APP2, _APP14) or not _APP0 <= kind <= _APP15):
            kept.append(segment)
    if way != UPRIGHT:
        exif = EXIF + least_exif(way)
        said = struct.pack(">BBH", 0xFF, _APP1, len(exif) + 2) + exif
        kept.insert(1 if kept[:1] and kept[0].startswith(b"\xff\xe0") else 0, said)
    return Bare(JPEG_START + b"".join(kept), place)


def jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
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


def is_jfif(kind: int, segment: bytes) -> bool:
    """Whether it is the segment that says how many dots an inch has."""
    return kind == _APP0 and segment[4:].startswith(b"JFIF\0")


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
            way, has_place = read_exif(body)
            place = place or has_place
        elif name in (b"iTXt", b"tEXt"):
            place = place or b"GPSLatitude" in body
        elif name in _CHUNKS:
            kept.append(png_chunk(name, body))
        if name == b"IHDR":
            header = len(kept)
    if way != UPRIGHT:
        kept.insert(header, png_chunk(b"eXIf", least_exif(way)))
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


# --- WebP ---------------------------------------------------------------------------------------------------------


def _bare_webp(data: bytes) -> Bare:
    return Bare(*bare_webp(data))


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
