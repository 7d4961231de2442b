"""Two texts, word by word: which words stayed, which went, which came; the runs together are the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from pipeline.text.sequences import stretches

_WORD: Final = re.compile(r"\n|[^\S\n]+|\S+[^\S\n]*")  # a word with the blanks behind it, or the end of a line


class Mark(StrEnum):
    """What became of the words of a run."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Run:
    """Words that follow each other and had the same fate."""

    mark: Mark
    text: str


def marked_words(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The old text in kept and deleted runs, the new one in kept and inserted ones.

    `Er läuft vier Jahre` and `Er läuft fünf Jahre` give `Er läuft |vier |Jahre` and `Er läuft |fünf |Jahre`.
    """
    old, new = (_WORD.findall(text) for text in (before, after))
    was: list[tuple[Mark, str]] = []
    now: list[tuple[Mark, str]] = []
    for part in stretches(*([_key(word) for word in words] for words in (old, new))):
        was += [(Mark.KEPT if part.same else Mark.DELETED, word) for word in old[part.start : part.end]]
        now += [(Mark.KEPT if part.same else Mark.INSERTED, word) for word in new[part.first : part.last]]
    return _runs(was), _runs(now)


def _key(word: str) -> str:
    """A word is the same with more or fewer blanks behind it; the end of a line is none of its blanks."""
    return word if word == "\n" else word.strip()


def _runs(words: Iterable[tuple[Mark, str]]) -> tuple[Run, ...]:
    return tuple(
        Run(mark, "".join(word for _, word in group)) for mark, group in groupby(words, key=lambda entry: entry[0])
    )
