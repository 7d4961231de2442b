"""A page of HTML and its pictures in; the page with stand-ins that pandoc takes for them out, and the pictures put in.

pandoc holds a picture several times in memory, as text too, and gives up at some thirty megabytes of them. All that it
does with one is to look how large it is. So it gets a stand-in of one pixel, with the size said beside it, which is
exchanged in the finished package.
"""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import escape

from pipeline.design import design
from pipeline.errors import RenderingError
from pipeline.files.cache import NOTHING_KEPT, Cache
from pipeline.ooxml.package import Package
from pipeline.pictures.facts import facts
from pipeline.pictures.metadata import JPEG_START, PNG_SIGNATURE, is_photo, png_chunk
from pipeline.pictures.room import Room
from pipeline.word.raster import png_from_svg

_MEDIA: Final = "word/media/"
_PNG: Final = (
    png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
    png_chunk(b"IDAT", zlib.compress(b"\0\xff")) + png_chunk(b"IEND", b""),
)  # one white pixel; between the two goes what it stands for
_JPEG: Final = base64.b64decode(  # one grey pixel, without the two bytes that begin every JPEG
    "/+AAEEpGSUYAAQEAAAEAAQAA/9sAQwD///////////////////////////////////////////////////////////////////////////////"
    "///////8AACwgAAQABAQERAP/EABQAAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AEf/2Q=="
)
# pandoc counts in points and rounds down; a millionth of a millionth more keeps whole ones whole.
_ABOVE: Final = 1 + 1e-12
DOTS: Final = 220  # an inch: what Word itself leaves of a picture that is to be printed
_MM: Final = 25.4  # an inch


@dataclass(frozen=True)
class StandIns:
    """The page as pandoc gets it, and what each stand-in in it stands for."""

    html: str
    pictures: Mapping[bytes, bytes]


def with_stand_ins(html: str, pictures: Mapping[str, bytes], kept: Cache = NOTHING_KEPT) -> StandIns:
    """The page whose pictures' addresses are keys of `pictures` (bytes of SVG, PNG, JPEG, WebP), with stand-ins inside
    it. `kept`: pictures as Word shows them, from earlier builds.

    Raises RenderingError where a picture is of another kind or damaged, MissingToolError where rsvg-convert is missing.
    """
    stand_ins: dict[bytes, bytes] = {}
    for name in sorted(pictures):
        if _address(name) in html:
            shown, (width, height) = _as_shown(name, pictures[name], kept)
            small, kind = _stand_in(shown)
            stand_ins[small] = shown
            html = _shown(html, name, small, kind, f' width="{width * _ABOVE!r}in" height="{height * _ABOVE!r}in"')
    return StandIns(html, stand_ins)


def without_pictures(html: str, names: Iterable[str]) -> str:
    """The page with one and the same stand-in for all the pictures, for whoever looks at the words alone."""
    small, kind = _stand_in(PNG_SIGNATURE)
    for name in names:
        html = _shown(html, name, small, kind, "")
    return html


def _shown(html: str, name: str, small: bytes, kind: str, size: str) -> str:
    return html.replace(_address(name), f'src="data:image/{kind};base64,{base64.b64encode(small).decode()}"{size}')


def _address(name: str) -> str:
    return f'src="{escape(name)}"'


def put_in(package: Package, pictures: Mapping[bytes, bytes]) -> None:
    """The pictures into a package, each in the place of its stand-in."""
    for name in [part for part in package.parts if part.startswith(_MEDIA)]:
        package.parts[name] = pictures[package.parts[name]]


def _as_shown(name: str, data: bytes, kept: Cache) -> tuple[bytes, tuple[float, float]]:
    """The picture as Word shows it, a drawing as pixels; width and height on paper, in inches."""
    if name.lower().endswith(".svg"):  # not by its bytes: a photo may carry any text, a drawing any coding
        drawn = png_from_svg(name, data)
        return drawn, room().printed(facts(drawn).inches)
    if not is_photo(data):
        raise RenderingError(
            f"{name}: Das Bildformat ist unbekannt; möglich sind SVG, PNG, JPEG und WebP. Bitte das Bild umwandeln."
        )
    key = kept.key(b"shown", repr(room()).encode(), data)
    try:
        inches = facts(data).inches
        shown = kept.get(key)
        if shown is None:
            from pipeline.pictures.shown import as_shown  # noqa: PLC0415 - most plans have drawings only

            shown = as_shown(data, room(), inches)
            if shown is not data:
                kept.put(key, shown)
    except (OSError, ValueError, IndexError, SyntaxError, struct.error) as error:
        raise RenderingError(f"{name}: Das Bild lässt sich nicht zeigen; bitte neu speichern.") from error
    return shown, room().printed(inches)


@cache
def room() -> Room:
    """The room that a page gives a picture."""
    lengths = design()
    page, height = lengths["page_mm"]["portrait"], lengths["lengths_mm"]["figure"]["height"]
    return Room((page["width"] - page["left"] - page["right"]) / _MM, height / _MM, DOTS)


def _stand_in(data: bytes) -> tuple[bytes, str]:
    """What stands for a PNG or JPEG and shows nothing, and its kind."""
    digest = hashlib.sha256(data).digest()
    if data.startswith(PNG_SIGNATURE):
        return PNG_SIGNATURE + png_chunk(b"teXt", digest).join(_PNG), "png"
    said = struct.pack(">BBH", 0xFF, 0xFE, len(digest) + 2) + digest
    return JPEG_START + said + _JPEG, "jpeg"
