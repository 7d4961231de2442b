"""LibreOffice opens the DOCX, shows all of it on a sane number of pages, and saves it with all that makes it ours."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
from docx.oxml.ns import qn
from lxml import etree

from tests.reading.values import squeezed
from tests.word.office.conftest import Office
from tests.word.reading import style, words

FEWEST, MOST = 0.7, 1.6  # pages, measured by those of the PDF
COPY = re.compile(r"_Copy_\d+$")  # added to the names of some bookmarks
LEAST_PIECE = 3  # letters; fewer are found anywhere


def tree(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name), etree.XMLParser(huge_tree=True))


def test_pages_are_about_as_many_as_the_pdfs(office: Office) -> None:
    with pikepdf.open(office.pdf) as shown, pikepdf.open(office.built.file(".pdf")) as ours:
        assert FEWEST * len(ours.pages) <= len(shown.pages) <= MOST * len(ours.pages)


def test_all_text_is_shown(office: Office) -> None:
    shown = squeezed(_shown(office.pdf))
    lost = [text for text in _paragraphs(office.built.file(".docx")) if not _found(text, shown)]
    assert lost == []


def _shown(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True)
    return done.stdout


def _paragraphs(path: Path) -> Iterator[str]:
    for name in ("word/document.xml", "word/footnotes.xml"):
        for paragraph in tree(path, name).iter(qn("w:p")):
            for call in paragraph.iter(qn("w:footnoteReference")):
                call.tag, call.text = qn("w:t"), "\ufffc"
            yield from (piece for piece in squeezed(words(paragraph)).split("\ufffc") if piece)


def _found(text: str, shown: str) -> bool:
    """In one piece, or in two where a page ends between."""
    if text in shown:
        return True
    ends = range(LEAST_PIECE, len(text) - LEAST_PIECE + 1)
    return any(text[:end] in shown and text[end:] in shown for end in ends)


def test_the_fonts_inside_are_used(office: Office) -> None:
    listed = subprocess.run(["pdffonts", office.pdf], check=True, capture_output=True, text=True).stdout
    names = {line.split()[0].partition("+")[2] for line in listed.splitlines()[2:]}
    assert {"PlanSans-Regular", "PlanSerif-Semibold"} <= names


def test_every_page_but_the_cover_says_which_it_is(office: Office) -> None:
    with pikepdf.open(office.pdf) as shown:
        count = len(shown.pages)
    pages = [squeezed(page) for page in _shown(office.pdf).split("\f")[:count]]
    missing = [number for number, page in enumerate(pages, 1) if f"Seite{number}von{count}" not in page]
    assert missing == [1]


def test_styles_and_fonts_survive_saving(office: Office) -> None:
    before, after = (docx.Document(str(path)) for path in (office.built.file(".docx"), office.saved))
    used = {style(paragraph) for paragraph in before.element.body.iter(qn("w:p"))}
    names = {entry.name for entry in before.styles if entry.style_id in used}
    kept = {entry.name for entry in after.styles}
    assert {name for name in names if (name or "").startswith("ZP ")} <= kept
    assert _headings(after) == _headings(before)


def _headings(document: docx.document.Document) -> list[str]:
    names = {entry.style_id for entry in document.styles if (entry.name or "").startswith(("Heading ", "ZP Ziel"))}
    paragraphs = document.element.body.iter(qn("w:p"))
    return [squeezed(words(paragraph)) for paragraph in paragraphs if style(paragraph) in names]


def test_bookmarks_survive_saving(office: Office) -> None:
    before, after = _bookmarks(office.built.file(".docx")), _bookmarks(office.saved)
    assert before
    assert before - {COPY.sub("", name) for name in after} == set()


def _bookmarks(path: Path) -> set[str]:
    roots = [tree(path, f"word/{name}.xml") for name in ("document", "footnotes")]
    return {mark.get(qn("w:name"), "") for root in roots for mark in root.iter(qn("w:bookmarkStart"))}


def test_the_base_inside_survives_saving(office: Office) -> None:
    name = "customXml/item1.xml"
    before, after = tree(office.built.file(".docx"), name), tree(office.saved, name)
    assert before.get("sha256")
    assert "".join(part.text or "" for part in before)
    same = [(root.get("sha256"), [part.text for part in root]) for root in (before, after)]
    assert same[0] == same[1]


def test_headers_footers_and_notes_survive_saving(office: Office) -> None:
    before, after = (docx.Document(str(path)) for path in (office.built.file(".docx"), office.saved))
    assert [_edges(section) for section in after.sections] == [_edges(section) for section in before.sections]
    notes = [
        [squeezed(words(note)) for note in tree(path, "word/footnotes.xml") if note.get(qn("w:type")) is None]
        for path in (office.built.file(".docx"), office.saved)
    ]
    assert notes[0] == notes[1]


def _edges(section: docx.section.Section) -> tuple[bool, str, str]:
    wide = int(section.page_width or 0) > int(section.page_height or 0)
    header, footer = section.header._element, section.footer._element
    return wide, squeezed(words(header)), squeezed(words(footer)).partition("Seite")[0]
