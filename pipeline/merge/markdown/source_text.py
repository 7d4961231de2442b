"""A Markdown text in, its leaves out: the blocks that can be edited by themselves, their lines, what they read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.merge.markdown.inline import Names, inline_markdown
from pipeline.text.markdown import CAPTION, DIRECTIVE, parse
from pipeline.text.nodes import Blocks, Node
from pipeline.text.symbol_fonts import BULLETS

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
NOTE: Final = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
# All signs that a line may begin with, one behind the other: `> 1. ` is a quote with a list in it.
_SIGNS: Final = re.compile(
    rf"(?:[ \t]*(?:[-*+{BULLETS}]|\d{{1,9}}[.)]|>|:(?!:)|\[\^[^\]\s]+\]:)(?=[ \t\u00a0]|$))*[ \t\u00a0]*"
)
_CONTAINERS: Final = ("bullet_list", "ordered_list", "item", "quote", "definition_list", "definition")
# A rule, and what stands in a note inside its sentence (`Text^[so]`): the parser knows no lines of either, so that
# neither can be edited by itself.
_WITHOUT_LINES: Final = ("rule", "paragraph", "figure")
_KINDS: Final = {"lead": "paragraph", "code_block": "code", DIRECTIVE: "embedded"}


@dataclass(frozen=True)
class Leaf:
    """A block: its kind, its lines (from 0, the end not included), what it reads in Markdown.

    Kinds: paragraph, heading, code, figure (its text is the caption), term, caption (of the table that follows), table
    (its text stands in `rows`, a line each), embedded (a generated part). `note` is the label of the footnote that it
    belongs to, '' in the running text. `definition`: it explains a term.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    level: int = 0
    note: str = ""
    definition: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class SourceText:
    """A text by lines, and its leaves in the order of the lines."""

    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; the last is what follows the last end."""
        return tuple(match[1] for match in self._matches)

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The sign that ends each line, LF, CRLF or CR; '' behind the last."""
        return tuple(match[2] for match in self._matches)

    @cached_property
    def _matches(self) -> tuple[re.Match[str], ...]:
        found = list(_LINE.finditer(self.text))
        if len(found) > 1 and not found[-1][0] and not found[-2][2]:
            found.pop()  # the pattern matches once more at the very end
        return tuple(found)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves, those of notes too."""
        # By line and kind, since a note that is called twice brings its blocks twice.
        names = Names({}, self.note_label)
        found = {(leaf.start, leaf.kind): leaf for leaf in _leaves(parse(self.text, source="-").blocks, names, self)}
        return tuple(sorted(found.values(), key=lambda leaf: leaf.start))

    @cached_property
    def flow(self) -> tuple[Leaf, ...]:
        """The leaves of the running text."""
        return tuple(leaf for leaf in self.leaves if not leaf.note)

    def note_label(self, note: Node) -> str:
        """The label of a `footnote` node of this text."""
        starts = [node.place.start for node in note.walk() if node.place]
        found = NOTE.match(self.lines[starts[0]]) if starts else None
        return found[1] if found else ""

    def prefix(self, line: int) -> str:
        """The signs of lists, quotes, definitions and notes, and the spaces, that a line begins with."""
        found = _SIGNS.match(self.lines[line])
        return found[0] if found else ""


def _leaves(blocks: Blocks, names: Names, text: SourceText, note: str = "", *, defined: bool = False) -> Iterator[Leaf]:
    for block in blocks:
        if block.kind == "table":
            yield from _table(block, names, note)
        elif block.place is not None:
            yield _leaf(block, names, note, defined=defined)
        elif block.kind in _CONTAINERS:
            yield from _leaves(block.children, names, text, note, defined=defined or block.kind == "definition")
        elif block.kind not in _WITHOUT_LINES:
            raise AssertionError(f"a block of a kind that has no leaves: {block.kind}")
        if not note:
            yield from _notes(block, names, text)


def _notes(block: Node, names: Names, text: SourceText) -> Iterator[Leaf]:
    if block.kind in _CONTAINERS:
        return  # their own blocks bring them
    for node in block.walk():
        if node.kind == "footnote":
            yield from _leaves(node.children, names, text, text.note_label(node))


def _leaf(block: Node, names: Names, note: str, *, defined: bool) -> Leaf:
    assert block.place is not None
    kind = _KINDS.get(block.kind, block.kind)
    text = inline_markdown(block.children, names)
    if kind == "code":
        text = block.text.rstrip("\n")
    elif kind == "figure":
        text = inline_markdown((Node("text", text=str(block.attrs.get("caption", ""))),), names)
    level = int(block.attrs["level"]) if kind == "heading" else 0
    end = max(block.place.end, block.place.start + 1)  # a term's lines are told as none
    return Leaf(kind, block.place.start, end, text, level, note, defined)


def _table(block: Node, names: Names, note: str) -> Iterator[Leaf]:
    if block.place is not None:
        caption = inline_markdown((Node("text", text=str(block.attrs["caption"])),), names)
        yield Leaf("caption", block.place.start, block.place.end, caption, note=note)
    starts = [row.children[0].place.start for row in block.children if row.children and row.children[0].place]
    rows = tuple(tuple(inline_markdown(cell.children, names) for cell in row.children) for row in block.children)
    if starts:
        yield Leaf("table", starts[0], starts[-1] + 1, rows=rows, note=note)


def caption_line(text: str) -> str:
    """The paragraph that gives a table its caption."""
    return f"{CAPTION} {text}"
