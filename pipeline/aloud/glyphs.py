"""The pages of a PDF in, the text of their marked content out: each font's ToUnicode map says what its glyphs mean.

It reads the PDFs that this program writes and counts on how they are written: fonts with two bytes a glyph, and maps
whose pairs stand in lines `<0041> <0041>` without ranges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf

_HEX_PAIR = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
SILENT = "\u200b"  # what is said where nothing is
_CODE_BYTES = 2  # Identity-H: two bytes a glyph


@dataclass
class _Mark:
    """An open sequence of marked content: its number, None for none of its own; whether its glyphs are spoken for."""

    number: int | None
    replaced: bool = False


@dataclass
class MarkedTexts:
    """The texts of pages by the numbers of their marked content; pages and fonts are read once."""

    _pages: dict[tuple[int, int], Mapping[int, str]] = field(default_factory=dict)
    _maps: dict[tuple[int, int], Mapping[bytes, str]] = field(default_factory=dict)

    def of(self, page: pikepdf.Object) -> Mapping[int, str]:
        """The texts of a page. What is drawn as an artifact, or not marked at all, has none."""
        if page.objgen not in self._pages:
            self._pages[page.objgen] = self._read(page)
        return self._pages[page.objgen]

    def _read(self, page: pikepdf.Object) -> Mapping[int, str]:
        texts: dict[int, list[str]] = {}
        marks: list[_Mark] = []
        font: Mapping[bytes, str] = {}
        for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
            name, operands = str(instruction.operator), instruction.operands
            if name == "BDC":
                mark, said = _opened(list(operands), page.Resources, marks)
                marks.append(mark)
                if said is not None and mark.number is not None:
                    texts.setdefault(mark.number, []).append(said)
            elif name == "BMC":
                marks.append(_Mark(None, replaced=True))
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                font = self._font(page.Resources.Font[str(operands[0])])
            elif marks and marks[-1].number is not None and not marks[-1].replaced:
                texts.setdefault(marks[-1].number, []).append(_decoded(operands[0], font))
        return {number: "".join(pieces) for number, pieces in texts.items()}

    def _font(self, font: pikepdf.Object) -> Mapping[bytes, str]:
        if font.objgen not in self._maps:
            self._maps[font.objgen] = {
                bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in _HEX_PAIR.findall(font.ToUnicode.read_bytes().split(b"endcodespacerange")[1])
            }
        return self._maps[font.objgen]


def _opened(
    operands: Sequence[pikepdf.Object], resources: pikepdf.Object, marks: list[_Mark]
) -> tuple[_Mark, str | None]:
    """The sequence that begins here, inside others; and what is said in place of its glyphs, if anything is.

    The first part of a word that goes on in another line stands in a sequence of its own with ActualText, all of the
    word, inside that of its text, and further parts with one that says nothing: the text's number is their number too,
    and their glyphs count for nothing. Neither does what lies in an artifact.
    """
    tag, properties = operands[0], operands[1]
    if isinstance(properties, pikepdf.Name):
        properties = resources.Properties[str(properties)]
    outer = marks[-1] if marks else _Mark(None)
    if tag == "/Artifact":
        return _Mark(None, replaced=True), None
    number = int(properties.MCID) if "/MCID" in properties else outer.number
    said = properties.get("/ActualText")
    if outer.replaced or said is None:
        return _Mark(number, outer.replaced), None
    return _Mark(number, replaced=True), str(said).replace(SILENT, "")


def _decoded(operand: pikepdf.Object, font: Mapping[bytes, str]) -> str:
    strings = (
        [operand] if isinstance(operand, pikepdf.String) else [x for x in operand if isinstance(x, pikepdf.String)]
    )
    codes = b"".join(bytes(string) for string in strings)
    pairs = (codes[start : start + _CODE_BYTES] for start in range(0, len(codes), _CODE_BYTES))
    return "".join(font[pair] for pair in pairs)
