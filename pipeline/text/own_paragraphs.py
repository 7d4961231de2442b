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
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
# Backslashes that break a line: at the beginning or the end of a paragraph they would be printed.
_BREAK_BEFORE: Final = re.compile(r"\A\\\n")
_BREAK_BEHIND: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\\s*\Z")
_NO_WORDS: Final = re.compile(r"(?:\[\^[^\]\s]+\]|[^\w\s])+")  # the end of a sentence, the call of a note
_CALL: Final = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE: Final = re.compile(r"\s*\[\^[^\]\s]+\]:\s*")
_FURTHER: Final = "    "  # what the further paragraphs of a note begin with
_SIGN: Final = re.compile(r"[^>\s]")


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
    """Lines of the original, from `start` up to `end`, and what comes in their place, each with the line it was."""

    start: int
    end: int
    rows: Sequence[tuple[str, int]]


@lru_cache(maxsize=1 << 10)
def apart(text: str) -> Apart:
    """The text with its pictures in paragraphs of their own. Raises RefusedTextError."""
    if "![" not in text:
        return Apart(text)
    tokens = tokens_of(text).tokens
    rows = [(match[1], match[2]) for match in _LINE.finditer(text)]
    if len(rows) > 1 and not rows[-1][0] and not rows[-2][1]:
        rows.pop()  # the pattern matches once more at the very end
    stretches = list(_stretches(tokens, [row for row, _ in rows]))
    if not stretches:
        return Apart(text)
    result = _replaced(rows, stretches)
    try:
        now = tokens_of(result.text).tokens
    except RefusedTextError:  # it is longer, and may be too long; then it stays
        return Apart(text)
    return result if _said(now) == _said(tokens) else Apart(text)


def together(original: str, edited: str) -> str:
    """A text that was edited as `apart` made it of the original; where a picture and its words stayed, as it was."""
    for was, now in apart(original).moved:
        for found in re.finditer(re.escape(now), edited):
            start, end = found.span()
            if edited[:start][-1:] in ("", "\r", "\n") and edited[end:][:1] in ("", "\r", "\n"):
                edited = edited[:start] + was + edited[end:]
                break
    return edited


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
        if own is not None and sum(shown for _, _, shown in pieces) == len(pictures) and _reads_alike(own[1], pieces):
            yield _Stretch(start, end, list(_rows(own[0], pieces, start)))


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
    hidden = _CODE.sub(lambda found: "\0" * len(found[0]), own)
    spans = [found.span() for found in _PICTURE.finditer(hidden)]
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


def _reads_alike(own: str, pieces: Sequence[tuple[str, int, bool]]) -> bool:
    """Whether the pieces of a paragraph are paragraphs in which the same stands; none of them is a full stop alone."""
    if any(_NO_WORDS.fullmatch(words) for words, _, _ in pieces):
        return False
    notes = "".join(f"\n\n[^{label}]: -" for label in dict.fromkeys(_CALL.findall(own)))  # else they would be text
    parted = "\n\n".join(words for words, _, _ in pieces)
    try:
        return _said(tokens_of(parted + notes).tokens) == _said(tokens_of(own + notes).tokens)
    except RefusedTextError:
        return False


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


def _said(tokens: Sequence[Token]) -> tuple[list[str], Counter[str]]:
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
