"""Letters of Word's symbol fonts in, the characters that they show out.

Word keeps a sign of Wingdings or Symbol as a number between U+F000 and U+F0FF, which belongs to no character: each such
font puts something else there. What is copied from Word brings the number along and leaves the font behind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_FONT_AREA: Final = 0xF000  # F0E0 of Wingdings is E0, an arrow
_END: Final = 0xF100

# What Word writes by itself (bullets, `-->`) or people insert most, and the fonts of the plan have.
LETTERS: Final[Mapping[str, Mapping[int, str]]] = MappingProxyType(
    {
        "wingdings": {
            0x4A: "☺",
            0x6C: "●",
            0x6E: "■",
            0x6F: "☐",
            0x71: "❑",
            0x75: "◆",
            0x76: "❖",
            0x77: "◆",
            0x9E: "•",
            0x9F: "•",
            0xA7: "▪",
            0xA8: "☐",
            0xD8: "➢",
            0xDC: "➲",
            0xDF: "←",
            0xE0: "→",
            0xE1: "↑",
            0xE2: "↓",
            0xE8: "➔",
            0xF0: "⇨",
            0xFB: "✗",
            0xFC: "✓",
            0xFD: "☒",
            0xFE: "☑",
        },
        "symbol": {0xA3: "≤", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•"},
    }
)
# Without its font a number is read as that font's with which Word writes it: F0B7 is the bullet of Symbol, all others
# of Wingdings. What Word writes in neither by itself stays a number, and the check asks for it.
_NUMBER: Final = re.compile("[\uf000-\uf0ff]")
_UNNAMED: Final = MappingProxyType(
    {_FONT_AREA + number: sign for font in ("symbol", "wingdings") for number, sign in LETTERS[font].items()}
)


# With which Word begins the lines of a list; a check mark among them is no more than the list's sign.
BULLETS: Final = "•‣◦⁃∙·▪▫➢❖\uf076\uf09e\uf09f\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
BULLET: Final = re.compile(rf"^([ \t>]*)[{BULLETS}]([ \t\u00a0])", re.MULTILINE)


def letter(number: int, font: str) -> str:
    """The character that a number shows in a font, '' where it has no place of its own."""
    letters = LETTERS.get(font.strip().lower(), {})
    return letters.get(number - _FONT_AREA if _FONT_AREA <= number < _END else number, "")


def with_letters(text: str) -> str:
    """The text with every sign whose font went lost as the character it shows; as long as before.

    "\\uf0b7 Stelle benannt", copied from a list in Word, is "• Stelle benannt", and so it is with any sign of a list.
    """
    return BULLET.sub(r"\1•\2", text).translate(_UNNAMED) if _NUMBER.search(text) else text
