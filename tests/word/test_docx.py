"""A hand-made Document → a Word file that is whole, stable and as the Document says."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from pipeline.document import model as d
from pipeline.errors import MissingToolError, RenderingError
from pipeline.word import convert as pandoc
from pipeline.word.build import write_docx
from pipeline.word.pictures import with_stand_ins
from pipeline.word.reference import reference_docx
from tests.word.sample import LONG_WORD, PICTURES, ROLES, sample

ROOT = Path(__file__).resolve().parents[2]
TITLE_120 = ("Ein langer Titel " * 8)[:120]


@cache
def built(actors: int = 5, people: int = 3, title: str = "Ein Titel") -> bytes:
    return write_docx(sample(actors, people, title), PICTURES, {}).data


def opened(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_the_sample_has_every_kind_of_part() -> None:
    kinds = {kind.kind for kind in d.Part.__subclasses__()}
    assert {each.kind for each in sample().parts} == kinds


def test_every_part_has_its_heading() -> None:
    headings = [
        p.text
        for p in opened(built()).paragraphs
        if p.style and re.match(r"Heading|TOC Heading|ZP Ziel$", p.style.name or "")
    ]
    titles = [each.title for each in sample().parts if each.kind != "cover"]
    plain = [heading.removeprefix("1 ") for heading in headings]  # a field of action has its number before its title
    assert [heading for heading in plain if heading in titles and heading != "Plan"] == [
        *titles[:5],
        "Zeitplan",
        *titles[5:],
    ]
    assert "Ziel 1.1 Kurz" in headings
    assert "1.1.1 Ein Titel" in headings
    assert "V1 Idee" in headings


@pytest.mark.parametrize(("actors", "people", "title"), [(1, 0, "Tun"), (60, 40, TITLE_120), (23, 3, LONG_WORD)])
def test_edges_are_built_whole(actors: int, people: int, title: str) -> None:
    document = opened(built(actors, people, title))
    assert f"1.1.1 {title.strip()}" in [paragraph.text for paragraph in document.paragraphs]
    assert all(len(row._tr.tc_lst) for table in document.tables for row in table.rows)


@pytest.mark.parametrize(("actors", "panels"), [(1, 1), (22, 1), (60, 3)])
def test_no_cell_of_the_matrix_is_lost(actors: int, panels: int) -> None:
    matrix = next(each for each in sample(actors).parts if isinstance(each, d.Matrix))
    tables = [table for table in opened(built(actors)).tables if table.style and table.style.name == "ZP Matrix"]
    assert len(tables) == panels
    shown = [
        [[cell.text for cell in row.cells][2:] for row in table.rows if len(row._tr.tc_lst) > 1] for table in tables
    ]
    expected = [[f"{column.name} {column.sign.letter}".strip() for column in matrix.columns]]
    expected += [list(row.roles) for group in matrix.groups for row in group.rows]
    expected += [[str(count or "–") for count in total.counts] for total in matrix.sums]
    assert [list(chain(*cells)) for cells in zip(*shown, strict=True)] == expected


def test_columns_of_page_numbers_are_left_out() -> None:
    heads = {cell.text for table in opened(built()).tables for cell in table.rows[0].cells}
    assert "Inhalt" in heads
    assert "Seite" not in heads


def test_bookmarks_are_unique_and_every_link_has_one() -> None:
    roots = [part(built(60), "word/document.xml"), part(built(60), "word/footnotes.xml")]
    starts = [mark for root in roots for mark in root.iter(qn("w:bookmarkStart"))]
    ends = [mark for root in roots for mark in root.iter(qn("w:bookmarkEnd"))]
    names = Counter(mark.get(qn("w:name"), "").casefold() for mark in starts)
    assert max(names.values()) == 1
    assert sorted(mark.get(qn("w:id"), "") for mark in starts) == sorted(mark.get(qn("w:id"), "") for mark in ends)
    assert len({mark.get(qn("w:id")) for mark in starts}) == len(starts)
    links = {link.get(qn("w:anchor"), "").casefold() for root in roots for link in root.iter(qn("w:hyperlink"))}
    assert links - {""} <= set(names)


def test_wide_parts_stand_on_landscape_pages() -> None:
    sections = opened(built()).sections
    landscape = [
        bool(section.page_width and section.page_height and section.page_width > section.page_height)
        for section in sections
    ]
    assert landscape == [False, True, False, True, False, True, False]


def test_the_file_says_what_the_plan_says() -> None:
    properties = opened(built()).core_properties
    assert (properties.title, properties.language) == ("Plan (Entwurf)", "de-DE")
    assert properties.modified is not None
    assert properties.modified.isoformat().startswith("2026-11-22")
    assert "ENTWURF" in words(part(built(), "word/header_hoch.xml"))
    assert part(built(), "word/settings.xml").find(qn("w:trackRevisions")) is not None


def test_a_resolved_plan_has_no_mark() -> None:
    data = write_docx(sample(draft_mark=""), PICTURES, {}).data
    assert "ENTWURF" not in words(part(data, "word/header_hoch.xml"))


def test_footnotes_keep_their_paragraphs() -> None:
    notes = part(built(), "word/footnotes.xml")
    paragraphs = [words(paragraph) for paragraph in notes.iter(qn("w:p"))]
    assert [paragraph.strip() for paragraph in paragraphs if paragraph] == ["Erster Absatz", "Zweiter"]


def test_alternative_texts_are_kept() -> None:
    pictures = [element.get("descr") for element in part(built(), "word/document.xml").iter("{*}docPr", "{*}cNvPr")]
    assert pictures == ["Grafik", "Grafik", 'Ein "Bild"', 'Ein "Bild"', "klein", "klein"]


def test_two_builds_have_the_same_bytes_whatever_the_hash_seed() -> None:
    script = (
        "import hashlib; from pipeline.word.build import write_docx; from tests.word.sample import sample, PICTURES; "
        "print(hashlib.sha256(write_docx(sample(), PICTURES, {}).data).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(digests) == 1


def test_a_warning_of_pandoc_stops_the_build() -> None:
    with pytest.raises(RenderingError, match="pandoc meldet"):
        pandoc.convert('<p><img src="fehlt.png" alt=""></p>', reference_docx())


def test_an_unknown_picture_is_named() -> None:
    with pytest.raises(RenderingError, match=r"x\.bmp"):
        with_stand_ins('<p><img src="x.bmp" alt=""></p>', {"x.bmp": b"BM..."})


def test_a_broken_svg_is_named() -> None:
    with pytest.raises(RenderingError, match=r"x\.svg"):
        with_stand_ins('<p><img src="x.svg" alt=""></p>', {"x.svg": b"<svg"})


def test_missing_programs_are_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match=r"setup\.sh"):
        with_stand_ins('<p><img src="x.svg" alt=""></p>', {"x.svg": b"<svg/>"})
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(MissingToolError, match=r"setup\.sh"):
        pandoc.convert("<p>x</p>", b"")


def test_the_legend_names_every_role() -> None:
    text = "\n".join(paragraph.text for paragraph in opened(built()).paragraphs)
    assert all(f"{role.letter} {role.label}" in text for role in ROLES)


def test_only_ends_of_sections_and_gaps_between_tables_are_empty() -> None:
    empty = [
        paragraph
        for paragraph in opened(built(60)).paragraphs
        if not paragraph.text and not list(paragraph._p.iter(qn("w:drawing"), qn("w:pict")))
    ]
    assert {paragraph.style.name for paragraph in empty if paragraph.style} <= {"ZP Trennung", "ZP Linie"}
