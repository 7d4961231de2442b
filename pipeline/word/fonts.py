"""The plan's font files → the font table of a DOCX, with the fonts inside and the names of what may stand in.

Few office machines have the plan's fonts. Their licence allows to carry them along, so Word and LibreOffice show the
plan as it is designed; where a rule of the house forbids fonts in files, the alternative names count. What travels in
every file has the Latin letters; those of other scripts, and signs, come in a font of their own where there are some.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from lxml import etree

from pipeline.design import STYLES
from pipeline.ooxml.elements import Element, R, plain_text, properties, q, remove, text, w
from pipeline.ooxml.package import Package
from pipeline.word.tokens import Face, Font, tokens

# The nearest in width that a machine may have: Windows and macOS with Office, LibreOffice, any Linux.
_ALTERNATIVES: Final = {
    "swiss": "Calibri,Carlito,Segoe UI,Liberation Sans",
    "roman": "Cambria,Caladea,Liberation Serif",
    "auto": "Segoe UI Symbol,Apple Symbols,DejaVu Sans",
}
_SEMIBOLD_FIRST: Final = {"swiss": "Segoe UI Semibold"}  # of what may stand in for semibold letters
_TABLE: Final = "word/fontTable.xml"
_SUFFIX: Final = "odttf"
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_KEY_BYTES: Final = 16
_HIDDEN_BYTES: Final = 32  # two keys long


def add_fonts(package: Package, others: Collection[str] = ()) -> None:
    """Write the font table anew and put the fonts' files beside it, of `others` those of the families named."""
    package.add_default_type(_SUFFIX, _CONTENT_TYPE)
    fonts = (*tokens().fonts, *(font for font in tokens().others if font.family in others))
    package.replace(_TABLE, w("fonts", *(_entry(package, font) for font in fonts)))


def set_other_letters(*roots: Element) -> frozenset[str]:
    """Give every letter and sign that no font for text has the font that has it; the families of those fonts.

    Word would take it from whatever font a machine has. Of "Frist ⚠ prüfen" become three runs, of which the middle one
    names the font of signs.
    """
    used: set[str] = set()
    for run in [run for root in roots for run in root.iter(q("r")) if _lacking(plain_text(run))]:
        for child in run.findall("*"):
            pieces = _by_font(child.text or "") if child.tag == q("t") else ()
            for piece, family in pieces:
                used |= {family} - {""}
                run.addprevious(_run(run, text(piece), family))
            if not pieces and child.tag != q("rPr"):
                run.addprevious(_run(run, child, ""))
        remove(run)
    return frozenset(used)


def _run(like: Element, content: Element, family: str) -> Element:
    """A run that looks as another one, but for its font, where a family is named."""
    looks = deepcopy(like.find(q("rPr")))
    run = w("r", *(() if looks is None else (looks,)), content)
    if family:
        inner = properties(run, "rPr")
        for old in inner.findall(q("rFonts")):
            inner.remove(old)
        fonts = w("rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family)
        inner.insert(len(inner.findall(q("rStyle"))), fonts)  # the style's name alone stands before it
    return run


def _by_font(words: str) -> list[tuple[str, str]]:
    """A text in pieces, each with the family that it needs, '' where its own will do."""
    return [("".join(group), family) for family, group in groupby(words, key=lambda letter: _others().get(letter, ""))]


def _lacking(words: str) -> bool:
    """Whether a text has letters that no font for text has."""
    return not words.isascii() and any(letter in _others() for letter in words)


@cache
def _others() -> Mapping[str, str]:
    """Every letter that no font for text has, with the family that has it."""
    own = {code for font in tokens().fonts for face in font.faces for code in _codes(face)}
    found: dict[str, str] = {}
    for font in tokens().others:
        for code in _codes(font.faces[0]) - own:
            found.setdefault(chr(code), font.family)
    return found


@cache
def _codes(face: Face) -> frozenset[int]:
    with TTFont(STYLES / face.file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _entry(package: Package, font: Font) -> Element:
    panose, coverage = _description(font.faces[0])
    return w(
        "font",
        w("altName", val=_alternatives(font)),
        w("panose1", val=panose),
        w("charset", val="00"),
        w("family", val=font.kind),
        w("pitch", val="variable"),
        w("sig", **coverage),
        *_embedded(package, font),
        name=font.family,
    )


def _alternatives(font: Font) -> str:
    first = _SEMIBOLD_FIRST.get(font.kind, "") if font.semibold else ""
    return f"{first},{_ALTERNATIVES[font.kind]}".lstrip(",")


@cache
def _description(face: Face) -> tuple[str, dict[str, str | int]]:
    """How a font looks, as ten numbers, and which alphabets it has: by these Word chooses another where it must."""
    with TTFont(STYLES / face.file, lazy=True) as font:
        numbers = font["OS/2"]
    coverage = {f"usb{index}": f"{getattr(numbers, f'ulUnicodeRange{index + 1}'):08X}" for index in range(4)}
    coverage |= {f"csb{index}": f"{getattr(numbers, f'ulCodePageRange{index + 1}'):08X}" for index in range(2)}
    return "".join(f"{value:02X}" for value in vars(numbers.panose).values()), dict(coverage)


def _embedded(package: Package, font: Font) -> Iterator[Element]:
    for face in font.faces:
        hidden, key = _obfuscated(face)
        name = PurePosixPath(face.file).stem
        package.parts[f"word/fonts/{name}.{_SUFFIX}"] = hidden
        package.relate(_TABLE, "font", f"fonts/{name}.{_SUFFIX}", name)
        element = w(f"embed{face.slot}", fontKey=f"{{{str(key).upper()}}}")
        element.set(f"{{{R}}}id", name)
        yield element


@cache
def _obfuscated(face: Face) -> tuple[bytes, UUID]:
    """The font's bytes as the standard wants them: the first 32 are XORed with a key (ECMA-376 17.8.1, obfuscation).

    The key is a GUID that stands beside the font, read from its end. Word makes up a random one; here it is made from
    the bytes, so that the same font always gives the same file.
    """
    plain = (STYLES / face.file).read_bytes()
    key = UUID(bytes=hashlib.sha256(plain).digest()[:_KEY_BYTES], version=4)
    mask = key.bytes[::-1] * (_HIDDEN_BYTES // _KEY_BYTES)
    mixed = bytes(byte ^ other for byte, other in zip(plain, mask, strict=False))
    return mixed + plain[_HIDDEN_BYTES:], key


def set_theme_fonts(theme: Element) -> None:
    """Put the plan's families into the theme: Word offers these as the document's fonts for headings and text."""
    serif, sans = (next(font for font in tokens().fonts if font.kind == kind) for kind in ("roman", "swiss"))
    for slot, font in (("majorFont", serif), ("minorFont", sans)):
        for latin in theme.iter(f"{{*}}{slot}"):
            for entry in latin.findall("{*}latin"):
                entry.attrib.clear()
                entry.set("typeface", font.family)
    etree.cleanup_namespaces(theme)
