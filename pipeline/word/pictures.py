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
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from markupsafe import escape

from pipeline.design import design
from pipeline.errors import RenderingError
from pipeline.files.cache import NOTHING_KEPT, Cache
from pipeline.ooxml.elements import Element, R, q
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
_MM: Final = 25.4  # an inch; so are the next three
_POINTS: Final = 72
_TWIPS: Final = 1440
_EMU: Final = 914_400
_TOLERATED: Final = 0.01  # inches that pandoc's rounding may add
_ROUNDED: Final = 0.99
_DOCUMENT: Final = "word/document.xml"
_NOTES: Final = "word/footnotes.xml"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_INLINE: Final = f"{{{_WP}}}inline"
_BLIP: Final = f"{{{_A}}}blip"
_EMBED: Final = f"{{{R}}}embed"


@dataclass(frozen=True)
class Shown:
    """A picture as it is shown where there is the most room; width and height that it has by itself, in inches. Of a
    photo also the name and the bytes that it was made of.
    """

    data: bytes
    inches: tuple[float, float]
    name: str = ""
    original: bytes = b""


@dataclass(frozen=True)
class StandIns:
    """The page as pandoc gets it, and what each stand-in in it stands for."""

    html: str
    pictures: Mapping[bytes, Shown]


def with_stand_ins(html: str, pictures: Mapping[str, bytes], kept: Cache = NOTHING_KEPT) -> StandIns:
    """The page whose pictures' addresses are keys of `pictures` (bytes of SVG, PNG, JPEG, WebP), with stand-ins inside
    it. `kept`: pictures as Word shows them, from earlier builds.

    Raises RenderingError where a picture is of another kind or damaged, MissingToolError where rsvg-convert is missing.
    """
    stand_ins: dict[bytes, Shown] = {}
    for name in sorted(pictures):
        if _address(name) in html:
            shown = _drawn(name, pictures[name]) if _is_drawing(name) else _photo(name, pictures[name], kept)
            small, kind = _stand_in(shown.data)
            stand_ins[small] = shown
            width, height = room().printed(shown.inches)
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


def fit_pictures(package: Package) -> None:
    """Makes pictures smaller that stand where there is less room than in a column of text, and lets those in notes lead
    to their files, which pandoc forgets.

    In a list it is the width that the indent leaves, in a note a few centimetres of height, in a line the line's.
    """
    indents = list_indents(package)
    for part, is_note in ((_DOCUMENT, False), (_NOTES, True)):
        for paragraph in package.tree(part).iter(q("p")):
            for drawing in paragraph.iter(_INLINE):
                _fit(drawing, _room_in(paragraph, indents, is_note=is_note))
    targets = _targets(package, _DOCUMENT)
    known = _targets(package, _NOTES)
    for identifier in sorted({blip.get(_EMBED, "") for blip in package.tree(_NOTES).iter(_BLIP)} - set(known)):
        package.relate(_NOTES, "image", targets[identifier], identifier)


def put_in(package: Package, pictures: Mapping[bytes, Shown], kept: Cache = NOTHING_KEPT) -> None:
    """The pictures into a package, each in the place of its stand-in, none finer than where it is largest.

    Raises RenderingError.
    """
    largest: dict[str, tuple[float, float]] = {}
    for part in (_DOCUMENT, _NOTES):
        targets = _targets(package, part)
        for drawing in package.tree(part).iter(_INLINE):
            name = f"word/{targets[next(drawing.iter(_BLIP)).get(_EMBED, '')]}"
            size = tuple(int(drawing[0].get(side, "")) / _EMU for side in ("cx", "cy"))
            largest[name] = max(largest.get(name, (0.0, 0.0)), (size[0], size[1]))
    for name in [part for part in package.parts if part.startswith(_MEDIA)]:
        shown = pictures[package.parts[name]]
        width, height = largest.get(name, shown.inches)
        again = shown.data
        if shown.name and width < room().printed(shown.inches)[0] * _ROUNDED:
            smaller = _photo(shown.name, shown.original, kept, Room(width, height, DOTS)).data
            again = smaller if smaller[:2] == again[:2] else again  # of another kind it would need another name
        package.parts[name] = again


def _targets(package: Package, part: str) -> Mapping[str, str]:
    """Where the relationships of a part lead, by their IDs."""
    name = part.replace("word/", "word/_rels/") + ".rels"
    return (
        {entry.get("Id", ""): entry.get("Target", "") for entry in package.look(name)} if name in package.parts else {}
    )


def list_indents(package: Package) -> Mapping[tuple[str, str], int]:
    """How far in the text of a list's items stands, in twentieths of a point, by the list's number and the level."""
    numbering = package.look("word/numbering.xml")
    levels: dict[tuple[str, str], int] = {}
    for abstract in numbering.findall(q("abstractNum")):
        for level in abstract.findall(q("lvl")):
            indent = level.find(f"{q('pPr')}/{q('ind')}")
            key = abstract.get(q("abstractNumId"), ""), level.get(q("ilvl"), "")
            levels[key] = int("0" if indent is None else indent.get(q("left"), "0"))
    lists = {number.get(q("numId"), ""): number.find(q("abstractNumId")) for number in numbering.findall(q("num"))}
    kinds = {number: "" if kind is None else kind.get(q("val"), "") for number, kind in lists.items()}
    return {
        (number, level): indent
        for number, kind in kinds.items()
        for (abstract_kind, level), indent in levels.items()
        if abstract_kind == kind
    }


def _room_in(paragraph: Element, indents: Mapping[tuple[str, str], int], *, is_note: bool) -> Room:
    whole = room()
    lengths = design()
    if next(paragraph.iterancestors(q("tc")), None) is not None or any(t.text for t in paragraph.iter(q("t"))):
        return replace(whole, height=lengths["lengths_pt"]["figure"]["in_line"] / _POINTS)
    if is_note:
        return replace(whole, height=lengths["lengths_mm"]["figure"]["in_note"] / _MM)
    place = paragraph.find(f"{q('pPr')}/{q('numPr')}")
    if place is None:
        return whole
    number, level = (place.find(q(name)) for name in ("numId", "ilvl"))
    key = ("" if number is None else number.get(q("val"), ""), "0" if level is None else level.get(q("val"), ""))
    return replace(whole, width=whole.width - indents.get(key, 0) / _TWIPS)


def _fit(drawing: Element, space: Room) -> None:
    sizes = [drawing.find(f"{{{_WP}}}extent"), *drawing.iter(f"{{{_A}}}ext")]
    for size in sizes:
        if size is not None and size.get("cx"):
            inches = int(size.get("cx", "")) / _EMU, int(size.get("cy", "")) / _EMU
            if min(space.width - inches[0], space.height - inches[1]) < -_TOLERATED:
                for side, value in zip(("cx", "cy"), space.printed(inches), strict=True):
                    size.set(side, str(int(value * _EMU)))


def _is_drawing(name: str) -> bool:
    """By its name and not by its bytes: a photo may carry any text, a drawing any coding."""
    return name.lower().endswith(".svg")


def _drawn(name: str, data: bytes) -> Shown:
    drawn = png_from_svg(name, data)
    return Shown(drawn, facts(drawn).inches)


def _photo(name: str, data: bytes, kept: Cache, space: Room | None = None) -> Shown:
    """A photo as it is shown where there is so much room, else that of a page."""
    if not is_photo(data):
        raise RenderingError(
            f"{name}: Das Bildformat ist unbekannt; möglich sind SVG, PNG, JPEG und WebP. Bitte das Bild umwandeln."
        )
    space = space or room()
    key = kept.key(b"shown", repr(space).encode(), data)
    try:
        inches = facts(data).inches
        shown = kept.get(key)
        if shown is None:
            from pipeline.pictures.shown import as_shown  # noqa: PLC0415 - most plans have drawings only

            shown = as_shown(data, space, inches)
            if shown is not data:
                kept.put(key, shown)
    except (OSError, ValueError, IndexError, SyntaxError, struct.error) as error:
        raise RenderingError(f"{name}: Das Bild lässt sich nicht zeigen; bitte neu speichern.") from error
    return Shown(shown, inches, name, data)


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
