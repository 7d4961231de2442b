"""A picture's bytes in, what is wrong with it out. PNG and JPEG are measured, not shown; SVG is read, not drawn."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.content.svg import svg_fault

MAX_PIXELS = 50_000_000  # 200 MB in memory once unpacked, with four bytes each
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
TYPES = (".png", ".jpg", ".jpeg", ".svg")

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by a PNG's colour type
_MARK = 0xFF
_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG segments that tell its size


def fault(path: PurePosixPath, data: bytes) -> str:
    """A German sentence on why the picture cannot be used, '' if it can."""
    kind = path.suffix.lower()
    if kind not in TYPES:
        return f"Bilder dieser Art ({kind or 'ohne Endung'}) gehen nicht; möglich sind PNG, JPEG und SVG."
    if not data:
        return "Die Bilddatei ist leer."
    if kind == ".svg":
        return svg_fault(data, _raster_fault)
    return _raster_fault(kind.removeprefix("."), data)


def _raster_fault(kind: str, data: bytes) -> str:
    is_png = kind == "png"
    name, start = ("PNG", PNG_SIGNATURE) if is_png else ("JPEG", JPEG_START)
    if not data.startswith(start):
        return f"Die Datei ist kein {name}-Bild, obwohl sie so heißt."
    try:
        width, height = _png_size(data) if is_png else _jpeg_size(data)
    except (ValueError, struct.error, zlib.error):
        return f"Das {name}-Bild ist unvollständig oder beschädigt."
    if width * height > MAX_PIXELS:
        return f"Das Bild hat mehr als {MAX_PIXELS // 1_000_000} Millionen Bildpunkte."
    return ""


def _png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG, which has its data counted but not kept.

    A picture that was cut off while it was copied still has its header: that rows are missing shows only where they are
    unpacked. An interlaced one has rows of other lengths and is trusted. Raises ValueError, struct.error or zlib.error
    if a chunk, or the picture data, is not whole.
    """
    header = b""
    packed = []
    for name, body in _png_chunks(data):
        if (name == b"IHDR") == bool(header):  # another reader might go by the last of two
            raise ValueError("it must begin with its one header")
        header = header or body
        if name == b"IDAT":
            packed.append(body)
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", header)
    if not width or not height or colour not in _CHANNELS:
        raise ValueError("no size or no colours")
    if width * height <= MAX_PIXELS and not interlaced:
        # Each row is one byte for its filter and then its pixels, filled up to a whole byte (PNG, "Scanlines").
        row = 1 + (width * depth * _CHANNELS[colour] + 7) // 8
        if _unpacked_length(packed, row * height) < row * height:
            raise ValueError("rows are missing")
    return width, height


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each chunk up to the last: four bytes of length, four of name, the body, four of checksum."""
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


def _unpacked_length(packed: list[bytes], enough: int) -> int:
    """How much picture data there is, as far as `enough`: a bomb is not blown up beyond it."""
    unpacker = zlib.decompressobj()
    length = 0
    for body in packed:
        rest = body
        while rest and length < enough:
            length += len(unpacker.decompress(rest, 65536))
            rest = unpacker.unconsumed_tail
    return length


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises an error if the segments are not whole."""
    if JPEG_END not in data[-64:]:  # a few bytes may follow the end
        raise ValueError("no end")
    position = 2
    while True:
        mark, kind = struct.unpack_from(">BB", data, position)
        if mark != _MARK:
            raise ValueError("no segment")
        if kind == _MARK:  # a filling byte
            position += 1
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        if kind in _SIZE_MARKERS:
            height, width = struct.unpack_from(">HH", data, position + 5)
            if not width or not height:
                raise ValueError("no size")
            return width, height
        position += 2 + length
