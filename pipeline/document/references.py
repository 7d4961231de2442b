"""Parts in, parts out: what can only be settled over the whole document in its reading order.

Footnotes, tables and figures get their running numbers, references their text, and links that lead to nothing
in this document become plain text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from pipeline.document.model import Part
from pipeline.text.markdown import REFERENCE
from pipeline.text.nodes import Node

Value = TypeVar("Value")
_LEADING: Final = ("anchor", "target")  # fields that hold one, as text


def anchors(value: object) -> Iterator[str]:
    """Every anchor in parts, in reading order."""
    if isinstance(value, Node):
        if anchor := value.attrs.get("anchor"):
            yield str(anchor)
        for child in value.children:
            yield from anchors(child)
    elif isinstance(value, tuple):
        for item in value:
            yield from anchors(item)
    else:
        for name in _fields(type(value)):
            content = getattr(value, name)
            if name == "anchor" and content:
                yield content
            if content and not isinstance(content, str):
                yield from anchors(content)


_names: dict[type, tuple[str, ...]] = {}
_NOTHING_IN: Final = frozenset(("str", "int", "float", "bool", "Place | None"))  # as fields are annotated


def _fields(kind: type) -> tuple[str, ...]:
    """The names of a dataclass' fields that may hold a node, an anchor or a target; none of any other type.

    Remembered, since every value of a document asks, and most of their fields are labels and numbers.
    """
    if kind not in _names:
        fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
        held = (field.name for field in fields if field.name in _LEADING or field.type not in _NOTHING_IN)
        _names[kind] = tuple(held)
    return _names[kind]


def finish(parts: tuple[Part, ...], labels: Mapping[str, str], *, whole: bool = True) -> tuple[Part, ...]:
    """Parts with everything settled. `labels` says what a reference to an anchor reads. Of a document that is not the
    `whole` plan, links to what stands in the plan alone stay: whoever reads it back has to know what they are.
    """
    beyond = () if whole else labels
    return _Finisher(frozenset((*anchors(parts), *beyond)), labels).rewrite(parts)


def link_targets(value: object) -> Iterator[str]:
    """The anchors that links in parts lead to."""
    if isinstance(value, Node):
        target = str(value.attrs.get("target", ""))
        if target.startswith("#"):
            yield target[1:]
        yield from link_targets(value.children)
    elif isinstance(value, tuple):
        for item in value:
            yield from link_targets(item)
    else:
        for name in _fields(type(value)):
            yield from link_targets(getattr(value, name))


class _Finisher:
    def __init__(self, known: frozenset[str], labels: Mapping[str, str]) -> None:
        self.known = known
        self.labels = labels
        self.counts = {"footnote": 0, "Tabelle": 0, "Abbildung": 0}

    def rewrite(self, value: Value) -> Value:
        """The value with every Node in it settled; the very same object where nothing changed."""
        if isinstance(value, Node):
            return self._node(value)  # type: ignore[return-value]
        if isinstance(value, tuple):
            items = tuple(self.rewrite(item) for item in value)
            changed = any(new is not old for new, old in zip(items, value, strict=True))
            return items if changed else value  # type: ignore[return-value]
        changes = {}
        for name in _fields(type(value)):
            old = getattr(value, name)
            if not old:  # most fields of most values are empty
                continue
            new = self._target(old) if name == "target" else self.rewrite(old)
            if new is not old:
                changes[name] = new
        return dataclasses.replace(value, **changes) if changes else value  # type: ignore[type-var]

    def _target(self, target: str) -> str:
        return target if target.removeprefix("#") in self.known else ""

    def _node(self, node: Node) -> Node:
        if not node.attrs:
            settled = tuple(self._node(child) for child in node.children)
            same = all(new is old for new, old in zip(settled, node.children, strict=True))
            return node if same else dataclasses.replace(node, children=settled)
        attrs = dict(node.attrs)
        if node.kind == "footnote":  # numbered before what is inside, in reading order
            attrs |= {"number": self._next("footnote"), "anchor": f"fn-{self.counts['footnote']}"}
        elif node.kind in ("table", "figure") and node.attrs.get("caption"):
            name = "Tabelle" if node.kind == "table" else "Abbildung"
            number = self._next(name)
            attrs |= {"label": f"{name}\u00a0{number}", "anchor": f"{name.lower()}-{number}"}
        children = tuple(self._node(child) for child in node.children)
        node = Node(node.kind, node.text, children, attrs, node.place)
        target = str(attrs.get("target", ""))
        if not target.startswith("#"):
            return node
        anchor = target[1:]
        if node.kind == REFERENCE:
            children = (Node("text", text=self.labels.get(anchor, anchor)),)
            node = Node("link", children=children, attrs={"target": target})
        if anchor not in self.known:
            return Node("text", text=node.plain())
        return node

    def _next(self, name: str) -> int:
        self.counts[name] += 1
        return self.counts[name]
