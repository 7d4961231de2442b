"""Characters that nobody sees but that change what others see: finding them in a text, and making them visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Control characters but tab, line feed and carriage return; marks that turn the direction of writing; characters
# without width, but for the two joiners that some scripts need; what belongs to no character at all.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)

_WITHOUT_WIDTH = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


def without_unseen(text: str) -> str:
    """The text without soft hyphens and signs without width, which come along with what is pasted or saved."""
    return _WITHOUT_WIDTH.sub("", text)


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Every forbidden character of the text: its index, and its name, such as „U+202E, RIGHT-TO-LEFT OVERRIDE“."""
    for match in _FORBIDDEN.finditer(text):
        name = unicodedata.name(match[0], "Steuerzeichen")
        yield match.start(), f"U+{ord(match[0]):04X}, {name}"


def harmless(text: str) -> str:
    """The text with every control, bidirectional or otherwise unseen character as `<U+202E>`."""
    return text if text.isprintable() else "".join(shown(character) for character in text)


def shown(character: str) -> str:
    """One character as it may be printed: itself, or its number; a byte that is no text as `<F6>`."""
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    if "\udc80" <= character <= "\udcff":  # how Python keeps a byte that it cannot decode
        return f"<{ord(character) - 0xDC00:02X}>"
    return f"<U+{ord(character):04X}>"
