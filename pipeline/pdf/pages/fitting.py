"""Texts and counts in, lengths out that the layout needs before it begins: what CSS alone cannot know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.document.matrix_panels import MatrixPanel
from pipeline.document.model import ActorSheet, Contents, Cover, GoalSheet, Overview, Table
from pipeline.pdf.drawings import drawings
from pipeline.pdf.pages.columns import column_widths
from pipeline.pdf.text_metrics import MM_PER_PT, balanced, height, lines, width
from pipeline.pdf.tokens import TypeStyle, tokens

ROTATED_LEAST, ROTATED_MOST = 35.0, 75.0  # millimetres that a rotated head of two lines may be long
ROTATED_SPACE = 2.0  # millimetres beside a line of it
ROTATED_LINES = 2
COVER_MARGIN, COVER_SENDERS, COVER_SENDER = 22.0, 30.0, 66.0  # millimetres: above, senders' least height, width
COVER_STATUS, COVER_GAP = 33.0, 12.0  # points around the status, millimetres above the picture
MATRIX_NUMBER, MATRIX_TITLE = 17.0, 86.0
MATRIX_TITLE_MOST = 110.0
MATRIX_CELL_LEAST, MATRIX_CELL = 8.0, 10.0
AXIS_STRANDS = 2
OVERVIEW_ROOM = 565.0  # points for the lead and the rows of the plan on one page
OVERVIEW_GAP, HAIR = 14.0, 0.5  # points below the lead, of a row's rule
OVERVIEW_STYLES = ("overview", "table", "dense")  # ever smaller, until the rows fit
OVERVIEW_PADDING = (1.75, 8.75)
OVERVIEW_FIELD, OVERVIEW_NUMBER, OVERVIEW_PAGE = 36.0, 10.0, 10.0
OVERVIEW_AXIS = 44.0  # the marks of two strands, left and right of their axis
OVERVIEW_COLUMN, OVERVIEW_COLUMNS = 19.0, 76.0  # the marks of another number of strands: each, together at most
PLOT_AMOUNT, PLOT_GAP = 22.0, 3.0  # millimetres for the amount beside a plot, and between the two
HIGH_GOAL = 330.0  # points, not quite half a page
CELL_SPACE, ROW_SPACE = 2.0, 5.75  # millimetres beside a cell's text; points above and below with the rule
FEW_TASKS = 3  # with more, a sheet fills a third of a page
CONTENTS_ROOM = 612.0  # points for the contents' entries on one page
CONTENTS_LEADING, CONTENTS_LEAST = 1.0, 0.75


def balance(text: str, role: str, measure: float) -> Markup:
    """A style that lets a text's lines come out equally long in a column of `measure` millimetres."""
    least = balanced(text, tokens().type[role], measure / MM_PER_PT)
    return Markup("") if least is None else Markup(f"max-width: {least:.1f}pt")


def rail_height(texts: Iterable[str], role: str = "table") -> float:
    """The height in points of lines in the rail, which stands outside the flow."""
    return height(texts, tokens().type[role], tokens().grid["rail"] / MM_PER_PT)


def cover_size(title: str) -> TypeStyle:
    """The cover's title in the largest size in which it takes three lines, four if it is long."""
    style, measure = tokens().type["cover_title"], 168 / MM_PER_PT
    for scale, most in ((1.0, 3), (0.85, 3), (0.7, 4), (0.58, 5)):
        smaller = _scaled(style, scale)
        longest = max(width(word, smaller) for word in title.split(" "))
        if lines(title, smaller, measure) <= most and longest <= measure:
            return smaller
    return _scaled(style, 0.5)


def cover_top(part: Cover) -> float:
    """Where the cover's picture begins, in millimetres from the page's upper edge: below the text, however long."""
    styles, measure = tokens().type, tokens().grid["text"] / MM_PER_PT
    pairs = [part.senders[index : index + 2] for index in range(0, len(part.senders), 2)]
    column = COVER_SENDER / MM_PER_PT
    senders = sum(max(height(text.split("\n"), styles["body"], column) for text in pair) + 7 for pair in pairs)
    below = height([part.title], cover_size(part.title), measure)
    below += 21 + height([part.subtitle], styles["cover_subtitle"], measure)
    below += COVER_STATUS + height([f"{part.state.label} {part.status_line}"], styles["body"], measure * 0.8)
    text = COVER_MARGIN + max(senders * MM_PER_PT, COVER_SENDERS) + below * MM_PER_PT
    return round(max(drawings.COVER_TOP, text + COVER_GAP), 1)


def _scaled(style: TypeStyle, scale: float) -> TypeStyle:
    return TypeStyle(style.family, style.face, style.weight, style.size * scale, style.leading * scale)


def head_height(heads: Sequence[str]) -> float:
    """How long in millimetres rotated heads must be for each to take two lines at most, or one if that is short."""
    style, length = tokens().type["rotated"], ROTATED_LEAST
    in_one_line = max((width(head, style) for head in heads), default=0.0) * MM_PER_PT + ROTATED_SPACE
    if in_one_line < ROTATED_LEAST:
        return round(in_one_line, 1)
    while length < ROTATED_MOST and any(lines(head, style, (length - 1) / MM_PER_PT) > ROTATED_LINES for head in heads):
        length += 2.5
    return length


@dataclass(frozen=True)
class MatrixColumns:
    """Widths in millimetres of the matrix: number, title, each actor."""

    number: float
    title: float
    cell: float

    def total(self, actors: int) -> float:
        return self.number + self.title + actors * self.cell


def matrix_columns(panel: MatrixPanel) -> MatrixColumns:
    """The widths for a panel; few actors leave the rest of the page's width empty."""
    count, wide = max(len(panel.columns), 1), tokens().grid["wide"]
    room = (wide - MATRIX_NUMBER - MATRIX_TITLE) / count
    cell = max(min(room, MATRIX_CELL), MATRIX_CELL_LEAST)
    title = min(wide - MATRIX_NUMBER - count * cell, MATRIX_TITLE_MOST)
    return MatrixColumns(MATRIX_NUMBER, round(title, 2), round(cell, 2))


@dataclass(frozen=True)
class OverviewFit:
    """Widths in millimetres, the style of text and the space around rows in points of the plan on one page."""

    field: float
    number: float
    title: float
    strand: float
    page: float
    style: TypeStyle
    padding: float


def overview_fit(part: Overview) -> OverviewFit:
    """The largest text in which the plan keeps to its page; what is left over becomes space between the rows."""
    strands = max(len(part.signs), 1)
    marks = OVERVIEW_AXIS if strands == AXIS_STRANDS else min(strands * OVERVIEW_COLUMN, OVERVIEW_COLUMNS)
    taken = OVERVIEW_FIELD + OVERVIEW_NUMBER + marks + OVERVIEW_PAGE
    title = tokens().grid["text"] - taken
    rows = sum(max(len(field.goals), 1) for field in part.fields) + 1
    least, most = OVERVIEW_PADDING
    style, padding = tokens().type[OVERVIEW_STYLES[-1]], least
    for name in OVERVIEW_STYLES:
        candidate = tokens().type[name]
        space = (OVERVIEW_ROOM - _overview_height(part, candidate, title - 2)) / (2 * rows) - HAIR
        if space >= least:
            style, padding = candidate, min(space, most)
            break
    return OverviewFit(
        OVERVIEW_FIELD, OVERVIEW_NUMBER, title, round(marks / strands, 2), OVERVIEW_PAGE, style, round(padding, 2)
    )


def _overview_height(part: Overview, style: TypeStyle, measure: float) -> float:
    """The height in points of the lead and all rows, the totals too, without space between the rows."""
    width_of_text, numeral = measure / MM_PER_PT, tokens().type["overview_numeral"]
    total = style.leading + OVERVIEW_GAP
    total += height([part.lead], tokens().type["lead"], tokens().grid["text"] / MM_PER_PT)
    for field in part.fields:
        texts = [(goal.title, goal.measured) for goal in field.goals]
        goals = sum(height(pair, style, width_of_text) for pair in texts)
        title = height([field.title], tokens().type["overview_field"], (OVERVIEW_FIELD - 4) / MM_PER_PT)
        total += max(goals, numeral.leading + title)
    return total


def joined(sheets: Sequence[ActorSheet], index: int) -> bool:
    """Whether an actor's sheet begins no page of its own: both it and the one before have next to nothing on them."""
    return index > 0 and all(tasks_of(sheet) <= FEW_TASKS for sheet in sheets[index - 1 : index + 1])


def tasks_of(sheet: ActorSheet) -> int:
    """How many rows the sheet's tables have."""
    return sum(len(group.rows) for section in sheet.sections for group in section.table.groups)


def divisible(goal: GoalSheet) -> bool:
    """Whether a goal's sheet may go on over the page: kept in one, a high one would leave a page half empty."""
    sentence = height([goal.sentence], tokens().type["h2"], tokens().grid["main"] / MM_PER_PT)
    grid = tokens().grid
    tables = ((goal.indicators, grid["main"]), (goal.measures, grid["text"]))
    return sentence + sum(_table_height(table, room) for table, room in tables if table) > HIGH_GOAL


def _table_height(table: Table, room: float) -> float:
    """The height in points of the rows of a table `room` millimetres wide, each as high as its highest cell."""
    columns = [(width - CELL_SPACE) / MM_PER_PT for width in column_widths(table, room)]
    style = tokens().type["table"]
    return sum(
        max(height([cell.plain()], style, width) for cell, width in zip(row.cells, columns, strict=True)) + ROW_SPACE
        for row in table.rows()
    )


def contents_scale(part: Contents) -> float:
    """How much of its usual leading the table of contents can keep on one page; 1 where there is room."""
    needed = sum(21.5 if entry.level == 1 else 15.75 for entry in part.entries)
    needed += sum(7 for entry in part.entries if entry.opens_group)
    return max(CONTENTS_LEAST, min(CONTENTS_LEADING, round(CONTENTS_ROOM / max(needed, 1), 3)))
