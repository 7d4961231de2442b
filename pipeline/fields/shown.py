"""Text as the documents show it in, text as a person types it out; which of it is new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from pipeline.text.typography import typeset_line

_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t\v\r\n"
_TYPED = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\u2011": "-", "\u2010": "-", "\u00ad": None})
_ALIKE = str.maketrans(dict.fromkeys("„“”‟»«", '"') | dict.fromkeys("‚‘’‛", "'") | dict.fromkeys("–—−", "-"))
_SUGGEST = 0.6  # how alike a word must be to be offered instead


class Unread(ValueError):  # noqa: N818 - what a person wrote and nobody understands; not an error of the program
    """A text that says no value; str() is one German sentence: what was not understood, and how it is written."""


def typed(text: str) -> str:
    """As a person would type it: plain spaces and hyphens, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_TYPED).split())


@lru_cache(maxsize=1 << 14)
def shown(text: str) -> str:
    """As the documents show it, but for spaces that do not break: what is equal here looks the same in print."""
    return typed(typeset_line(typed(text)))


def bare(text: str) -> str:
    """For looking a word up: quotes, dashes and case make no difference."""
    return typed(text).translate(_ALIKE).casefold()


def retyped(base: str, new: str) -> str:
    """The base with the words changed that the shown text changes; all others stay as they were typed."""
    now, wanted = shown(base).split(" "), shown(new).split(" ")
    if now == wanted:
        return base
    groups = list(_groups(now, re.findall(r"\S+", base)))
    blocks = SequenceMatcher(None, now, wanted, autojunk=False).get_matching_blocks()
    kept = {block.b + i: block.a + i for block in blocks for i in range(block.size)}
    words: list[str] = []
    place = 0
    while place < len(wanted):
        group = next((group for group in groups if kept.get(place) == group[0]), None)
        size = group[1] - group[0] if group else 1
        if group and all(kept.get(place + i) == group[0] + i for i in range(size)):
            words.append(group[2])
            place += size
        else:
            words.append(wanted[place])
            place += 1
    return " ".join(words)


def _groups(now: list[str], before: list[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of the shown words, each with what was typed for it: `z. B.` for `z.B.`"""
    for tag, start, end, first, last in SequenceMatcher(None, now, before, autojunk=False).get_opcodes():
        if tag == "equal" or end - start == last - first:
            yield from ((start + i, start + i + 1, before[first + i]) for i in range(end - start))
        elif start < end:
            yield start, end, " ".join(before[first:last])


def meant(text: str, known: Iterable[str]) -> str:
    """`; meinten Sie „Rat“?`, or '.' where nothing known looks like it."""
    names = {bare(name): name for name in known}
    found = get_close_matches(bare(text), names, n=1, cutoff=_SUGGEST)
    return f"; meinten Sie „{names[found[0]]}“?" if found else "."
