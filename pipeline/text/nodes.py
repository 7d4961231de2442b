"""Running text as values: one kind of node for everything that prose and fields of the data can hold.

`prose` makes them from Markdown, `parts` from the data, templates print them. Strings meant for people have German
microtypography applied already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

EMPTY: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True)
class Place:
    """Where something shown comes from, so that an edit finds its way back into the sources.

    `source` is a text file's path below content/ (`texte/ausgangslage.md`) or an entity's ID and key (`M1.1.1/titel`).
    Inside Markdown, `start` and `end` are the block's lines, counted from 0, the end not included, and `column` is a
    table cell's place in its row. In a list of the data, `start` is the item's place.
    """

    source: str
    start: int = 0
    end: int = 0
    column: int = 0


@dataclass(frozen=True)
class Node:
    """One node of running text. `kind` is one of INLINE_KINDS or BLOCK_KINDS; what `attrs` may hold stands there."""

    kind: str
    text: str = ""
    children: tuple[Node, ...] = ()
    attrs: Mapping[str, str | int] = field(default_factory=lambda: EMPTY)
    place: Place | None = field(default=None, compare=False)  # of what can be edited by itself

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def plain(self) -> str:
        """The text a reader sees, without footnotes."""
        if self.kind == "footnote":
            return ""
        return self.text + "".join(child.plain() for child in self.children)


INLINE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text",
        "strong": "children",
        "emph": "children",
        "strike": "children",
        "code": "text, verbatim",
        "link": "children; attrs: target ('#anchor' or an address)",
        "break": "a line break",
        "image": "an inline picture; attrs: src (path below content/), alt",
        "footnote": "children: blocks; attrs: number (runs through the whole document), anchor",
        "sign": "a strand's sign, text: its letter; attrs: shape (see Sign), name",
        "state": "a status with its mark, text: its label; attrs: state (its key)",
        "muted": "children, of secondary weight",
        "page": "the page number of attrs: target ('#anchor'); Word leaves it out",
        "checkbox": "an empty box to tick by hand",
    }
)

BLOCK_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "lead": "children: inline; a chapter's opening paragraph",
        "paragraph": "children: inline",
        "heading": "children: inline; attrs: level (1 to 6, final), anchor ('' if none)",
        "bullet_list": "children: item; attrs: tight (1 or 0)",
        "ordered_list": "children: item; attrs: start, tight",
        "item": "children: blocks",
        "quote": "children: blocks",
        "code_block": "text, verbatim",
        "rule": "a thematic break",
        "definition_list": "children: term, definition, …",
        "term": "children: inline",
        "definition": "children: blocks",
        "table": "children: row; attrs: caption, label ('Tabelle 1', '' without caption), anchor, columns. Its place: "
        "the caption's",
        "row": "children: cell; attrs: head (1 or 0)",
        "cell": "children: inline; attrs: align (left, right, center)",
        "figure": "attrs: src, alt, caption, label ('Abbildung 1', '' without caption), anchor",
    }
)

Inline = tuple[Node, ...]
Blocks = tuple[Node, ...]
