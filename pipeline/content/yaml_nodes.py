"""YAML text in, nodes with positions out. Nothing is constructed: every scalar stays a string.

This is a door that untrusted text comes in by: how deep, how large and how entangled it may be is limited while it is
read, so that a small file cannot grow into a large one. Tags are refused; they ask a program to build objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from pipeline.content.yaml_errors import Complaint, explain

MAX_DEPTH = 50  # levels
MAX_ALIASES = 100  # a file
MAX_NODES = 100_000  # a file, aliases counted as what they stand for
MAX_KEYS = 500  # a mapping
NULLS = frozenset(("", "~", "null", "Null", "NULL"))

_REMARK = re.compile(r"[ \t]+#(?![#!])(\S{1,30})")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `line` and `column` count from 1; `is_null` where nothing is written; `literal` for a `|` block.

    `cut` is the word behind a `#` that ends it and that is probably meant as text: a remark has a space there.
    """

    line: int
    column: int
    value: str
    is_null: bool = False
    literal: bool = False
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    column: int
    items: tuple[YamlNode, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """Keys with their values, in the order written; a key that comes twice stands there twice."""

    line: int
    column: int
    entries: tuple[tuple[Scalar, YamlNode], ...]


YamlNode = Scalar | Items | Entries
Plain = str | list["Plain"] | dict[str, "Plain"] | None


class YamlFault(Exception):  # noqa: N818 - it is a finding about the content on its way, not an error of the program
    """Text that is no YAML or that is refused; line and column count from 1, 0 where there is none."""

    def __init__(self, code: str, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.line, self.column, self.message, self.hint = code, line, column, message, hint


def compose(text: str) -> YamlNode | None:
    """The one document of a text, None if there is none. Raises YamlFault."""
    try:
        return _Composer(text).document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise _syntax_fault(text, error) from error
    except (yaml.YAMLError, ValueError) as error:
        message = "Die Datei enthält Zeichen, die in YAML nicht erlaubt sind."
        hint = "Unsichtbare Steuerzeichen löschen; am einfachsten die betroffene Stelle neu tippen."
        raise YamlFault("P103", 0, 0, message, hint) from error


class _Mark(Protocol):
    """A place as the parser counts it, from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much a node is, written out: nodes and levels."""

    nodes: int
    levels: int


@dataclass
class _Open:
    """A list or mapping that is being read."""

    event: yaml.CollectionStartEvent
    children: list[YamlNode] = field(default_factory=list)
    extent: _Extent = _Extent(1, 1)


class _Composer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[YamlNode, _Extent]] = {}
        self.aliases = 0
        self.root: YamlNode | None = None

    def document(self, events: Iterable[yaml.Event]) -> YamlNode | None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                hint = "Die Zeile „---“ löschen oder den zweiten Teil in eine eigene Datei schreiben."
                raise self._fault(event, "P105", "Hier beginnt ein zweites Dokument in derselben Datei.", hint)
            if isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
        return self.root

    def _node(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._alias(event)
            return
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            raise AssertionError(f"YAML has an event this code does not know: {event!r}")
        if event.tag is not None:
            hint = "Das Ausrufezeichen mit dem Wort dahinter löschen; gemeinter Text gehört in Anführungszeichen."
            raise self._fault(event, "P113", f"Die Auszeichnung „{event.tag}“ ist nicht erlaubt.", hint)
        if isinstance(event, yaml.ScalarEvent):
            line, column = _place(event)
            plain = not event.style  # None or "", according to the parser
            cut = _REMARK.match(self.text, event.end_mark.index) if plain and event.end_mark else None
            is_null = plain and event.value in NULLS
            scalar = Scalar(line, column, event.value, is_null, event.style == "|", cut[1] if cut else "")
            self._add(scalar, _Extent(1, 0), event.anchor)
            return
        self._limit_depth(event, 1)
        self.open.append(_Open(event))

    def _limit_depth(self, event: yaml.Event, levels: int) -> None:
        if len(self.open) + levels > MAX_DEPTH:
            hint = "Die Angaben flacher aufbauen; der Plan braucht höchstens fünf Ebenen."
            raise self._fault(event, "P113", f"Die Datei ist tiefer als {MAX_DEPTH} Ebenen verschachtelt.", hint)

    def _close(self) -> None:
        done = self.open.pop()
        line, column = _place(done.event)
        node: YamlNode
        if isinstance(done.event, yaml.SequenceStartEvent):
            node = Items(line, column, tuple(done.children))
        else:
            keys = done.children[::2]
            if len(keys) > MAX_KEYS:
                message = f"Hier stehen mehr als {MAX_KEYS} Schlüssel beisammen."
                raise YamlFault("P113", line, column, message, "Nur die Schlüssel verwenden, die das Handbuch nennt.")
            for key in keys:
                if not isinstance(key, Scalar):
                    message = "Ein Schlüssel muss ein einfaches Wort sein."
                    raise YamlFault("P105", key.line, key.column, message, "Klammern und Fragezeichen davor löschen.")
            named = [key for key in keys if isinstance(key, Scalar)]
            node = Entries(line, column, tuple(zip(named, done.children[1::2], strict=True)))
        self._add(node, done.extent, done.event.anchor)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            hint = "Die Angaben ausschreiben."
            raise self._fault(event, "P113", f"Die Datei enthält mehr als {MAX_ALIASES} Verweise mit „*“.", hint)
        if event.anchor not in self.anchors:
            hint = "Die Angabe ausschreiben, oder Text, der mit * beginnt, in Anführungszeichen setzen."
            raise self._fault(event, "P103", f"Der Verweis „*{event.anchor}“ zeigt auf nichts, das davor steht.", hint)
        node, extent = self.anchors[event.anchor]
        self._limit_depth(event, extent.levels)
        self._add(node, extent, None)

    def _add(self, node: YamlNode, extent: _Extent, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, extent)
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        parent.children.append(node)
        before = parent.extent
        parent.extent = _Extent(before.nodes + extent.nodes, max(before.levels, extent.levels + 1))
        if parent.extent.nodes > MAX_NODES:
            message = f"Die Datei enthält ausgeschrieben mehr als {MAX_NODES} Angaben."
            raise YamlFault("P113", node.line, node.column, message, "Die Datei auf mehrere verteilen.")

    @staticmethod
    def _fault(event: yaml.Event, code: str, message: str, hint: str) -> YamlFault:
        return YamlFault(code, *_place(event), message, hint)


def _place(event: yaml.Event) -> tuple[int, int]:
    return _marked(event.start_mark)


def _syntax_fault(text: str, error: yaml.MarkedYAMLError) -> YamlFault:
    begun, noticed = _marked(error.context_mark), _marked(error.problem_mark or error.context_mark)
    said = explain(text, Complaint(str(error.context), begun, str(error.problem), noticed))
    return YamlFault("P103", *said.place, said.message, said.hint)


def _marked(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


# --- finding one's way in nodes -----------------------------------------------------------------------------------


def walk(node: YamlNode) -> Iterator[YamlNode]:
    """A node, its keys and everything below it in the order written; a node that aliases repeat comes once."""
    pending, seen = [node], set()
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, Entries):
            pending.extend(reversed([part for pair in current.entries for part in pair]))
        elif isinstance(current, Items):
            pending.extend(reversed(current.items))


def plain(node: YamlNode) -> Plain:
    """The node as strings, lists and dicts. An empty value and `null` are None; of double keys the last counts."""
    if isinstance(node, Entries):
        return {key.value: plain(value) for key, value in node.entries}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return None if node.is_null else node.value


def entry(node: YamlNode, key: str | int) -> YamlNode | None:
    """The value under a key or index, None if there is none."""
    if isinstance(node, Entries):
        return next((value for name, value in reversed(node.entries) if name.value == key), None)
    if isinstance(node, Items) and isinstance(key, int) and key < len(node.items):
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
