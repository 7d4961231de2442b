"""The tree of a YAML file: what each node says, where a reader finds it and which stretch of the text it takes up.

One tree serves all who work with such a file: those who read and check it, and those who change a value where it stands
and leave every other byte alone. `yaml_compose` makes it; nothing here knows a parser. Every scalar stays a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.text.symbol_fonts import with_letters

NULLS = frozenset(("", "~", "null", "Null", "NULL"))

_REMARK = re.compile(r"[ \t]+#(?!!|#*(?:\s|$))(\S{1,30})")


@dataclass(frozen=True, slots=True)
class _Node:
    """The base of all nodes: where they are found and which stretch of the text they take up.

    `line` and `column` count from 1 and say where a person reads the value. `start` and `end` are indexes into the
    text: the stretch to replace. Both differ for an alias alone. In

        a: &x [b]
        c: *x

    the node under `c` is a list that begins in line 1 and has the item `b`, but takes up the two signs `*x` in line 2;
    it `is_alias`. The node under `a` `has_anchor`: others repeat it, so it is not for one place to change.
    """

    line: int
    column: int
    start: int
    end: int
    has_anchor: bool
    is_alias: bool

    @property
    def is_shared(self) -> bool:
        """Whether what it says is said in several places at once."""
        return self.has_anchor or self.is_alias


@dataclass(frozen=True, slots=True)
class Scalar(_Node):
    """A text. `style` is '' for one without quotes, else ' or " or, for a block on lines of its own, | or >."""

    value: str
    style: str

    @property
    def is_null(self) -> bool:
        """Whether nothing is written, or a word that means nothing."""
        return not self.style and self.value in NULLS

    @property
    def is_block(self) -> bool:
        """Whether it stands on lines of its own."""
        return self.style in ("|", ">")

    @property
    def literal(self) -> bool:
        """Whether it stands on lines of its own and each of them is a line of the value."""
        return self.style == "|"


@dataclass(frozen=True, slots=True)
class Items(_Node):
    """A list; `flow` if it stands in brackets."""

    items: tuple[YamlNode, ...]
    flow: bool


@dataclass(frozen=True, slots=True)
class Entries(_Node):
    """Keys with their values, in the order written, `flow` if in braces; a key that comes twice stands there twice."""

    entries: tuple[tuple[Scalar, YamlNode], ...]
    flow: bool


YamlNode = Scalar | Items | Entries
Plain = str | list["Plain"] | dict[str, "Plain"] | None


def children(node: YamlNode) -> Iterator[YamlNode]:
    """The nodes written right below a node, keys too. An alias has none: its list is written elsewhere."""
    if isinstance(node, Scalar) or node.is_alias:
        return
    if isinstance(node, Items):
        yield from node.items
        return
    for pair in node.entries:
        yield from pair


def cut(text: str, scalar: Scalar) -> str:
    """The word behind a `#` that ends a scalar of this text and that is probably meant as part of it, else ''.

    Of "ort: Halle #7" YAML makes the value "Halle" and a remark "7". A remark on purpose has a space behind its sign.
    """
    found = None if scalar.style else _REMARK.match(text, scalar.end)
    return found[1] if found else ""


def walk(node: YamlNode) -> Iterator[YamlNode]:
    """A node, its keys and everything below it in the order written; what aliases repeat comes once."""
    pending = [node]
    while pending:
        current = pending.pop()
        if current.is_alias:
            continue
        yield current
        if isinstance(current, Entries):
            pending.extend(reversed([part for pair in current.entries for part in pair]))
        elif isinstance(current, Items):
            pending.extend(reversed(current.items))


def plain(node: YamlNode) -> Plain:
    """The node as strings, lists and dicts. An empty value and `null` are None; of double keys the last counts.

    Signs that came from Word without their symbol font are what they show.
    """
    if isinstance(node, Entries):
        return {key.value: plain(value) for key, value in node.entries}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return None if node.is_null else with_letters(node.value)


def entry(node: YamlNode, key: str | int) -> YamlNode | None:
    """The value under a key or index, None if there is none; of double keys the last counts."""
    if isinstance(node, Entries):
        return next((value for name, value in reversed(node.entries) if name.value == key), None)
    if isinstance(node, Items) and isinstance(key, int) and 0 <= key < len(node.items):
        return node.items[key]
    return None


def key_node(node: YamlNode, key: str | int) -> Scalar | None:
    """The node of the key itself, for findings about the key."""
    if isinstance(node, Entries):
        return next((name for name, _ in reversed(node.entries) if name.value == key), None)
    return None


def descend(node: YamlNode, path: Iterable[str | int]) -> YamlNode:
    """The node at a path of keys and indexes; steps that do not exist are passed over."""
    for key in path:
        node = entry(node, key) or node
    return node
