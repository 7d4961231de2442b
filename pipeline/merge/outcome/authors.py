"""The tracked changes of a file in; who changed something at a mark, or wrote words that are new, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.merge.docx.revisions import LONGEST_TEXT, Kind, Revision
from pipeline.merge.outcome.outcome import Signature

_WRITTEN: Final = (Kind.INSERTED, Kind.MOVED_HERE)
_ENOUGH: Final = 0.25  # share of the letters of new words that somebody wrote

Authors = dict[str, Signature]


class Signed:
    """Who made the changes that were accepted: every author with the last of the dates."""

    def __init__(self, revisions: Iterable[Revision]) -> None:
        self._marks: dict[str, Authors] = {}
        self._pieces: dict[tuple[str, ...], Authors] = {}  # by their words: a text may hold pieces of many hands
        self._lengths: dict[str, set[int]] = {}  # of the pieces that begin with a word, in words
        for revision in revisions:
            if not revision.accepted:
                continue
            _sign(self._marks.setdefault(revision.mark, {}), Signature(revision.author, revision.date))
            words = tuple(revision.text.split())
            if len(revision.text) >= LONGEST_TEXT:
                words = words[:-1] or words  # it may be cut within its last word
            if revision.kind in _WRITTEN and words:
                self._lengths.setdefault(words[0], set()).add(len(words))
                _sign(self._pieces.setdefault(words, {}), Signature(revision.author, revision.date))

    def at(self, mark: str) -> tuple[Signature, ...]:
        """Who changed anything at a mark."""
        return tuple(self._marks.get(mark, {}).values())

    def of(self, text: str) -> tuple[Signature, ...]:
        """Who wrote a new text, or a good part of it: of longer insertions only the beginning is known."""
        words = tuple(text.split())
        found: Authors = {}
        shares: dict[str, int] = {}
        for piece in dict.fromkeys(self._pieces_in(words)):
            for signature in self._pieces[piece].values():
                _sign(found, signature)
                shares[signature.author] = shares.get(signature.author, 0) + len(" ".join(piece))
        enough = min(len(" ".join(words)), LONGEST_TEXT) * _ENOUGH
        return tuple(signature for author, signature in found.items() if shares[author] >= enough)

    def _pieces_in(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for at, first in enumerate(words):
            for length in self._lengths.get(first, ()):
                if words[at : at + length] in self._pieces:
                    yield words[at : at + length]


def _sign(authors: Authors, new: Signature) -> None:
    known = authors.get(new.author)
    if known is None or new.date > known.date:
        authors[new.author] = new
