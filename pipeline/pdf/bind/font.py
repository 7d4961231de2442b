"""A font file and the texts to be stamped in, a font object for the bound PDF out: only the glyphs that are used."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.design import STYLES
from pipeline.pdf.tokens import Face, tokens

SANS = "ZP Sans"
REGULAR, STRONG = 400, 600
THOUSANDTHS = 1000

# Tables that shape text (kerning, ligatures) or fit it to a screen; stamped lines are drawn glyph by glyph.
_UNUSED_TABLES = ["BASE", "GPOS", "GSUB", "GDEF", "STAT", "DSIG", "gasp", "prep", "fpgm", "cvt "]


class StampFont:
    """One font file. Encode all texts first, then `finish` embeds what they need.

    `others` stand in for what it lacks.
    """

    def __init__(self, pdf: Pdf, face: Face, others: Sequence[StampFont] = ()) -> None:
        self.resource = Name(f"/Stamp{face.weight if face.family == SANS else face.family.replace(' ', '')}")
        # Six capitals and a plus sign name a subset (ISO 32000-1, 9.6.4); the fragments' own subsets have other ones.
        self.name = f"STAMPA+{face.family.replace(' ', '-')}{'-Semi-Bold' if face.weight == STRONG else ''}"
        self.path = STYLES / "fonts" / face.file
        self._others = others
        with TTFont(self.path) as font:
            self._characters: dict[int, str] = font.getBestCmap()
            self._advances: dict[str, tuple[int, int]] = font["hmtx"].metrics
            self._identifiers = font.getReverseGlyphMap()
            head = font["head"]
            self._scale: float = THOUSANDTHS / head.unitsPerEm
            corners = (head.xMin, head.yMin, head.xMax, head.yMax)
            self._box = [round(corner * self._scale) for corner in corners]
        self.used: dict[str, int] = {}
        self.object = pdf.make_indirect(Dictionary(Type=Name.Font))
        self._pdf = pdf

    @classmethod
    def family(cls, pdf: Pdf) -> dict[int, StampFont]:
        """The faces that heads, feet and page numbers are set in, by weight."""
        faces = [face for face in tokens().faces if face.style == "normal"]
        others = [cls(pdf, face) for face in faces if face.family != SANS and face.weight == REGULAR]
        own = {face.weight: face for face in faces if face.family == SANS}
        return {weight: cls(pdf, own[weight], others) for weight in (REGULAR, STRONG)}

    def pieces(self, text: str) -> list[tuple[StampFont, str]]:
        """A text in stretches, each with the font that it is set in: this one as far as it goes."""
        return [(font, "".join(group)) for font, group in groupby(text, key=self._font)]

    def _font(self, character: str) -> StampFont:
        return next((font for font in (self, *self._others) if ord(character) in font._characters), self)

    def encode(self, text: str) -> bytes:
        """The text as a PDF string of glyph numbers; characters that the font lacks are left out."""
        known = [character for character in text if ord(character) in self._characters]
        for character in known:
            self.used[character] = self._identifiers[self._characters[ord(character)]]
        return b"<" + "".join(f"{self.used[character]:04x}" for character in known).encode() + b">"

    def width(self, text: str) -> float:
        """The width of a text in thousandths of the font's size."""
        return sum(font.advance(character) for font, piece in self.pieces(text) for character in piece)

    def advance(self, character: str) -> float:
        """The width of a character in thousandths of the font's size, 0 where the font lacks it."""
        if ord(character) not in self._characters:
            return 0
        advance: int = self._advances[self._characters[ord(character)]][0]
        return advance * self._scale

    def finish(self) -> None:
        """Writes the font object, for all texts that were encoded; none where there were none."""
        for other in self._others:
            other.finish()
        if not self.used or Name.BaseFont in self.object:
            return
        program = self._program()
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{self.name}"),
            Flags=4,  # symbolic: glyphs are named by number, not by a standard encoding (ISO 32000-1, table 123)
            FontBBox=Array(self._box),
            ItalicAngle=0,
            Ascent=self._box[3],
            Descent=self._box[1],
            CapHeight=self._box[3],
            StemV=80,  # required, and used only by readers that would replace the font; it is embedded
            FontFile2=self._pdf.make_stream(program, Length1=len(program)),
        )
        widths = Array()
        for character, glyph in sorted(self.used.items(), key=lambda item: item[1]):
            widths.append(glyph)
            widths.append(Array([round(self.advance(character), 3)]))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=descriptor.FontName,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            DW=0,
            W=widths,
            FontDescriptor=self._pdf.make_indirect(descriptor),
        )
        self.object.Subtype = Name.Type0
        self.object.BaseFont = descriptor.FontName
        self.object.Encoding = Name("/Identity-H")
        self.object.DescendantFonts = Array([self._pdf.make_indirect(descendant)])
        self.object.ToUnicode = self._pdf.make_stream(self._to_unicode())

    def _program(self) -> bytes:
        """The font's file with the used glyphs alone; without times, so that the same texts give the same bytes."""
        options = subset.Options(
            retain_gids=True,  # texts are encoded before the subset is made, by the numbers of the whole font
            hinting=False,
            notdef_outline=True,
            drop_tables=_UNUSED_TABLES,
            name_IDs=[],
            recalc_timestamp=False,
        )
        font = subset.load_font(self.path, options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(gids=sorted(self.used.values()))
        subsetter.subset(font)
        font.recalcTimestamp = False
        with font, io.BytesIO() as target:
            font.save(target)
            return target.getvalue()

    def _to_unicode(self) -> bytes:
        """The map from glyphs back to letters: text is copied, searched and read aloud by it (ISO 32000-1, 9.10.3)."""
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
        ]
        pairs = sorted((glyph, character) for character, glyph in self.used.items())
        for start in range(0, len(pairs), 100):  # a CMap section holds at most 100
            section = pairs[start : start + 100]
            lines.append(f"{len(section)} beginbfchar")
            lines += [f"<{glyph:04x}> <{character.encode('utf-16-be').hex()}>" for glyph, character in section]
            lines.append("endbfchar")
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode()
