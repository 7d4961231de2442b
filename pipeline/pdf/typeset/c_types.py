"""WeasyPrint's declarations of C's types in, the same read once each out.

It names a type by its words in C at each call, and cffi reads words that it has not met yet with a parser that takes
as long as a short line of text: `hb_codepoint_t[231]` for a font of which 231 letters are used, `hb_codepoint_t[57]`
for the next. So much was a third of what a short part took, in each process anew.
"""

from __future__ import annotations

import re
from typing import Any, Final

from weasyprint.text.ffi import ffi

# What is named while a page is typeset; a type that is missing here is read when it is met.
TYPES: Final = (
    "FcResult *",
    "PangoLogAttr[]",
    "PangoRectangle *",
    "char[]",
    "char[4]",
    "hb_codepoint_t[]",
    "hb_tag_t[100]",
    "unsigned int *",
)
_LIST: Final = re.compile(r"(\w+)\[\d+\]")
_new: Final = ffi.new


def know_types() -> None:
    """Reads the types before they are met: processes that are forked afterwards inherit them."""
    ffi.new = _with_any_length
    for name in TYPES:
        ffi.typeof(name)


def _with_any_length(name: Any, values: Any = None) -> Any:
    """A new value of a type; of a list that is handed its values, the type need not say how many they are."""
    found = _LIST.fullmatch(name) if isinstance(name, str) and values is not None else None
    return _new(f"{found[1]}[]", values) if found else _new(name, values)
