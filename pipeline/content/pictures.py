"""A picture's bytes in, what is wrong with it out. Photos are measured, not shown; SVG is read, not drawn."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from pipeline.budget.limits import PIXELS, WEBP_PIXELS
from pipeline.content.svg import svg_fault
from pipeline.pictures.facts import facts
from pipeline.pictures.metadata import PNG_SIGNATURE, png_chunks
from pipeline.pictures.webp import is_webp, webp_shape

JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
TYPES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
_WEBP = "WebP"
_NAMES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": _WEBP}

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by a PNG's colour type
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # bits a channel, likewise
_PALETTE = 3
_FILTERS = frozenset(range(5))  # how a PNG's row may be written
_MARK = 0xFF
_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG segments that tell its size
_USUAL_MARKERS = frozenset((0xC0, 0xC1, 0xC2))  # of them those of the forms that every program reads
_USUAL_CHANNELS = (1, 3, 4)
_USUAL_DEPTH = 8  # bits


class _RareError(Exception):
    """A picture that is whole, but of a form that cannot be printed; the rest of a German sentence on it."""


def fault(path: PurePosixPath, data: bytes) -> str:
    """A German sentence on why the picture cannot be used, '' if it can."""
    kind = path.suffix.lower()
    if kind not in TYPES:
        return f"Bilder dieser Art ({kind or 'ohne Endung'}) gehen nicht; möglich sind PNG, JPEG, WebP und SVG."
    if not data:
        return "Die Bilddatei ist leer."
    if kind == ".svg":
        return svg_fault(data, _raster_fault)
    return _raster_fault(kind.removeprefix("."), data)


def pixels(data: bytes) -> int:
    """How many pixels a picture has, by what it says at its beginning; 0 for a drawing and for what is no picture."""
    try:
        if data.startswith(PNG_SIGNATURE):
            width, height = struct.unpack_from(">II", data, len(PNG_SIGNATURE) + 8)
        elif data.startswith(JPEG_START):
            width, height = _jpeg_size(data)
        elif is_webp(data):
            width, height = _webp_size(data)
        else:
            return 0
    except (_RareError, ValueError, IndexError, struct.error):
        return 0
    return int(width * height)


def has_unknown_inks(data: bytes) -> bool:
    """Whether a faultless picture is in four printers' inks and does not say in which."""
    if not data.startswith(JPEG_START) or facts(data).usual:
        return False
    from pipeline.pictures.colours import has_own_colours

    return not has_own_colours(data)


def _raster_fault(kind: str, data: bytes) -> str:
    name = _NAMES[kind]
    real = next((known for known, begins in _BEGINNINGS.items() if begins(data)), "")
    if real != name:
        told = f", sondern ein {real}-Bild; bitte umbenennen" if real else ""
        return f"Die Datei ist kein {name}-Bild, obwohl sie so heißt{told}."
    try:
        width, height = _SIZES[name](data)
        facts(data)  # as whoever shows it will ask for them
    except _RareError as error:
        return f"Das {name}-Bild {error}."
    except (ValueError, IndexError, struct.error, zlib.error):
        return f"Das {name}-Bild ist unvollständig oder beschädigt."
    most = WEBP_PIXELS if name == _WEBP else PIXELS
    if width * height > most.most:
        return f"Das Bild hat mehr als {most.told} Bildpunkte."
    return "" if _opens(data) else f"Das {name}-Bild ist unvollständig oder beschädigt."


def _opens(data: bytes) -> bool:
    """Whether the picture opens, as it will for the PDF: whatever is wrong with it, or warned of, ends the typesetting.

    A JPEG is unpacked at an eighth of its size, which takes little time and reads all of it.
    """
    from PIL import Image, ImageFile, ImageOps

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # the typesetter's library is
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data)) as picture:
            warnings.simplefilter("error")
            picture.draft("RGB", (1, 1))
            ImageOps.exif_transpose(picture)
            picture.load()
    except (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, Warning, struct.error):
        return False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return True


def _png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG, which has its data counted but not kept.

    A picture that was cut off while it was copied still has its header: that rows are missing shows only where they are
    unpacked. An interlaced one has rows of other lengths and is trusted. Raises ValueError, struct.error or zlib.error
    if a chunk, or the picture data, is not whole.
    """
    header = b""
    packed = []
    palette = False
    for name, body in png_chunks(data):
        if (name == b"IHDR") == bool(header):  # another reader might go by the last of two
            raise ValueError("it must begin with its one header")
        header = header or body
        palette = palette or name == b"PLTE"
        if name == b"IDAT":
            packed.append(body)
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", header)
    if not width or not height or depth not in _DEPTHS.get(colour, ()) or palette < (colour == _PALETTE):
        raise ValueError("no size or no colours")
    if width * height <= PIXELS.most and not interlaced:
        # Each row is one byte for its filter and then its pixels, filled up to a whole byte (PNG, "Scanlines").
        row = 1 + (width * depth * _CHANNELS[colour] + 7) // 8
        if _unpacked_length(packed, row, row * height) < row * height:
            raise ValueError("rows are missing")
    return width, height


def _unpacked_length(packed: list[bytes], row: int, enough: int) -> int:
    """How much picture data there is, as far as `enough`: a bomb is not blown up beyond it.

    Raises ValueError for a row that begins with no filter that there is; `row` is how long each is.
    """
    unpacker = zlib.decompressobj()
    length = 0
    for body in packed:
        rest = body
        while rest and length < enough:
            piece = unpacker.decompress(rest, 65536)
            if not _FILTERS.issuperset(piece[-length % row : enough - length : row]):
                raise ValueError("a row cannot be read")
            length += len(piece)
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
            depth, height, width, channels = struct.unpack_from(">BHHB", data, position + 4)
            if not width or not height:
                raise ValueError("no size")
            if kind not in _USUAL_MARKERS or depth != _USUAL_DEPTH or channels not in _USUAL_CHANNELS:
                raise _RareError("ist in einer seltenen Form gespeichert, die sich nicht drucken lässt")
            return width, height
        position += 2 + length


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises an error if the chunks are not whole."""
    shape = webp_shape(data)
    if shape.moving:
        raise _RareError("bewegt sich; ein Plan kann nur stehende zeigen")
    return shape.width, shape.height


_SIZES: Mapping[str, Callable[[bytes], tuple[int, int]]] = {"PNG": _png_size, "JPEG": _jpeg_size, _WEBP: _webp_size}
_BEGINNINGS: Mapping[str, Callable[[bytes], bool]] = {
    "PNG": lambda data: data.startswith(PNG_SIGNATURE),
    "JPEG": lambda data: data.startswith(JPEG_START),
    _WEBP: is_webp,
}
