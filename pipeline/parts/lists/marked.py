"""Two texts in, both out with what only one of them has marked: words that are gone, words that have come.

A line of the one is held against the line of the other that it became. Where little of it is left nothing is marked
word by word: it is easier to read one sentence after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from pipeline.fields.kind import NONE
from pipeline.parts.phrases import text
from pipeline.text.in_order import in_order
from pipeline.text.likeness import PARAGRAPH
from pipeline.text.nodes import Inline, InlineKind, Node
from pipeline.text.sequences import Stretch, readable, stretches

_WORD: Final = re.compile(r"\s+|\w+(?:[.,:/-]\w+)*|[^\w\s]")
_LEAST_SAME: Final = 0.4  # of the words of a line; the design says that more than 60 % of others is another line
_ALL_SHOWN: Final = 6  # lines; of more only those are shown that differ
_LEFT_OUT: Final = text("…")
_LONG: Final = 320  # characters that are the same, of which only what is next to a change is shown
_BESIDE: Final = 110
GONE: Final = "gone"
COME: Final = "come"


def marked(old: Sequence[str], new: Sequence[str]) -> tuple[Inline, Inline]:
    """The lines of both, a dash where there are none.

    >>> [node.plain() for node in marked(["Q1 2027 Amt"], ["Q3 2027 Amt"])[1] if node.kind == "come"]
    ['Q3']
    """
    before: list[Inline] = []
    after: list[Inline] = []
    short = len(old) <= _ALL_SHOWN and len(new) <= _ALL_SHOWN
    for at, other in in_order(old, new, (old, new), _likeness):
        if not short and at is not None and other is not None and old[at] == new[other]:
            if not before or before[-1] != (_LEFT_OUT,):
                before.append((_LEFT_OUT,))
            if not after or after[-1] != (_LEFT_OUT,):
                after.append((_LEFT_OUT,))
        elif at is None or other is None:
            before += [(_node(GONE, old[at]),)] if at is not None else []
            after += [(_node(COME, new[other]),)] if other is not None else []
        else:
            was, now = _words(old[at], new[other])
            before.append(was)
            after.append(now)
    return _lines(before), _lines(after)


def _likeness(old: str, new: str) -> float:
    """Two single lines of a value are always the one and the other; nobody looks for a third."""
    return max(PARAGRAPH.likeness(old, new), 0.01)


def _words(old: str, new: str) -> tuple[Inline, Inline]:
    one, other = (_WORD.findall(line) for line in (old, new))
    found = list(stretches(one, other))
    same = sum(_spoken(other[item.first : item.last]) for item in found if item.same)
    if same < _LEAST_SAME * max(_spoken(one), _spoken(other)):
        found = [Stretch(False, 0, len(one), 0, len(other))]
    found = readable(found, lambda first, last: _spoken(other[first:last]) > 0)
    before = [(GONE if not item.same else "", "".join(one[item.start : item.end])) for item in found]
    after = [(COME if not item.same else "", "".join(other[item.first : item.last])) for item in found]
    return tuple(_nodes(before)), tuple(_nodes(after))


def _nodes(pieces: Sequence[tuple[str, str]]) -> Iterator[Node]:
    groups = [
        (kind, "".join(piece for _, piece in group)) for kind, group in groupby(pieces, key=lambda piece: piece[0])
    ]
    for place, (kind, words) in enumerate(groups):
        if kind and words.strip():
            start, end = len(words) - len(words.lstrip()), len(words.rstrip())
            found = (text(words[:start]), _node(kind, words[start:end]), text(words[end:]))  # spaces have no mark
            yield from (node for node in found if node.plain())
        elif words:
            yield text(_shortened(words, starts=place == 0, ends=place == len(groups) - 1))


def _shortened(words: str, *, starts: bool, ends: bool) -> str:
    """What is the same on both sides: of a long text only what stands next to a change, in whole words."""
    if len(words) <= _LONG or (starts and ends):
        return words
    head = "" if starts else words[: words.find(" ", _BESIDE) + 1]
    tail = "" if ends else words[words.rfind(" ", 0, len(words) - _BESIDE) :]
    return f"{head}…{tail}"


def _node(kind: str, words: str) -> Node:
    kinds: dict[str, InlineKind] = {GONE: "gone", COME: "come"}
    return Node(kinds[kind], children=(text(words),))


def _spoken(words: Sequence[str]) -> int:
    return sum(word[0].isalnum() for word in words)


def _lines(lines: Sequence[Inline]) -> Inline:
    if not lines:
        return (text(NONE),)
    found: list[Node] = []
    for line in lines:
        if found and found[-1].kind in (GONE, COME):
            found[-1] = replace(found[-1], attrs={"ends": 1})
        found += [Node("break"), *line] if found else line
    return tuple(found)
