"""A YAML text in, answers out about its lines: where they begin and end, how they are ended, which are remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.content.yaml_nodes import Scalar, YamlNode, walk

_LINE_END = re.compile(r"\r\n|\n|\r")


class Layout:
    """The lines of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = _LINE_END.search(text)
        self.newline = found[0] if found else "\n"

    def line_start(self, place: int) -> int:
        """Where the line of a place begins; a line end belongs to the line it ends."""
        place -= self.text.startswith("\r\n", place - 1) if place else 0
        return max(self.text.rfind("\n", 0, place), self.text.rfind("\r", 0, place)) + 1

    def column(self, place: int) -> int:
        """How far from its line's beginning a place is."""
        return place - self.line_start(place)

    def line_stop(self, place: int) -> int:
        """Where the line of a place ends, before its line end."""
        found = _LINE_END.search(self.text, place)
        return found.start() if found else len(self.text)

    def line_end(self, place: int) -> int:
        """Where the line of a place ends, behind its line end."""
        found = _LINE_END.search(self.text, place)
        return found.end() if found else len(self.text)

    def ended(self, place: int) -> bool:
        """Whether a line end stands right before a place."""
        return self.text[:place].endswith(("\n", "\r"))

    def lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Begin and end, line end included, of each line from one line's beginning to another's end."""
        while start < end:
            yield start, (start := self.line_end(start))

    def remarks(self, start: int, end: int, column: int, *nodes: YamlNode) -> str:
        """The lines from `start` to `end` that are remarks and no text of these nodes, indented to a column.

        What goes away leaves its remarks behind: nobody who struck a measure in Word saw them. In a block of text a
        line with `#` in front is a heading, and goes along.
        """
        inside = [(leaf.start, leaf.end) for node in nodes for leaf in walk(node) if isinstance(leaf, Scalar)]
        found: list[str] = []
        for begin, stop in self.lines(start, end):
            line = self.text[begin:stop]
            place = begin + len(line) - len(line.lstrip(" \t"))
            if line.lstrip(" \t").startswith("#") and not any(a <= place < b for a, b in inside):
                found.append(" " * column + line.strip() + self.newline)
        return "".join(found)
