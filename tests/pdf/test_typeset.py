"""The typesetter uses only what it is given and stays silent; that it makes the same bytes, `test_plans.py` tries."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from html import escape
from pathlib import Path

import pikepdf
import pyphen
import pytest
from PIL import Image
from weasyprint.text.ffi import ffi

from pipeline.design import STYLES as DESIGN
from pipeline.errors import RenderingError
from pipeline.pdf.build import write_pdf
from pipeline.pdf.css import stylesheet
from pipeline.pdf.fragment import Fragment
from pipeline.pdf.typeset.c_types import TYPES
from pipeline.pdf.typeset.hyphenation import HYPHENATION, Patterns
from pipeline.pdf.typeset.typeset import Typesetter
from tests.pdf.sample import PICTURES, Size, sample

ROOT = Path(__file__).resolve().parents[2]
FACE = '@font-face{font-family:"ZP Sans";src:url(styles:fonts/SourceSans3-Regular.ttf)}'
STYLES = f'{FACE}html{{font-family:"ZP Sans"}}'


def page(body: str) -> str:
    return f'<!DOCTYPE html><html lang="de"><head><title>x</title></head><body>{body}</body></html>'


def typeset(html: str, pictures: dict[str, bytes], styles: str = STYLES) -> Fragment:
    return Typesetter(styles).typeset(html, pictures)


def test_no_type_of_c_is_read_while_a_page_is_typeset() -> None:
    typesetter = Typesetter(STYLES)
    known = set(ffi._parsed_types)
    typesetter.typeset(page(f'<h1>Über</h1><p style="hyphens:auto">{"Nachhaltigkeitsstrategie " * 40}</p>'), {})
    assert list(ffi.new("hb_codepoint_t[3]", [7, 8, 9])) == [7, 8, 9]
    assert set(ffi._parsed_types) == known
    assert set(TYPES) <= known


def test_the_sample_is_typeset() -> None:
    result = write_pdf(sample(), PICTURES)
    assert result.pdf.startswith(b"%PDF-1.7")
    assert result.pages > len(sample().parts)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.org/x.png",
        "https://example.org/x.png",
        "ftp://example.org/x.png",
        "content:bilder/fehlt.svg",
        "content:../plan.yaml",
        "styles:../build.py",
        "styles:fonts/../../build.py",
        "data:text/plain,x",
        "x.png",
    ],
)
def test_nothing_else_is_loaded(address: str) -> None:
    with pytest.raises(RenderingError):
        typeset(page(f'<img alt="x" src="{address}">'), PICTURES)


def test_a_picture_cannot_load_files() -> None:
    evil = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    with pytest.raises(RenderingError):
        typeset(page('<img alt="x" src="content:x.svg">'), {"x.svg": evil})


def test_a_broken_picture_fails() -> None:
    with pytest.raises(RenderingError, match="Warnungen"):
        typeset(page('<img alt="x" src="content:x.png">'), {"x.png": b"no picture"})


@pytest.mark.parametrize(
    "rule", ["p{colour:red}", "p{width:1foot}", "@font-face{font-family:X;src:url(styles:no.ttf)}"]
)
def test_a_warning_fails(rule: str) -> None:
    with pytest.raises(RenderingError):
        typeset(page("<p>x</p>"), {}, STYLES + rule)


def test_a_link_to_another_part_stays_open() -> None:
    fragment = typeset(page('<a href="#anderswo">x</a><p id="hier">y</p>'), {})
    assert set(fragment.anchors) == {"hier"}


def test_a_character_outside_the_fonts_fails() -> None:
    with pytest.raises(RenderingError, match="漢"):
        typeset(page("<p>Zeichen 漢</p>"), {})


def characters() -> list[str]:
    """All that the check lets pass, but for the space."""
    ranges = json.loads((DESIGN / "fonts" / "characters.json").read_text(encoding="utf-8"))
    return [chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1) if code > 0x20]


@pytest.mark.parametrize("look", ["p", "blockquote", "h2", "i", "strong"])
def test_every_character_that_may_stand_in_a_plan_comes_from_its_fonts(look: str) -> None:
    """Also the emojis among them, plain or with the mark that asks for their coloured look."""
    words = " ".join(escape(sign) for sign in characters())
    marked = " ".join(f"{sign}\ufe0f" for sign in "✔⚠☎❤1")
    fragment = typeset(page(f"<{look}>{words} {marked}</{look}>"), {}, stylesheet())
    assert fragment.pages >= 1


def saved(mode: str, kind: str) -> bytes:
    target = io.BytesIO()
    colours: dict[str, float | tuple[float, ...]] = {"CMYK": (0, 200, 200, 0), "I;16": 40_000, "L": 150}
    Image.new(mode, (40, 20), colours[mode]).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind", "colour"), [("CMYK", "JPEG", (255, 55, 55)), ("I;16", "PNG", 155), ("L", "PNG", 150)]
)
@pytest.mark.parametrize("inside", [False, True])
def test_a_picture_is_such_as_the_pdf_may_hold(mode: str, kind: str, colour: object, *, inside: bool) -> None:
    """Inks and deep greys, by themselves or inside a drawing."""
    data = saved(mode, kind)
    address = f"data:image/{kind.lower()};base64,{b64encode(data).decode()}"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{address}"/></svg>'
    fragment = typeset(page('<img alt="x" src="content:x">'), {"x": drawing.encode() if inside else data})
    with pikepdf.open(io.BytesIO(fragment.pdf)) as pdf:
        images = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
        assert [str(image.ColorSpace) for image in images] == ["/DeviceRGB" if mode == "CMYK" else "/DeviceGray"]
        seen = pikepdf.PdfImage(images[0]).as_pil_image().getpixel((3, 3))
    assert seen == pytest.approx(colour, abs=3)


@pytest.mark.parametrize(
    ("attributes", "font"),
    [
        ("", "ZP-Sans"),
        ('font-family="Arial"', "ZP-Sans"),
        ('style="font-family: Helvetica Neue, sans-serif; font-weight: bold"', "ZP-Sans-Bold"),
        ('font-family="Times New Roman"', "ZP-Serif"),
        ('font-family="serif"', "ZP-Serif"),
        ('font-family="monospace"', "ZP-Sans"),
        ('font-family="ZP Serif"', "ZP-Serif"),
    ],
)
def test_a_drawing_is_lettered_in_the_plans_fonts(attributes: str, font: str) -> None:
    """Whatever it names: on another machine there are other fonts."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="20" {attributes}>ab ⚠</text></svg>'
    )
    fragment = typeset(page('<img alt="x" src="content:x">'), {"x": drawing.encode()}, stylesheet())
    with pikepdf.open(io.BytesIO(fragment.pdf)) as pdf:
        named = {str(item.BaseFont).partition("+")[2] for item in pdf.objects if named_font(item)}
    assert named == {font, "ZP-Symbols"}


def named_font(item: object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item


@pytest.mark.parametrize(
    "size",
    [
        Size(title="Neu", actors=1, participants=0, milestones=0, strands=1, years=1, measures=1),
        Size(goals=0, strands=3),
        Size(fields=1, goals=1, measures=3, actors=22, participants=40, milestones=30, years=15, strands=5,
             title="Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung " + "und mehr " * 5),
    ],
    ids=["small", "empty fields", "large"],
)  # fmt: skip
def test_edges_are_typeset(size: Size) -> None:
    assert write_pdf(sample(size), PICTURES).pages > 10


def test_patterns_of_hyphenation_are_read_as_pyphen_reads_them() -> None:
    ours, theirs = Patterns(HYPHENATION), pyphen.HyphDict(HYPHENATION)
    known: dict[str, object] = {"known": {}}  # what a plan divides in other places comes on top of them
    assert vars(ours) == vars(theirs) | known
    assert len(ours.patterns) > 30_000
