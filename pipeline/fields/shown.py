"""Text as the documents show it in, text as a person types it out; which of it is new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pipeline.text.kept_words import SourceWord, Words, found_in, with_words
from pipeline.text.likeness import MEANT, nearest
from pipeline.text.typography import typeset_line

_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t\v\r\n"
_TYPED = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\u2011": "-", "\u2010": "-", "\u00ad": None})
_ALIKE = str.maketrans(dict.fromkeys("„“”‟»«", '"') | dict.fromkeys("‚‘’‛", "'") | dict.fromkeys("–—−", "-"))


class Unread(ValueError):  # noqa: N818 - what a person wrote and nobody understands; not an error of the program
    """A text that says no value; str() is one German sentence: what was not understood, and how it is written."""


class Unclear(Unread):
    """A text of which it is clear what it is about, but not which value it says; str() names what it may mean."""


def unclear(text: str, *meanings: str) -> Unclear:
    """Of a text with several meanings: `„Mitte 2027“ kann Q2 2027 oder Q3 2027 heißen`."""
    return Unclear(f"„{typed(text)}“ kann {' oder '.join(meanings)} heißen; bitte schreiben, was gemeint ist.")


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
    """The base with the words changed that the shown text changes; all others stay as they were typed.

    Of the title `Rat "A" z.B. neu`, shown as `Rat „A“ z. B. neu`, that somebody changed to `Rat „A“ z. B. alt` only the
    last word is other than before: `Rat "A" z.B. alt`.
    """
    now, wanted = shown(base).split(), shown(new).split()
    if now == wanted:
        return base
    source = [SourceWord(match[0], *match.span()) for match in re.finditer(r"\S+", base)]
    return with_words(base, found_in(source, now, one_by_one=True), Words.spaced(now), Words.spaced(wanted))


def meant(text: str, known: Iterable[str]) -> str:
    """`; meinten Sie „Rat“?`, or '.' where nothing known looks like it."""
    names = {bare(name): name for name in known}
    found = nearest(bare(text), [*names], MEANT)
    return f"; meinten Sie „{names[found]}“?" if found else "."
