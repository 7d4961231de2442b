"""A Markdown text as its author wrote it, what it reads, what it shall read → the text with those words changed.

Three texts are needed, since there are many ways to write the same. Of the source `Sagt „ja“ -- sofort` both what it
reads, `Sagt "ja" - sofort`, and what it shall read, `Sagt "nein" - sofort`, are known in one normal form only. The
words that differ between these two are found in the source by what they mean, and there alone something changes: the
outcome is `Sagt "nein" -- sofort`, with the dash as it was typed.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.text.kept_words import SourceWord, Words, found_in, with_words
from pipeline.text.tasks import DONE, TYPED

# A word with what sticks to it; links, code, notes and pictures are one word, however many spaces they hold: half a
# link could not be replaced.
_WORD: Final = re.compile(
    r"""(?:
        \A\[[ xX]\](?=\s)  # the box of a task
        |!?\[(?:\\.|[^\[\]\\])*\]\((?:\\.|[^()\s"\\])*(?:\s+"(?:\\.|[^"\\])*")?\)  # a link or a picture
        |\[\^[^\]\s]+\]  # the call of a note
        |(`+)(?!`).*?(?<!`)\1(?!`)  # code
        |\\\n|\\.|[^\s]  # a line break, an escaped sign, any other
    )+""",
    re.DOTALL | re.VERBOSE,
)
_PICTURE: Final = re.compile(r"(!\[[^\]]*\])\([^)]*\)")
# Typography sets one for the other: people type "..." and the document has …
_QUOTES: Final = str.maketrans({"„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "…": "."})


_AUTOLINK: Final = re.compile(r"<(https?://[^<>\s]*)>")
_BOXES: Final = {**TYPED, "[X]": TYPED[DONE]}


def _words(text: str) -> list[SourceWord]:
    return [SourceWord(_key(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def _key(word: str) -> str:
    """What a word means, however it is written: the same for `_so_` and `*so*`, `1\\.` and `1.`, „so“ and "so"."""
    if found := _AUTOLINK.fullmatch(word):
        return found[1]
    if word in _BOXES:
        return _BOXES[word]
    word = _PICTURE.sub(r"\1", word).replace("\\\n", "\n")
    return re.sub(r"\\(.)", r"\1", word).translate(_QUOTES).replace("_", "*").replace("...", ".").replace("--", "-")


def change_words(source: str, before: str, after: str) -> str:
    """`source` with the words changed that differ between `before`, which it reads, and `after`; the rest stays.

    The spaces and line ends between words are the source's: of "Das **Amt**  prüft⏎die Lage", where "prüft" became
    "klärt", the outcome is "Das **Amt**  klärt⏎die Lage".
    """
    old, new = ([match[0] for match in _WORD.finditer(text)] for text in (before, after))
    written = found_in(_words(source), [_key(word) for word in old])
    return with_words(source, written, Words.spaced(old), Words.spaced(new))
