"""The finished files of three plans, read back: captions, notes and references of the texts say the same in both.

What generated parts show in one form only, such as page numbers and drawings, is named in `test_agreement`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from docx.oxml.ns import qn
from lxml import etree

from pipeline.document.model import Chapter, Part
from pipeline.ooxml.bookmarks import bookmark_name
from pipeline.text.nodes import Node
from tests.building import Built
from tests.reading.pdf import children
from tests.reading.values import essence, squeezed
from tests.reading.word import xml_parts
from tests.word.reading import fields

CAPTIONS = ("Caption", "ZPBildunterschrift")
Reference = tuple[str, str]
"""Where a link leads and what it reads."""


def _main(built: Built) -> etree._Element:
    return xml_parts(built.file(".docx").read_bytes())[0][0]


def _words(element: etree._Element) -> str:
    return squeezed("".join(text.text or "" for text in element.iter(qn("w:t"))))


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else found.get(qn("w:val"), "")


def _prose(parts: tuple[Part, ...]) -> Iterator[Node]:
    """The nodes of the texts, not of parts that stand in them."""
    for part in parts:
        if isinstance(part, Chapter):
            for block in part.blocks:
                if isinstance(block, Node):
                    yield from block.walk()


def test_same_captions_with_the_same_numbers(built: Built) -> None:
    in_docx = [_words(paragraph) for paragraph in _main(built).iter(qn("w:p")) if _style(paragraph) in CAPTIONS]
    in_pdf = [squeezed(built.pdf.text(caption)) for caption in built.pdf.marked("/Caption")]
    overviews = [caption for caption in in_docx if caption.startswith("Übersicht")]  # have a number in Word alone
    assert len(overviews) == len(set(overviews)) > 0
    in_docx = [caption for caption in in_docx if caption not in overviews]
    assert sorted(in_pdf) == sorted(in_docx)
    nodes = [node for node in _prose(built.loaded.document.parts) if node.attrs.get("caption")]
    numbered = [squeezed(f"{node.attrs['label']}: {node.attrs['caption']}") for node in nodes if node.attrs["label"]]
    assert [caption for caption in in_docx if caption in numbered] == numbered


def test_same_notes_in_the_same_order(built: Built) -> None:
    notes = xml_parts(built.file(".docx").read_bytes())[1]
    in_docx = [_words(note) for note in notes if note.get(qn("w:type")) is None]
    in_pdf = [squeezed(built.pdf.text(note, notes=True)) for note in built.pdf.marked("/Note")]
    assert len(in_pdf) == len(in_docx)
    for number, (printed, edited) in enumerate(zip(in_pdf, in_docx, strict=True), 1):
        assert edited
        assert essence(printed) == f"{number}{essence(edited)}"  # marks of a list are text in the PDF only


def test_same_references_in_the_texts(built: Built) -> None:
    """Each leads to the same place and reads the same."""
    wanted = [
        (bookmark_name(str(node.attrs["target"])[1:]), squeezed(node.plain()))
        for node in _prose(built.loaded.document.parts)
        if node.kind == "link" and str(node.attrs["target"]).startswith("#")
    ]
    in_docx, in_pdf = list(_links_of_docx(built)), list(_links_of_pdf(built))
    for reference in set(wanted):
        assert in_docx.count(reference) >= wanted.count(reference)
        assert in_pdf.count(reference) >= wanted.count(reference)


def _links_of_docx(built: Built) -> Iterator[Reference]:
    for root in xml_parts(built.file(".docx").read_bytes()):
        for link in root.iter(qn("w:hyperlink")):
            if target := link.get(qn("w:anchor")):
                yield target, _words(link)
        for code, shown in fields(root):
            if code.startswith("REF "):
                yield code.split()[1], squeezed(shown)


def _links_of_pdf(built: Built) -> Iterator[Reference]:
    for link in built.pdf.marked("/Link"):
        for child in children(link):
            annotation = child.get("/Obj") if isinstance(child, pikepdf.Dictionary) else None
            if annotation is not None and "/Dest" in annotation:
                yield bookmark_name(str(annotation.Dest)), squeezed(built.pdf.text(link))
                break
