"""One text as it was, as it is, as an editor would have it in; both changes in one text out, or the conflicts.

The way of diff3: line by line, and where both changed the same lines, word by word. The same word changed in two ways
is a conflict; what is there stays then.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from pipeline.text.in_order import Step, in_order
from pipeline.text.likeness import PARAGRAPH
from pipeline.text.sequences import same_places

_LINES: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_LETTERS: Final = re.compile(r"\w+")
_WORDS: Final = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class TextConflict:
    """What was, what is, what the editor would have."""

    base: str
    ours: str
    theirs: str
    line: int  # of the merged text, from 0, in which `ours` begins, or would


@dataclass(frozen=True)
class Merged:
    """The merged text; at its conflicts it says what is there."""

    text: str
    conflicts: tuple[TextConflict, ...]


@dataclass(frozen=True)
class _Region:
    """A stretch of all three: `same` where nobody changed it, else what each has there."""

    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    def settled(self) -> tuple[str, ...] | None:
        """What both changes make of it, None where they contradict each other."""
        if self.ours in (self.base, self.theirs):
            return self.theirs
        return self.ours if self.theirs == self.base else None

    def taken_away(self) -> tuple[str, ...] | None:
        """What both leave, where each has only taken lines away; None otherwise.

        Of "a b" the one makes "b", the other "a": nobody wanted to change what the other took. Of "a b a", made "a" and
        "b a", nobody can tell which "a" it is that both keep.
        """
        if max(Counter(line for line in self.base if line.strip()).values(), default=0) > 1:
            return None
        kept = [same_places(self.base, side) for side in (self.ours, self.theirs)]
        if any(len(pairs) < len(side) for pairs, side in zip(kept, (self.ours, self.theirs), strict=True)):
            return None
        return tuple(line for at, line in enumerate(self.base) if at in kept[0] and at in kept[1])


def rows(text: str) -> list[str]:
    """The lines of a text with their ends."""
    return _LINES.findall(text)


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Both changes in one text."""
    lines: list[str] = []
    conflicts: list[TextConflict] = []
    old, now, new = map(rows, (base, ours, theirs))
    for region in _regions(old, now, _without_done(old, now, new)):
        settled = region.settled()
        if settled is None and (left := region.taken_away()) is not None:
            settled = _without_gaps(lines, left)
        if settled is None:
            settled = _by_words(region)
        if settled is None:
            texts = ("".join(region.base), "".join(region.ours), "".join(region.theirs))
            conflicts.append(TextConflict(*texts, len(rows("".join(lines)))))
            settled = region.ours
        lines += settled
    while lines and not lines[-1].strip() and not any(side and not side[-1].strip() for side in (old, now, new)):
        lines.pop()  # what stood behind it is gone
    return Merged("".join(lines), tuple(conflicts))


def _without_gaps(before: Sequence[str], left: Sequence[str]) -> tuple[str, ...]:
    """What is left of lines that were taken away, behind those before it, with no empty line behind another."""
    result: list[str] = []
    for line in left:
        previous = [*before[-1:], *result][-1:]
        if line.strip() or (previous and previous[0].strip()):
            result.append(line)
    return tuple(result)


def _without_done(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, of_words: bool = False
) -> list[str]:
    """Theirs without the changes that ours has in the same place: the same file may come twice.

    Base "a b", theirs "a x b", ours "a x B": ours has taken the file before, and somebody changed its `b` since. Line
    by line `x` and `B` would stand against `x`: a conflict about something on which all agree. Without `x`, theirs
    changes nothing.
    """
    pairs = [(-1, -1), *_pairs(base, theirs, of_words=of_words).items(), (len(base), len(theirs))]
    known = [(-1, -1), *_landmarks(base, ours, theirs, of_words=of_words), (len(base), len(ours))]
    result: list[str] = []
    for (one, two), (then, there) in pairwise(pairs):
        before, after = base[one + 1 : then], theirs[two + 1 : there]
        done = False
        if before != after:
            above = max(mark for mark in known if mark[0] <= one)
            below = min(mark for mark in known if mark[0] >= then)
            places = (_framed(base, above[0], below[0]), _framed(ours, above[1], below[1]))
            done = _is_done(*places, theirs, (two + 1, there), added=not before, of_words=of_words)
        result += before if done else after
        result += theirs[there : there + 1]
    return result


def _landmarks(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, of_words: bool
) -> Iterator[tuple[int, int]]:
    """The lines that say something, come once on each side and kept their order, by their places in base and ours.

    An empty line or a second "- gut" says nothing about where in a text something stands.
    """
    counts = [Counter(lines) for lines in (base, ours, theirs)]
    right = _pairs(base, theirs, of_words=of_words)
    for at, there in _pairs(base, ours, of_words=of_words).items():
        if at in right and base[at].strip() and all(count[base[at]] == 1 for count in counts):
            yield at, there


def _framed(lines: Sequence[str], first: int, last: int) -> list[str]:
    """The lines from first to last; an empty text stands for either end of all lines."""
    whole = ["", *lines, ""]
    return whole[first + 1 : last + 2]


def _is_done(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    change: tuple[int, int],
    *,
    added: bool,
    of_words: bool,
) -> bool:
    """Whether ours has a change of theirs, between what surrounds it up to the next lines that say something.

    Of what was only added one of the two is enough: the other may have been changed meanwhile. Of lines that the base
    has not they themselves are: both neighbours may have been.
    """
    start, end = change
    first = next((at for at in range(start - 1, -1, -1) if theirs[at].strip()), -1)
    last = next((at for at in range(end, len(theirs)) if theirs[at].strip()), len(theirs))
    before, new, after = (_framed(theirs, first, start - 1), theirs[start:end], _framed(theirs, end, last))
    if added and any(line.strip() for line in new):
        said = [line for line in new if line.strip()]
        if not of_words and not set(said) & set(base) and _count([line for line in ours if line.strip()], said):
            return True
        return any(_count(ours, found) > _count(base, found) for found in ([*before, *new], [*new, *after]))
    return _count(ours, [*before, *new, *after]) > _count(base, [*before, *new, *after])


def _count(lines: Sequence[str], wanted: Sequence[str]) -> int:
    """How often they follow each other."""
    return sum(lines[at : at + len(wanted)] == wanted for at in range(len(lines) - len(wanted) + 1))


def _by_words(region: _Region) -> tuple[str, ...] | None:
    """The lines of a region in which no word was changed twice, None otherwise.

    Where a whole side is empty somebody took these lines away: that is no change of words.
    """
    if not region.base or not region.ours or not region.theirs:
        return None
    words: list[str] = []
    base, ours, theirs = (_WORDS.findall("".join(side)) for side in (region.base, region.ours, region.theirs))
    for part in _regions(base, ours, _without_done(base, ours, theirs, of_words=True), of_words=True):
        settled = part.settled()
        if settled is None:
            return None
        words += settled
    return tuple(rows("".join(words)))


def _regions(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, of_words: bool = False
) -> Iterator[_Region]:
    """The three cut where all of them agree; between two cuts somebody changed something, or nobody."""
    at_base = at_ours = at_theirs = 0
    for start, in_ours, in_theirs, size in _agreements(base, ours, theirs, of_words=of_words):
        before = (base[at_base:start], ours[at_ours:in_ours], theirs[at_theirs:in_theirs])
        if any(before):
            yield _Region(*(tuple(part) for part in before))
        if size:
            same = tuple(base[start : start + size])
            yield _Region(same, same, same)
        at_base, at_ours, at_theirs = start + size, in_ours + size, in_theirs + size


def _agreements(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, of_words: bool
) -> Iterator[tuple[int, int, int, int]]:
    """Where all three say the same: start in each, length; at last their ends.

    A space alone says nothing: it counts beside a word on which all agree. Of the items "1. Anfrage," and "2. Vertrag"
    one editor makes "1. Anfrage, Vertrag", the other puts "2. Bescheid" between them. Were the space before "Vertrag"
    the same to all, both would give "1. Anfrage, Bescheid" and "2. Vertrag", which nobody wrote.
    """
    left, right = (_pairs(base, side, of_words=of_words) for side in (ours, theirs))
    same = [(start, in_ours, right[start]) for start, in_ours in left.items() if start in right]
    known = set(same)
    for place in same:
        beside = (tuple(at + step for at in place) for step in (-1, 1))
        if not of_words or base[place[0]].strip() or not known.isdisjoint(beside):
            yield (*place, 1)
    yield len(base), len(ours), len(theirs), 0


def _pairs(base: Sequence[str], other: Sequence[str], *, of_words: bool) -> dict[int, int]:
    """What of the base stands where in the other, with every change as far down as it can be told.

    Of a line that comes twice nobody can say which one is new; for two who wrote the same it has to be the same one. In
    "x, empty line, y" both sides add "z, empty line" in front of `y`. What is new may be "z, empty line" or
    "empty line, z"; were it the one for ours and the other for theirs, `z` would come twice.
    """
    places = same_places(base, other) if of_words else _line_places(base, other)
    pairs = [(-1, -1), *places.items()]
    for gap in range(len(pairs) - 2, -1, -1):
        _slide(pairs, gap, base, other)
    return {at: there for at, there in pairs[1:] if base[at] == other[there]}


def _line_places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """What of the base stands where in the other, and what it became where it is much alike: index → index.

    An empty line says nothing. Of "x, empty, y" that became "x', empty, new, empty, y'" it is the lines that say
    something by which one knows that `new` was added, not that `y` became `new`.
    """
    said = [[at for at, line in enumerate(side) if line.strip()] for side in (base, other)]
    texts = [[side[at] for at in places] for side, places in zip((base, other), said, strict=True)]
    steps = list(in_order(texts[0], texts[1], (texts[0], texts[1]), _likeness))
    found: dict[int, int] = {}
    one = two = 0
    pairs = [(said[0][at], said[1][there]) for at, there in _whole(steps, *texts)]
    for at, there in [*pairs, (len(base), len(other))]:
        between = same_places(base[one:at], other[two:there])
        found |= {one + first: two + second for first, second in between.items()}
        if at < len(base):
            found[at] = there
        one, two = at + 1, there + 1
    return found


def _whole(steps: Sequence[Step], old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs without those of which a part went to the next line, or came from there: cut or joined, a line is not
    the old one, changed. Who took that part away meanwhile would find it there again.
    """
    for place, (at, there) in enumerate(steps):
        if at is None or there is None:
            continue
        beside = [*_beside(steps[place - 1 :: -1] if place else ()), *_beside(steps[place + 1 :])]
        pair = (old[at], new[there])
        gone, come = (Counter(_said(one)) - Counter(_said(other)) for one, other in (pair, pair[::-1]))
        cut = any(_most(new[index], gone) for _, index in beside if index is not None)
        if not cut and not any(_most(old[index], come) for index, _ in beside if index is not None):
            yield at, there


def _beside(steps: Sequence[Step]) -> Iterator[Step]:
    """What stands next to a pair, as far as one side has not got it."""
    return takewhile(lambda step: None in step, steps)


def _most(line: str, words: Counter[str]) -> bool:
    """Whether half of the words of a line, or more, are among those."""
    own = Counter(_said(line))
    return 2 * (own & words).total() >= own.total() > 0


def _said(line: str) -> list[str]:
    """The words of a line without what stands around them: `Neue.` is `Neue`."""
    return _LETTERS.findall(line)


def _likeness(one: str, other: str) -> float:
    likeness = PARAGRAPH.likeness(one, other)
    return likeness if likeness >= PARAGRAPH.at_least else 0.0


def _slide(pairs: list[tuple[int, int]], gap: int, base: Sequence[str], other: Sequence[str]) -> None:
    """Moves down what was only added, or only taken away, behind a pair."""
    for at in range(gap, len(pairs) - 1):
        (one, two), (then, there) = pairs[at], pairs[at + 1]
        if then == one + 1 and there > two + 1 and other[two + 1] == other[there]:
            pairs[at + 1] = (then, two + 1)
        elif there == two + 1 and then > one + 1 and base[one + 1] == base[then]:
            pairs[at + 1] = (one + 1, there)
        else:
            return
