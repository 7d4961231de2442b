"""HTML for print or for pandoc in, what stands in it out: headings, tables, IDs, text."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
from lxml import etree

from pipeline.pdf.reached import JOINER
from tests.reading.values import Found, FoundHeading, FoundLine, FoundTable, Grid, Reading, reading

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(html: str) -> Reading:
    """Everything at once."""
    (body,) = (child for child in lxml.html.document_fromstring(html) if child.tag == "body")
    anchors = [str(element.get("id")) for element in body.iter() if element.get("id")]
    return reading(_items(body), anchors, _text(body))


def _items(body: etree._Element) -> Iterator[Found]:
    for element in body.iter(*_HEADINGS, "table", "p"):
        if element.tag == "table":
            yield FoundTable(_grid(element, "thead"), _grid(element, "tbody"))
        elif element.tag == "p":
            if element.find("abbr") is not None:  # a role, whose letter stands for a word
                yield FoundLine(_spoken(element))
        else:
            yield FoundHeading(_HEADINGS[str(element.tag)], _text(element))


def _grid(table: etree._Element, part: str) -> Grid:
    rows = (row for child in table.iterchildren(part) for row in child.iterchildren("tr"))
    return tuple(tuple(_text(cell) for cell in row.iterchildren("td", "th")) for row in rows)


def _spoken(element: etree._Element) -> str:
    """The text as it is heard: an abbreviation is said as its title."""
    said = [element.text or ""]
    for child in element:
        said += [str(child.get("title")) if child.tag == "abbr" else _text(child), child.tail or ""]
    return "".join(said)


def _text(element: etree._Element) -> str:
    """Without what keeps an address on one line: nobody sees it."""
    return "".join(str(text) for text in element.itertext()).replace(JOINER, "")
