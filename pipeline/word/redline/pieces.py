"""A paragraph in, the least of it that is there or not out: words of one look, fields, links, pictures, calls of notes.

And the same back: pieces as runs, words of one look in one run.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from pipeline.ooxml.elements import Element, inner, plain_text, q, text, w, written
from pipeline.word.redline.side import DOCUMENT, NOTES, Side

_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")
_RUN, _TEXT, _LOOK, _FIELD = (q(name) for name in ("r", "t", "rPr", "fldChar"))
_LINK, _CONTROL, _NOTE, _PICTURE = (q(name) for name in ("hyperlink", "sdt", "footnoteReference", "drawing"))
_NOTHING: Final = frozenset(map(q, ("pPr", "sdtPr")))
_POINTS: Final = frozenset(map(q, ("bookmarkStart", "bookmarkEnd")))
_SEEN_IN_KEY: Final = re.compile(rb' w:(?:rsid\w*|id)="[^"]*"')


@dataclass(frozen=True)
class Piece:
    """`key` is equal for equal pieces. A word has its letters and its look, anything else the elements that it is."""

    key: Hashable
    word: str = ""
    look: Element | None = None
    seen: bytes = b""  # the look as it is written
    elements: tuple[Element, ...] = ()

    @property
    def speaks(self) -> bool:
        """Whether it is more than a space or a sign."""
        return bool(self.elements) or any(letter.isalnum() for letter in self.word)


@dataclass
class Pieces:
    """The pieces of a paragraph, and the bookmarks before each, by its place; the last place is behind all."""

    all: list[Piece] = field(default_factory=list)
    points: dict[int, list[Element]] = field(default_factory=dict)


def container(paragraph: Element) -> Element:
    """What holds a paragraph's words: itself, or the content of the one control that holds all of them."""
    others = [child for child in paragraph if child.tag not in _POINTS and child.tag not in _NOTHING]
    if len(others) == 1 and others[0].tag == _CONTROL:
        found = inner(others[0], "sdtContent")
        return paragraph if found is None else found
    return paragraph


def pieces_of(paragraph: Element, side: Side) -> Pieces:
    """The pieces of a paragraph."""
    found, opened, depth = Pieces(), list[Element](), 0
    for child in container(paragraph):
        if child.tag in _POINTS:
            found.points.setdefault(len(found.all), []).append(child)
        elif child.tag in _NOTHING:
            continue
        else:
            signs = [sign.get(q("fldCharType")) for sign in child.iter(_FIELD)] if child.tag == _RUN else []
            depth += signs.count("begin")
            if depth or signs:
                opened.append(child)
                depth -= signs.count("end")
                if depth <= 0:
                    found.all.append(_field(opened))
                    opened, depth = [], 0
                continue
            found.all += _of(child, side)
    if opened:
        found.all.append(_field(opened))
    return found


def _field(runs: Sequence[Element]) -> Piece:
    """A field as a whole: its instruction, what it shows."""
    return Piece(("field", *(_SEEN_IN_KEY.sub(b"", written(run)) for run in runs)), elements=tuple(runs))


def _of(child: Element, side: Side) -> Iterator[Piece]:
    if child.tag == _LINK:
        part = DOCUMENT if next(child.iterancestors(q("footnote")), None) is None else NOTES
        runs = tuple(written(run) for run in child)
        yield Piece(("link", side.link(child, part), runs), elements=(child,))
    elif child.tag != _RUN:
        yield Piece(("other", _SEEN_IN_KEY.sub(b"", written(child))), elements=(child,))
    else:
        look = inner(child, "rPr")
        seen = b"" if look is None else written(look)
        for item in child:
            if item.tag == _TEXT:
                yield from (Piece((word, seen), word, look, seen) for word in _WORD.findall(item.text or ""))
            elif item.tag != _LOOK:
                yield Piece(_key(item, child, seen, side), elements=(_run(look, [item]),))


def _key(part: Element, run: Element, seen: bytes, side: Side) -> Hashable:
    if part.tag == _NOTE:
        return side.note_called(run)
    if part.tag == _PICTURE:
        return side.picture(part)
    return (_SEEN_IN_KEY.sub(b"", written(part)), seen)


def _run(look: Element | None, parts: Iterable[Element]) -> Element:
    looks = [] if look is None else [copy.deepcopy(look)]
    return w("r", *looks, *map(copy.deepcopy, parts))


def elements_of(pieces: Iterable[Piece]) -> Iterator[Element]:
    """Pieces as new runs and links; neighbouring words of one look are one run."""
    for (is_word, _), group in groupby(pieces, key=lambda piece: (not piece.elements, piece.seen)):
        found = list(group)
        if is_word:
            yield _run(found[0].look, [text("".join(piece.word for piece in found))])
        else:
            yield from (copy.deepcopy(element) for piece in found for element in piece.elements)


def words_of(element: Element) -> str:
    """What is read in a paragraph or table, for comparing how alike two are."""
    return " ".join(filter(None, (plain_text(item) for item in element.iter(q("p")))))
