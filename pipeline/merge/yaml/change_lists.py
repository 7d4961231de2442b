"""A list in a YAML text and what shall become of its items in, the splices that do it out.

Items that stay keep their bytes and the remarks above and behind them, wherever they move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.content.yaml_nodes import Entries, Items, YamlNode
from pipeline.merge.yaml.layout import Layout
from pipeline.merge.yaml.splices import Splice, Splices, Unspliceable, spliced

Plan = list[int | str]
"""What the list shall be: old items by index, new ones as they are written."""


def flow_items(text: str, node: YamlNode, spans: list[tuple[int, int]], plan: Plan, inner: list[Splices]) -> Splice:
    """Items in brackets or braces, `spans` says where each stands.

    Between two items that followed each other before stays what stood there; elsewhere comes what stands between the
    first two. In `[a,b,\n  c]` with `x` behind `a` only the new comma is new: `[a,x,b,\n  c]`.
    """
    edges = [node.start + 1, *(edge for span in spans for edge in span), node.end - 1]
    gaps = [text[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True)]
    if any("#" in gap for gap in gaps):
        line = text.count("\n", 0, node.start) + 1
        raise Unspliceable("In dieser Klammer stehen Bemerkungen; bitte von Hand ändern.", line)
    usual = gaps[1] if len(spans) > 1 else f",{gaps[0] if gaps[0].strip(' ') else ' '}"
    parts = [gaps[0]]
    for number, step in enumerate(plan):
        before = plan[number - 1] if number else None
        if number:
            follows = isinstance(step, int) and isinstance(before, int) and before + 1 == step
            parts.append(gaps[step] if follows and isinstance(step, int) else usual)
        parts.append(step if isinstance(step, str) else spliced(text, inner[step], *spans[step]))
    return Splice(edges[0], edges[-1], "".join([*parts, gaps[-1]]))


@dataclass(frozen=True)
class _Chunk:
    """An item on lines of its own: blank lines and remarks above it begin at `lead`."""

    lead: int
    start: int
    end: int
    node: YamlNode


def block_items(layout: Layout, node: Items, plan: Plan, inner: list[Splices]) -> Iterator[Splice]:
    """Items on lines of their own, each after a dash."""
    column = layout.column(node.start)
    chunks = _chunks(layout, node, column)
    kept = [step for step in plan if isinstance(step, int)]
    if kept == sorted(kept):
        for step in kept:
            yield from inner[step]
        yield from _in_order(layout, chunks, column, plan)
    else:
        yield _in_new_order(layout, chunks, column, plan, inner)


def _chunks(layout: Layout, node: Items, column: int) -> list[_Chunk]:
    text = layout.text
    found: list[_Chunk] = []
    lead = layout.line_start(node.start)
    for item in node.items:
        start = layout.line_start(item.start)
        while text[start + column : start + column + 1] != "-" or text[start : start + column].strip(" "):
            if start <= lead:
                line = text.count("\n", 0, item.start) + 1
                raise Unspliceable("Diese Liste beginnt nicht auf einer eigenen Zeile; bitte von Hand ändern.", line)
            start = layout.line_start(start - 1)
        end = layout.line_end(item.end)
        found.append(_Chunk(lead, start, end, item))
        lead = end
    above = found[0].start  # remarks between the key and the first dash
    while above > 0:
        before = layout.line_start(above - 1)
        words = text[before:above].strip()
        if words and not words.startswith("#"):
            break
        above = before
    return [replace(found[0], lead=above), *found[1:]]


def _in_order(layout: Layout, chunks: list[_Chunk], column: int, plan: Plan) -> Iterator[Splice]:
    """What stays is not touched; what is new comes right behind the item before it, above the next one's remarks."""
    indent, newline = " " * column, layout.newline
    for number, chunk in enumerate(chunks):
        if number not in plan:
            yield Splice(chunk.start, chunk.end, layout.remarks(chunk.start, chunk.end, column, chunk.node))
    place = chunks[0].lead
    for step in plan:
        if isinstance(step, int):
            place = chunks[step].end
        elif place and not layout.ended(place):
            yield Splice(place, place, newline + indent + step)
        else:
            yield Splice(place, place, indent + step + newline)


def _in_new_order(layout: Layout, chunks: list[_Chunk], column: int, plan: Plan, inner: list[Splices]) -> Splice:
    """The whole list, its items with the remarks above them in the new order.

    The remarks above an item are about that item: of "# erstens", "- a", "# zweitens", "- b" with the items changed
    round it becomes "# zweitens", "- b", "# erstens", "- a". Blank lines, which set items apart, stay between them.
    """
    text, newline, indent = layout.text, layout.newline, " " * column
    blanks = [_blank(layout, chunk) for chunk in chunks]
    usual = blanks[1] if len(blanks) > 1 else ""
    parts: list[str] = []
    left = ""  # remarks of items that went away
    written: set[int] = set()
    for number, step in enumerate(plan):
        if isinstance(step, str):
            parts.append(indent + step + newline)
            continue
        for gone in range(step):
            if gone not in plan and gone not in written:
                written.add(gone)
                left += _remarks(layout, chunks[gone], column, blanks[gone])
        chunk = chunks[step]
        own = spliced(text, inner[step], chunk.start, chunk.end)
        blank = blanks[0] if number == 0 else usual if step == 0 else blanks[step]
        remarks = text[chunk.lead + len(blanks[step]) : chunk.start]
        parts.append(blank + left + remarks + (own if own.endswith(("\n", "\r")) else own + newline))
        left = ""
    for gone in range(len(chunks)):
        if gone not in plan and gone not in written:
            left += _remarks(layout, chunks[gone], column, blanks[gone])
    whole = "".join([*parts, left])
    ended = layout.ended(chunks[-1].end)
    return Splice(chunks[0].lead, chunks[-1].end, whole if ended else whole.removesuffix(newline))


def _blank(layout: Layout, chunk: _Chunk) -> str:
    """The blank lines that an item's lead begins with."""
    end = chunk.lead
    for begin, stop in layout.lines(chunk.lead, chunk.start):
        if layout.text[begin:stop].strip():
            break
        end = stop
    return layout.text[chunk.lead : end]


def _remarks(layout: Layout, chunk: _Chunk, column: int, blank: str) -> str:
    above = layout.text[chunk.lead + len(blank) : chunk.start]
    return above + layout.remarks(chunk.start, chunk.end, column, chunk.node)


def spans(node: YamlNode) -> list[tuple[int, int]]:
    """Where each item of a list or entry of a mapping stands."""
    if isinstance(node, Entries):
        return [(key.start, value.end) for key, value in node.entries]
    return [(item.start, item.end) for item in node.items] if isinstance(node, Items) else []
