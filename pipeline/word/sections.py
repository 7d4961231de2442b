"""Marked stretches of the body → landscape sections; every section with its page, header and footer."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pipeline.ooxml.bookmarks import WIDE_PREFIX
from pipeline.ooxml.elements import Element, R, paragraph_style, properties, put, q, w
from pipeline.word.tokens import Page, tokens, twips_from_mm

_TO_EDGE: Final = twips_from_mm(10)  # header and footer keep this far from the paper's edge
_OWN_PAGE: Final = ("Heading1", "TOCHeading", "ZPberzeile")


def page_properties(page: Page) -> tuple[Element, Element]:
    """`pgSz` and `pgMar` of a page."""
    orientation = {"orient": "landscape"} if page.landscape else {}
    size = w("pgSz", w=page.width, h=page.height, **orientation)
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    return size, w("pgMar", **margins, header=_TO_EDGE, footer=_TO_EDGE, gutter=0)


def header_identifier(kind: str, page: Page) -> str:
    """The relationship's ID of a page's header or footer."""
    return f"rId{kind.capitalize()}{'Quer' if page.landscape else 'Hoch'}"


def split_sections(body: Element) -> dict[Element, Page]:
    """Put section breaks around the marked stretches and drop the marks.

    Returns the page that each block of the body stands on. A section ends in the properties of its last paragraph, and
    only the last one's stand at the end of the body (ECMA-376 17.6.17 and 17.6.18). Two wide stretches that follow each
    other are two sections: each begins on a page of its own.
    """
    wide = _wide_blocks(body)
    pages: dict[Element, Page] = {}
    blocks = [child for child in body if child.tag in (q("p"), q("tbl"))]
    for block in blocks:
        pages[block] = tokens().landscape if block in wide else tokens().portrait
    first = True
    for block, following in pairwise(blocks):
        if pages[block] is not pages[following] or (following in wide and wide[following] != wide.get(block)):
            put(properties(_closing_paragraph(block), "pPr"), _section(pages[block], first=first))
            _stay_on_page(following)
            first = False
    if blocks:
        last = _closing_paragraph(blocks[-1])
        pages[last] = pages[blocks[-1]]
        _replace_last(body, _section(pages[last], first=first))
    return pages


def _wide_blocks(body: Element) -> dict[Element, str]:
    """The blocks between the marks of a wide stretch, each with its stretch; the marks go."""
    wide: dict[Element, str] = {}
    opened: dict[str, str] = {}
    for child in list(body):
        name = child.get(q("name"), "")
        identifier = child.get(q("id"), "")
        if child.tag == q("bookmarkStart") and name.startswith(WIDE_PREFIX):
            opened[identifier] = name
            body.remove(child)
        elif child.tag == q("bookmarkEnd") and identifier in opened:
            del opened[identifier]
            body.remove(child)
        elif opened:
            wide[child] = min(opened.values())
    return wide


def _section(page: Page, *, first: bool) -> Element:
    """`first`: its first page, the cover, has no header and footer."""
    references = []
    for kind in ("header", "footer"):
        reference = w(f"{kind}Reference", type="default")
        reference.set(f"{{{R}}}id", header_identifier(kind, page))
        references.append(reference)
    section = w("sectPr", *references, w("type", val="nextPage"), *page_properties(page))
    if first:
        section.append(w("titlePg"))
    return section


def _closing_paragraph(block: Element) -> Element:
    """The paragraph that can carry a section's end: the block itself, or one of no height after a table."""
    if block.tag == q("p"):
        return block
    paragraph = w("p", w("pPr", w("pStyle", val="ZPTrennung")))
    block.addnext(paragraph)
    return paragraph


def _stay_on_page(block: Element) -> None:
    """A heading that opens a page by its style must not open a second one where a section has just done so."""
    if block.tag == q("p") and paragraph_style(block) in _OWN_PAGE:
        put(properties(block, "pPr"), w("pageBreakBefore", val=0))


def _replace_last(body: Element, section: Element) -> None:
    for old in body.findall(q("sectPr")):
        body.remove(old)
    body.append(section)
