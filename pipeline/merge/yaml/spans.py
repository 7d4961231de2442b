"""YAML text in, its nodes out with where each begins and ends in the text, and how it is written.

`compose` says what a text means; this says where it stands, so that it can be changed there and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from pipeline.content.yaml_nodes import NULLS, Plain
from pipeline.merge.yaml.edits import Path, Step, spoken

_BLANK_END = re.compile(r"(?:(?:\r\n|\r|\n)[ \t]*)+\Z")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unspliceable(Exception):  # noqa: N818 - a finding about the content on its way, like YamlFault
    """A change that cannot be made without touching what it must not; line and column count from 1, 0 for none."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


@dataclass(frozen=True)
class Node:
    """A stretch of the text. `anchored`: others may repeat it by its name, so it is not for one place to change."""

    start: int
    end: int
    anchored: bool


@dataclass(frozen=True)
class Leaf(Node):
    """A text; `style` is '' for one without quotes, else ' " | >. An alias is a Leaf that stands for `target`."""

    value: str
    style: str
    target: Node | None = None

    @property
    def is_null(self) -> bool:
        return not self.style and self.value in NULLS


@dataclass(frozen=True)
class Sequence(Node):
    """A list; `flow` if in brackets."""

    items: tuple[Node, ...]
    flow: bool


@dataclass(frozen=True)
class Mapping(Node):
    """Keys and values; `flow` if in braces."""

    pairs: tuple[tuple[Leaf, Node], ...]
    flow: bool

    def value(self, key: str) -> Node | None:
        """The value of a key, None if there is none; of double keys the last counts."""
        return next((value for name, value in reversed(self.pairs) if name.value == key), None)


@dataclass
class _Open:
    event: yaml.CollectionStartEvent
    children: list[Node]


def tree(text: str) -> Node:
    """The one document of a text that `compose` has accepted, without its byte order mark."""
    opened: list[_Open] = []
    anchors: dict[str, Node] = {}
    done: Node = Leaf(0, 0, False, "", "")
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append(_Open(event, []))
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            begun = opened.pop()
            done, name = _collection(begun, event), begun.event.anchor
        elif isinstance(event, yaml.AliasEvent):
            done, name = Leaf(*_places(event), True, "", "", anchors[event.anchor or ""]), None
        elif isinstance(event, yaml.ScalarEvent):
            done, name = _leaf(text, event), event.anchor
        else:
            continue
        if name is not None:
            anchors[name] = done
        if opened:
            opened[-1].children.append(done)
    return done


def _places(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None
    assert event.end_mark is not None
    return event.start_mark.index, event.end_mark.index


def _leaf(text: str, event: yaml.ScalarEvent) -> Leaf:
    start, end = _places(event)
    style = event.style or ""
    if style in ("|", ">"):  # the parser counts the blank lines behind it too
        kept = "+" in text[start:end].splitlines()[0].partition("#")[0]
        raw = text[start:end]
        end = start + len(raw.removesuffix("\n").removesuffix("\r") if kept else _BLANK_END.sub("", raw))
    return Leaf(start, end, event.anchor is not None, event.value, style)


def _collection(begun: _Open, event: yaml.Event) -> Node:
    start, children = _places(begun.event)[0], begun.children
    flow = bool(begun.event.flow_style)
    end = _places(event)[1] if flow or not children else children[-1].end
    anchored = begun.event.anchor is not None
    if isinstance(begun.event, yaml.SequenceStartEvent):
        return Sequence(start, end, anchored, tuple(children), flow)
    keys = [key for key in children[::2] if isinstance(key, Leaf)]
    return Mapping(start, end, anchored, tuple(zip(keys, children[1::2], strict=True)), flow)


def plain(node: Node) -> Plain:
    """What a node says, as `compose.plain` gives it."""
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Leaf)
    if node.target is not None:
        return plain(node.target)
    return None if node.is_null else node.value


def leaves(node: Node) -> Iterator[Leaf]:
    """Every text below a node, keys too, in the order written."""
    if isinstance(node, Leaf):
        yield node
    for child in children(node):
        yield from leaves(child)


def children(node: Node) -> Iterator[Node]:
    """The nodes right below a node, keys too."""
    if isinstance(node, Mapping):
        for pair in node.pairs:
            yield from pair
    elif isinstance(node, Sequence):
        yield from node.items


def shared(node: Node) -> Node | None:
    """The first node at or below this one that others may repeat or that itself repeats another."""
    if node.anchored:
        return node
    return next((found for child in children(node) if (found := shared(child))), None)


def locate(root: Node, path: Path) -> Node:
    """The node at a path. Raises Unspliceable if there is none."""
    for position, step in enumerate(path):
        found = _child(root, step)
        if found is None:
            raise Unspliceable(f"Die Angabe „{spoken(path[: position + 1])}“ gibt es in dieser Datei nicht.")
        root = found
    return root


def _child(node: Node, step: Step) -> Node | None:
    if isinstance(node, Leaf) and node.target is not None:
        node = node.target
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.value(step)
    if isinstance(node, Sequence) and isinstance(step, int):
        return node.items[step] if 0 <= step < len(node.items) else None
    if isinstance(node, Sequence) and isinstance(step, tuple):
        return next((item for item in node.items if _says(item, *step)), None)
    return None


def _says(node: Node, key: str, value: str) -> bool:
    return isinstance(node, Mapping) and (found := node.value(key)) is not None and plain(found) == value
