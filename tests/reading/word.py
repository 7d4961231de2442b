"""A finished DOCX in, what Word shows out: headings, tables, bookmarks, text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import filterfalse

from docx.oxml.ns import qn
from lxml import etree

from tests.reading.values import Found, FoundHeading, FoundTable, Grid, Reading, reading
from tests.word.reading import fields

_NOTE_CALL = qn("w:footnoteReference")
_TEXTS = {qn("w:t"), _NOTE_CALL}
_SPACES = {qn("w:tab"), qn("w:br"), qn("w:cr")}

HIDDEN = "_"  # marks for the way back; Word does not list them
NUMBER = "ZPZiffer"  # letters of a field's number before its title, which the PDF shows beside it
GUIDE = "ZPAnleitungskopf"  # heading of what says how the file is edited, which no reader of the plan needs
CONTENTS = "TOCHeading"  # heading of the contents list: at body level, since else the list would list itself


def read_docx(data: bytes) -> Reading:
    """Everything at once; a footnote's number reads as Word counts it."""
    document, notes = xml_parts(data)
    body = document[0]
    for number, call in enumerate(body.iter(_NOTE_CALL), 1):
        call.text = str(number)
    names = [mark.get(qn("w:name"), "") for root in (body, notes) for mark in root.iter(qn("w:bookmarkStart"))]
    bookmarks = [name for name in names if not name.startswith(HIDDEN)]
    return reading(_items(body, _levels(data)), bookmarks, _text(body) + _text(notes))


def xml_parts(data: bytes) -> tuple[etree._Element, etree._Element]:
    """The main text and the footnotes as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main, notes = (etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    return main, notes


def links(data: bytes) -> Iterator[str]:
    """The bookmarks that links inside the document lead to."""
    for root in xml_parts(data):
        for link in root.iter(qn("w:hyperlink")):
            if target := link.get(qn("w:anchor")):
                yield target
        yield from (code.split()[1] for code, _ in fields(root) if code.startswith("REF "))


def _levels(data: bytes) -> dict[str, int]:
    """Paragraph styles with the level on which Word's navigation shows them, 1 for the first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    found = {
        style.get(qn("w:styleId"), ""): int(level.get(qn("w:val"), "")) + 1
        for style in styles.iterchildren(qn("w:style"))
        for level in style.iterfind(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    }
    found.pop(GUIDE, None)
    return found | {CONTENTS: 1}


def _items(body: etree._Element, levels: Mapping[str, int]) -> Iterator[Found]:
    for block in body.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if block.tag == qn("w:tbl"):
            rows = list(block.iterchildren(qn("w:tr")))
            yield FoundTable(_grid(filter(_is_head, rows)), _grid(filterfalse(_is_head, rows)))
        elif block.tag == qn("w:sdt"):
            for content in block.iterchildren(qn("w:sdtContent")):
                yield from _items(content, levels)
        elif level := levels.get(_style(block)):
            yield FoundHeading(level, _text(block, without=NUMBER))


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def _is_head(row: etree._Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _grid(rows: Iterable[etree._Element]) -> Grid:
    return tuple(tuple(_text(cell) for cell in row.iterchildren(qn("w:tc")) if not _continues(cell)) for row in rows)


def _continues(cell: etree._Element) -> bool:
    """Whether the cell is the lower part of one that spans several rows."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _text(element: etree._Element, without: str = "") -> str:
    """The words of an element, but those in a style of letters."""
    nodes = (node for node in element.iter(*_TEXTS, *_SPACES) if not without or _letters(node) != without)
    return "".join(" " if node.tag in _SPACES else node.text or "" for node in nodes)


def _letters(node: etree._Element) -> str:
    run = next(node.iterancestors(qn("w:r")))
    style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")
