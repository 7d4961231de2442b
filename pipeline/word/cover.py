"""The cover in, its page behind the words out: dark or light, with a bar for each measure on the time grid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.design import STYLES, design
from pipeline.document.model import Cover
from pipeline.ooxml.elements import Element, R, paragraph_style, properties, put, q, w
from pipeline.ooxml.package import Package
from pipeline.pictures.painted import Box, Words, painted
from pipeline.word.look.stylesheet import TWIPS_A_POINT, shading
from pipeline.word.pages.blocks import Measured
from pipeline.word.pages.words import line_count, words_of
from pipeline.word.tokens import Tokens, tokens

_DOTS: Final = 120  # an inch: bars have straight edges, and nothing finer than a line of half a millimetre is on it
_EMU_A_MM: Final = 36_000
_MM_A_POINT: Final = 25.4 / 72
_FILE: Final = "word/media/titel.png"
_NAME: Final = "rIdTitel"
_NUMBER: Final = 100_000  # of the drawing; no other has so high a one
_TITLE: Final = "Title"
_STYLES: Final = ("ZPAbsender", _TITLE, "Subtitle")
_TITLE_SCALES: Final = ((1.0, 3), (0.85, 3), (0.7, 4), (0.58, 5))  # with the lines that it may take, as in print
_LEAST_TITLE_SCALE: Final = 0.5
_STATUS: Final = "ZPStatus"
_BAR, _PITCH, _BETWEEN = 2.2, 3.6, 2.4  # mm: a bar, from one to the next, between fields of action
_ABOVE, _BELOW = 12.0, 26.0  # mm between words and bars, and below the bars for the legend
_LEAST: Final = 30.0  # mm that bars need; where the words leave less, there are none
_QUARTERS: Final = 4


def show_cover(package: Package, cover: Cover, *, is_painted: bool = True) -> None:
    """Puts the cover's page behind its words, and gives these colours that can be read on it.

    The words stand on bands of the page's colour: where a program shows no picture, they can be read all the same. For
    whoever looks at the words alone nothing need be painted.
    """
    body = package.tree("word/document.xml")[0]
    words = _words(body)
    if not words:
        return
    dark = cover.variant == "dunkel"
    if dark:
        _on_dark(package, words)
    scale = min([_title_scale(paragraph) for paragraph in words if paragraph_style(paragraph) == _TITLE], default=1.0)
    _set_title(package, scale)
    shapes = list(_shapes(cover, _bottom(words, scale), dark=dark))
    package.parts[_FILE] = painted(_sheet(dark=dark), shapes, _DOTS) if is_painted else b""
    package.add_default_type("png", "image/png")
    package.relate("word/document.xml", "image", _FILE.removeprefix("word/"), _NAME)
    first = words[0]
    place = 0 if first.find(q("pPr")) is None else 1
    first.insert(place, w("r", _drawing(cover.alternative)))


def _words(body: Element) -> list[Element]:
    """The paragraphs of the cover, down to the status."""
    found: list[Element] = []
    for paragraph in body.findall(q("p")):
        style = paragraph_style(paragraph)
        if style not in (*_STYLES, _STATUS):
            break
        found.append(paragraph)
        if style == _STATUS:
            break
    return found


def _on_dark(package: Package, words: list[Element]) -> None:
    light = tokens().colours["paper"]
    for style in package.tree("word/styles.xml").findall(q("style")):
        if style.get(q("styleId")) in _STYLES:
            put(properties(style, "pPr"), shading("petrol_dark"))
            letters = style.find(q("rPr"))
            if letters is not None:
                for old in letters.findall(q("color")):
                    letters.remove(old)
                before = letters.find(q("sz"))
                colour = w("color", val=light)
                letters.append(colour) if before is None else before.addprevious(colour)
    if paragraph_style(words[-1]) == _STATUS:
        put(properties(words[-1], "pPr"), shading("paper"))


def _title_scale(title: Element) -> float:
    """Of the title's full size: the largest in which it takes three lines, four or five if it is long, and in which
    its longest word fits a line.
    """
    found, room = words_of(title), tokens().portrait.text_width / TWIPS_A_POINT
    longest = max((word.width for word in found), default=0.0)
    for scale, most in _TITLE_SCALES:
        if line_count(found, room / scale, room / scale) <= most and longest * scale <= room:
            return scale
    return _LEAST_TITLE_SCALE


def _set_title(package: Package, scale: float) -> None:
    """The title's style in that size."""
    for style in package.tree("word/styles.xml").findall(q("style")):
        if style.get(q("styleId")) == _TITLE:
            for path, name in (("rPr/sz", "val"), ("rPr/szCs", "val"), ("pPr/spacing", "line")):
                found = style.find("/".join(map(q, path.split("/"))))
                if found is not None:
                    found.set(q(name), str(round(int(found.get(q(name), "0")) * scale)))


def _bottom(words: list[Element], scale: float) -> float:
    """How far down the words reach, the title in that scale, in millimetres from the page's upper edge."""
    page = tokens().portrait
    room, measured = page.text_width / TWIPS_A_POINT, Measured({}, {})
    height = page.top / TWIPS_A_POINT
    for paragraph in words:
        block = measured.paragraph(paragraph, room)
        if paragraph_style(paragraph) == _TITLE:
            block = block._replace(lines=line_count(words_of(paragraph), room / scale, room / scale))
            block = block._replace(line=block.line * scale)
        height += block.before + block.height + block.after
    return height * _MM_A_POINT


def _sheet(*, dark: bool) -> Box:
    page = design()["page_mm"]["portrait"]
    colours = tokens().colours
    return Box(0, 0, page["width"], page["height"], colours["petrol_dark" if dark else "paper"])


def _shapes(cover: Cover, text_bottom: float, *, dark: bool) -> Iterator[Box | Words]:
    """Years and their lines, a row a measure, the numbers of the fields of action, what the bars stand for."""
    page, known = design()["page_mm"]["portrait"], tokens()
    ink, grid = (known.colours[name] for name in (("cover_text", "cover_grid") if dark else ("ink", "hair")))
    left, right = page["left"], page["width"] - page["right"]
    top = max(design()["lengths_mm"]["cover"]["picture_top"], text_bottom + _ABOVE)
    bottom = page["height"] - _BELOW
    if bottom - top < _LEAST:
        return
    quarter = (right - left) / max(cover.axis.quarters, 1)
    for place, year in enumerate(cover.axis.years):
        at = left + place * _QUARTERS * quarter
        yield Box(at, top, at + 0.2, bottom, grid)
        yield Words(at + 1.2, top + 1.5, str(year), _font(), 2.8, ink)
    rows = sum(len(field.bars) for field in cover.fields)
    gaps = max(len(cover.fields) - 1, 0)
    scale = min(1.0, (bottom - top - 5) / max(rows * _PITCH + gaps * _BETWEEN, 1))
    y = top + 5
    for field in cover.fields:
        if field.bars:
            yield Words(left - 3, y + _BAR * scale / 2, field.number, _font(), 3.2, ink, right=True)
        for bar in field.bars:
            end = page["width"] if bar.continues else left + bar.end * quarter
            start = min(left + bar.start * quarter, end)
            yield from _bar(bar.shape, Box(start, y, end, y + _BAR * scale), known, dark=dark)
            y += _PITCH * scale
        y += _BETWEEN * scale
    yield from _legend(cover, page["height"] - _BELOW / 2, known, ink, dark=dark)


def _legend(cover: Cover, middle: float, known: Tokens, ink: str, *, dark: bool) -> Iterator[Box | Words]:
    at = design()["page_mm"]["portrait"]["left"]
    for sign in cover.signs:
        yield from _bar(sign.shape, Box(at, middle - _BAR / 2, at + 9, middle + _BAR / 2), known, dark=dark)
        yield Words(at + 11, middle, sign.name, _font(), 3.2, ink)
        at += 18 + 1.8 * len(sign.name)


def _bar(shape: str, box: Box, known: Tokens, *, dark: bool) -> Iterator[Box]:
    """A bar in the shape of its strand: filled, open, or both in halves."""
    filled, line = (known.colours[name] for name in (("cover_filled", "cover_open") if dark else ("petrol", "copper")))
    if shape == "filled":
        yield Box(box.left, box.top, box.right, box.bottom, filled)
        return
    if shape != "open":
        yield Box(box.left, box.top, box.right, (box.top + box.bottom) / 2, filled)
    yield Box(box.left, box.top, box.right, box.bottom, "", line, 0.35)


def _font() -> Path:
    return STYLES / tokens().fonts[0].faces[0].file


def _drawing(alternative: str) -> Element:
    """The picture over the whole page, behind the words (ECMA-376 20.4.2.3)."""
    page = design()["page_mm"]["portrait"]
    across, down = (round(page[side] * _EMU_A_MM) for side in ("width", "height"))
    source = _ANCHOR.format(across=across, down=down, number=_NUMBER, relation=_NAME, r=R)
    drawing = etree.fromstring(source)
    for element in drawing.iter("{*}docPr", "{*}cNvPr"):
        element.set("descr", alternative)
    return w("drawing", drawing)


_ANCHOR: Final = (
    '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:r="{r}"'
    ' distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="1"'
    ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    '<wp:docPr id="{number}" name="Titelbild"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Titelbild"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor>'
)
