"""Photos lose what they say of camera and place, not one pixel; and everywhere they stand that way up that they say."""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from pipeline.pdf.typeset.pictures import as_printed
from pipeline.pictures.facts import facts
from pipeline.pictures.metadata import orientation, without_metadata
from pipeline.pictures.upright import upright
from pipeline.word.pictures import with_stand_ins

SECRETS = (b"Kamera Eins", b"Bottrop", b"GPSLatitude", b"geheim", b"2026:01:02", b"ICH")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GPS = {1: "N", 2: (51.0, 31.0, 24.0), 3: "E", 4: (6.0, 55.0, 12.0)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>51</exif:GPSLatitude></x:xmpmeta>'


def _exif(way: int, *, place: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Eins"
    exif[0x0132] = "2026:01:02 03:04:05"
    exif[0x0112] = way
    if place:
        exif[0x8825] = GPS
    return exif


def _image() -> Image.Image:
    """Wider than high, and other in each corner."""
    image = Image.linear_gradient("L").resize((48, 32)).convert("RGB")
    image.paste((255, 0, 0), (0, 0, 16, 8))
    image.paste((0, 0, 255), (32, 24, 48, 32))
    return image


def _saved(kind: str, way: int = 1, *, place: bool = True, **more: Any) -> bytes:
    target = io.BytesIO()
    _image().save(target, kind, exif=_exif(way, place=place), icc_profile=PROFILE, dpi=(144, 144), **more)
    return target.getvalue()


def _segment(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body


def jpeg(way: int = 1, *, place: bool = True) -> bytes:
    """A photo with all that cameras and programs write into one, also behind its end."""
    data = _saved("JPEG", way, place=place, quality=90, comment=b"geheim", progressive=True)
    iptc = _segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x5a\0\x07Bottrop")
    xmp = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + (XMP if place else b"ICH"))
    maker = _segment(0xE5, b"ICH") + b"\xff" + _segment(0xEB, b"JP geheim")
    return data[:20] + iptc + xmp + maker + data[20:] + b"geheim"


def png(way: int = 1, *, place: bool = True) -> bytes:
    """The same as PNG."""
    words = PngInfo()
    words.add_text("Author", "ICH")
    words.add_text("Comment", "geheim", zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode() if place else "ICH")
    return _saved("PNG", way, place=place, pnginfo=words) + b"geheim"


BOTH = pytest.mark.parametrize("photo", [jpeg, png], ids=["JPEG", "PNG"])
Photo = Callable[..., bytes]


def _opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@BOTH
@pytest.mark.parametrize("way", range(1, 9))
def test_nothing_is_left_but_the_picture(photo: Photo, way: int) -> None:
    data = photo(way)
    bare = without_metadata(data)
    assert bare.had_place
    assert not [word for word in SECRETS if word in bare.data]
    before, after = _opened(data), _opened(bare.data)
    assert after.tobytes() == before.tobytes()
    assert after.info["icc_profile"] == PROFILE
    assert after.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    assert dict(after.getexif()) == ({0x0112: way} if way != 1 else {})
    assert orientation(bare.data) == way


def test_picture_data_stay_byte_for_byte() -> None:
    data, bare = jpeg(), without_metadata(jpeg()).data
    begin = data.index(b"\xff\xc2")  # the frame of a progressive one
    end = data.rindex(b"\xff\xd9") + 2
    assert bare[bare.index(b"\xff\xc2") :] == data[begin:end]


@BOTH
def test_without_anything_to_lose_it_is_the_same(photo: Photo) -> None:
    bare = without_metadata(photo(6)).data
    again = without_metadata(bare)
    assert again.data is bare
    assert not again.had_place


@BOTH
def test_a_camera_is_no_place(photo: Photo) -> None:
    assert not without_metadata(photo(place=False)).had_place


@BOTH
def test_a_damaged_one_stays_as_it_is(photo: Photo) -> None:
    data = photo()
    for end in range(2, len(data) - 8, 97):
        assert without_metadata(data[:end]).data is not None
    assert without_metadata(data[:100]).data == data[:100]


def test_the_small_picture_inside_goes() -> None:
    small = b"\xff\xd8" + _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01ICH") + _saved("JPEG")[20:]
    bare = without_metadata(small).data
    assert b"ICH" not in bare
    assert _opened(bare).size == (48, 32)


def test_a_photo_in_a_drawing_loses_them_too() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,%s"/></svg>'
    bare = without_metadata(drawing % base64.b64encode(jpeg(6)))
    assert bare.had_place
    assert bare.data == drawing % base64.b64encode(without_metadata(jpeg(6)).data)


@BOTH
@pytest.mark.parametrize("way", range(2, 9))
def test_it_stands_upright_in_both_documents(photo: Photo, way: int) -> None:
    bare = without_metadata(photo(way)).data
    right = ImageOps.exif_transpose(_opened(bare)).convert("L")
    (in_word,) = with_stand_ins('<img src="a.jpg">', {"a.jpg": bare}).pictures.values()
    for shown in (as_printed(bare), in_word.data):
        image = _opened(shown)
        assert orientation(shown) == 1
        assert image.size == right.size
        assert image.info["icc_profile"] == PROFILE
        differences = zip(image.convert("L").tobytes(), right.tobytes(), strict=True)
        assert max(abs(one - other) for one, other in differences) <= 48


def test_one_that_is_upright_is_not_encoded_anew() -> None:
    bare = without_metadata(jpeg()).data
    assert upright(bare) is bare
    assert as_printed(bare) is bare


def test_size_on_paper() -> None:
    assert facts(jpeg()).inches == pytest.approx((48 / 144, 32 / 144))
    assert facts(png()).inches == pytest.approx((48 / 144, 32 / 144), rel=0.01)
    target = io.BytesIO()
    _image().save(target, "PNG")
    assert facts(target.getvalue()).inches == (48 / 72, 32 / 72)
