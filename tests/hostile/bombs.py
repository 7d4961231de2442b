"""Pictures that are small as files and large when they are drawn."""

from __future__ import annotations

import struct
import zlib


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG's chunk with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, rows: int = -1, before: bytes = b"") -> bytes:
    """A black PNG of so many pixels; of its rows only so many are there, if that is said; `before` its picture data."""
    packer = zlib.compressobj(9)
    count = height if rows < 0 else rows
    row = bytes(1 + (width + 7) // 8) if count else b""
    packed = b"".join(packer.compress(row) for _ in range(count)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + before + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """The beginning and end of a JPEG of that size, with nothing between."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + bytes(9)
    return b"\xff\xd8" + b"\xff\xe0\x00\x10JFIF\x00" + bytes(9) + frame + b"\xff\xd9"
