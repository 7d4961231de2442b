"""The cover looks like the print's: dark or light, a bar a measure; and its words can be read without the picture."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from pipeline.document import model as d
from pipeline.word.build import write_docx
from pipeline.word.tokens import tokens
from tests.word.reading import style
from tests.word.sample import AXIS, FILLED, OPEN, PICTURES, sample

DOTS_A_MM = 120 / 25.4
BARS = (d.Bar(0, 4, "filled", False, (), ""), d.Bar(4, 8, "open", True, (), ""))


def built(variant: str = "dunkel", title: str = "Plan") -> dict[str, bytes]:
    """The parts of a DOCX whose cover has two bars."""
    document = sample()
    cover = d.Cover(
        "titel", title, "Untertitel", ("Stadt",), document.properties.state, "Fassung 0.1", variant, AXIS,
        (d.CoverField("1", BARS),), (FILLED, OPEN), "Zwei Balken",
    )  # fmt: skip
    data = write_docx(replace(document, parts=(cover, *document.parts[1:2])), PICTURES, {}).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def picture(parts: dict[str, bytes]) -> Image.Image:
    return Image.open(io.BytesIO(parts["word/media/titel.png"])).convert("RGB")


def at(image: Image.Image, left: float, top: float) -> str:
    """The colour at a place in millimetres."""
    red, green, blue = image.getpixel((round(left * DOTS_A_MM), round(top * DOTS_A_MM)))  # type: ignore[misc]
    return f"{red:02X}{green:02X}{blue:02X}"


def near(found: str, name: str) -> bool:
    pairs = (zip(*(bytes.fromhex(colour) for colour in (found, tokens().colours[name])), strict=True),)
    return all(abs(one - other) <= 4 for each in pairs for one, other in each)


@pytest.mark.parametrize(
    ("variant", "page", "filled"), [("dunkel", "petrol_dark", "cover_filled"), ("hell", "paper", "petrol")]
)
def test_each_measure_has_a_bar_in_the_colours_of_the_page(variant: str, page: str, filled: str) -> None:
    image = picture(built(variant))
    assert near(at(image, 5, 290), page)
    column = [at(image, 60, top / 10) for top in range(1500, 2000)]
    assert any(near(colour, filled) for colour in column)
    edge = [at(image, 209.5, top / 10) for top in range(1500, 2000)]
    assert any(not near(colour, page) for colour in edge), "what goes on runs to the page's edge"


def test_words_on_the_dark_page_stand_on_bands_of_its_colour() -> None:
    styles = etree.fromstring(built()["word/styles.xml"])
    for name in ("Title", "Subtitle", "ZPAbsender"):
        (found,) = styles.findall(f"{qn('w:style')}[@{qn('w:styleId')}='{name}']")
        colour, band = found.find(f"{qn('w:rPr')}/{qn('w:color')}"), found.find(f"{qn('w:pPr')}/{qn('w:shd')}")
        assert colour is not None
        assert colour.get(qn("w:val")) == tokens().colours["paper"]
        assert band is not None
        assert band.get(qn("w:fill")) == tokens().colours["petrol_dark"]


def test_the_picture_lies_behind_the_words_and_says_what_it_shows() -> None:
    body = etree.fromstring(built()["word/document.xml"])[0]
    (anchor,) = body.iter("{*}anchor")
    assert anchor.get("behindDoc") == "1"
    assert [item.get("descr") for item in anchor.iter("{*}docPr")] == ["Zwei Balken"]
    paragraph = next(anchor.iterancestors(qn("w:p")))
    assert style(paragraph) == "ZPAbsender"


def test_below_a_long_title_the_bars_begin_lower() -> None:
    def first(image: Image.Image) -> int:
        return next(top for top in range(1400, 2900) if near(at(image, 60, top / 10), "cover_filled"))

    assert first(picture(built(title="Ein langer Titel " * 8))) > first(picture(built())) + 20


def test_the_same_cover_gives_the_same_bytes() -> None:
    assert built()["word/media/titel.png"] == built()["word/media/titel.png"]


def test_a_title_that_leaves_no_room_for_bars_is_a_cover_all_the_same() -> None:
    """A long one is set smaller, as in print; below one that fills the page there are no bars."""
    full, long = (built(title="Ein langer Titel " * times) for times in (1, 20))
    sizes = [
        int(found.get(qn("w:val"), "0"))
        for parts in (full, long)
        for found in etree.fromstring(parts["word/styles.xml"]).iterfind(
            f"{qn('w:style')}[@{qn('w:styleId')}='Title']/{qn('w:rPr')}/{qn('w:sz')}"
        )
    ]
    assert sizes == [82, 41]
    assert near(at(picture(built(title="Ein langer Titel " * 60)), 60, 250), "petrol_dark")
