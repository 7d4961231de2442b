"""Tables as pandoc writes them → tables of the page's width, with repeated heads, row headings and shaded roles."""

from __future__ import annotations

from typing import Final

from pipeline.ooxml.bookmarks import MARK_PREFIX
from pipeline.ooxml.elements import (
    Element,
    inner,
    paragraph_style,
    plain_text,
    properties,
    put,
    q,
    run_style,
    w,
)
from pipeline.word.look.letters import width as letters_width
from pipeline.word.look.styles import margins
from pipeline.word.look.stylesheet import border, shading, twips
from pipeline.word.pages.looks import letters_of
from pipeline.word.pages.widths import Needs, cells, column_widths, needs, spread
from pipeline.word.paragraphs import set_style

_MATRIX: Final = "ZPMatrix"
_SHEET: Final = "ZPSteckbrief"
_CELLS: Final = {_SHEET: ("ZPAngabe", "ZPAngabenwert"), _MATRIX: ("ZPZeilenkopf", "ZPTabelleklein")}
_BAR: Final = 12  # eighths of a point: the bar at the left of what can be edited
_LABEL_COLUMNS: Final = 2  # of a matrix; its other columns are actors
_ROLE_SHADES: Final = {"ZPRolleF": "petrol", "ZPRolleM": "tint2"}
_GROUP: Final = "ZPTabellengruppe"
_HEAD_HEIGHTS: Final = (1100, 3000)  # twips, the least and the most: some 19 and 53 mm
_HEAD_ENDS: Final = 12.0  # points that a rotated head needs beside its letters
_SMALL: Final = 9  # rows of a table that is not broken over pages
_LOOK: Final = {"lastRow": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}


def finish_table(table: Element, width: int) -> None:
    """Mend one table; `width` is the text's width on its page in twips."""
    said = properties(table, "tblPr")
    style = said.find(q("tblStyle"))
    name = "" if style is None else style.get(q("val"), "")
    rows = table.findall(q("tr"))
    for row in rows:
        _finish_row(row, name)
    if name == _MATRIX:
        _finish_matrix(rows)
    _set_widths(table, said, rows, name, width)
    heads = sum(_is_head(row) for row in rows)
    first_row, first_column = int(heads > 0), int(name != "ZPRaster")
    # The same settings once more as bits, for older programs: 0x20 first row, 0x80 first column, 0x200 and 0x400 no
    # bands of rows and columns.
    value = f"{0x0600 | 0x20 * first_row | 0x80 * first_column:04X}"
    put(said, w("tblLook", val=value, firstRow=first_row, firstColumn=first_column, **_LOOK))
    if name == _SHEET or len(rows) <= _SMALL:
        _keep_with_next(rows[:-1])


def _is_head(row: Element) -> bool:
    return inner(row, "trPr", "tblHeader") is not None


def _set_widths(table: Element, said: Element, rows: list[Element], name: str, width: int) -> None:
    """Fixed columns over the whole width: in the proportions of the grid, or of the text where none were given."""
    grid = table.find(q("tblGrid"))
    if grid is None:
        return
    columns = grid.findall(q("gridCol"))
    given = said.find(q("tblLayout")) is not None
    shares = [int(column.get(q("w"), "1")) for column in columns]
    if name == _MATRIX:  # its columns are the same in every plan
        widths = spread(shares, width)
    else:
        widths = column_widths(_needs(rows, len(columns), name, width), shares, width, by_text=not given)
    for column, share in zip(columns, widths, strict=True):
        column.set(q("w"), str(share))
    put(said, w("tblW", w=width, type="dxa"))
    put(said, w("tblLayout", type="fixed"))
    for cell, start, span in cells(rows):
        put(properties(cell, "tcPr"), w("tcW", w=sum(widths[start : start + span]), type="dxa"))


def _needs(rows: list[Element], columns: int, name: str, width: int) -> Needs:
    """What the columns need; where that is more than there is, heads run upwards that are wider than what they head.

    Of "Maßnahme", "Euro einmalig" and seven more columns of figures the heads alone are wider than the page.
    """
    beside = 2 * margins(name)[1]
    heads = [row for row in rows if _is_head(row)]
    below = needs([row for row in rows if row not in heads], columns, beside)
    above = needs(heads, columns, beside)
    if (found := above.and_of(below)).fit(width):
        return found
    for row in heads:
        turned = [cell for cell, start, span in cells([row]) if span == 1 and above.words[start] > below.words[start]]
        if len(row.findall(q("tc"))) == columns and turned:
            _rotate(row, turned)
    return needs(heads, columns, beside).and_of(below)


def _finish_row(row: Element, table_style: str) -> None:
    head = _is_head(row)
    kind = _row_kind(row)
    said = properties(row, "trPr")
    put(said, w("cantSplit"))
    if head:
        put(said, w("tblHeader"))
    for place, cell in enumerate(row.findall(q("tc"))):
        for paragraph in cell.findall(q("p")):
            if head:
                set_style(paragraph, "ZPTabellenkopf")
            elif paragraph_style(paragraph) in ("", "ListParagraph"):
                numbered = inner(paragraph, "pPr", "numPr") is not None
                set_style(paragraph, "ZPTabelle" if numbered else _cell_style(table_style, place))
        if kind == _GROUP:
            put(properties(cell, "tcPr"), shading("tint1"))
    _show_editable(row, table_style)


def _show_editable(row: Element, table_style: str) -> None:
    """A bar at the left of what is edited here and comes back: of a sheet the value, of a list the row.

    Where it begins the row's first cell has a mark; a bar is seen in black and white, too.
    """
    cells_of = row.findall(q("tc"))
    marked = (mark.get(q("name"), "").startswith(MARK_PREFIX) for mark in cells_of[0].iter(q("bookmarkStart")))
    if any(marked) and not _is_head(row):
        cell = cells_of[-1] if table_style == _SHEET else cells_of[0]
        put(properties(cell, "tcPr"), w("tcBorders", border("left", "petrol", _BAR)))


def _cell_style(table_style: str, column: int) -> str:
    """What the paragraphs of a cell look like: the first column of sheets and of the matrix heads its rows."""
    first, others = _CELLS.get(table_style, ("ZPTabelle", "ZPTabelle"))
    return others if column else first


def _keep_with_next(rows: list[Element]) -> None:
    """Where rows that keep together are longer than a page, Word breaks them all the same."""
    for row in rows:
        for paragraph in row.iter(q("p")):
            put(properties(paragraph, "pPr"), w("keepNext"))


def _row_kind(row: Element) -> str:
    """The style of a row's first paragraph, which tells a group's heading and a sum from other rows."""
    first = next(row.iter(q("p")), None)
    return "" if first is None else paragraph_style(first)


def _finish_matrix(rows: list[Element]) -> None:
    """Rotate the actors' heads, centre and shade the roles."""
    for row in rows:
        actors = row.findall(q("tc"))[_LABEL_COLUMNS:]
        if _is_head(row):
            _rotate(row, actors)
            continue
        for cell in actors:
            _finish_role(cell)


def _rotate(row: Element, cells: list[Element]) -> None:
    """Heads are read from below; the row is as high as the longest of them, within limits."""
    for cell in cells:
        said = properties(cell, "tcPr")
        put(said, w("textDirection", val="btLr"))
        put(said, w("vAlign", val="center"))
        for paragraph in cell.findall(q("p")):
            set_style(paragraph, "ZPMatrixkopf")
    heads = (paragraph for cell in cells for paragraph in cell.findall(q("p")))
    longest = max((letters_width(plain_text(head), letters_of(head)) for head in heads), default=0)
    lowest, highest = _HEAD_HEIGHTS
    height = min(max(twips(longest + _HEAD_ENDS), lowest), highest)
    put(properties(row, "trPr"), w("trHeight", val=height, hRule="exact"))


def _finish_role(cell: Element) -> None:
    said = properties(cell, "tcPr")
    put(said, w("vAlign", val="center"))
    for paragraph in cell.findall(q("p")):
        put(properties(paragraph, "pPr"), w("jc", val="center"))
        for run in paragraph.findall(q("r")):
            shade = _ROLE_SHADES.get(run_style(run))
            if shade:
                put(said, shading(shade))
