"""`python styles/fonts/symbols.py FILE …`: Noto fonts in, PlanSymbols.ttf out: the signs that the plan's fonts lack.

The files are named in README.md here. Of each only what stands in `SIGNS`, and what neither Source Sans nor a file
before it has; without hints and without tables that shape text, since signs stand alone. The same files give the same
bytes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.merge import Merger  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).parent
FAMILY = "Plan Symbols"  # not "Noto": a changed font goes by a name of its own
FILE = HERE / "PlanSymbols.ttf"
TEXT_FONTS = "SourceSans3-*.ttf"  # stand in for Source Serif where that lacks a sign
SIGNS = (
    *range(0x2100, 0x2190),  # letterlike signs, number forms
    *range(0x2190, 0x2200),  # arrows
    *range(0x2200, 0x2300),  # signs of mathematics
    *range(0x2300, 0x2336),  # technical signs
    *range(0x23CE, 0x2400),
    *range(0x2460, 0x2500),  # letters and numbers in circles
    *range(0x2500, 0x2600),  # lines, blocks, geometric shapes
    *range(0x2600, 0x27C0),  # miscellaneous signs, dingbats
    *range(0x27F0, 0x2800),  # long arrows
    *range(0x2934, 0x2938),  # arrows that turn
    *range(0x2B00, 0x2B1D),  # more arrows and squares
    *(0x2B24, *range(0x2B50, 0x2B56), 0x2B95),
)
SPACES = {0x20, 0xA0}  # between two signs a space is set in their font
_UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "MATH", "STAT", "DSIG", "BASE", "gasp", "meta", "vhea", "vmtx", "VORG"]
CREATED = 3_786_912_000  # seconds since 1904, as fonts count: 1 January 2024
LICENCE = (
    "This Font Software is licensed under the SIL Open Font License, Version 1.1. "
    "This license is available with a FAQ at: https://openfontlicense.org"
)
ORIGIN = "Copyright 2022 The Noto Project Authors (https://github.com/notofonts/symbols, /math); subset of three fonts"


def main() -> None:
    """Merges the fonts named on the command line."""
    there = set.intersection(*(set(TTFont(path).getBestCmap()) for path in HERE.glob(TEXT_FONTS)))
    with tempfile.TemporaryDirectory() as folder:
        pieces = []
        for number, name in enumerate(sys.argv[1:]):
            font = TTFont(name)
            wanted = set(SIGNS) & set(font.getBestCmap()) - there | (set() if number else SPACES)
            there |= wanted
            _reduce(font, wanted)
            pieces.append(Path(folder) / f"{number}.ttf")
            font.save(pieces[-1])
        font = Merger().merge([str(piece) for piece in pieces])
    _name(font)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = CREATED
    font.save(FILE)


def _reduce(font: TTFont, wanted: set[int]) -> None:
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    options.drop_tables += [
        "GSUB",
        "GPOS",
        "GDEF",
        "MATH",
        "STAT",
        "DSIG",
        "BASE",
        "gasp",
        "meta",
        "vhea",
        "vmtx",
        "VORG",
    ]
    font.flavor = None
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)


def _name(font: TTFont) -> None:
    names = font["name"]
    names.names.clear()
    postscript = FAMILY.replace(" ", "") + "-Regular"
    entries = (ORIGIN, FAMILY, "Regular", f"{FAMILY} 1", FAMILY, "Version 1.000", postscript)
    for number, text in (*enumerate(entries), (13, LICENCE), (14, "https://openfontlicense.org")):
        names.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()
