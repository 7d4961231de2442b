"""Running text as values: one kind of node for everything that prose and fields of the data can hold.

`text.markdown` makes them from Markdown, `parts` from the data, templates print them. Strings meant for people have
German microtypography applied already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

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


# The kinds of nodes are closed lists: a type checker refuses any other, and every writer handles each of these
# (tests/test_writers.py). The comments say what a node of the kind holds.
InlineKind = Literal[
    "text",  # text
    "strong",  # children
    "emph",  # children
    "strike",  # children
    "gone",  # children, which only the older of two texts has; attrs: ends (1 where a line ends behind it)
    "come",  # children, which only the newer of two texts has; attrs: ends
    "sub",  # children, below the line: the 2 of CO₂
    "sup",  # children, above the line: the 2 of m²
    "code",  # text, verbatim
    "link",  # children; attrs: target ('#anchor' or an address)
    "break",  # a line break
    "image",  # an inline picture; attrs: src (path below content/), alt
    "footnote",  # children: blocks; attrs: number (runs through the whole document), anchor
    "sign",  # a strand's sign, text: its letter; attrs: shape (see Sign), name
    "state",  # a status with its mark, text: its label; attrs: state (its key)
    "muted",  # children, of secondary weight
    "page",  # the page number of attrs: target ('#anchor')
    "checkbox",  # an empty box to tick by hand
    "task",  # the box before an item of a list, text: ☐, or ☑ where it is done
]
BlockKind = Literal[
    "lead",  # children: inline; a chapter's opening paragraph
    "paragraph",  # children: inline
    "heading",  # children: inline; attrs: level (1 to 6, final), anchor ('' if none)
    "bullet_list",  # children: item; attrs: tight (1 or 0)
    "ordered_list",  # children: item; attrs: start, tight
    "quote",  # children: blocks
    "code_block",  # text, verbatim
    "rule",  # a thematic break
    "definition_list",  # children: term, definition, …
    "table",  # children: row; attrs: caption, label ('Tabelle 1', '' without caption), anchor, columns. Its place: the
    # caption's
    "figure",  # attrs: src, alt, caption, label ('Abbildung 1', '' without caption), anchor
]
# What stands only directly inside a block of the kind named.
InnerKind = Literal[
    "item",  # of a list; children: blocks
    "term",  # of a definition list; children: inline
    "definition",  # of a definition list; children: blocks
    "row",  # of a table; children: cell; attrs: head (1 or 0)
    "cell",  # of a row; children: inline; attrs: align (left, right, center)
]
# What stands for something else until the document is assembled; no writer ever meets it.
PendingKind = Literal[
    "directive",  # a generated part; text: its name, attrs: its options
    "reference",  # a link that has its words from what it leads to; attrs: target
]
NodeKind = InlineKind | BlockKind | InnerKind | PendingKind


@dataclass(frozen=True)
class Node:
    """One node of running text; what `text`, `children` and `attrs` hold is said at its kind."""

    kind: NodeKind
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


Inline = tuple[Node, ...]
Blocks = tuple[Node, ...]
