"""Text in, characters out that nobody sees but that change what others see."""

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


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Where in the text such a character stands, and what it is called."""
    for match in _FORBIDDEN.finditer(text):
        name = unicodedata.name(match[0], "Steuerzeichen")
        yield match.start(), f"U+{ord(match[0]):04X}, {name}"
