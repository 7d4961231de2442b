"""Tables as pandoc writes them → tables of the page's width, with repeated heads, row headings and shaded roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipeline.ooxml.elements import (
    Element,
    paragraph_style,
    plain_text,
    properties,
    put,
    q,
    run_style,
    w,
)
from pipeline.word.paragraphs import set_style
from pipeline.word.stylesheet import shading

_MATRIX: Final = "ZPMatrix"
_LABEL_COLUMNS: Final = 2  # of a matrix; its other columns are actors
_ROLE_SHADES: Final = {"ZPRolleF": "petrol", "ZPRolleM": "tint2"}
_GROUP: Final = "ZPTabellengruppe"
_HEAD_CHARACTER: Final = 84  # twips that a letter of a rotated head needs
_HEAD_HEIGHTS: Final = (1100, 3000)  # twips, the least and the most: some 19 and 53 mm
_WIDEST_WORD: Final = 24  # letters; longer words break
_WORD: Final = re.compile(r"[^ \n\t–-]+")  # what no line break may part
_CHARACTER: Final = 95  # twips that a letter of a table needs
_MEASURED: Final = (_MATRIX, "ZPSteckbrief")  # their columns are the same in every plan
_SMALL: Final = 9  # rows of a table that is not broken over pages
_CELL_MARGIN: Final = 4  # as wide as so many letters
_LOOK: Final = {"lastRow": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}


def finish_table(table: Element, width: int) -> None:
    """Mend one table; `width` is the text's width on its page in twips."""
    inner = properties(table, "tblPr")
    style = inner.find(q("tblStyle"))
    name = "" if style is None else style.get(q("val"), "")
    rows = table.findall(q("tr"))
    _set_widths(table, inner, rows, name, width)
    for row in rows:
        _finish_row(row, name)
    heads = sum(_is_head(row) for row in rows)
    first_row, first_column = int(heads > 0), int(name != "ZPRaster")
    # The same settings once more as bits, for older programs: 0x20 first row, 0x80 first column, 0x200 and 0x400 no
    # bands of rows and columns.
    value = f"{0x0600 | 0x20 * first_row | 0x80 * first_column:04X}"
    put(inner, w("tblLook", val=value, firstRow=first_row, firstColumn=first_column, **_LOOK))
    if name == "ZPSteckbrief" or len(rows) <= _SMALL:
        _keep_with_next(rows[:-1])
    if name == _MATRIX:
        _finish_matrix(rows)


def _is_head(row: Element) -> bool:
    return row.find(f"{q('trPr')}/{q('tblHeader')}") is not None


def _set_widths(table: Element, inner: Element, rows: list[Element], name: str, width: int) -> None:
    """Fixed columns over the whole width: in the proportions of the grid, or of the text where none were given."""
    grid = table.find(q("tblGrid"))
    if grid is None:
        return
    columns = grid.findall(q("gridCol"))
    given = inner.find(q("tblLayout")) is not None
    weights = [int(column.get(q("w"), "1")) for column in columns] if given else _text_weights(rows, len(columns))
    widths = _spread(weights, width)
    if given and name not in _MEASURED:
        widths = _room_for_words(rows, widths)
    for column, share in zip(columns, widths, strict=True):
        column.set(q("w"), str(share))
    put(inner, w("tblW", w=width, type="dxa"))
    put(inner, w("tblLayout", type="fixed"))
    for cell, start, span in _cells(rows):
        put(properties(cell, "tcPr"), w("tcW", w=sum(widths[start : start + span]), type="dxa"))


def _spread(weights: list[int], width: int) -> list[int]:
    """Whole twips in the proportion of the weights that sum up to the width exactly.

    The edges are rounded, not the widths: 100 over [1, 1, 1] is [33, 34, 33], where rounding each gives 99.
    """
    whole, passed, edges = sum(weights), 0, [0]
    for weight in weights:
        passed += weight
        edges.append(round(width * passed / whole))
    return [right - left for left, right in pairwise(edges)]


def _cells(rows: list[Element]) -> Iterator[tuple[Element, int, int]]:
    """Every cell with its first column and how many it spans."""
    for row in rows:
        start = 0
        for cell in row.findall(q("tc")):
            span = cell.find(f"{q('tcPr')}/{q('gridSpan')}")
            count = 1 if span is None else int(span.get(q("val"), "1"))
            yield cell, start, count
            start += count


def _room_for_words(rows: list[Element], widths: list[int]) -> list[int]:
    """Columns too narrow for a word get room from those that have some: a word broken anywhere reads badly.

    In a column of 1,000 twips "Wirtschaftsförderung" needs 2,090, (20 + 2) letters of 95. The missing 1,090 are taken
    from the other columns in the proportion of what each has beyond its own longest word. Where all together have less
    than is missing, the widths stay as they are: there is no solution without a broken word.
    """
    least = [0] * len(widths)
    for cell, start, span in _cells(rows):
        if span == 1:
            longest = max((len(word) for word in _WORD.findall(plain_text(cell))), default=0)
            least[start] = max(least[start], (min(longest, _WIDEST_WORD) + _CELL_MARGIN // 2) * _CHARACTER)
    spare = [max(width - need, 0) for width, need in zip(widths, least, strict=True)]
    missing = [max(need - width, 0) for width, need in zip(widths, least, strict=True)]
    if not sum(missing) or sum(missing) > sum(spare):
        return widths
    given = _spread([max(share, 0) for share in spare], sum(missing))
    return [width + need - less for width, need, less in zip(widths, missing, given, strict=True)]


def _text_weights(rows: list[Element], columns: int) -> list[int]:
    """A prose table's columns: at least their longest word, more the more text they hold."""
    # A cell counts up to three of the widest words: a long paragraph in one column must not squeeze all others.
    weights = [1] * columns
    for cell, start, span in _cells(rows):
        if span == 1:
            content = plain_text(cell)
            longest = max((len(word) for word in content.split()), default=0)
            wanted = max(min(longest, _WIDEST_WORD), min(len(content), 3 * _WIDEST_WORD))
            weights[start] = max(weights[start], wanted + _CELL_MARGIN)
    return weights


def _finish_row(row: Element, table_style: str) -> None:
    head = _is_head(row)
    kind = _row_kind(row)
    inner = properties(row, "trPr")
    put(inner, w("cantSplit"))
    if head:
        put(inner, w("tblHeader"))
    for cell in row.findall(q("tc")):
        for paragraph in cell.findall(q("p")):
            if head:
                set_style(paragraph, "ZPTabellenkopf")
            elif paragraph_style(paragraph) in ("", "ListParagraph"):
                numbered = paragraph.find(f"{q('pPr')}/{q('numPr')}") is not None
                set_style(paragraph, "ZPTabelleklein" if table_style == _MATRIX and not numbered else "ZPTabelle")
        if kind == _GROUP:
            put(properties(cell, "tcPr"), shading("tint1"))


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
        inner = properties(cell, "tcPr")
        put(inner, w("textDirection", val="btLr"))
        put(inner, w("vAlign", val="center"))
        for paragraph in cell.findall(q("p")):
            set_style(paragraph, "ZPMatrixkopf")
    longest = max((len(plain_text(cell)) for cell in cells), default=0)
    lowest, highest = _HEAD_HEIGHTS
    height = min(max(longest * _HEAD_CHARACTER, lowest), highest)
    put(properties(row, "trPr"), w("trHeight", val=height, hRule="exact"))


def _finish_role(cell: Element) -> None:
    inner = properties(cell, "tcPr")
    put(inner, w("vAlign", val="center"))
    for paragraph in cell.findall(q("p")):
        put(properties(paragraph, "pPr"), w("jc", val="center"))
        for run in paragraph.findall(q("r")):
            shade = _ROLE_SHADES.get(run_style(run))
            if shade:
                put(inner, shading(shade))
