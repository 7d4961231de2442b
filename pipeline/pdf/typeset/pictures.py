"""A picture's bytes in, the same picture as a PDF of this kind can hold it out.

PDF/A-2 wants every colour in one of the spaces that the file's own profile describes, which is RGB (ISO 19005-2,
6.2.4.3); and WeasyPrint passes on the data of a picture with eight bits a channel, whatever it has.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from pipeline.pictures.upright import upright

_RASTERS: Final = (b"\x89PNG", b"\xff\xd8")
_QUALITY: Final = 95  # of a JPEG that is written anew: nobody sees a difference, and it stays about as large
_DEEP: Final = 65535 / 255  # of the steps of a channel with sixteen bits so many are one of eight bits
_PRINTERS: Final = "CMYK"
_DEEP_GREY: Final = ("I", "I;16", "I;16B", "I;16L")


def as_printed(data: bytes) -> bytes:
    """The bytes of a picture that a PDF can hold; those of every other one, and of drawings, are as they were.

    Four printers' inks become RGB and deep greys ordinary ones; a photo taken on its side stands upright. Raises what
    Pillow raises for a damaged picture.
    """
    if not data.startswith(_RASTERS):
        return data
    data = upright(data)
    with Image.open(io.BytesIO(data)) as picture:
        if picture.mode == _PRINTERS:
            return _saved(picture.convert("RGB"), "JPEG", quality=_QUALITY)
        if picture.mode in _DEEP_GREY:
            return _saved(picture.convert("I").point(lambda value: value / _DEEP).convert("L"), "PNG")
    return data


def _saved(picture: Image.Image, kind: str, **options: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()
