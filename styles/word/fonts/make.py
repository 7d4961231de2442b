"""`python styles/word/fonts/make.py`: the plan's fonts in, the smaller ones that a Word file carries out.

All Latin letters of Europe's languages stay, so whoever edits finds them; what goes are other scripts, hints for coarse
screens, alternative shapes and small capitals. "Source" is a reserved name: a changed font goes by a name of its own
and keeps its licence. The same files give the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).parent
STYLES = HERE.parents[1]
FEATURES = ["kern", "liga", "locl"]  # what a word processor sets without being asked
CHARACTERS = (
    *range(0x20, 0x180),  # the Latin letters of Europe's languages
    *range(0x218, 0x21C),
    *(0x192, 0x2C6, 0x2C7, *range(0x2D8, 0x2DE), 0x1E9E),
    *range(0x2000, 0x20D0),  # dashes, quotes, raised and lowered figures, currencies
    *range(0x2100, 0x2800),  # fractions, arrows, signs of mathematics, shapes, ticks
)
UNUSED = ["DSIG", "STAT", "meta", "gasp", "BASE"]
SEMIBOLD = 600
SUBFAMILIES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}
KEPT_NAMES = (0, 8, 9, 11, 13, 14)  # copyright, makers, licence
NO_LICENCE_LIMITS = 0  # embedding is allowed, also where somebody edits (OpenType, OS/2, fsType)


def main() -> None:
    """Writes a file for each font for text, `PlanSans-Semibold.ttf`."""
    fonts = json.loads((STYLES / "tokens.json").read_text(encoding="utf-8"))["font"]
    for font in fonts.values():
        for face in font["faces"] if font["word_family"] != font["file_family"] else ():
            _make(face, font["word_family"])


def _make(face: dict[str, Any], family: str) -> None:
    font = TTFont(STYLES / "fonts" / face["file"], recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=FEATURES, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += UNUSED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(set(CHARACTERS) & set(font.getBestCmap())))
    cutter.subset(font)
    font.save(HERE / f"{_name(font, family, face)}.ttf")


def _name(font: TTFont, family: str, face: dict[str, Any]) -> str:
    """Its PostScript name. As Word knows families, the semibold letters are one of their own."""
    weight, italic = face["weight"], face["style"] == "italic"
    own = f"{family} Semibold" if weight == SEMIBOLD else family
    look = SUBFAMILIES[weight > SEMIBOLD, italic]
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in KEPT_NAMES}
    names.names.clear()
    full = own if look == "Regular" else f"{own} {look}"
    postscript = f"{family.replace(' ', '')}-{'Semibold' if weight == SEMIBOLD else look}"
    entries = {1: own, 2: look, 3: f"{full} 1", 4: full, 5: "Version 1.000", 6: postscript, **kept}
    for number, text in sorted(entries.items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].fsType = NO_LICENCE_LIMITS
    return postscript


if __name__ == "__main__":
    main()
