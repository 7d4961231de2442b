"""Pages that the build estimates are LibreOffice's, and a contents list that it makes anew reads as it was built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from docx.oxml.ns import qn

from tests.reading.values import squeezed
from tests.word.office.conftest import Office
from tests.word.office.test_office import tree
from tests.word.reading import style, words

WITHIN = 0.95  # of the entries are at most a page off


def estimated(office: Office) -> Iterator[tuple[str, int]]:
    """The heading that each line of the contents list leads to, and the page it says."""
    body = tree(office.built.file(".docx"), "word/document.xml")[0]
    headings = {
        mark.get(qn("w:name")): words(paragraph)
        for paragraph in body.iterchildren(qn("w:p"))
        for mark in paragraph.iter(qn("w:bookmarkStart"))
    }
    for line in body.iterchildren(qn("w:p")):
        for link in line.iter(qn("w:hyperlink")) if re.fullmatch("TOC[1-9]", style(line)) else ():
            page = re.search(r"\d+$", words(link))
            assert page is not None
            yield squeezed(headings[link.get(qn("w:anchor"))]), int(page[0])


def shown(office: Office) -> Iterator[tuple[str, int]]:
    """Every heading in the outline of what LibreOffice shows, and its page."""
    with pikepdf.open(office.pdf) as pdf, pdf.open_outline() as outline:
        pages: dict[object, int] = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        waiting: list[Any] = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            target = item.destination if item.destination is not None else item.action.D
            yield squeezed(item.title), pages[target[0].objgen]
            waiting[:0] = item.children


def test_estimated_pages_are_those_of_libreoffice(office: Office) -> None:
    """In the plan as it is shipped nearly every one; a plan of extremes may drift by a page."""
    found, off = shown(office), []
    for heading, page in estimated(office):
        real = next(number for title, number in found if title == heading)
        off.append(abs(page - real))
    assert len(off) > 15
    assert sum(distance <= 1 for distance in off) >= WITHIN * len(off), off
