"""Parts that are bound make the PDF that one typesetting of all makes; its links land where their targets begin."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import lxml.etree
import lxml.html
import pikepdf
import pytest

from pipeline.aloud.read_tags import Element, read_tree
from pipeline.content.read import read
from pipeline.pdf.bind import Furniture, Piece, bind
from pipeline.pdf.bind.font import STRONG, StampFont
from pipeline.pdf.build import write_pdf
from pipeline.pdf.fragment import Place
from pipeline.pdf.html import document_html, document_styles
from pipeline.pdf.tokens import PT_PER_MM, tokens
from pipeline.pdf.typeset.typeset import Typesetter
from tests.building import Built
from tests.pdf.sample import sample
from tests.reading.pdf import Pdf

XHTML = "{http://www.w3.org/1999/xhtml}"
ABOVE, BELOW = 4.0, 60.0  # points: how far from its destination the first word of a target may lie


@dataclass(frozen=True)
class Both:
    """The small plan bound from its parts, and typeset as one document."""

    bound: Path
    whole: Path

    @property
    def files(self) -> tuple[Pdf, Pdf]:
        """Both, opened."""
        return Pdf(self.bound.read_bytes()), Pdf(self.whole.read_bytes())


@pytest.fixture(scope="module")
def both(build_once: Callable[[str], Built], tmp_path_factory: pytest.TempPathFactory) -> Both:
    small = build_once("small")
    document, pictures = small.loaded.document, read(small.content).pictures
    fragment = Typesetter("").typeset(document_html(document), pictures)
    whole = tmp_path_factory.mktemp("bound") / "whole.pdf"
    whole.write_bytes(bind([Piece(fragment, None, continues=False)], document.properties).pdf)
    return Both(small.file(".pdf"), whole)


def test_bound_and_whole_are_the_same(both: Both) -> None:
    bound, whole = both.files
    assert [page.MediaBox for page in bound.file.pages] == [page.MediaBox for page in whole.file.pages]
    assert read_tree(both.bound).kids == read_tree(both.whole).kids
    assert list(pages_of_elements(bound)) == list(pages_of_elements(whole))
    assert list(marks(bound)) == list(marks(whole))
    assert list(destinations(bound)) == list(destinations(whole))
    assert list(links(bound)) == list(links(whole))


def test_what_is_compared_is_not_nothing(both: Both) -> None:
    bound, _ = both.files
    assert sum(1 for _ in tags(read_tree(both.bound).kids)) > 1000
    assert min(len(list(items(bound))) for items in (marks, destinations, links)) > 20


def test_links_land_where_their_targets_begin(built: Built) -> None:
    """At the word with which a target begins, or at the upper edge of the drawing with which it does."""
    targets = {element.get("id"): element for element in source(built).xpath("//*[@id]")}
    words, edges = list(words_of_pages(built.file(".pdf"))), list(upper_edges(built.pdf))
    astray = []
    for name, page, height in destinations(built.pdf):
        top, begin = float(built.pdf.file.pages[page].MediaBox[3]) - height, first_word(targets[name])
        near = [word for word, y in words[page] if -ABOVE <= y - top <= BELOW]
        if any(word and begin.startswith(word) for word in near):
            continue
        edge = any(on == page and abs(y - height) <= BELOW for on, y in edges)
        if not (edge and begins_with_drawing(targets[name])):
            astray.append((name, begin, page + 1, near[:3]))
    assert astray == []


def test_no_link_leads_nowhere(built: Built) -> None:
    known = {name for name, _, _ in destinations(built.pdf)}
    targets = [target for _, target, _ in links(built.pdf)]
    assert len(targets) > 50
    outside = ("https://", "mailto:", "tel:")
    assert [target for target in targets if target not in known and not target.startswith(outside)] == []
    ids = set(source(built).xpath("//*[@id]/@id"))
    wanted = {str(href) for href in source(built).xpath("//a/@href")}
    assert {target.removeprefix("#") for target in wanted if target.startswith("#")} <= ids
    assert {target.removeprefix("#") for target in wanted} == set(targets)


@pytest.mark.parametrize("workers", [1, 2])
def test_same_bytes_with_any_number_of_workers(build_once: Callable[[str], Built], workers: int) -> None:
    tiny = build_once("tiny")
    made = write_pdf(tiny.loaded.document, read(tiny.content).pictures, workers=workers)
    assert made.pdf == tiny.file(".pdf").read_bytes()


# --- reading ------------------------------------------------------------------------------------------------------


def source(built: Built) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(document_html(built.loaded.document))


def tags(kids: tuple[Element | str, ...]) -> Iterator[str]:
    for kid in kids:
        if isinstance(kid, Element):
            yield kid.tag
            yield from tags(kid.kids)


def pages_of_elements(pdf: Pdf) -> Iterator[tuple[str, int]]:
    """On which page each element begins."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.file.pages)}
    for tag in ("/H1", "/H2", "/H3", "/P", "/Table", "/TR", "/Figure", "/Note"):
        for element in pdf.marked(tag):
            yield tag, numbers[element.Pg.objgen]


def marks(pdf: Pdf) -> Iterator[tuple[str, int, float]]:
    """The outline: title, page, height."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.file.pages)}

    def below(items: list[pikepdf.OutlineItem]) -> Iterator[tuple[str, int, float]]:
        for item in items:
            assert isinstance(item.destination, pikepdf.Array)
            yield str(item.title), numbers[item.destination[0].objgen], float(item.destination[3])
            yield from below(list(item.children))

    with pdf.file.open_outline() as outline:
        yield from below(list(outline.root))


def destinations(pdf: Pdf) -> Iterator[tuple[str, int, float]]:
    """Where each name leads: page and height in points from its bottom."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.file.pages)}
    flat = list(pdf.file.Root.Names.Dests.Names)
    for name, place in zip(flat[::2], flat[1::2], strict=True):
        yield str(name), numbers[place[0].objgen], float(place[3])


def links(pdf: Pdf) -> Iterator[tuple[int, str, tuple[float, ...]]]:
    """Every link: its page, where it leads, where it lies."""
    for number, page in enumerate(pdf.file.pages):
        for item in page.obj.get("/Annots", []):
            target = str(item.Dest) if "/Dest" in item else str(item.A.URI)
            yield number, target, tuple(round(float(value), 1) for value in item.Rect)


def words_of_pages(file: Path) -> Iterator[list[tuple[str, float]]]:
    """Every word of every page with the height at which it begins, in points from the top."""
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], check=True, capture_output=True)
    for page in lxml.etree.fromstring(done.stdout).iter(f"{XHTML}page"):
        yield [(plain(item.text or ""), float(item.get("yMin", 0))) for item in page.iter(f"{XHTML}word")]


def first_word(element: lxml.html.HtmlElement) -> str:
    """The word with which an element's text begins; what a drawing says is not printed."""
    (first, *_) = element.xpath(".//text()[not(ancestor::svg) and normalize-space()]")
    return plain(first.split()[0])


def begins_with_drawing(element: lxml.html.HtmlElement) -> bool:
    (first, *_) = element.xpath("(.//svg | .//img | .//text()[not(ancestor::svg) and normalize-space()])[1]")
    return not isinstance(first, str)


def upper_edges(pdf: Pdf) -> Iterator[tuple[int, float]]:
    """The page of each figure and the height of its upper edge."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.file.pages)}
    for figure in pdf.marked("/Figure"):
        yield numbers[figure.Pg.objgen], float(figure.A.BBox[3])


def plain(text: str) -> str:
    return text.replace("\xad", "").replace("‑", "-").rstrip("-")


def test_a_running_head_is_set_in_other_fonts_where_its_own_lacks_a_sign() -> None:
    with pikepdf.new() as pdf:
        fonts = StampFont.family(pdf)
        pieces = fonts[STRONG].pieces("Frist ⚠ für ₿")
        assert [(font.name, piece) for font, piece in pieces] == [
            ("STAMPA+ZP-Sans-Semi-Bold", "Frist "),
            ("STAMPA+ZP-Symbols", "⚠"),
            ("STAMPA+ZP-Sans-Semi-Bold", " für "),
            ("STAMPA+ZP-Serif", "₿"),
        ]
        assert fonts[STRONG].width("⚠₿") > 500
        assert fonts[STRONG].width("漢") == 0
        for font, piece in pieces:
            assert font.encode(piece) != b"<>"
        for font in fonts.values():
            font.finish()
        assert {str(font.object.BaseFont) for font, _ in pieces} == {f"/{font.name}" for font, _ in pieces}


def test_a_page_that_goes_on_with_a_sheet_says_with_which(tmp_path: Path) -> None:
    """Below the running head, in a line of its own; a page that begins with a sheet does not go on with one."""
    document = sample()
    body = '<section class="part"><p style="break-after: page">Hier</p><p>Dort</p></section>'
    page = f'<!DOCTYPE html><html lang="de"><head><title>x</title></head><body>{body}</body></html>'
    fragment = Typesetter(document_styles(document.properties)).typeset(page, {})
    furniture = Furniture("1 Feld", sections={"M1.1.1": "1.1.1 Eine Tat", "M1.1.2": "1.1.2 Eine andere"})
    margins = tokens().page["portrait"]
    top = (margins["height"] - margins["top"]) * PT_PER_MM
    for second, said in ((Place(1, 0, top - 90), ["1.1.1 Eine Tat (Fortsetzung)"]), (Place(1, 0, top), [])):
        placed = replace(fragment, anchors={"M1.1.1": Place(0, 0, top), "M1.1.2": second})
        file = tmp_path / "bound.pdf"
        file.write_bytes(bind([Piece(placed, furniture)], document.properties).pdf)
        text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True).stdout
        lines = [line.strip() for line in text.splitlines()]
        assert [line for line in lines if "Fortsetzung" in line] == said
        assert sum(line.endswith("1 Feld") for line in lines) == 1
