"""A text in, the characters out that no font of the plan has: they would end the typesetting, or print as nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from pipeline.design import STYLES
from pipeline.text.characters import forbidden
from pipeline.text.symbol_fonts import with_letters

_TABLE: Final = STYLES / "fonts" / "characters.json"
# Not printed, though they stand in a text: ends of lines, tabs, the two joiners and what picks the form of the
# character before it.
_UNSEEN: Final = frozenset("\t\n\r\u200c\u200d\ufe0e\ufe0f")
_PRIVATE: Final = "Co"
# A plain sign that says the same; where a colour is what it says, there is none.
_PLAINER: Final = MappingProxyType({"✅": "✔", "❎": "✘", "❌": "✘", "➕": "+", "➖": "−", "㎡": "m²", "㎥": "m³"})
_EMOJI: Final = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u20e3]")


@dataclass(frozen=True)
class Unprintable:
    """A character that no font has: where in the text, which one, what it is called."""

    index: int
    character: str

    @property
    def name(self) -> str:
        """Itself with its number and its name: „👍“ (U+1F44D, THUMBS UP SIGN)."""
        private = unicodedata.category(self.character) == _PRIVATE
        name = "aus einer Symbolschrift" if private else unicodedata.name(self.character, "ohne Namen")
        number = f"U+{ord(self.character):04X}"
        return f"„{self.character}“ ({number}, {name})" if self.character.isprintable() else f"{number} ({name})"

    @property
    def message(self) -> str:
        """What is wrong, as a sentence."""
        return f"Die Schriften des Plans haben dieses Zeichen nicht: {self.name}."

    @property
    def hint(self) -> str:
        """What to write in its place."""
        plain = _PLAINER.get(self.character) or unicodedata.normalize("NFKC", self.character)
        if plain != self.character and not unprintable(plain):
            return f"Stattdessen „{plain}“ schreiben."
        if unicodedata.category(self.character) == _PRIVATE:
            return "Es zeigt nur in Words Symbolschrift etwas; ein gewöhnliches Zeichen nehmen, zum Beispiel • ✓ →."
        if _EMOJI.match(self.character):
            return "Bunte Sinnbilder lassen sich nicht drucken; mit Worten sagen, was gemeint ist, oder ✓ ✘ ★ ⚠ nehmen."
        if not self.character.isprintable():
            return "Das Zeichen löschen; am einfachsten die Stelle neu tippen."
        return "Das Wort in lateinischen Buchstaben schreiben oder das Zeichen löschen."


def unprintable(text: str) -> list[Unprintable]:
    """Every character of a text that no font has, the first of each kind, in their order.

    Invisible signs are left out: they are told elsewhere. Signs that come from Word without their symbol font
    count as what they show.
    """
    strange = set() if text.isascii() else set(text) - _printable()
    if strange:  # hardly ever
        strange -= _UNSEEN | {text[index] for index, _ in forbidden(text)}
        strange = {character for character in strange if with_letters(character) == character}
    return [Unprintable(text.index(character), character) for character in sorted(strange, key=text.index)]


def stretches(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it can be printed; what joins two emojis to one goes with them."""
    strange = {item.character for item in unprintable(text)}
    result: list[tuple[str, bool]] = []
    for character in text:
        fine = result[-1][1] if result and character in _UNSEEN else character not in strange
        if result and result[-1][1] == fine:
            result[-1] = (result[-1][0] + character, fine)
        else:
            result.append((character, fine))
    return result


@cache
def _printable() -> frozenset[str]:
    """All characters that can be printed in running text, whatever its look."""
    pairs: list[tuple[str, str]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return frozenset(chr(code) for first, last in pairs for code in range(int(first, 16), int(last, 16) + 1))
