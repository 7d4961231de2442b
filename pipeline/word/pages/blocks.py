"""The finished main text in, its blocks with their heights out: what no page end parts, one after the other.

Heights are those that the fonts' metrics, the styles and the columns' widths give; words are not hyphenated, as in a
program without a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pipeline.ooxml.elements import Element, inner, q
from pipeline.word.look.letters import line_height
from pipeline.word.look.styles import margins
from pipeline.word.look.stylesheet import TWIPS_A_POINT
from pipeline.word.pages.looks import block_by, block_of, letters_by
from pipeline.word.pages.widths import cells
from pipeline.word.pages.words import line_count, words_of
from pipeline.word.tokens import Page, tokens

_EMU_A_POINT: Final = 12_700
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WIDE: Final = 0.7  # ems, wider than letters are on average: so many fit a line without a look at each
_SIGNS: Final = (q("br"), q("tab"))
_TEXT, _STYLE, _MARK, _LISTED, _CALL, _KEPT = map(
    q, ("t", "pStyle", "bookmarkStart", "numPr", "footnoteReference", "keepNext")
)
_PICTURE, _EXTENT = f"{_WP}inline", f"{_WP}extent"  # one that stands in a line; the cover's stands behind the text
_LOOKED_AT: Final = (_TEXT, _STYLE, *_SIGNS, _MARK, _LISTED, _CALL, _PICTURE, _KEPT)
_RULE: Final = 0.5  # points, between the rows of a table
_OFF: Final = ("0", "false", "off")

Indents = Mapping[tuple[str, str], float]
"""How far in the items of a list stand, in points, by the list's number and the level."""


class Block(NamedTuple):
    """A paragraph or a row: its lines and their height, the space before and after, in points.

    `kept`: stays with the block that follows. `whole`: its lines stay together. `opens`: begins a page, and which.
    `notes`: the height of the footnotes that it calls. `head`: of a row, the height of the head that is repeated above
    it where it begins a page. `names`: the bookmarks in it.
    """

    lines: int
    line: float
    before: float = 0.0
    after: float = 0.0
    kept: bool = False
    whole: bool = False
    opens: Page | None = None
    notes: float = 0.0
    head: float = 0.0
    names: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """The height of its lines."""
        return self.lines * self.line


class Measured:
    """Makes blocks of paragraphs and tables; `notes`: the heights of the footnotes by their number in the file."""

    def __init__(self, indents: Indents, notes: Mapping[str, float]) -> None:
        self._indents, self._notes = indents, notes

    def paragraph(self, paragraph: Element, width: float) -> Block:
        """One paragraph in a column of so many points."""
        style, length, indent, drawn, notes = "", 0, 0.0, 0.0, 0.0
        kept = parted = False
        names: list[str] = []
        for node in paragraph.iter(*_LOOKED_AT):  # once for all: a plan has tens of thousands of paragraphs
            tag = node.tag
            if tag == _TEXT:
                length += len(node.text or "")
            elif tag == _STYLE:
                style = node.get(q("val")) or ""
            elif tag in _SIGNS:
                parted = True
            elif tag == _MARK:
                names.append(node.get(q("name"), ""))
            elif tag == _LISTED:
                indent = self._list_indent(node)
            elif tag == _CALL:
                notes += self._notes.get(node.get(q("id"), ""), 0.0)
            elif tag == _PICTURE:
                drawn = max([drawn, *(int(size.get("cy", "0")) / _EMU_A_POINT for size in node.iter(_EXTENT))])
            else:
                kept = True
        stands, letters = block_by(style), letters_by(style)
        room = width - stands.indent - indent
        lines = 1
        if parted or length * _WIDE * letters.size > room:
            lines = line_count(words_of(paragraph), room + stands.hanging, room, stands.hanging)
        natural = max(line_height(letters), drawn)
        return Block(
            lines,
            stands.leading if stands.exact else max(stands.leading, natural),
            stands.before,
            stands.after,
            kept=stands.keep_next or kept,
            whole=stands.keep_next,
            notes=notes,
            names=tuple(names),
        )

    def table(self, table: Element) -> Iterator[Block]:
        """The rows of a table."""
        columns = [int(column.get(q("w"), "0")) / TWIPS_A_POINT for column in table.iter(q("gridCol"))]
        style = inner(table, "tblPr", "tblStyle")
        above, beside = margins("" if style is None else style.get(q("val"), ""))
        head = 0.0
        for row in table.findall(q("tr")):
            block = self._row(row, columns, above, beside)
            if inner(row, "trPr", "tblHeader") is not None:
                head += block.height
                yield block._replace(kept=True)
            else:
                yield block._replace(head=head)

    def _row(self, row: Element, columns: Sequence[float], above: float, beside: float) -> Block:
        height, notes = 0.0, 0.0
        for cell, start, span in cells([row]):
            width = sum(columns[start : start + span]) - 2 * beside
            items = [self.paragraph(paragraph, width) for paragraph in cell.findall(q("p"))]
            height = max(height, sum(item.before + item.height + item.after for item in items))
            notes += sum(item.notes for item in items)
        fixed = inner(row, "trPr", "trHeight")  # every row with a cell whose text runs upwards has one
        if fixed is not None:
            height = int(fixed.get(q("val"), "0")) / TWIPS_A_POINT - 2 * above
        kept = inner(row, "tc", "p", "pPr", "keepNext") is not None
        return Block(1, height + 2 * above + _RULE, kept=kept, whole=True, notes=notes, names=_names(row))

    def _list_indent(self, place: Element) -> float:
        number, level = place.find(q("numId")), place.find(q("ilvl"))
        if number is None:
            return 0.0
        return self._indents.get((number.get(q("val"), ""), "0" if level is None else level.get(q("val"), "")), 0.0)


def note_heights(notes: Element, width: float) -> Mapping[str, float]:
    """The height of each footnote, by its number in the file."""
    measured = Measured({}, {})
    return {
        note.get(q("id"), ""): sum(
            block.height + block.after for block in (measured.paragraph(item, width) for item in note.iter(q("p")))
        )
        for note in notes.findall(q("footnote"))
    }


def blocks(body: Element, measured: Measured) -> Iterator[Block]:
    """All blocks of the main text, section by section."""
    for page, items in _sections(body):
        width = page.text_width / TWIPS_A_POINT
        for place, item in enumerate(items):
            found = list(measured.table(item)) if item.tag == q("tbl") else [measured.paragraph(item, width)]
            if place == 0 or _opens_page(item):
                found[0] = found[0]._replace(opens=page)
            yield from found


def _sections(body: Element) -> Iterator[tuple[Page, list[Element]]]:
    """The paragraphs and tables of each section, with its page: its properties stand in its last paragraph."""
    items: list[Element] = []
    for item in body:
        if item.tag in (q("p"), q("tbl")):
            items.append(item)
        ends = item if item.tag == q("sectPr") else inner(item, "pPr", "sectPr")
        if ends is not None and items:
            size = ends.find(q("pgSz"))
            wide = size is not None and size.get(q("orient")) == "landscape"
            yield tokens().landscape if wide else tokens().portrait, items
            items = []


def _opens_page(item: Element) -> bool:
    if item.tag != q("p"):
        return False
    said = inner(item, "pPr", "pageBreakBefore")
    return block_of(item).new_page if said is None else said.get(q("val"), "1") not in _OFF


def _names(element: Element) -> tuple[str, ...]:
    return tuple(mark.get(q("name"), "") for mark in element.iter(q("bookmarkStart")))
