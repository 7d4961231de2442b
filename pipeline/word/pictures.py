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
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from pipeline.errors import RenderingError
from pipeline.ooxml.package import Package
from pipeline.pictures.metadata import JPEG_START, PNG_SIGNATURE, jpeg_inches, png_chunk, png_inches
from pipeline.pictures.upright import upright
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


@dataclass(frozen=True)
class StandIns:
    """The page as pandoc gets it, and what each stand-in in it stands for."""

    html: str
    pictures: Mapping[bytes, bytes]


def with_stand_ins(html: str, pictures: Mapping[str, bytes]) -> StandIns:
    """The page whose pictures' addresses are keys of `pictures` (bytes of SVG, PNG, JPEG), with stand-ins inside it.

    Raises RenderingError where a picture is of another kind or damaged, MissingToolError where rsvg-convert is missing.
    """
    stand_ins: dict[bytes, bytes] = {}
    for name in sorted(pictures):
        address = f'src="{escape(name)}"'
        if address in html:
            shown = _as_shown(name, pictures[name])
            small, kind, (width, height) = _stand_in(name, shown)
            stand_ins[small] = shown
            source = f"data:image/{kind};base64,{base64.b64encode(small).decode()}"
            size = f'width="{width * _ABOVE!r}in" height="{height * _ABOVE!r}in"'
            html = html.replace(address, f'src="{source}" {size}')
    return StandIns(html, stand_ins)


def put_in(package: Package, pictures: Mapping[bytes, bytes]) -> None:
    """The pictures into a package, each in the place of its stand-in."""
    for name in [part for part in package.parts if part.startswith(_MEDIA)]:
        package.parts[name] = pictures[package.parts[name]]


def _as_shown(name: str, data: bytes) -> bytes:
    """The picture as Word shows it: a drawing as pixels, a photo that way up that it is to be seen."""
    if name.lower().endswith(".svg"):  # not by its bytes: a photo may carry any text, a drawing any coding
        return png_from_svg(name, data)
    try:
        return upright(data)
    except (OSError, ValueError, SyntaxError) as error:
        raise RenderingError(f"{name}: Das Bild lässt sich nicht drehen; bitte neu speichern.") from error


def _stand_in(name: str, data: bytes) -> tuple[bytes, str, tuple[float, float]]:
    """What stands for a picture and shows nothing, its kind; width and height of the picture on paper, in inches."""
    digest = hashlib.sha256(data).digest()
    try:
        if data.startswith(PNG_SIGNATURE):
            return PNG_SIGNATURE + png_chunk(b"teXt", digest).join(_PNG), "png", png_inches(data)
        if data.startswith(JPEG_START):
            said = struct.pack(">BBH", 0xFF, 0xFE, len(digest) + 2) + digest
            return JPEG_START + said + _JPEG, "jpeg", jpeg_inches(data)
    except (ValueError, IndexError, struct.error) as error:
        raise RenderingError(f"{name}: Das Bild ist beschädigt; bitte neu speichern.") from error
    raise RenderingError(
        f"{name}: Das Bildformat ist unbekannt; möglich sind SVG, PNG und JPEG. Bitte das Bild umwandeln."
    )
