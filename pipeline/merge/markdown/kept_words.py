"""A Markdown text as its author wrote it, what it reads, what it shall read → the text with those words changed.

Three texts are needed, since there are many ways to write the same. Of the source `Sagt „ja“ -- sofort` both what it
reads, `Sagt "ja" - sofort`, and what it shall read, `Sagt "nein" - sofort`, are known in one normal form only. The
words that differ between these two are found in the source by what they mean, and there alone something changes: the
outcome is `Sagt "nein" -- sofort`, with the dash as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.text.sequences import changed, same_places

# A word with what sticks to it; links, code, notes and pictures are one word, however many spaces they hold: half a
# link could not be replaced. The branches, from left to right: link or picture, call of a note, code, line break,
# escaped sign.
_WORD: Final = re.compile(
    r"""(?:!?\[(?:\\.|[^\[\]\\])*\]\((?:[^()\s"]|\\.)*(?:\s+"(?:\\.|[^"\\])*")?\)|\[\^[^\]\s]+\]|(`+)(?!`).*?(?<!`)\1(?!`)|\\\n|\\.|[^\s])+""",
    re.DOTALL | re.VERBOSE,
)
_PICTURE: Final = re.compile(r"(!\[[^\]]*\])\([^)]*\)")
# Typography sets one for the other: people type "..." and the document has …
_QUOTES: Final = str.maketrans({"„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "…": "."})


@dataclass(frozen=True)
class _Word:
    """A word, what it means, and the indexes in its text between which it stands."""

    text: str
    key: str  # words that mean the same have the same
    start: int
    end: int


def _words(text: str) -> list[_Word]:
    return [_Word(match[0], _key(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def _key(word: str) -> str:
    """What a word means, however it is written: the same for `_so_` and `*so*`, `1\\.` and `1.`, „so“ and "so"."""
    word = _PICTURE.sub(r"\1", word).replace("\\\n", "\n")
    return re.sub(r"\\(.)", r"\1", word).translate(_QUOTES).replace("_", "*").replace("...", ".").replace("--", "-")


def change_words(source: str, before: str, after: str) -> str:
    """`source` with the words changed that differ between `before`, which it reads, and `after`; the rest stays.

    The spaces and line ends between words are the source's: of "Das **Amt**  prüft⏎die Lage", where "prüft" became
    "klärt", the outcome is "Das **Amt**  klärt⏎die Lage".
    """
    own, old, new = _words(source), _words(before), _words(after)
    places = same_places([word.key for word in old], [word.key for word in own])
    result = source
    # From the end, so that the places of earlier words in the source stay true.
    for part in reversed(changed([word.text for word in old], [word.text for word in new])):
        low = _nearest(places, part.start - 1, -1, -1)
        high = _nearest(places, part.end, len(old), 1)
        # What lies between but stands elsewhere in the source is written anew along with the change.
        words = [
            word.text for word in (*old[low + 1 : part.start], *new[part.first : part.last], *old[part.end : high])
        ]
        first = places[low] + 1 if low >= 0 else 0
        last = places[high] if high < len(old) else len(own)
        result = _put(result, own, first, last, words)
    return result


def _nearest(places: dict[int, int], index: int, end: int, step: int) -> int:
    """The next word in a direction that is known in the source, `end` if there is none."""
    while index != end and index not in places:
        index += step
    return index


def _put(text: str, own: list[_Word], first: int, last: int, words: list[str]) -> str:
    """Replace the source's words from `first` up to `last`; with the last word of a gap goes one gap."""
    joined = " ".join(words)
    if first < last and words:
        return text[: own[first].start] + joined + text[own[last - 1].end :]
    if first < last:
        if last < len(own):
            return text[: own[first].start] + text[own[last].start :]
        return text[: own[first - 1].end if first else 0] + text[own[last - 1].end :]
    if not words:
        return text
    if first < len(own):
        return text[: own[first].start] + joined + " " + text[own[first].start :]
    return text[: own[-1].end] + " " + joined + text[own[-1].end :] if own else joined + text
