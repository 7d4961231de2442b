"""A Markdown text in; out: what was meant as Markdown and is none, with what it prints as and the line that is meant.

Texts come from Word, from web pages and from people who know another dialect. Each kind is found by itself, so that one
can be taken out of the list once it is understood. What is code, or escaped by a backslash, is meant as it stands.
"""

from __future__ import annotations

from dataclasses import replace
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
from pipeline.text.almost_markdown.slips import Almost, Search, Slip, lines_of
from pipeline.text.almost_markdown.tables import pasted, tables
from pipeline.text.markdown import as_written

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


def almost_markdown(text: str) -> list[Almost]:
    """Everything in a text that was meant as Markdown and is none, in the order of the lines.

    Raises RefusedTextError.
    """
    lines = lines_of(text)
    front = next(front_matter(text), None)
    found = [item for search in _SEARCHES for item in search(lines)]
    if front is None and not found:
        return []
    code = as_written(text)
    after = front.last if front else 0
    kept = [item for item in found if item.line > after and (item.kind is Slip.INDENTED or item.line not in code)]
    return [
        replace(item, row=lines.rows[item.line - 1])
        for item in ([front] if front else []) + sorted(kept, key=lambda item: item.line)
    ]


def has_front_matter(text: str) -> bool:
    """Whether a text begins with a block that is none of it, between two lines `---`."""
    return any(front_matter(text))
