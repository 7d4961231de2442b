"""How high actors' sheets will be, which of them stay in one piece, and before which the part is cut into units.

Heights are estimated before anything is typeset. A cut is a page's end in the plan too, so that it shows in no other
way: an estimate that is wrong costs white space, never a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from pipeline.document.model import Actors, ActorSheet, Cell, Table
from pipeline.pdf.pages.columns import column_widths
from pipeline.pdf.pages.sheets import fact_height
from pipeline.pdf.text_metrics import height, lines
from pipeline.pdf.tokens import MM_PER_PT, tokens
from pipeline.text.nodes import Inline, Node

MOST_TASKS = 250  # rows in a unit, unless a single actor has more: some ten pages
ROLE_BOX = "nnnn"  # as wide as the box around a role's letter
FEWEST_TASKS = 120  # below, a unit is not worth a page's end


def is_whole(sheet: ActorSheet) -> bool:
    """Whether a sheet is kept in one piece: a third of a page may move to the next, two thirds may not."""
    return actor_height(sheet) <= tokens().pt["actor"]["whole"]


def actor_height(sheet: ActorSheet) -> float:
    """The height in points of a sheet with what is kept free below it."""
    pt, room = tokens().pt["actor"], tokens().grid["text"]
    above_tables = max(_name_height(sheet) + _told_height(sheet), _rail_height(sheet))
    tables = sum(pt["table_above"] + _table_height(section.table, room) for section in sheet.sections)
    return above_tables + tables + pt["below"]


def beside_actor(sheet: ActorSheet) -> float:
    """What stands below a sheet's name must be so high, in points: the rail beside both is outside the flow."""
    return max(_rail_height(sheet) - _name_height(sheet), 0.0)


def _name_height(sheet: ActorSheet) -> float:
    pt, room = tokens().pt["actor"], tokens().grid["main"] / MM_PER_PT
    return pt["above"] + height([sheet.name], tokens().type["actor"], room) + pt["name_below"]


def _rail_height(sheet: ActorSheet) -> float:
    pt, room = tokens().pt["actor"], tokens().grid["rail"] / MM_PER_PT
    return pt["above"] + pt["sign_line"] + height([sheet.kind], tokens().type["dense"], room)


def _told_height(sheet: ActorSheet) -> float:
    """The height of what stands below the name: counts, contact, members, texts and facts."""
    main = tokens().grid["main"]
    column = main / MM_PER_PT
    counts = [" ".join(f"{ROLE_BOX} {section.role.label} {section.count}" for section in sheet.sections)]
    lines_told = (*counts, *(_plain(line) for line in sheet.details))
    total = height(filter(None, lines_told), tokens().type["dense"], column)
    total += sum(fact_height(fact, main) for fact in sheet.facts)
    texts = [block.plain() for passage in sheet.passages for block in passage.blocks]
    total += height(texts, tokens().type["body"], column)
    return total + (_table_height(sheet.members, main) if sheet.members else 0.0)


def tasks_of(sheet: ActorSheet) -> int:
    """How many rows the sheet's tables have."""
    return sum(len(group.rows) for section in sheet.sections for group in section.table.groups)


def opening_sheets(part: Actors) -> Iterator[int]:
    """Before which sheets a unit, and so a page, begins: where least of a page stays empty.

    Sheets of 50, 30, 20, 40 and 60 tasks are two units, the second of which may begin with the third, the fourth or,
    as 140 tasks would be too many, no later. If the page before the third is full to the half and that before the
    fourth to nine tenths, it begins with the fourth.
    """
    start, above = 0, _opening_height(part)
    while (found := _next_opening(part.sheets, start, above)) is not None:
        yield found
        start, above = found, 0.0


def _next_opening(sheets: Sequence[ActorSheet], start: int, position: float) -> int | None:
    """Where the unit that begins with a sheet ends, at a height in points of its first page; None for the last one."""
    candidates: list[tuple[float, int]] = []
    tasks = 0
    for index, sheet in enumerate(sheets[start:], start):
        if index > start and tasks >= FEWEST_TASKS:
            candidates.append((_empty_above(position, sheet), -index))
        tasks += tasks_of(sheet)
        if index > start and tasks > MOST_TASKS:
            return -min(candidates)[1] if candidates else index
        position = _below(position, sheet)
    return None


def _empty_above(position: float, sheet: ActorSheet) -> float:
    """How much of a page stays empty if it ends before a sheet; none where the sheet would begin a page anyway."""
    left = _page_room() - position
    return 0.0 if is_whole(sheet) and actor_height(sheet) - tokens().pt["actor"]["below"] > left else left


def _below(position: float, sheet: ActorSheet) -> float:
    """Where on a page a sheet ends that begins at a position, both in points from the page's upper edge.

    Where a page ends, a table has its head once more, and a row that has no room leaves it empty.
    """
    own, room = actor_height(sheet), _page_room()
    if is_whole(sheet) and position + own - tokens().pt["actor"]["below"] > room:
        return own
    position += own
    while position > room:
        position += tokens().pt["actor"]["broken"] - room
    return position


def _opening_height(part: Actors) -> float:
    """The height of what stands above the first sheet: title, lead, roles two a line, a note, the directory."""
    types, pt = tokens().type, tokens().pt
    between = pt["actors"]["between"]
    above = (
        types["h1"].leading
        + types["sublead"].leading
        + types["dense"].leading * ceil(len(part.roles) / 2)
        + 3 * between
    )
    above += types["table"].leading + between if part.note else 0.0
    return (above + _table_height(part.directory) + pt["actors"]["below"]) % _page_room()


def _table_height(table: Table, room: float | None = None) -> float:
    """The height in points of a dense table `room` millimetres wide, each row as high as its highest cell."""
    widths = column_widths(table, room or tokens().grid["text"])
    space = 2 * tokens().pt["task"]["above"] + tokens().pt["rule"]["hair"]
    head = tokens().type["head"].leading + space
    rows = (
        max(
            _cell_lines(cell, width, ticked=column.kind == "check")
            for cell, width, column in zip(row.cells, widths, table.columns, strict=True)
        )
        for row in table.rows()
    )
    return head + sum(count * tokens().type["dense"].leading + space for count in rows)


def _cell_lines(cell: Cell, width: float, *, ticked: bool) -> int:
    style, beside = tokens().type["dense"], tokens().mm["cell"]["beside"]
    room = width - beside - (tokens().mm["task"]["lead"] if ticked else 0)
    return sum(lines(_plain(line), style, room / MM_PER_PT) for line in lines_of(cell.content))


def lines_of(content: Inline) -> Iterator[Inline]:
    """Running text, parted where it has a break."""
    line: list[Node] = []
    for node in content:
        if node.kind == "break":
            yield tuple(line)
            line = []
        else:
            line.append(node)
    yield tuple(line)


def _plain(line: Sequence[Node]) -> str:
    return "".join(node.plain() for node in line if node.kind != "page")


def _page_room() -> float:
    page = tokens().page["portrait"]
    return (page["height"] - page["top"] - page["bottom"]) / MM_PER_PT
