"""A text and its blocks in, what is marked in it as still to be settled out: `[offen: Zahl prüfen]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.text.nodes import Blocks

_MARK: Final = re.compile(r"\[offen:\s*([^\[\]]+)\]", re.IGNORECASE)
_OF_LINES: Final = ("paragraph", "lead", "heading", "cell", "term")


def open_marks(blocks: Blocks, text: str) -> Iterator[tuple[str, int]]:
    """The words of each mark with their line, counted from 1; of code, which shows how a mark is written, none."""
    found = (node for block in blocks for node in block.walk() if node.kind in _OF_LINES)
    shown = ("".join(child.plain() for child in node.children if child.kind != "code") for node in found)
    where: dict[str, list[int]] = {}
    for match in _MARK.finditer(text):
        where.setdefault(_letters(match[1]), []).append(text.count("\n", 0, match.start()) + 1)
    for line in shown:
        for match in _MARK.finditer(line):
            lines = where.get(_letters(match[1]), [1])
            yield " ".join(match[1].split()), lines.pop(0) if len(lines) > 1 else lines[0]


def _letters(words: str) -> str:
    """What is the same in a text as it was typed and as it is set: quotes, dashes and spaces are not."""
    return "".join(re.findall(r"\w", words))
