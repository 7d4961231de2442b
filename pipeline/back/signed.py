"""The tracked changes of a file in; who changed something at a mark, or wrote words that are new, out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pipeline.back.outcome import Signature
from pipeline.back.revisions import LONGEST_TEXT, Kind, Revision

_WRITTEN: Final = (Kind.INSERTED, Kind.MOVED_HERE)
_ENOUGH: Final = 0.25  # share of the letters of new words that somebody wrote

Authors = dict[str, Signature]


class Signed:
    """Who made the changes that were accepted: every author with the last of the dates."""

    def __init__(self, revisions: Iterable[Revision]) -> None:
        self._marks: dict[str, Authors] = {}
        self._pieces: dict[str, dict[str, Authors]] = {}  # by their first word: a text may hold pieces of many hands
        for revision in revisions:
            if not revision.accepted:
                continue
            _sign(self._marks.setdefault(revision.mark, {}), Signature(revision.author, revision.date))
            words = revision.text.split()
            if revision.kind in _WRITTEN and words:
                pieces = self._pieces.setdefault(words[0], {})
                _sign(pieces.setdefault(" ".join(words), {}), Signature(revision.author, revision.date))

    def at(self, mark: str) -> tuple[Signature, ...]:
        """Who changed anything at a mark."""
        return tuple(self._marks.get(mark, {}).values())

    def of(self, text: str) -> tuple[Signature, ...]:
        """Who wrote a new text, or a good part of it: of longer insertions only the beginning is known."""
        words = text.split()
        whole = " ".join(words)
        found: Authors = {}
        shares: dict[str, int] = {}
        for first in dict.fromkeys(words):
            for piece, authors in self._pieces.get(first, {}).items():
                if piece in whole:
                    for signature in authors.values():
                        _sign(found, signature)
                        shares[signature.author] = shares.get(signature.author, 0) + len(piece)
        enough = min(len(whole), LONGEST_TEXT) * _ENOUGH
        return tuple(signature for author, signature in found.items() if shares[author] >= enough)


def _sign(authors: Authors, new: Signature) -> None:
    known = authors.get(new.author)
    if known is None or new.date > known.date:
        authors[new.author] = new
