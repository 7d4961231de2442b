"""How high measure sheets will be and where pages surely end, before anything is typeset.

Line breaks are only estimated, so a height is a span; a page ends surely where it does whatever the true height is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document.model import Fact, FactLine, MeasureSheet
from pipeline.pdf.text_metrics import height, lines
from pipeline.pdf.tokens import MM_PER_PT, TypeStyle, tokens
from pipeline.text.nodes import Blocks, Node

# Factors of a column's width in which a text surely takes no more, and no fewer lines than the renderer will need. It
# hyphenates: "Ansprech-" may still go on a line that is full by our measure, so it is measured in a column four per
# cent wider for the least height. It rounds and kerns: a line that just fits by our measure may not fit on paper, so
# for the greatest height it is measured in a column a little narrower.
WIDER, NARROWER = 1.04, 0.985
_OPEN = "Offen"
ROUNDING = 1  # point, of a sheet's height


@dataclass(frozen=True)
class Height:
    """The least and the greatest height in points that a sheet may have."""

    least: float
    most: float


def printed_facts(sheet: MeasureSheet) -> tuple[Fact, ...]:
    """What stands in the sheet's table on paper: the rest stands beside it, or says only that nothing is given.

    A decision that nobody has to take would be a line "Entscheidung –" on most sheets; the status stands in the rail.
    What is open stands in one line, the last: `Offen: Zeitraum, Zusagen`.
    """
    given = tuple(fact for fact in sheet.facts if not fact.empty and fact.rank != "summary")
    open_ones = ", ".join(fact.label for fact in sheet.facts if fact.open)
    return (*given, Fact(_OPEN, "", (FactLine((Node("text", text=open_ones),)),))) if open_ones else given


def is_long(fact: Fact) -> bool:
    """Whether dated notes are set as text below the table: in their column they would leave pages half empty.

    Three notes of 800 characters are 40 lines there, and 22 as text. Ten milestones of a line each stay rows.
    """
    if not any(line.lead for line in fact.lines):
        return False
    most = tokens().pt["fact"]["whole"] + len(fact.lines) * tokens().type["table"].leading
    return _row_height(fact, tokens().grid["main"]) > most


def sheet_heights(sheets: Sequence[MeasureSheet]) -> list[Height]:
    """How high each will be, half a page at the least but for those that `short_sheets` tells."""
    least, short = tokens().pt["sheet"]["least"], short_sheets(sheets)
    natural = [_natural_height(sheet) for sheet in sheets]
    return [
        height if index in short else Height(max(height.least, least), max(height.most, least))
        for index, height in enumerate(natural)
    ]


def short_sheets(sheets: Sequence[MeasureSheet]) -> frozenset[int]:
    """Which sheets take no more room than they need: below them the next has a place, though it is over half a page.

    Two sheets share a page, each on its half. Of 150 and 400 points both would have a page of their own, and the first
    be nearly empty. No more than two ever share one: the sheet behind such a pair is none of these.
    """
    pt = tokens().pt["sheet"]
    room = _page_room() - _part_heading()
    heights, found = [_natural_height(sheet) for sheet in sheets], set[int]()
    for index, (own, following) in enumerate(pairwise(heights)):
        high = following.least > pt["least"] and own.most + pt["below"] + following.most <= room
        if high and not found & {index - 1, index - 2}:
            found.add(index)
    return frozenset(found)


def _natural_height(sheet: MeasureSheet) -> Height:
    """How high a sheet's words are; without an upper bound where its text holds more than paragraphs and lists."""
    least, most = (_height(sheet, measure=tokens().grid["main"] * factor) for factor in (WIDER, NARROWER))
    if least is None or most is None:
        return Height(tokens().pt["sheet"]["least"], float("inf"))
    rail = sheet_rail(sheet)
    return Height(max(least, rail) - ROUNDING, max(most, rail) + ROUNDING)


def sheet_rail(sheet: MeasureSheet) -> float:
    """The height in points of what stands beside a sheet: it is outside the flow, so no sheet may be lower."""
    texts = [sheet.sign.name, sheet.state.label, *("".join(node.plain() for node in line) for line in sheet.summary)]
    style, pt = tokens().type["table"], tokens().pt
    room = (tokens().grid["rail"] - tokens().mm["rail"]["sign"]) / MM_PER_PT
    between = len(texts) * pt["text"]["between"]
    drawn = tokens().mm["timeline"]["height"] / MM_PER_PT + 2 * pt["sheet"]["text_below"] if sheet.bar else 0.0
    return pt["hung"]["above"] + tokens().type["number"].leading + height(texts, style, room) + between + drawn


def _page_room() -> float:
    page = tokens().page["portrait"]
    return (page["height"] - page["top"] - page["bottom"]) / MM_PER_PT


def surely_open_pages(heights: Sequence[Height]) -> Iterator[bool]:
    """Whether each of a field's sheets surely opens a page. No more than two share one, and none is parted that fits.

    Of five sheets of 330 points the first, third and fifth open pages. If the third may have 330 or 380 points, it
    shares its page with the fourth or leaves it the next, which then has room for the fifth: of both nothing is sure.
    A unit that began with the fifth all the same would part it from the fourth, below which it stands in the plan.

    A sheet higher than a page may leave room at its end, so nothing is sure of its successor.
    """
    room, gap = _page_room(), tokens().pt["sheet"]["below"]
    yield True
    may_open, may_join, above = True, False, _part_heading()
    for before, after in pairwise(heights):
        fits = above + before.least + gap + after.least <= room
        overflows = above + before.most + gap + after.most > room
        joins = may_open and (fits or before.most > room)
        yield not joins
        may_open, may_join, above = may_join or overflows, joins, 0.0


def _part_heading() -> float:
    """The height in points of the line "Maßnahmen im Handlungsfeld 1" above the first sheet."""
    return tokens().type["small_strong"].leading + tokens().pt["over"]["below"]


def _height(sheet: MeasureSheet, measure: float) -> float | None:
    """The height in points of a sheet whose main column is `measure` millimetres wide; None if that cannot be told."""
    pt = tokens().pt
    total = (
        pt["hung"]["above"]
        + pt["sheet"]["title_below"]
        + pt["rule"]["strong"]  # above the facts
        + _set(sheet.title, tokens().type["h3"], measure)
        + sum(fact_height(fact, measure) for fact in printed_facts(sheet))
    )
    for blocks in (sheet.description, *(passage.blocks for passage in sheet.passages)):
        height = _blocks(blocks, measure)
        if height is None:
            return None
        total += height + pt["sheet"]["text_below"]
    return total + len(sheet.passages) * tokens().type["caption"].leading


def _blocks(blocks: Blocks, measure: float) -> float | None:
    """The height of paragraphs and lists in a column of `measure` millimetres, None if there is anything else."""
    style, between, total = tokens().type["body"], tokens().pt["text"]["between"], 0.0
    for block in blocks:
        if block.kind == "paragraph":
            height: float | None = _set(_text(block), style, measure)
        elif block.kind in ("bullet_list", "ordered_list"):
            height = _blocks(block.children, measure - tokens().mm["list"]["indent"])
        elif block.kind == "item":
            height = _blocks(block.children, measure)
        else:
            return None
        if height is None:
            return None
        total += height + between
    return max(total - between, 0.0)


def _text(node: Node) -> str:
    return "\n".join(node.plain().splitlines())


def fact_height(fact: Fact, measure: float) -> float:
    """The height in points of a fact: a row of the table, or what `is_long` below it."""
    if not is_long(fact):
        return _row_height(fact, measure)
    style, between = tokens().type["body"], tokens().pt["text"]["between"]
    texts = [f"{line.lead} {''.join(node.plain() for node in line.content)}" for line in fact.lines]
    above = tokens().pt["sheet"]["text_below"] + tokens().type["caption"].leading
    return above + sum(_set(text, style, measure) + between for text in texts)


def _row_height(fact: Fact, measure: float) -> float:
    """The height in points of a row: label, value in lines, a rule below; what leads a line stands in a column."""
    style, mm = tokens().type["table"], tokens().mm["fact"]
    total = 2 * tokens().pt["fact"]["above"] + tokens().pt["rule"]["hair"]
    for line in fact.lines:
        text = "".join(node.plain() for node in line.content)
        total += _set(text, style, measure - mm["label"] - (mm["lead"] if line.lead else 0))
    return total


def _set(text: str, style: TypeStyle, measure: float) -> float:
    return lines(text, style, measure / MM_PER_PT) * style.leading
