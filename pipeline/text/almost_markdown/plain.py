"""A text that is no Markdown in; what in it is Markdown, and the text without its signs out."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = (
    (re.compile(r"\*\*(?=[^\s*])([^*]+)(?<=[^\s*])\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__(?=[^\s_])([^_]+)(?<=[^\s_])__(?!\w)"), r"\1"),
    (re.compile(r"~~(?=\S)([^~]+)(?<=\S)~~"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\((?:https?:|www\.|#)[^()\s]+\)"), r"\1"),
)


def without_signs(text: str) -> tuple[str, str]:
    """The first stretch with signs, '' if there is none, and the whole text without any.

    Of `**Feste** Ansprechstelle` they are `**Feste**` and `Feste Ansprechstelle`; `Bürger*innen` has no signs.
    """
    found, bare = "", text
    for pattern, words in _SIGNS:
        if match := pattern.search(text):
            found = found or match[0]
            bare = pattern.sub(words, bare)
    return found, bare
