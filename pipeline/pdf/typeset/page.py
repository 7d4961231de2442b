"""A page of HTML in, what WeasyPrint lays out of it out: read as XML, which takes a thirtieth of the time.

WeasyPrint reads with a parser in Python that mends what browsers mend. Our templates leave nothing to mend: with their
void elements closed, `<br>` as `<br/>`, they are XML, and the tree is the same but for spaces that nobody sees.
"""

from __future__ import annotations

import io
import re
from typing import Final
from xml.etree import ElementTree

import cssselect2
import tinyhtml5
import weasyprint
from weasyprint.urls import URLFetcher

DOCTYPE: Final = "<!DOCTYPE html>\n"
_VOID: Final = re.compile(r"<((?:br|col|hr|img|input|link|meta|wbr)\b[^>]*?)\s*/?>")


class Page(weasyprint.HTML):  # type: ignore[misc]
    """What `weasyprint.HTML(string=html)` is."""

    def __init__(self, html: str, url_fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree(html), content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def tree(html: str) -> ElementTree.Element:
    """The elements of a page. What is no XML is read as a browser would, which takes long."""
    try:
        root = ElementTree.fromstring(_VOID.sub(r"<\1/>", html.removeprefix(DOCTYPE)))  # noqa: S314 - our own
    except ElementTree.ParseError:
        return as_browsers_read(html)
    root.text = None  # spaces before the head, as in HTML
    return root


def as_browsers_read(html: str) -> ElementTree.Element:
    """The elements of a page as WeasyPrint reads them."""
    root: ElementTree.Element = tinyhtml5.parse(
        io.BytesIO(html.encode()), namespace_html_elements=False, override_encoding="utf-8"
    )
    return root
