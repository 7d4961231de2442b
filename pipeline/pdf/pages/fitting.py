"""Lengths that the layout needs before it begins, since CSS alone cannot know how long a text will be."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from pipeline.document.model import Contents, Table
from pipeline.pdf.text_metrics import balanced, height
from pipeline.pdf.tokens import MM_PER_PT, tokens
from pipeline.text.nodes import Node

LEAST_CONTENTS_SCALE = 0.75  # of the usual leading; below, lines would touch


def balance(text: str, role: str, measure: float) -> Markup:
    """A style that lets a text's lines come out equally long in a column of `measure` millimetres.

    "Unternehmen binden und neue gewinnen" would else break before its last word, and that stand alone in its line.
    """
    least = balanced(text, tokens().type[role], measure / MM_PER_PT)
    return Markup("") if least is None else Markup(f"max-width: {least:.1f}pt")


def rail_height(texts: Iterable[str], role: str = "table") -> float:
    """The height in points of lines in the rail.

    What stands beside them must be given at least that height: the rail is outside the flow, so below a short main
    column, an actor without tasks say, the next actor would begin in the middle of the rail's lines.
    """
    return height(texts, tokens().type[role], tokens().grid["rail"] / MM_PER_PT)


def is_long_lead(node: Node) -> bool:
    """Whether an opening paragraph is too long for large type: seven lines of it are hard to read.

    The openings of this program's own plan have 307 characters at the most; a treaty's chapters open with 900.
    """
    return len(node.plain()) > tokens().limits["lead"]["characters"]


def contents_scale(part: Contents) -> float:
    """How much of its usual leading the table of contents can keep on one page; 1 where there is room.

    14 chapters and 20 goals need 616 points of 612, and the last would stand alone on a second page: at 0.994 of the
    leading they fit. Twice as many need two pages anyway and are not squeezed below the least scale.
    """
    pt = tokens().pt["contents"]
    chapter = pt["entry"] + pt["entry_above"] + tokens().pt["rule"]["hair"]
    needed = sum(chapter if entry.level == 1 else pt["goal_entry"] for entry in part.entries)
    needed += sum(pt["group_above"] for entry in part.entries if entry.opens_group)
    return max(LEAST_CONTENTS_SCALE, min(1.0, round(pt["room"] / max(needed, 1), 3)))


MOST_LETTERS_KEPT = 1_200  # a third of a page in small print; ten rows of ten lines each fill more than one
MOST_ROWS_KEPT = 10  # some third of a page: what so few rows leave empty before them is no half page


def is_short_table(value: Table | None) -> bool:
    """Whether a table is so short that it need not be parted at the foot of a page."""
    if value is None:
        return False
    rows = list(value.rows())
    written = sum(len(cell.plain()) for row in rows for cell in row.cells)
    return len(rows) <= MOST_ROWS_KEPT and written <= MOST_LETTERS_KEPT
