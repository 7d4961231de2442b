"""Pictures that are not what they say, or that grow when they are unpacked."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zlib

import pytest
from PIL import Image

from tests.every_picture import inks_profile
from tests.hostile.bombs import chunk, jpeg, png
from tests.hostile.room import SVG, Room


def photo(mode: str, **options: bytes) -> bytes:
    """A JPEG of these channels with a picture in it."""
    target = io.BytesIO()
    Image.effect_noise((100, 100), 90).convert(mode).save(target, "JPEG", **options)
    return target.getvalue()


def webp(width: int, height: int, *, lossless: bool = False) -> bytes:
    """A WebP with a picture in it."""
    target = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(target, "WEBP", lossless=lossless)
    return target.getvalue()


def claimed(data: bytes, width: int, height: int) -> bytes:
    """A WebP that says to be of another size than the picture in it is."""
    said = struct.pack("<I", 0) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    packed = b"VP8X" + struct.pack("<I", len(said)) + said + data[12:]
    return b"RIFF" + struct.pack("<I", len(packed) + 4) + b"WEBP" + packed


def moving() -> bytes:
    """A WebP of two pictures."""
    target = io.BytesIO()
    one, two = (Image.new("RGB", (20, 20), colour) for colour in ("red", "blue"))
    one.save(target, "WEBP", save_all=True, append_images=[two])
    return target.getvalue()


MOST = 60_000_000  # bytes of memory for a check; the bombs hold many times as much


@pytest.mark.parametrize(
    ("name", "data", "allowed"),
    [
        ("foto.png", png(100, 100), True),
        ("foto.png", png(10_000, 5_000), True),
        ("foto.png", png(10_001, 5_000), False),
        ("foto.png", png(60_000, 60_000, rows=9), False),
        ("foto.png", png(2**31 - 1, 2**31 - 1, rows=0), False),
        ("foto.png", png(0, 10), False),
        ("foto.png", png(100, 100, rows=50), False),
        (
            "foto.png",
            png(100, 100, before=chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0))),
            False,
        ),
        ("foto.png", png(100, 100)[:-8], False),
        ("foto.png", png(100, 100)[:60] + b"x" + png(100, 100)[61:], False),
        ("foto.PNG", png(100, 100), True),
        ("foto.jpg", photo("RGB"), True),
        ("foto.jpg", photo("L", icc_profile=b"no profile"), True),
        ("foto.jpg", jpeg(100, 100), False),
        ("foto.jpg", photo("RGB")[:300] + photo("RGB")[-2:], False),
        ("foto.jpg", photo("RGB").replace(b"\xff\xc0\0\x11\x08", b"\xff\xc9\0\x11\x08"), False),
        ("foto.jpg", photo("RGB").replace(b"\xff\xc0\0\x11\x08", b"\xff\xc1\0\x11\x0c"), False),
        ("foto.png", png(10, 10)[:24] + b"\x03" + png(10, 10)[25:], False),
        ("foto.jpeg", jpeg(60_000, 60_000), False),
        ("foto.jpeg", jpeg(100, 0), False),
        ("foto.jpg", b"\xff\xd8\xff" + bytes(1000), False),
        ("foto.jpg", photo("RGB").replace(b"\xff\xd8", b"\xff\xd8\xff\xd0\0\2", 1), False),  # a mark that has no length
        ("foto.webp", webp(100, 100), True),
        ("foto.WebP", webp(100, 100), True),
        ("foto.webp", webp(100, 100, lossless=True), True),
        ("foto.webp", webp(100, 100)[:-20], False),
        ("foto.webp", claimed(webp(100, 100), 16_000, 16_000), False),
        ("foto.webp", claimed(webp(100, 100), 200, 100), False),
        ("foto.webp", moving(), False),
        ("foto.webp", webp(100, 100)[:12], False),
        ("foto.webp", webp(100, 100)[:8] + b"WEBP" + b"VP8X\x01\0\0\0\0\0", False),
        ("foto.jpg", b"\xff\xd8\xff\xff\xff\xff\xd9", False),
    ],
)
def test_pixels_are_counted_before_they_are_there(name: str, data: bytes, allowed: bool, room: Room) -> None:
    room.write(f"bilder/{name}", data)
    tracemalloc.start()
    try:
        codes = room.codes()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert codes == ([] if allowed else ["P112"])
    assert peak < MOST


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("foto.gif", b"GIF89a"),
        ("foto.webp", b"RIFF\0\0\0\0WEBP"),
        ("foto.webp", png(9, 9)),
        ("foto.jpg", webp(9, 9)),
        ("foto.tiff", b"II*\0"),
        ("foto.bmp", b"BM"),
        ("foto.pdf", b"%PDF-1.7"),
        ("foto.eps", b"%!PS-Adobe"),
        ("foto.html", b"<script>x</script>"),
        ("foto", b"\x89PNG\r\n\x1a\n"),
        ("foto.svgz", zlib.compress(SVG.encode())),
        ("foto.png", SVG.encode() + b"</svg>"),
        ("foto.png", jpeg(9, 9)),
        ("foto.jpg", png(9, 9)),
        ("foto.jpg", b"GIF89a"),
        ("foto.svg", png(9, 9)),
        ("foto.svg", b"<html><script>x</script></html>"),
        ("foto.svg", b"\x1f\x8b\x08"),
        ("foto.png", b""),
    ],
)
def test_only_what_is_what_it_says(name: str, data: bytes, room: Room) -> None:
    room.write(f"bilder/{name}", data)
    assert room.codes() == ["P112"]


def test_a_crowd_of_bombs_is_refused_at_once(room: Room) -> None:
    bomb = png(60_000, 60_000, rows=600)
    for number in range(200):
        room.write(f"bilder/foto{number}.png", bomb)
    begun = time.process_time()
    assert room.codes() == ["P112"] * 200
    assert time.process_time() - begun < 5


def test_unknown_inks_are_told(room: Room) -> None:
    room.write("bilder/foto.jpg", photo("CMYK"))
    room.write("bilder/genau.jpg", photo("CMYK", icc_profile=inks_profile()))
    room.write("bilder/falsch.jpg", photo("CMYK", icc_profile=b"no profile"))
    assert room.codes() == ["P123", "P123"]
