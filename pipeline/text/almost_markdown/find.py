"""A Markdown text in; out: what was meant as Markdown and is none, with what it prints as and the line that is meant.

Texts come from Word, from web pages and from people who know another dialect. Each kind is found by itself, so that one
can be taken out of the list once it is understood. What is code, or escaped by a backslash, is meant as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.text.almost_markdown.blocks import (
    callouts,
    front_matter,
    greater,
    headings,
    indented,
    lines_below_text,
)
from pipeline.text.almost_markdown.emphasis import emphasis
from pipeline.text.almost_markdown.inline import inline
from pipeline.text.almost_markdown.lists import labels, signs, tasks
from pipeline.text.almost_markdown.notes import footnotes
from pipeline.text.almost_markdown.pictures import pictures
from pipeline.text.almost_markdown.slips import Almost, Lines, Search, Slip, lines_of
from pipeline.text.almost_markdown.tables import pasted, tables
from pipeline.text.markdown_limits import limit_size
from pipeline.text.markdown_parser import as_written

_SEARCHES: Final[tuple[Search, ...]] = (
    tables,
    pasted,
    headings,
    callouts,
    greater,
    lines_below_text,
    indented,
    signs,
    labels,
    tasks,
    pictures,
    inline,
    emphasis,
    footnotes,
)

Edit = tuple[int, int, str]
"""From where to where in a line, and what stands there instead."""


def almost_markdown(text: str) -> list[Almost]:
    """Everything in a text that was meant as Markdown and is none, in the order of the lines.

    Raises RefusedTextError.
    """
    limit_size(text)
    lines = lines_of(text)
    front = next(front_matter(text), None)
    found = [item for search in _SEARCHES for item in search(lines)]
    if front is None and not found:
        return []
    code = as_written(text)
    after = front.last if front else 0
    kept = [item for item in found if item.line > after and (item.kind is Slip.INDENTED or item.line not in code)]
    kept = [replace(item, row=lines.row(item.line - 1)) for item in sorted(kept, key=lambda item: item.line)]
    return [*([replace(front, row=lines.row(0))] if front else []), *_at_once(kept, lines)]


def _at_once(items: Sequence[Almost], lines: Lines) -> list[Almost]:
    """What is found, each with all the repairs of its lines that touch different words: one line mends it all.

    Otherwise whoever types the line of the second would undo what the line of the first has mended.
    """
    edits: dict[int, list[Edit]] = {}
    for item in items:
        for line, better in _written(item):
            if better != lines.row(line - 1):
                edits.setdefault(line, []).append(edit(lines.row(line - 1), better))
    mended = {line: _mended(lines.row(line - 1), several) for line, several in edits.items() if len(several) > 1}
    return [replace(item, better=_with_rows(item, mended)) if mended else item for item in items]


def _written(item: Almost) -> list[tuple[int, str]]:
    """The lines of a repair by their numbers; none where it makes more lines, or fewer, than there were."""
    rows = item.better.removeprefix("\n").split("\n")
    numbers = range(item.line, max(item.line, item.last) + 1)
    return list(zip(numbers, rows, strict=True)) if item.better and len(rows) == len(numbers) else []


def _mended(row: str, edits: list[Edit]) -> str:
    """A line with several repairs; '' where they touch the same words."""
    edits.sort()
    if any(one[1] > other[0] for one, other in pairwise(edits)):
        return ""
    for start, end, new in reversed(edits):
        row = row[:start] + new + row[end:]
    return row


def _with_rows(item: Almost, mended: Mapping[int, str]) -> str:
    rows = [mended.get(line) or row for line, row in _written(item)]
    above = "\n" if item.better.startswith("\n") else ""
    return above + "\n".join(rows) if rows else item.better


def edit(row: str, better: str) -> Edit:
    """Where two lines differ: from where to where in the first, and what stands there in the other."""
    same = _common(row, better)
    behind = _common(row[same:][::-1], better[same:][::-1])
    return same, len(row) - behind, better[same : len(better) - behind]


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))


def has_front_matter(text: str) -> bool:
    """Whether a text begins with a block that is none of it, between two lines `---`."""
    return any(front_matter(text))
