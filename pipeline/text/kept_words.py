"""A text as its author wrote it, what it reads, what it shall read → the text with those words changed, no others.

What a document shows of a text is not how the text was written: quotes are turned, `z.B.` is spaced, lines are wrapped,
letters are escaped. So an edited document never says what to write for a word that nobody touched; it stays as it was.

    source  Er sagt "ja"  \\n z.B. heute.      before  Er sagt „ja“ z. B. heute.
    result  Er sagt "ja"  \\n z.B. morgen.     after   Er sagt „ja“ z. B. morgen.

Whoever wrote `after` in place of the source would change the quotes, the space and the line break, and with them lines
that somebody else may have changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.text.sequences import same_places, stretches


@dataclass(frozen=True)
class Words:
    """A text cut into words. `spaces` stand before each word and behind the last: there is one more of them."""

    words: Sequence[str]
    spaces: Sequence[str]

    @classmethod
    def spaced(cls, words: Sequence[str]) -> Words:
        """Words of a text in which every space between two words means the same."""
        return cls(words, ["", *[" "] * (len(words) - 1), ""] if words else [""])


@dataclass(frozen=True)
class Written:
    """The words from `first` up to `last`, which is not among them, stand in the source from `start` to `end`.

    Where `first` is `last` something stands in the source that is not read.
    """

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class SourceWord:
    """A word of the source: from `start` to `end`. What has the same `key` is read the same."""

    key: str
    start: int
    end: int


def found_in(source: Sequence[SourceWord], keys: Sequence[str], *, one_by_one: bool = False) -> list[Written]:
    """Where the words that are read, each by its key, stand in the source.

    Words that are read otherwise than they are written belong together up to the next ones that are found: of `z.B.`
    that is read `z. B.` no half can be changed alone. `one_by_one`: as many words there as here are taken in pairs.
    """
    result: list[Written] = []
    since: int | None = None  # where words begin that stand nowhere in the source; they go with the next ones
    for part in stretches(keys, [word.key for word in source]):
        here, there = part.end - part.start, source[part.first : part.last]
        if not there:
            since = part.start
            continue
        if part.same or (one_by_one and here == len(there)):
            found = [
                Written(part.start + at, part.start + at + 1, word.start, word.end) for at, word in enumerate(there)
            ]
        else:
            found = [Written(part.start, part.end, there[0].start, there[-1].end)]
        if since is not None:
            found[0] = Written(since, found[0].last, found[0].start, found[0].end)
            since = None
        result += found
    if since is not None and result:
        result[-1] = Written(result[-1].first, len(keys), result[-1].start, result[-1].end)
    return result


def with_words(
    source: str,
    written: Sequence[Written],
    before: Words,
    after: Words,
    word: Callable[[str], str] = str,
    space: Callable[[str], str] = str,
) -> str:
    """The source with the words changed that differ between `before`, which it reads, and `after`.

    `word` and `space` say how a new word, and a space that was not there, are written in this kind of source.
    """
    return _Rewriting(source, written, before, after).text(word, space)


class _Rewriting:
    def __init__(self, source: str, written: Sequence[Written], before: Words, after: Words) -> None:
        self.source, self.written, self.before, self.after = source, written, before, after
        self.origins = {at: origin for origin, at in same_places(before.words, after.words).items()}
        self.numbers = {item.first: number for number, item in enumerate(written) if item.first < item.last}
        self.used: set[int] = set()  # gaps; gap 3 stands before the fourth of `written`, the last behind all

    def text(self, word: Callable[[str], str], space: Callable[[str], str]) -> str:
        parts: list[str] = []
        at, behind = 0, 0  # behind: the gap behind what was put last, -1 if that was written anew
        while at <= len(self.after.words):
            number = len(self.written) if at == len(self.after.words) else self._kept(at)
            between = self._between(behind, number, self.after.spaces[at])
            parts.append(space(self.after.spaces[at]) if between is None else between)
            if at == len(self.after.words):
                break
            if number < 0:
                parts.append(word(self.after.words[at]))
                at, behind = at + 1, -1
            else:
                item = self.written[number]
                parts.append(self.source[item.start : item.end])
                at, behind = at + item.last - item.first, number + 1
        return "".join(parts)

    def _kept(self, at: int) -> int:
        """The number of what begins with this word and stays as a whole, -1 if there is none."""
        number = self.numbers.get(self.origins.get(at, -1), -1)
        if number < 0:
            return -1
        item = self.written[number]
        whole = all(self.origins.get(at + step) == item.first + step for step in range(item.last - item.first))
        return number if whole else -1

    def _between(self, behind: int, before: int, wanted: str) -> str | None:
        """What stands in the source between two neighbours, by the gaps behind the one and before the other.

        Where words between them went away there are two spaces for one. A line break is better than none: of

            one two       the second word gone leaves    one      and not    one three
            three four                                   three four          four
        """
        unread = self.written[behind:before] if behind >= 0 else ()
        untouched = 0 <= behind <= before and all(item.first == item.last for item in unread)
        if untouched and self._read(before) == wanted:
            self.used.add(before)
            return self.source[self._gap(behind)[0] : self._gap(before)[1]]
        free = [gap for gap in (behind, before) if gap >= 0 and gap not in self.used and self._read(gap) == wanted]
        texts = [self.source[slice(*self._gap(gap))] for gap in free]
        if not free:
            return None
        best = next((number for number, text in enumerate(texts) if "\n" in text or "\r" in text), 0)
        self.used.add(free[best])
        return texts[best]

    def _gap(self, number: int) -> tuple[int, int]:
        start = self.written[number - 1].end if number else 0
        return start, self.written[number].start if number < len(self.written) else len(self.source)

    def _read(self, gap: int) -> str:
        """What a gap reads."""
        return self.before.spaces[self.written[gap].first if gap < len(self.written) else -1]
