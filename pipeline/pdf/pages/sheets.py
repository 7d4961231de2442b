"""Measure sheets in, how high they will be and where pages surely end out, before anything is typeset.

Line breaks are only estimated, so a height is a span; a page ends surely where it does whatever the true height is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document.model import Fact, MeasureSheet
from pipeline.pdf.text_metrics import MM_PER_PT, lines
from pipeline.pdf.tokens import TypeStyle, tokens
from pipeline.text.nodes import Blocks, Node

# Points, as in plan.css, text.css and table.css.
SHEET_LEAST, SHEET_GAP, ROUNDING = 330.0, 17.5, 1.0
PART_HEADING = 17.5
TITLE_SPACE, TEXT_SPACE, PARAGRAPH_SPACE, FACT_SPACE = 18.5, 7.0, 3.5, 4.0
FACT_LABEL, FACT_DATE, LIST_INDENT = 27.0, 17.0, 5.0  # millimetres
WIDER, NARROWER = 1.04, 0.985  # columns that surely take no more and no less lines: hyphens and kerning are not known


@dataclass(frozen=True)
class Height:
    """The least and the greatest height in points that a sheet may have."""

    least: float
    most: float


def sheet_height(sheet: MeasureSheet) -> Height:
    """How high a sheet will be; without an upper bound where its text holds more than paragraphs and lists."""
    least, most = (_height(sheet, measure=tokens().grid["main"] * factor) for factor in (WIDER, NARROWER))
    if least is None or most is None:
        return Height(SHEET_LEAST, float("inf"))
    return Height(max(least - ROUNDING, SHEET_LEAST), max(most + ROUNDING, SHEET_LEAST))


def surely_open_pages(heights: Sequence[Height]) -> Iterator[bool]:
    """Whether each of a field's sheets surely opens a page. No more than two share one, and none is parted that fits.

    A sheet higher than a page may leave room at its end, so nothing is sure of its successor.
    """
    page = tokens().page["portrait"]
    room = (page["height"] - page["top"] - page["bottom"]) / MM_PER_PT
    yield True
    may_open, may_join, above = True, False, PART_HEADING
    for before, height in pairwise(heights):
        fits = above + before.least + SHEET_GAP + height.least <= room
        overflows = above + before.most + SHEET_GAP + height.most > room
        joins = may_open and (fits or before.most > room)
        yield not joins
        may_open, may_join, above = may_join or overflows, joins, 0.0


def _height(sheet: MeasureSheet, measure: float) -> float | None:
    """The height of a sheet whose main column is `measure` millimetres wide; None if that cannot be told."""
    total = (
        TITLE_SPACE
        + _set(sheet.title, tokens().type["h3"], measure)
        + sum(_fact(fact, measure) for fact in sheet.facts)
    )
    for blocks in (sheet.description, *(passage.blocks for passage in sheet.passages)):
        height = _blocks(blocks, measure)
        if height is None:
            return None
        total += height + TEXT_SPACE
    return total + len(sheet.passages) * tokens().type["caption"].leading


def _blocks(blocks: Blocks, measure: float) -> float | None:
    """The height of paragraphs and lists in a column of `measure` millimetres, None if there is anything else."""
    style, total = tokens().type["body"], 0.0
    for block in blocks:
        if block.kind == "paragraph":
            height: float | None = _set(_text(block), style, measure)
        elif block.kind in ("bullet_list", "ordered_list"):
            height = _blocks(block.children, measure - LIST_INDENT)
        elif block.kind == "item":
            height = _blocks(block.children, measure)
        else:
            return None
        if height is None:
            return None
        total += height + PARAGRAPH_SPACE
    return max(total - PARAGRAPH_SPACE, 0.0)


def _text(node: Node) -> str:
    return "\n".join(node.plain().splitlines())


def _fact(fact: Fact, measure: float) -> float:
    style = tokens().type["table"]
    total = FACT_SPACE
    for line in fact.lines:
        text = "".join(node.plain() for node in line.content)
        total += _set(text, style, measure - FACT_LABEL - (FACT_DATE if line.lead else 0))
    return total


def _set(text: str, style: TypeStyle, measure: float) -> float:
    return lines(text, style, measure / MM_PER_PT) * style.leading
