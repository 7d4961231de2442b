"""A picture as somebody has it and the room that a layout gives it in; the picture as a document shows it out.

Nobody sees more dots than the paper shows, so no document carries more. What programs and the standard for archives do
not agree on is settled here, alike for both documents: sixteen bits a channel, printers' inks, colours of another space
than the usual one, WebP, the way up. The picture itself stays in the sources as it is; the same picture in the same
room gives the same bytes.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, JpegImagePlugin

from pipeline.pictures.colours import has_own_colours, in_usual_colours
from pipeline.pictures.exif import LYING, UPRIGHT
from pipeline.pictures.facts import Facts, facts
from pipeline.pictures.room import Room
from pipeline.pictures.upright import TURNS, upright

# How a JPEG is written, the best first: the first that is light enough is taken, else the last. A photo of a square has
# some 0.08 bytes a dot at 85, the leaves of a tree 0.2; among those nobody sees what 60 loses.
_QUALITIES: Final = (85, 80, 75, 70, 65, 60)
_LIGHT: Final = 0.1  # bytes a dot
# A photo that weighs more than this, and is not coarse on paper, is written anew though it is no larger than its room.
_HEAVY: Final = 0.15
_COARSE: Final = 200  # dots an inch
_WORTH: Final = 0.75  # of its bytes may be left at most, else it stays as it is
_ONE_COLOUR_TO_FOUR: Final = 2  # Pillow's number for it
_ROUNDED: Final = 1e-6  # dots: 5 inches of 300 dots are 1,500, whatever a division has left of them
_STEPS: Final = 65535 / 255  # of a channel with sixteen bits so many are one of eight bits
_DEEP_GREY: Final = ("I", "I;16", "I;16B", "I;16L")
_SCALED_AS_THEY_ARE: Final = ("L", "LA", "RGB", "RGBA", "CMYK", *_DEEP_GREY)
_GREY: Final = ("1", "L", "LA")
_SOLID: Final = (255, 255)  # the least and the most of a fourth channel through which no paper is seen
_PHOTO: Final = 1  # byte a dot: what packs no better than this is a photo, whatever it was saved as
_FINER: Final = 2  # times as fine as it is to be, at least, a JPEG is unpacked: from fewer dots the others would suffer


def as_shown(data: bytes, room: Room, inches: tuple[float, float]) -> bytes:
    """A PNG, JPEG or WebP of `inches` by itself, as an upright JPEG or PNG of eight bits a channel in the usual
    colours, no finer than its room; the same bytes where nothing is to be done.

    Raises what Pillow raises for a damaged picture, ValueError, IndexError or struct.error.
    """
    found = facts(data)
    across, down = room.printed(inches)
    size = _most(found.width, across * room.dots), _most(found.height, down * room.dots)
    dots = round(size[0] / across), round(size[1] / down)
    if size != (found.width, found.height) or not found.usual or has_own_colours(data):
        return _made(data, found, size, dots)
    is_heavy = found.photo and len(data) > _HEAVY * found.width * found.height
    if is_heavy and min(dots) >= _COARSE:
        made = _made(data, found, size, dots)
        if len(made) <= len(data) * _WORTH:
            return made
    return upright(data)


def _most(pixels: int, dots: float) -> int:
    return max(1, min(pixels, int(dots + _ROUNDED)))


def _made(data: bytes, found: Facts, size: tuple[int, int], dots: tuple[int, int]) -> bytes:
    """The picture encoded anew, of that size when it is upright."""
    lying = size[::-1] if found.way in LYING else size
    with Image.open(io.BytesIO(data)) as picture:
        if isinstance(picture, JpegImagePlugin.JpegImageFile):
            picture.draft(None, (lying[0] * _FINER, lying[1] * _FINER))
        scaled = _scalable(picture)
        if scaled.size != lying:
            scaled = scaled.resize(lying, Image.Resampling.LANCZOS)
    shown = in_usual_colours(_of_eight_bits(scaled))
    if found.way != UPRIGHT:
        shown = shown.transpose(TURNS[found.way])
    if not found.photo:
        packed = _png(shown, dots)
        if shown.mode != "RGB" or len(packed) <= _PHOTO * size[0] * size[1]:
            return packed
    return _jpeg(shown, dots)


def _scalable(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled; the same where its own can be, since a copy may be large."""
    wanted = picture.mode
    if picture.has_transparency_data:
        wanted = "LA" if picture.mode in _GREY else "RGBA"
    elif picture.mode not in _SCALED_AS_THEY_ARE:
        wanted = "L" if picture.mode in _GREY else "RGB"
    if picture.mode == wanted:
        picture.load()
        return picture
    return picture.convert(wanted)


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    """The picture with eight bits a channel, and without a fourth one through which no paper is seen."""
    if picture.mode in _DEEP_GREY:
        return picture.convert("I").point(lambda value: value / _STEPS).convert("L")
    if picture.mode in ("LA", "RGBA") and picture.getextrema()[-1] == _SOLID:
        return picture.convert(picture.mode.removesuffix("A"))
    return picture


def _jpeg(picture: Image.Image, dots: tuple[int, int]) -> bytes:
    data = b""
    for quality in _QUALITIES:
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=quality, subsampling=_ONE_COLOUR_TO_FOUR, optimize=True, dpi=dots)
        data = target.getvalue()
        if len(data) <= _LIGHT * picture.width * picture.height:
            break
    return data


def _png(picture: Image.Image, dots: tuple[int, int]) -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True, dpi=dots, icc_profile=None, exif=b"")
    return target.getvalue()
