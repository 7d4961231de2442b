"""A text as it stands in a YAML file and the text it shall be in, how it is then written out.

Only the words that differ are written anew; quoting, folding, indentation and line breaks elsewhere stay as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pipeline.content.yaml_compose import YamlFault, compose
from pipeline.content.yaml_nodes import Entries, Items, Scalar, YamlNode, cut
from pipeline.merge.yaml.splices import Unspliceable
from pipeline.text.kept_words import Words, Written, with_words

WIDTH = 110  # columns that new long texts are folded at
SHORTEST_WIDTH = 60

_BREAK = r"(?:\r\n|\n|\r)"
_FLOW_BREAK = re.compile(rf"[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*")
_ESCAPE = re.compile(rf"\\(?:x[0-9A-Fa-f]{{2}}|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}|[ \t]*{_BREAK}[ \t]*|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "/": "/", " ": " ", "0": "\0", "_": "\u00a0"}
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Surroundings:
    """Where a text stands: in brackets or not, below which column, in a file with which line ends."""

    flow: bool
    column: int
    newline: str

    @property
    def indent(self) -> str:
        """What lines of a text begin with that goes over several."""
        return self.newline + " " * (self.column + 2)


@dataclass(frozen=True)
class Spelling:
    """How a value is written, and what reads back: line ends behind a block of text mean nothing and may differ."""

    raw: str
    value: str | None


def respelled(text: str, leaf: Scalar, value: str | None, around: Surroundings) -> Spelling:
    """The new value in the style of the old one, another style only where that one cannot hold it."""
    raw = text[leaf.start : leaf.end]
    in_block = leaf.is_block
    if in_block and value is not None:
        value = value.rstrip("\n") + leaf.value[len(leaf.value.rstrip("\n")) :]
    breaks_line = value is not None and "\n" in value and not in_block and "\n" not in raw
    if value and not leaf.is_null and not breaks_line:
        for candidate in _spliced(text, leaf, value, around):
            if reads_as(candidate, value, around):
                return Spelling(candidate, value)
    return spelled(value, around, leaf.style)


def spelled(value: str | None, around: Surroundings, style: str = "") -> Spelling:
    """A value written from nothing, in a style if that can hold it."""
    if value is None:
        return Spelling("~", None)  # the word null is refused where a person may mean the number
    for raw, read in _spellings(value, around, style):
        if reads_as(raw, read, around):
            return Spelling(raw, read)
    raise Unspliceable(f"Der Text „{value[:40]}“ lässt sich in YAML nicht schreiben.")


def reads_as(raw: str, value: str, around: Surroundings) -> bool:
    """Whether this is what our reader finds, at such a place.

    What needs quotes is not told by rules of our own. "Nr. #1" without quotes reads back as "Nr.", and "a, b" in
    brackets as two texts; so both are tried, here and there, and refused.
    """
    text = f"[{{k: {raw}, l: m}}, {raw}]" if around.flow else f"{' ' * around.column}k: {raw}{around.newline}"
    nodes: list[YamlNode]
    try:
        root = compose(text)
        if around.flow:
            if not isinstance(root, Items) or len(root.items) != 2:  # noqa: PLR2004 - as written in the line above
                return False
            first, second = root.items
            found = [pair[1] for pair in first.entries][:1] if isinstance(first, Entries) else []
            nodes = [*found, second]
        else:
            nodes = [node for _, node in root.entries] if isinstance(root, Entries) else []
    except YamlFault:
        return False
    good = [
        isinstance(node, Scalar) and node.value == value and not node.is_null and not cut(text, node) for node in nodes
    ]
    return good == [True] * (2 if around.flow else 1)


# --- from nothing -------------------------------------------------------------------------------------------------


def _spellings(value: str, around: Surroundings, style: str) -> Iterator[tuple[str, str]]:
    several = "\n" in value.rstrip("\n")
    if not around.flow and value.strip():
        if style == ">" and not several:
            yield _folded(value, around), value.rstrip("\n")
        if style == "|" or several:
            ended = value.rstrip("\n") + "\n"
            yield (
                "|" + "".join(around.indent + line if line else around.newline for line in ended[:-1].split("\n")),
                ended,
            )
    if style == '"':
        yield double(value), value
    if style != "'" and "\n" not in value:
        yield value, value
    yield f"'{_single(value)}'", value
    yield double(value), value


def double(value: str) -> str:
    """In double quotes."""
    return f'"{_escaped(value)}"'


def _escaped(value: str) -> str:
    named = {"\n": "\\n", "\t": "\\t", "\\": "\\\\", '"': '\\"'}
    plain = "".join(named.get(sign, sign) for sign in value)
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else f"\\U{ord(sign):08x}" for sign in plain)


def _single(value: str) -> str:
    return value.replace("'", "''")


def _folded(value: str, around: Surroundings) -> str:
    return around.indent.join([">-", *wrapped(value.strip(), WIDTH - around.column - 2)])


def wrapped(line: str, width: int) -> list[str]:
    """A line in lines of at most that width, broken at single spaces, words whole."""
    lines: list[str] = []
    while len(line) > width:
        places = [match.start() for match in re.finditer(r"(?<=\S) (?=\S)", line)]
        place = max((place for place in places if place <= width), default=min(places, default=0))
        if not place:
            break
        lines.append(line[:place])
        line = line[place + 1 :]
    return [*lines, line]


# --- from the old one ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    value: str


def _spliced(text: str, leaf: Scalar, value: str, around: Surroundings) -> Iterator[str]:
    """The old text with the changed words replaced, lines that grew too long broken or not."""
    pieces = list(_block_pieces(text, leaf) if leaf.is_block else _flow_pieces(text, leaf))
    old, new = leaf.value, value
    if leaf.is_block:
        old, new = old.rstrip("\n"), new.rstrip("\n")
    first = next((piece.start for piece in pieces if piece.value), leaf.end)
    if not pieces or not new.strip() or "".join(piece.value for piece in pieces) != old:
        return
    body = _joined(text, leaf, pieces, (old, new), around)
    raw = text[leaf.start : first] + body + text[pieces[-1].end : leaf.end]
    if leaf.style != "|" and "\n" in text[leaf.start : leaf.end]:
        yield _rewrapped(raw, text[leaf.start : leaf.end], around)
    yield raw


def _joined(text: str, leaf: Scalar, pieces: list[_Piece], texts: tuple[str, str], around: Surroundings) -> str:
    """The new text: words that stayed and the space between them as they were written."""
    begin = next(piece.start for piece in pieces if piece.value)
    starts: list[int] = []  # where a character of the old text is written, counted from there
    for piece in pieces:
        starts.extend([piece.start - begin] * len(piece.value))
    starts.append(pieces[-1].end - begin)
    old, new = (_words(words) for words in texts)
    places = [match.span() for match in _WORD.finditer(texts[0])]
    written = [Written(at, at + 1, starts[first], starts[last]) for at, (first, last) in enumerate(places)]
    word, space = partial(_written, style=leaf.style), partial(_spaced, style=leaf.style, around=around)
    return with_words(text[begin : pieces[-1].end], written, old, new, word, space)


def _words(text: str) -> Words:
    """Its words and what stands between them: in YAML it matters whether that is a space or the end of a paragraph."""
    return Words(_WORD.findall(text), _WORD.split(text))


def _written(word: str, style: str) -> str:
    return {"'": _single, '"': _escaped}.get(style, str)(word)


def _spaced(space: str, style: str, around: Surroundings) -> str:
    """Space between words as it is written: a line break counts only as a blank line where lines are folded."""
    if "\n" not in space:
        return space
    ends = space.count("\n") + (style != "|")
    return around.newline * (ends - 1) + around.indent + space.rpartition("\n")[2]


def _rewrapped(raw: str, before: str, around: Surroundings) -> str:
    """Lines that were not there before and are longer than any that was, broken.

    Those behind stay as they were: whoever wrapped the whole text anew would change each of its lines for one word.
    """
    old = before.split(around.newline)
    width = max([SHORTEST_WIDTH, *map(len, old[1:])])
    lines: list[str] = []
    for line in raw.split(around.newline):
        indent = line[: len(line) - len(line.lstrip(" "))]
        parts = [line] if line in old else wrapped(line[len(indent) :], width - len(indent))
        if len(parts) > 1:
            rest = around.indent[len(around.newline) :] if not lines else indent
            parts = [indent + parts[0], *(rest + part for part in parts[1:])]
        elif line not in old:
            parts = [line]
        lines += parts
    return around.newline.join(lines)


# --- reading ------------------------------------------------------------------------------------------------------


def _flow_pieces(text: str, leaf: Scalar) -> Iterator[_Piece]:
    """Which stretch of the file each stretch of the value is written in: texts without quotes or in quotes."""
    quote = 1 if leaf.style else 0
    place, end = leaf.start + quote, leaf.end - quote
    while place < end:
        taken, value = 1, text[place]
        if fold := _FLOW_BREAK.match(text, place, end):
            ends = len(re.findall(_BREAK, fold[0]))
            taken, value = len(fold[0]), "\n" * (ends - 1) or " "
        elif leaf.style == "'" and value == "'":
            taken = 2
        elif leaf.style == '"' and (escape := _ESCAPE.match(text, place, end)):
            taken, value = len(escape[0]), _unescaped(escape[0][1:])
        yield _Piece(place, place + taken, value)
        place += taken


def _unescaped(escape: str) -> str:
    if escape[0] in "xuU" and len(escape) > 1:
        return chr(int(escape[1:], 16))
    return "" if escape.strip() == "" and escape != " " else _ESCAPES.get(escape, "")


def _block_pieces(text: str, leaf: Scalar) -> Iterator[_Piece]:
    """The same for blocks of text."""
    header = re.compile(rf"[^\r\n]*{_BREAK}").match(text, leaf.start, leaf.end)
    if header is None or re.search(r"\d", header[0].partition("#")[0]):
        return
    lines: list[tuple[int, int]] = []
    place = header.end()
    while place <= leaf.end:
        found = re.compile(_BREAK).search(text, place, leaf.end)
        stop = found.start() if found else leaf.end
        lines.append((place, stop))
        place = found.end() if found else leaf.end + 1
    first = next((text[a:b] for a, b in lines if text[a:b].strip(" ")), "")
    indent = len(first) - len(first.lstrip(" "))
    filled = [(a + indent, b) for a, b in lines if text[a:b].strip(" ") or b - a > indent]
    empty = [sum(1 for c, d in lines if c < a and not (text[c:d].strip(" ") or d - c > indent)) for a, _ in filled]
    blank_before = 0
    for number, (begin, end) in enumerate(filled):
        blank = empty[number] - blank_before
        blank_before = empty[number]
        if number == 0:
            yield _Piece(header.end(), begin, "\n" * blank)
        else:
            before = filled[number - 1]
            folds = leaf.style == ">" and not any(text[at] in " \t" for at in (before[0], begin))
            yield _Piece(before[1], begin, ("\n" * blank or " ") if folds else "\n" * (blank + 1))
        yield from (_Piece(at, at + 1, text[at]) for at in range(begin, end))
