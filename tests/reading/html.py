"""HTML for print or for pandoc in, what stands in it out: headings, tables, IDs, text."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
from lxml import etree

from tests.reading.values import Found, FoundHeading, FoundTable, Grid, Reading, reading

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(html: str) -> Reading:
    """Everything at once."""
    (body,) = (child for child in lxml.html.document_fromstring(html) if child.tag == "body")
    anchors = [str(element.get("id")) for element in body.iter() if element.get("id")]
    return reading(_items(body), anchors, _text(body))


def _items(body: etree._Element) -> Iterator[Found]:
    for element in body.iter(*_HEADINGS, "table"):
        if element.tag == "table":
            yield FoundTable(_grid(element, "thead"), _grid(element, "tbody"))
        else:
            yield FoundHeading(_HEADINGS[str(element.tag)], _text(element))


def _grid(table: etree._Element, part: str) -> Grid:
    rows = (row for child in table.iterchildren(part) for row in child.iterchildren("tr"))
    return tuple(tuple(_text(cell) for cell in row.iterchildren("td", "th")) for row in rows)


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())
