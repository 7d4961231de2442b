"""What is open in a plan in, an agenda to send round out: Markdown, a list to tick off for each who settles it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.document.model import Properties, Row, Table
from pipeline.parts.context import Context
from pipeline.parts.lists.open_points import open_points
from pipeline.text.typography import typeset_line
from schema.plan import Plan
from schema.rules import Finding
from schema.vocabulary import PartName

NOTHING = "In dieser Fassung ist nichts mehr offen."

# What Markdown would take for its own: anywhere in a line, and the sign that closes a heading.
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|&#]")


def agenda(plan: Plan, findings: Sequence[Finding], properties: Properties) -> str:
    """The open points as the document's annex groups and words them; with nothing open it says just that."""
    part = open_points(Context(plan, open_points=tuple(findings))) if findings else None
    head = (
        f"# {PartName.OPEN_POINTS.label}",
        _plain(properties.title),
        typeset_line(f"Fassung {properties.edition}, Stand {properties.date_label}, {properties.state.label}"),
    )
    body = [part.lead, *_lists(part.sections[0].table)] if part else [NOTHING]
    return "\n\n".join([*head, *body]) + "\n"


def _lists(table: Table | None) -> Iterator[str]:
    """A heading and a list for each who has to settle something."""
    for group in table.groups if table else ():
        yield f"## {_plain(group.heading)}"
        yield "\n".join(_item(row) for row in group.rows)


def _item(row: Row) -> str:
    number, title, topics = (_plain(cell.plain()) for cell in row.cells)
    return f"- [ ] {number} {title}: {topics}"


def _plain(text: str) -> str:
    """Text on one line that reads in Markdown as it is written."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.splitlines()))
