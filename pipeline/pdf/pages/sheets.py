"""A measure's sheet in, its shape on paper out, before anything is typeset: what stays on one page, how high it is.

Line breaks are only estimated, so a height is a span; what must surely fit, or surely not, asks for one of its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.document.model import Fact, MeasureSheet, Passage
from pipeline.pdf.pages.sheet_layout import SheetLayout, SheetRow, sheet_layout
from pipeline.pdf.text_metrics import height, lines
from pipeline.pdf.tokens import MM_PER_PT, TypeStyle, tokens
from pipeline.text.nodes import Blocks, Node

# Factors of a column's width in which a text surely takes no more, and no fewer lines than the renderer will need. It
# hyphenates: "Ansprech-" may still go on a line that is full by our measure, so it is measured in a column four per
# cent wider for the least height. It rounds and kerns: a line that just fits by our measure may not fit on paper, so
# for the greatest height it is measured in a column a little narrower.
WIDER, NARROWER = 1.04, 0.985
STATE_MARK = "nn"  # as wide as the mark before a status

Kind = Literal["whole", "long", "free"]


@dataclass(frozen=True)
class Height:
    """The least and the greatest height in points that something may have."""

    least: float
    most: float

    def __add__(self, other: Height) -> Height:
        return Height(self.least + other.least, self.most + other.most)


NOTHING, UNKNOWN = Height(0, 0), Height(0, float("inf"))


@dataclass(frozen=True)
class SheetOnPaper:
    """How a sheet is set.

    whole: on one page, if it is no higher than about half of it. long: title, text, roles, dates and rail stay
    together, the rows go on over the page. free: even those are higher than most of a page, so that only the `held`
    blocks of the text stay with title and rail, and the `others` go on. `rail` is the height in points of what stands
    beside: it is outside the flow, so what stays with it may be no lower.
    """

    layout: SheetLayout
    kind: Kind
    held: Blocks
    others: Blocks
    stacked: bool
    rail: float
    height: Height  # of all of it
    pictures: tuple[Passage, ...]
    passages: tuple[Passage, ...]


def on_paper(sheet: MeasureSheet) -> SheetOnPaper:
    """How a sheet is set, as it is estimated."""
    layout = sheet_layout(sheet)
    pictures = tuple(passage for passage in sheet.passages if not passage.label)
    passages = tuple(passage for passage in sheet.passages if passage.label)
    below = _total([*(row_height(row) for row in layout.rows), *(_passage(passage) for passage in passages)])
    told = [*(sheet.reason.blocks if sheet.reason else ()), *sheet.description]
    stacked, who = _who_and_when(layout)
    head = _head(sheet) + blocks_height(told, "sheet_text", tokens().grid["main"]) + who
    rail = rail_height_of(sheet, layout, pictures)
    kind = _kind(head, Height(max(head.least + below.least, rail), max(head.most + below.most, rail)))
    if kind != "whole":
        rail = rail_height_of(sheet, layout, ())
    held = _leading(sheet, rail) if kind == "free" else len(sheet.description)
    all_of_it = Height(max(head.least, rail) + below.least, max(head.most, rail) + below.most)
    text, others = sheet.description[:held], sheet.description[held:]
    return SheetOnPaper(layout, kind, text, others, stacked, rail, all_of_it, pictures, passages)


def _kind(head: Height, whole: Height) -> Kind:
    """A sheet that may be no higher than it may be whole is; of one that surely is higher its head may stay together.

    What holds a table or a picture has no greatest height: it is free, unless it is surely low.
    """
    pt = tokens().pt["sheet"]
    if whole.least <= pt["whole"] and whole.most < float("inf"):
        return "whole"
    return "long" if head.most <= pt["held"] else "free"


def _leading(sheet: MeasureSheet, rail: float) -> int:
    """How many blocks of the text stay with the title, so that together they are as high as the rail."""
    total = _head(sheet)
    for index, block in enumerate(sheet.description):
        total += blocks_height([block], "sheet_text", tokens().grid["main"])
        if total.least >= rail or total.most == float("inf"):
            return index + 1
    return len(sheet.description)


def beside_label(passage: Passage) -> bool:
    """Whether a text stands beside its label as a row: tables, pictures and code need the whole width below it."""
    return all(block.kind in ("paragraph", "bullet_list", "ordered_list") for block in passage.blocks)


def label_height(label: str) -> float:
    """The height in points of a label that stands beside a text, outside the flow: the text may be no lower."""
    return height([label], tokens().type["dense"], tokens().mm["fact"]["label"] * NARROWER / MM_PER_PT)


def is_long_row(row: SheetRow) -> bool:
    """Whether a row may go on over the page: a report of 6,000 characters is higher than one."""
    return row_height(row).least > tokens().pt["row"]["whole"]


# --- heights ------------------------------------------------------------------------------------------------------


def row_height(row: SheetRow) -> Height:
    """The height in points of a row: a label, lines beside it, a rule above."""
    style, label = tokens().type["dense"], tokens().mm["fact"]["label"]
    beside = _set(row.text(), style, tokens().grid["main"] - label)
    more = (lines(row.label, style, label / MM_PER_PT) - 1) * style.leading
    space = 2 * tokens().pt["row"]["above"] + tokens().pt["rule"]["hair"] + more
    return Height(space, space) + beside


def fact_height(fact: Fact, measure: float) -> float:
    """The greatest height in points of a row of a table of facts that is `measure` millimetres wide."""
    style, room = tokens().type["table"], measure - tokens().mm["fact"]["label"]
    lines_of = ("".join(node.plain() for node in line.content) for line in fact.lines)
    space = 2 * tokens().pt["cell"]["above"] + tokens().pt["rule"]["hair"]
    return space + sum(_set(text, style, room).most for text in lines_of)


def _passage(passage: Passage) -> Height:
    pt, label = tokens().pt, tokens().mm["fact"]["label"]
    space = 2 * pt["row"]["above"] + pt["rule"]["hair"] + tokens().type["dense"].leading
    return Height(0, space) + blocks_height(passage.blocks, "dense", tokens().grid["main"] - label)


def _head(sheet: MeasureSheet) -> Height:
    """Title and the space around it, and the label of a reason."""
    pt = tokens().pt["sheet"]
    space = pt["above"] + pt["title_below"] + pt["text_below"]
    if sheet.reason:
        space += tokens().type["caption"].leading + pt["text_below"]
    return Height(space, space) + _set(sheet.title, tokens().type["measure"], tokens().grid["main"])


def _who_and_when(layout: SheetLayout) -> tuple[bool, Height]:
    """Whether the dates stand below the roles, over the whole width, and the height of both.

    They do if there are many, or if both are much lower so: beside four dates sixty actors would have fifty lines.
    """
    mm, pt, main = tokens().mm["who"], tokens().pt, tokens().grid["main"]
    actors = [line for role in layout.roles for line in role.lines]
    dates = [line.content for line in layout.dates]
    space = pt["rule"]["strong"] + pt["who"]["above"] + pt["who"]["below"]
    if not actors and not dates:
        return True, NOTHING
    below = _items(actors, main - mm["letter"]) + _items(dates, main - mm["date"])
    left = _items(actors, mm["roles"] - mm["between"] - mm["letter"])
    right = _items(dates, main - mm["roles"] - mm["date"])
    beside = Height(max(left.least, right.least), max(left.most, right.most))
    many = len(dates) > tokens().limits["sheet"]["dates_beside"]
    stacked = not dates or many or below.most + pt["who"]["gain"] < beside.most
    return stacked, (below if stacked else beside) + Height(space, space)


def _items(items: Iterable[Sequence[Node]], width: float) -> Height:
    """Lines with a letter or a date before them, in a column of `width` millimetres beside it."""
    style, between = tokens().type["dense"], tokens().pt["who"]["between_lines"]
    found = [_set("".join(node.plain() for node in item), style, width) for item in items]
    return _total([*found, Height(len(found) * between, len(found) * between)])


def rail_height_of(sheet: MeasureSheet, layout: SheetLayout, pictures: Sequence[Passage]) -> float:
    """The greatest height in points of the rail, from the sheet's upper edge."""
    pt, style = tokens().pt, tokens().type["dense"]
    texts = [sheet.sign.name, STATE_MARK + sheet.standing]
    texts += ["".join(node.plain() for node in line) for block in layout.rail for line in block.lines]
    total = pt["sheet"]["rail_top"] + height(texts, style, tokens().grid["rail"] * NARROWER / MM_PER_PT)
    total += (2 + len(layout.rail)) * pt["rail"]["between"]
    total += sum(pt["rail"]["above"] + pt["rule"]["hair"] for block in layout.rail if block.money)
    if sheet.bar:
        total += tokens().mm["timeline"]["height"] / MM_PER_PT + 2 * pt["rail"]["around"]
    for passage in pictures:
        caption = [str(block.attrs.get("caption", "")) for block in passage.blocks]
        total += (
            pt["rail"]["around"] + pt["rail"]["picture"] + height(caption, style, tokens().grid["rail"] / MM_PER_PT)
        )
    return total


def blocks_height(blocks: Iterable[Node], role: str, measure: float) -> Height:
    """The height of paragraphs and lists in a column of `measure` millimetres; of anything else it is unknown."""
    between, total = tokens().pt["text"]["between"], NOTHING
    count = 0
    for block in blocks:
        count += 1
        if block.kind == "paragraph":
            total += _set("\n".join(block.plain().splitlines()), tokens().type[role], measure)
        elif block.kind in ("bullet_list", "ordered_list"):
            total += blocks_height(block.children, role, measure - tokens().mm["list"]["indent"])
        elif block.kind == "item":
            total += blocks_height(block.children, role, measure)
        else:
            return UNKNOWN
    space = max(count - 1, 0) * between
    return total + Height(space, space)


def _set(text: str, style: TypeStyle, measure: float) -> Height:
    """The height of a text in a column of `measure` millimetres."""
    least, most = (lines(text, style, measure * factor / MM_PER_PT) for factor in (WIDER, NARROWER))
    return Height(least * style.leading, most * style.leading)


def _total(heights: Iterable[Height]) -> Height:
    return sum(heights, NOTHING)
