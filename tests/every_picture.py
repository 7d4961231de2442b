"""The faultless plan with a small picture of every kind that people have, for those who look at finished files."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from pipeline.pictures.metadata import PNG_SIGNATURE, png_chunk
from tests.cases import BASE

RED, GREEN, BLUE = (220, 30, 30), (30, 200, 40), (40, 50, 210)


def corners(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture with red at its upper left, green at its upper right and blue at its lower left."""
    image = Image.new("RGB", (width, height), "white")
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    """The bytes of a picture's file."""
    target = io.BytesIO()
    image.save(target, kind, **more)
    return target.getvalue()


def exif(way: int) -> Image.Exif:
    """Exif that says which way up a picture is."""
    told = Image.Exif()
    told[0x0112] = way
    return told


def deep(colour: int, *channels: int) -> bytes:
    """A PNG of 16 bits a channel, 60 by 40, whole of one colour; `colour` is PNG's number for its kind."""
    row = b"\0" + struct.pack(f">{len(channels)}H", *channels) * 60
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 40, 16, colour, 0, 0, 0))
    return PNG_SIGNATURE + head + png_chunk(b"IDAT", zlib.compress(row * 40)) + png_chunk(b"IEND", b"")


def wide_profile() -> bytes:
    """The usual profile with its primaries exchanged for those of Display P3, adapted to D50; its name too."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (number,) = struct.unpack_from(">I", data, 128)
    entries = range(132, 132 + 12 * number, 12)
    places = {bytes(data[at : at + 4]): struct.unpack_from(">I", data, at + 4)[0] for at in entries}
    for name, values in (
        (b"rXYZ", (0.5151, 0.2412, -0.0011)),
        (b"gXYZ", (0.2920, 0.6922, 0.0419)),
        (b"bXYZ", (0.1571, 0.0666, 0.7841)),
    ):
        struct.pack_into(">3i", data, places[name] + 8, *(round(value * 65536) for value in values))
    return bytes(data).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


def inks_profile() -> bytes:
    """A profile of four inks in which paper is white and every ink, alone or with others, a dark red."""
    ramp = bytes(range(256))
    colours = b"".join(
        bytes((255, 128, 128) if not inks else (90, 178, 168)) for inks in range(16)
    )  # Lab (ICC.1, 10.10)
    matrix = struct.pack(">9i", *(65536 * (at % 4 == 0) for at in range(9)))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + ramp * 4 + colours + ramp * 3
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in (0.9642, 1.0, 0.8249)))
    said = b"desc\0\0\0\0" + struct.pack(">I", 6) + b"inks1\0" + bytes(78)
    tags = {b"A2B0": table, b"wtpt": white, b"desc": said}
    at, entries, bodies = 128 + 4 + 12 * len(tags), b"", b""
    for name, body in tags.items():
        padded = body + bytes(-len(body) % 4)
        entries += struct.pack(">4sII", name, at + len(bodies), len(body))
        bodies += padded
    head = struct.pack(">I4s4s4s4s4s", at + len(bodies), b"none", b"\2\x40\0\0", b"prtr", b"CMYK", b"Lab ")
    head += (
        bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", *(round(value * 65536) for value in (0.9642, 1.0, 0.8249)))
    )
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + entries + bodies


def pictures() -> dict[str, bytes]:
    """A file of every kind, by name."""
    image, through = corners(90, 60), corners(90, 60, "RGBA")
    through.paste((0, 0, 0, 0), (45, 30, 90, 60))
    return {
        "gross.jpg": saved(corners(3000, 2000), "JPEG"),
        "folgend.jpg": saved(image, "JPEG", progressive=True),
        "gedreht.jpg": saved(corners(60, 90), "JPEG", exif=exif(6)),
        "druckfarben.jpg": saved(corners(90, 60, "CMYK"), "JPEG"),
        "druckprofil.jpg": saved(corners(90, 60, "CMYK"), "JPEG", icc_profile=inks_profile()),
        "kraeftig.jpg": saved(image, "JPEG", icc_profile=wide_profile()),
        "grau.jpg": saved(corners(90, 60, "L"), "JPEG"),
        "tiefgrau.png": deep(0, 0x8000),
        "tief.png": deep(2, 0xFFFF, 0x8000, 0),
        "tiefdurch.png": deep(6, 0xFFFF, 0x8000, 0, 0x4000),
        "durch.png": saved(through, "PNG"),
        "palette.png": saved(through.quantize(8), "PNG"),
        "bit.png": saved(corners(90, 60, "1"), "PNG"),
        "web.webp": saved(image, "WEBP"),
        "webgenau.webp": saved(image, "WEBP", lossless=True),
        "webdurch.webp": saved(through, "WEBP"),
    }


def write_plan(folder: Path) -> None:
    """The plan, each picture in it as a figure, in a list and in a line."""
    shutil.copytree(BASE, folder)
    text = folder / "texte" / "einleitung.md"
    shown = text.read_text(encoding="utf-8")
    for name, data in pictures().items():
        (folder / "bilder" / name).write_bytes(data)
        way = f"![Das Bild {name}](../bilder/{name})"
        shown += f"\n\n{way}\n\n- Punkt {way}\n\nEin Satz {way} geht weiter.\n"
    text.write_text(shown, encoding="utf-8")
