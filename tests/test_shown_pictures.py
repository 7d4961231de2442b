"""What both documents make of whatever picture a person has: no finer than the paper, upright, in the usual colours."""

from __future__ import annotations

import io
import math
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageStat

from pipeline.pdf.typeset.pictures import as_drawn, as_printed
from pipeline.pictures.colours import has_own_colours
from pipeline.pictures.facts import facts
from pipeline.pictures.metadata import without_metadata
from pipeline.pictures.room import Room
from pipeline.pictures.shown import as_shown
from pipeline.word.pictures import room, with_stand_ins
from tests.every_picture import BLUE, GREEN, RED, corners, deep, exif, inks_profile, saved, wide_profile

HERE = Room(2, 3, 100)  # two inches by three


def _leaves(width: int, height: int) -> Image.Image:
    """One that hardly packs, as photos do."""
    grain = Image.frombytes(
        "RGB", (width // 2, height // 2), random.Random(7).randbytes(width // 2 * (height // 2) * 3)
    )
    return grain.resize((width, height), Image.Resampling.BICUBIC)


def _shown(data: bytes, space: Room = HERE) -> tuple[bytes, Image.Image]:
    """The bytes as they are shown, which are the same each time, and the picture in them."""
    inches = facts(data).inches
    made = as_shown(data, space, inches)
    assert as_shown(data, space, inches) == made
    image = Image.open(io.BytesIO(made))
    image.load()
    return made, image


def _is_near(one: Any, other: tuple[int, ...], most: int = 12) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


KINDS: dict[str, Callable[[Image.Image], bytes]] = {
    "JPEG": lambda image: saved(image, "JPEG", quality=95),
    "progressive": lambda image: saved(image, "JPEG", quality=95, progressive=True),
    "PNG": lambda image: saved(image, "PNG"),
    "palette": lambda image: saved(image.quantize(16), "PNG"),
    "WebP": lambda image: saved(image, "WEBP", quality=95),
    "WebP without loss": lambda image: saved(image, "WEBP", lossless=True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_finer_than_the_paper(kind: str) -> None:
    made, image = _shown(KINDS[kind](corners(900, 600)))
    assert image.size == (200, 133)
    assert image.format == ("PNG" if kind in ("PNG", "palette", "WebP without loss") else "JPEG")
    for at, colour in (((40, 30), RED), ((160, 30), GREEN), ((40, 100), BLUE)):
        assert _is_near(image.convert("RGB").getpixel(at), colour)
    assert b"ICC_PROFILE" not in made


@pytest.mark.parametrize(
    ("size", "printed"), [((900, 600), (200, 133)), ((300, 900), (100, 300)), ((50, 40), (50, 40))]
)
def test_width_and_height_count(size: tuple[int, int], printed: tuple[int, int]) -> None:
    assert _shown(saved(corners(*size), "PNG"))[1].size == printed


@pytest.mark.parametrize("way", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_turned_and_scaled_at_once(kind: str, way: int) -> None:
    turned = corners(900, 600)
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[way]
    data = without_metadata(saved(turned.transpose(back), kind, exif=exif(way), quality=95)).data
    _, image = _shown(data)
    assert image.size == (200, 133)
    assert facts(data).way == way
    assert _is_near(image.convert("RGB").getpixel((30, 30)), RED)
    assert _is_near(image.convert("RGB").getpixel((170, 30)), GREEN)
    assert not image.getexif()


def test_what_is_shown_as_it_is_keeps_its_bytes() -> None:
    for data in (
        KINDS["JPEG"](corners(190, 100)),
        KINDS["progressive"](corners(90, 80)),
        KINDS["PNG"](corners(9, 9)),
    ):
        assert as_shown(data, HERE, (2.0, 1.0)) is data


@pytest.mark.parametrize(
    ("data", "mode", "colour"),
    [
        (deep(0, 0x8000), "L", (128,)),
        (deep(2, 0xFFFF, 0x8000, 0), "RGB", (255, 128, 0)),
        (deep(4, 0x8000, 0x4000), "RGBA", (128, 128, 128, 64)),
        (deep(6, 0xFFFF, 0x8000, 0, 0x4000), "RGBA", (255, 128, 0, 64)),
    ],
)
def test_eight_bits_are_left_of_sixteen(data: bytes, mode: str, colour: tuple[int, ...]) -> None:
    made, image = _shown(data)
    assert (made[24], image.mode, image.size) == (8, mode, (60, 40))
    pixel = image.getpixel((5, 5))
    assert _is_near(pixel if isinstance(pixel, tuple) else (pixel,), colour, 1)


def test_the_paper_shows_through_as_before() -> None:
    image = corners(900, 600, "RGBA")
    image.paste((0, 0, 0, 0), (450, 300, 900, 600))
    for kind in ("PNG", "WEBP"):
        _, shown = _shown(saved(image, kind, lossless=True))
        assert (shown.mode, shown.size) == ("RGBA", (200, 133))
        assert [shown.getpixel(at)[3] for at in ((50, 50), (150, 100))] == [255, 0]  # type: ignore[index]


def test_a_fourth_channel_that_hides_nothing_goes() -> None:
    assert _shown(saved(corners(900, 600, "RGBA"), "PNG"))[1].mode == "RGB"


def test_printers_inks_become_colours() -> None:
    for size in ((100, 80), (900, 600)):
        _, image = _shown(saved(corners(*size, "CMYK"), "JPEG", quality=95))
        assert image.mode == "RGB"
        assert _is_near(image.getpixel((20, 20)), RED, 20)


def test_a_profile_says_how_inks_were_meant() -> None:
    """Cyan that its profile says to be a dark red."""
    image = Image.new("CMYK", (90, 60), (255, 0, 0, 0))
    for size in ((90, 60), (900, 600)):
        data = saved(image.resize(size), "JPEG", quality=95, icc_profile=inks_profile())
        assert has_own_colours(data)
        made, shown = _shown(data)
        red, green, blue = shown.getpixel((9, 9))  # type: ignore[misc]
        assert shown.mode == "RGB"
        assert red > green + 40 > blue
        assert b"ICC_PROFILE" not in made


def test_a_wider_space_is_brought_to_the_usual_one() -> None:
    """Full green of a space whose green is greener is greener than the usual one can be."""
    wide = ImageCms.ImageCmsProfile(io.BytesIO(wide_profile())).tobytes()
    data = saved(Image.new("RGB", (90, 60), (90, 200, 90)), "JPEG", quality=95, icc_profile=wide)
    assert has_own_colours(data)
    made, image = _shown(data)
    assert b"ICC_PROFILE" not in made
    red, green, _ = image.getpixel((9, 9))  # type: ignore[misc]
    assert red < 70 < green
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (usual, b"no profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()):
        assert not has_own_colours(saved(corners(90, 60), "JPEG", icc_profile=profile))


def test_a_photo_saved_as_png_becomes_a_jpeg() -> None:
    made, image = _shown(saved(_leaves(600, 400), "PNG"))
    assert (image.format, image.size) == ("JPEG", (200, 133))
    assert len(made) < 200 * 133


def test_a_photo_that_is_heavy_for_its_size_is_written_anew() -> None:
    fine = Room(2, 3, 300)
    data = saved(_leaves(599, 400), "JPEG", quality=98)
    assert len(as_shown(data, fine, (2.0, 1.34))) < len(data) / 2
    assert as_shown(data, Room(4, 4, 300), (4.0, 2.67)) is data  # 150 dots an inch: nothing may be lost


def test_what_is_light_keeps_its_quality() -> None:
    _, light = _shown(saved(corners(900, 600), "JPEG", quality=95))
    _, heavy = _shown(saved(_leaves(900, 600), "JPEG", quality=95))
    tables = [sum(image.quantization[0]) for image in (light, heavy)]  # type: ignore[attr-defined]
    assert tables[0] < tables[1] / 2


def test_the_rooms_of_both_documents() -> None:
    """300 dots an inch in a column of 125 mm, 220 on a page of 168; neither higher than 160 mm."""
    wide, high = KINDS["JPEG"](corners(3000, 1000)), KINDS["JPEG"](corners(600, 3000))
    for data, printed, word in ((wide, (1476, 492), (1455, 485)), (high, (377, 1889), (277, 1385))):
        assert _size(as_printed(data)) == printed
        page = with_stand_ins('<img src="a.jpg">', {"a.jpg": data})
        (shown,) = page.pictures.values()
        assert _size(shown.data) == word
        told = re.findall(r'(?:width|height)="([0-9.]+)in"', page.html)
        assert [float(inches) * 220 for inches in told] == pytest.approx(word, abs=1)
    assert room().dots == 220
    assert as_drawn(wide) is wide
    assert math.isclose(room().width, 168 / 25.4)


def _size(data: bytes) -> tuple[int, int]:
    found = facts(data)
    return found.width, found.height


def test_grey_stays_grey() -> None:
    _, image = _shown(saved(corners(900, 600, "L"), "JPEG", quality=95))
    assert image.mode == "L"
    assert ImageStat.Stat(image).extrema[0][1] > 240
