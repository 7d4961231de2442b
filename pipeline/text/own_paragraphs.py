"""A Markdown text in, the same with every picture in a paragraph of its own out; and a text of that kind put back.

Whoever writes `Hier ![Karte](k.png) sieht man es.` means a figure between two paragraphs. It is made one before
anything is read, so that a picture in a line is the same as one on lines of its own for all that comes later, the way
back from Word too. Where that would not read the same, inside a link or bold letters say, the line stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from pipeline.text.markdown_limits import RefusedTextError
from pipeline.text.markdown_parser import tokens_of

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_PICTURE: Final = re.compile(
    r"""(?<!\\)!\[(?:\\.|[^\[\]\\])*\]              # its description
        \(\s*(?:<[^<>\n]*>|(?:\\.|[^()\s"\\])+)     # its address
        (?:\s+"(?:\\.|[^"\\])*")?\s*\)              # its caption""",
    re.VERBOSE,
)
# Backslashes that break a line: at the beginning or the end of a paragraph they would be printed.
_BREAK_BEFORE: Final = re.compile(r"\A\\\n")
_BREAK_BEHIND: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\\s*\Z")
_NO_WORDS: Final = re.compile(r"(?:\[\^[^\]\s]+\]|[^\w\s])+")  # the end of a sentence, the call of a note
_CALL: Final = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE: Final = re.compile(r"\s*\[\^[^\]\s]+\]:\s*")
_FURTHER: Final = "    "  # what the further paragraphs of a note begin with
_SIGN: Final = re.compile(r"[^>\s]")
_Said = tuple[list[str], Counter[str]]


@dataclass(frozen=True)
class Apart:
    """`text` with its pictures in paragraphs of their own; of each of its lines the line that it was, counted from 0.

    `moved`: what stood there and what stands there now, both without the end of the last line. `rows`: the original's
    lines, counted from 1, on which that was.
    """

    text: str
    lines: tuple[int, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    rows: frozenset[int] = frozenset()

    def line(self, line: int) -> int:
        """A line of the text, counted from 1, as it is counted in the original."""
        return self.lines[line - 1] + 1 if 0 < line <= len(self.lines) else line


@dataclass(frozen=True)
class _Stretch:
    """Lines of the original, from `start` up to `end`, and what comes in their place, each with the line it was.

    `own` is the paragraph that they are, `parted` the same with its pictures apart, neither in its list or quote.
    """

    start: int
    end: int
    rows: Sequence[tuple[str, int]]
    own: str
    parted: str


@lru_cache(maxsize=1 << 10)
def apart(text: str) -> Apart:
    """The text with its pictures in paragraphs of their own. Raises RefusedTextError."""
    if _all_alone(text.splitlines()):
        return Apart(text)
    tokens = tokens_of(text).tokens
    rows = [(match[1], match[2]) for match in _LINE.finditer(text)]
    if len(rows) > 1 and not rows[-1][0] and not rows[-2][1]:
        rows.pop()  # the pattern matches once more at the very end
    stretches = sorted(_stretches(tokens, [row for row, _ in rows]), key=lambda stretch: stretch.start)
    said = _said(tokens)
    for _ in range(2):  # where one reads otherwise, those that do by themselves stay, and all others are tried again
        if not stretches:
            break
        result = _replaced(rows, stretches)
        now = _reads(result.text)
        if now == said:
            return result
        if now is None:
            break
        stretches = [item for item in stretches if _reads_alike(item)]
    return Apart(text)


def together(original: str, edited: str) -> str:
    """A text that was edited as `apart` made it of the original; where a picture and its words stayed, as it was."""
    last = 0
    for was, now in apart(original).moved:
        at = _standing(edited, now, last)
        at = _standing(edited, now, 0) if at < 0 else at  # somebody moved it
        if at >= 0:
            edited = edited[:at] + was + edited[at + len(now) :]
            last = at + len(was)
    return edited


def _standing(text: str, lines: str, start: int) -> int:
    """Where whole lines stand in a text from a place on, -1 if nowhere."""
    at = text.find(lines, start)
    while at >= 0:
        end = at + len(lines)
        if (at == 0 or text[at - 1] in "\r\n") and (end == len(text) or text[end] in "\r\n"):
            return at
        at = text.find(lines, at + 1)
    return -1


def _all_alone(rows: Sequence[str]) -> bool:
    """Whether every picture has a line of its own between empty ones, as most have: then there is nothing to parse."""
    return all(
        _PICTURE.fullmatch(row.strip())
        and not any(other.strip() for other in (*rows[index - 1 : index], *rows[index + 1 : index + 2]))
        for index, row in enumerate(rows)
        if "![" in row
    )


def _stretches(tokens: Sequence[Token], rows: Sequence[str]) -> Iterator[_Stretch]:
    """The paragraphs that hold a picture and something else, with what comes in their place."""
    for token, inline in pairwise(tokens):
        if token.type != "paragraph_open" or not token.map or inline.type != "inline":
            continue
        children = inline.children or []
        pictures = [child for child in children if child.type == "image"]
        if not pictures or len(children) == 1 or any(picture.level for picture in pictures):
            continue
        start, end = token.map
        own = _own(inline.content.split("\n"), rows[start:end])
        pieces = _pieces(own[1]) if own else []
        if own is None or sum(shown for _, _, shown in pieces) != len(pictures):
            continue
        if not any(_NO_WORDS.fullmatch(words) for words, _, _ in pieces):  # a full stop alone would be a paragraph
            parted = "\n\n".join(words for words, _, _ in pieces)
            yield _Stretch(start, end, list(_rows(own[0], pieces, start)), own[1], parted)


def _own(content: Sequence[str], rows: Sequence[str]) -> tuple[str, str] | None:
    """What a paragraph's first line begins with, and the paragraph without what its lines begin with.

    None where the lines are not those that were parsed.
    """
    words = [row.strip() for row in content]
    if len(rows) != len(words) or not all(row.rstrip().endswith(word) for row, word in zip(rows, words, strict=True)):
        return None
    kept = [row[len(row.rstrip()) - len(word) :] for row, word in zip(rows, words, strict=True)]
    return rows[0][: len(rows[0]) - len(kept[0])], "\n".join(kept)


def _pieces(own: str) -> list[tuple[str, int, bool]]:
    """What stands before, between and behind the pictures, and these: each with how many lines come before it."""
    spans = [found.span() for found in _PICTURE.finditer(own)]
    edges = [0, *(edge for span in spans for edge in span), len(own)]
    pieces: list[tuple[str, int, bool]] = []
    for start, end in pairwise(edges):
        words, is_picture = own[start:end], (start, end) in spans
        if not is_picture:
            words = _BREAK_BEHIND.sub(r"\1", _BREAK_BEFORE.sub("", words)).strip()
        if _NO_WORDS.fullmatch(words) and len(pieces) > 1 and not pieces[-2][2]:  # `Siehe ![Karte](k.png).`
            pieces[-2] = (pieces[-2][0] + words, *pieces[-2][1:])
        elif words:
            pieces.append((words, own.count("\n", 0, own.index(words, start)), is_picture))
    return pieces


def _reads_alike(stretch: _Stretch) -> bool:
    """Whether a paragraph says the same with its pictures apart."""
    notes = "".join(f"\n\n[^{label}]: -" for label in dict.fromkeys(_CALL.findall(stretch.own)))  # else they are text
    said = _reads(stretch.parted + notes)
    return said is not None and said == _reads(stretch.own + notes)


def _reads(text: str) -> _Said | None:
    try:
        return _said(tokens_of(text).tokens)
    except RefusedTextError:  # with its pictures apart it is longer, and may be too long
        return None


def _rows(prefix: str, pieces: Sequence[tuple[str, int, bool]], start: int) -> Iterator[tuple[str, int]]:
    further = _FURTHER if _NOTE.fullmatch(prefix) else _SIGN.sub(" ", prefix)
    for index, (words, before, _) in enumerate(pieces):
        if index:
            yield further.rstrip(), start + before
        for number, row in enumerate(words.split("\n")):
            yield (further if index or number else prefix) + row, start + before + number


def _replaced(rows: Sequence[tuple[str, str]], stretches: Sequence[_Stretch]) -> Apart:
    usual = next((end for _, end in rows if end), "\n")
    texts: list[str] = []
    lines: list[int] = []
    moved: list[tuple[str, str]] = []
    at = 0
    for stretch in stretches:
        texts += [row + end for row, end in rows[at : stretch.start]]
        lines += range(at, stretch.start)
        last = rows[stretch.end - 1][1]
        was = "".join(row + end for row, end in rows[stretch.start : stretch.end]).removesuffix(last)
        now = usual.join(row for row, _ in stretch.rows)
        texts.append(now + last)
        lines += [line for _, line in stretch.rows]
        moved.append((was, now))
        at = stretch.end
    texts += [row + end for row, end in rows[at:]]
    taken = frozenset(line + 1 for stretch in stretches for line in range(stretch.start, stretch.end))
    return Apart("".join(texts), (*lines, *range(at, len(rows))), tuple(moved), taken)


def _said(tokens: Sequence[Token]) -> _Said:
    """What must not change: the blocks but for paragraphs, and all that stands in them but for blanks."""
    blocks = [token.type for token in tokens if not token.type.startswith("paragraph") and token.type != "inline"]
    words: Counter[str] = Counter()
    for token in tokens:
        for child in token.children or ():
            if child.type == "text":
                words.update("".join(child.content.split()))
            elif child.type not in ("softbreak", "hardbreak"):
                words[f"{child.type} {child.content} {sorted(child.attrs.items())}"] += 1
    return blocks, words
