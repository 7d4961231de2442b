"""Blocks of running text in, what is read in them out: a paragraph, an item of a list, a row of a table a line."""

from __future__ import annotations

from pipeline.text.markdown import parse
from pipeline.text.markdown_limits import RefusedTextError
from pipeline.text.nodes import Blocks, Node


def markdown_lines(text: str) -> list[str]:
    """What is read in a text in Markdown, a paragraph, an item of a list, a row of a table a line."""
    try:
        return list(block_lines(parse(text).blocks))
    except RefusedTextError:  # of an edition that other limits held for
        return text.split("\n\n")


def block_lines(blocks: Blocks) -> list[str]:
    """The same of blocks."""
    found: list[str] = []
    for block in blocks:
        if block.kind in ("bullet_list", "ordered_list", "item", "quote", "definition_list", "definition"):
            found += block_lines(block.children)
            continue
        if block.kind == "table":
            found += [str(block.attrs.get("caption") or "")] if block.attrs.get("caption") else []
            found += [" | ".join(map(_plain, row.children)) for row in block.children]
        elif block.kind == "figure":
            found.append(str(block.attrs.get("caption") or block.attrs.get("alt") or ""))
        else:
            found.append(_plain(block))
        found += [line for note in block.walk() if note.kind == "footnote" for line in block_lines(note.children)]
    return [line for line in found if line.strip()]


def _plain(node: Node) -> str:
    """The text that a reader sees, without notes; of a reference that has its words from elsewhere its target."""
    if node.kind == "footnote":
        return ""
    if node.kind == "break":
        return " "
    if node.kind == "reference" and not node.children:
        return str(node.attrs["target"]).removeprefix("#")
    return node.text + "".join(map(_plain, node.children))
