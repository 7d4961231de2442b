"""The finished DOCX's tables, pages and language, as a careful person would have set them by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from pipeline.word.tokens import tokens
from tests.building import Built
from tests.reading.word import xml_parts
from tests.word.reading import style, words

ROTATED_FROM = 2  # columns of the matrix before the actors


def main(built: Built) -> etree._Element:
    return xml_parts(built.file(".docx").read_bytes())[0][0]


def part(built: Built, name: str) -> etree._Element:
    with zipfile.ZipFile(built.file(".docx")) as archive:
        return etree.fromstring(archive.read(name))


def tables(body: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Every table with the width of the text on its page."""
    waiting: list[etree._Element] = []
    for block in body:
        if block.tag == qn("w:tbl"):
            waiting.append(block)
        for section in block.iter(qn("w:sectPr")):
            size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
            assert size is not None
            assert margins is not None
            width = int(size.get(qn("w:w"), 0)) - sum(
                int(margins.get(qn(f"w:{side}"), 0)) for side in ("left", "right")
            )
            yield from ((table, width) for table in waiting)
            waiting = []
    assert not waiting


def value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(qn(f"w:{step}") for step in path.split("/")))
    return "" if found is None else found.get(qn("w:val"), "")


def test_rows_stay_whole_and_heads_are_repeated(built: Built) -> None:
    for table, _ in tables(main(built)):
        rows = table.findall(qn("w:tr"))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == sorted(heads, reverse=True)
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        assert look is not None
        assert look.get(qn("w:firstRow")) == str(int(any(heads)))
        if value(table, "tblPr/tblStyle") != "ZPSteckbrief":
            assert any(heads), words(table)[:80]
        else:
            assert look.get(qn("w:firstColumn")) == "1"


def test_tables_are_as_wide_as_the_text(built: Built) -> None:
    for table, width in tables(main(built)):
        columns = [int(column.get(qn("w:w"), 0)) for column in table.iter(qn("w:gridCol"))]
        assert sum(columns) == width
        for row in table.findall(qn("w:tr")):
            cells = [cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") for cell in row.findall(qn("w:tc"))]
            assert sum(int(cell.get(qn("w:w"), 0)) for cell in cells if cell is not None) == width


def test_heads_of_the_matrix_are_rotated_and_empty_cells_are_cells(built: Built) -> None:
    matrices = [table for table, _ in tables(main(built)) if value(table, "tblPr/tblStyle") == "ZPMatrix"]
    assert matrices
    for table in matrices:
        head, *_ = table.findall(qn("w:tr"))
        turned = [value(cell, "tcPr/textDirection") for cell in head.findall(qn("w:tc"))]
        assert turned == [""] * ROTATED_FROM + ["btLr"] * (len(turned) - ROTATED_FROM)


def test_every_section_has_its_own_header_and_footer(built: Built) -> None:
    sections = list(main(built).iter(qn("w:sectPr")))
    pages = {True: tokens().landscape, False: tokens().portrait}
    for number, section in enumerate(sections):
        size = section.find(qn("w:pgSz"))
        assert size is not None
        wide = size.get(qn("w:orient")) == "landscape"
        assert int(size.get(qn("w:w"), 0)) == pages[wide].width
        ends = [reference.get(qn("r:id"), "") for reference in section if reference.tag.endswith("Reference")]
        assert ends == [f"rId{kind}{'Quer' if wide else 'Hoch'}" for kind in ("Header", "Footer")]
        assert (section.find(qn("w:titlePg")) is not None) == (number == 0)


def test_what_opens_something_stays_with_it(built: Built) -> None:
    keeping = {
        entry.get(qn("w:styleId"))
        for entry in part(built, "word/styles.xml").iter(qn("w:style"))
        if entry.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    }
    used = {style(paragraph) for paragraph in main(built).iter(qn("w:p"))}
    assert {name for name in used if name.startswith("Heading")} | {"ZPZiel", "Caption", "ZPRand"} <= keeping


def test_no_empty_paragraph_makes_room(built: Built) -> None:
    drawn = (qn("w:drawing"), qn("w:pict"))
    empty = [p for p in main(built).findall(qn("w:p")) if not words(p) and not list(p.iter(*drawn))]
    assert {style(paragraph) for paragraph in empty} <= {"ZPTrennung", "ZPLinie"}


def test_everything_is_german(built: Built) -> None:
    with zipfile.ZipFile(built.file(".docx")) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
    languages = {language.get(qn("w:val")) for name in names for language in part(built, name).iter(qn("w:lang"))}
    assert languages == {"de-DE"}


def test_the_mark_of_a_draft_stands_in_every_header(built: Built) -> None:
    mark = built.loaded.document.properties.draft_mark
    for name in ("word/header_hoch.xml", "word/header_quer.xml"):
        text = words(part(built, name))
        assert text.startswith(built.loaded.document.properties.full_title)
        assert text.endswith(mark)
