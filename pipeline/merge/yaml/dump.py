"""Data in, YAML text out, written as the same file writes the like of it elsewhere.

A new list of milestones comes in braces where the file has them in braces, and on lines of their own where it has them
so: an author who reads the change shall not find two ways of writing in one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.content.yaml_nodes import Entries, Items, Plain, Scalar, YamlNode, children
from pipeline.merge.yaml.layout import Layout
from pipeline.merge.yaml.scalars import WIDTH, Surroundings, double, spelled

SHORT_TEXT = 60  # characters; with a longer one a mapping of its own is no longer read at a glance


@dataclass(frozen=True)
class Example:
    """How something is written elsewhere in the file."""

    node: YamlNode
    column: int  # of the key it stands under


class Writer:
    """Writes new values into one file, in its style."""

    def __init__(self, layout: Layout, root: YamlNode) -> None:
        self.column = layout.column
        self.newline = layout.newline
        self.examples: dict[str, Example] = {}
        self._collect(root)
        nested = [item for item in self.examples.values() if isinstance(item.node, Items) and not item.node.flow]
        self.offset = self.column(nested[0].node.start) - nested[0].column if nested else 2
        self.json = isinstance(root, Entries) and root.flow and all(key.style == '"' for key, _ in root.entries)

    def _collect(self, node: YamlNode) -> None:
        if isinstance(node, Entries):
            for key, value in node.entries:
                if not isinstance(value, Scalar) or value.value:
                    empty = isinstance(value, Items | Entries) and not any(children(value))
                    if not empty:
                        self.examples.setdefault(key.value, Example(value, self.column(key.start)))
        for child in children(node):
            self._collect(child)

    # --- in brackets ----------------------------------------------------------------------------------------------

    def flow(self, value: Plain) -> str:
        """A value on one line."""
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(self.flow_pair(*pair) for pair in value.items()) + "}"
        return spelled(value, Surroundings(True, 0, self.newline), '"' if self.json else "").raw

    def flow_pair(self, key: str, value: Plain) -> str:
        """A key with its value on one line."""
        return f"{double(key) if self.json else key}: {self.flow(value)}"

    # --- over lines -----------------------------------------------------------------------------------------------

    def pair(self, key: str, value: Plain, column: int) -> str:
        """A key in a column with its value; the lines that follow are indented, the first is not."""
        return f"{key}:{self.after_key(key, value, column)}"

    def after_key(self, key: str, value: Plain, column: int) -> str:
        """What stands behind the colon: a space and the value, or lines below."""
        example = self.examples.get(key)
        shown = example.node if example else None
        if value is None or isinstance(value, str):
            return " " + self._text(key, value, column, shown)
        if not value or self._on_one_line(key, value, column, shown):
            return " " + self.flow(value)
        if isinstance(value, list):
            dash = column + self.offset
            if example and isinstance(shown, Items) and not shown.flow:
                dash = column + self.column(shown.start) - example.column
            return self.newline + self.newline.join(" " * dash + line for line in self._items(value, dash, shown))
        inner = column + 2
        return self.newline + self.newline.join(" " * inner + self.pair(*pair, inner) for pair in value.items())

    def _text(self, key: str, value: str | None, column: int, shown: YamlNode | None) -> str:
        style = shown.style if isinstance(shown, Scalar) else ""
        too_long = len(value or "") + len(key) + column > WIDTH
        if style != "|" and (too_long or style == ">"):
            style = ">" if too_long else ""
        return spelled(value, Surroundings(False, column, self.newline), style).raw

    def _on_one_line(self, key: str, value: Plain, column: int, shown: YamlNode | None) -> bool:
        if isinstance(shown, Items | Entries):
            return shown.flow and type(shown) is (Items if isinstance(value, list) else Entries)
        fits = column + len(key) + 2 + len(self.flow(value)) <= WIDTH
        return fits and _simple(value)

    def _items(self, values: list[Plain], dash: int, shown: YamlNode | None) -> Iterator[str]:
        for value in values:
            yield self.item(value, dash, shown)

    def item(self, value: Plain, dash: int, siblings: YamlNode | None) -> str:
        """An item of a list with its dash; the lines that follow are indented, the first is not."""
        others = siblings.items if isinstance(siblings, Items) else ()
        like = next((item for item in others if isinstance(item, Entries) and item.entries), None)
        if value is None or isinstance(value, str):
            return f"- {spelled(value, Surroundings(False, dash, self.newline)).raw}"
        flow = like.flow if like else _simple(value) and dash + 2 + len(self.flow(value)) <= WIDTH
        if not isinstance(value, dict) or not value or flow:
            return f"- {self.flow(value)}"
        gap = self.column(like.start) - self.column(siblings.start) if like and siblings else 2
        column = dash + max(gap, 2)
        lines = (self.newline + " " * column).join(self.pair(*pair, column) for pair in value.items())
        return "-" + " " * (column - dash - 1) + lines


def _simple(value: Plain) -> bool:
    """Texts only, and short ones where they have keys."""
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    if isinstance(value, dict):
        return all(isinstance(item, str) and len(item) <= SHORT_TEXT for item in value.values())
    return True
