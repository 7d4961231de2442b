"""A page of HTML in, what WeasyPrint lays out of it out: read as XML, which takes a thirtieth of the time.

It reads with a parser in Python that mends what browsers mend. Our templates leave nothing to mend: with their
void elements closed, `<br>` as `<br/>`, they are XML, and the tree is the same but for spaces that nobody sees.
"""

from __future__ import annotations

import copy
import io
import re
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree

import cssselect2
import tinyhtml5
import weasyprint
from weasyprint.urls import URLFetcher

DOCTYPE: Final = "<!DOCTYPE html>\n"
_VOID: Final = re.compile(r"<((?:br|col|hr|img|input|link|meta|wbr)\b[^>]*?)\s*/?>")

_LISTED: Final = ("li",)  # elements that have a marker
_BELOW: Final = ("note",)  # classes of what floats to the foot of its page
_ONLY: Final = {"marker": _LISTED, "footnote-call": _BELOW, "footnote-marker": _BELOW}
# Attributes that rules ask for, and elements of forms, of whose brothers some do.
_ASKED: Final = frozenset(("dir", "frame", "hidden", "href", "lang", "rules", "seamless", "title", "type"))
_FORMS: Final = frozenset(("details", "fieldset", "input", "legend", "option", "select", "summary", "textarea"))
_PATH: Final = "_own_path"
_NOWHERE: Final = frozenset(("note-call", "note-marker", "note-callback"))


class Page(weasyprint.HTML):  # type: ignore[misc]
    """What `weasyprint.HTML(string=html)` is."""

    def __init__(self, html: str, url_fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree(html), content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        assert not forms
        return [_agent_styles()]


def tree(html: str) -> ElementTree.Element:
    """The elements of a page. What is no XML, and a table without a body, is read as a browser would: it takes long."""
    try:
        root = ElementTree.fromstring(_VOID.sub(r"<\1/>", html.removeprefix(DOCTYPE)))
    except ElementTree.ParseError:
        return as_browsers_read(html)
    if any(table.find("tr") is not None for table in root.iter("table")):
        return as_browsers_read(html)
    root.text = None  # spaces before the head, as in HTML
    return root


def as_browsers_read(html: str) -> ElementTree.Element:
    """The elements of a page as WeasyPrint reads them."""
    root: ElementTree.Element = tinyhtml5.parse(
        io.BytesIO(html.encode()), namespace_html_elements=False, override_encoding="utf-8"
    )
    return root


class _Matcher:
    """Which of WeasyPrint's own rules are for an element: asked once of all with equal elements up to the root.

    A rule asks for names, for some attributes, and for the same of what stands around; of none of the elements that a
    plan has does it ask which child of its parent it is; those of forms are asked each.
    """

    def __init__(self, matcher: Any) -> None:
        self._matcher = matcher
        self._paths: dict[tuple[Any, ...], tuple[Any, ...]] = {}  # of equal ones the first, so that they compare fast
        self._found: dict[tuple[Any, ...], Any] = {}

    def match(self, element: Any) -> Any:
        """The rules with what decides between them, as `cssselect2.Matcher.match` has them."""
        if element.local_name in _FORMS:
            return self._matcher.match(element)
        path = self._path(element)
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = self._matcher.match(element)
        return found

    def _path(self, element: Any) -> tuple[Any, ...]:
        known: tuple[Any, ...] | None = element.__dict__.get(_PATH)
        if known is None:
            inner, outer = element.etree_element, element.parent
            asked = tuple(sorted(item for item in inner.attrib.items() if item[0] in _ASKED)) if inner.attrib else ()
            note = not element.classes.isdisjoint(_BELOW)
            path = (inner.tag, asked, note, None if outer is None else id(self._path(outer)))
            known = element.__dict__[_PATH] = self._paths.setdefault(path, path)
        return known


@cache
def _agent_styles() -> Any:
    """WeasyPrint's own style sheet, its rules for markers and notes only where a page has such.

    They are for every element; so each of a part's thousands had six more styles than anything needs.
    """
    sheet = copy.copy(weasyprint.UA_STYLESHEET)
    matcher = sheet.matcher = copy.copy(sheet.matcher)
    matcher.class_selectors = dict(matcher.class_selectors)
    matcher.lower_local_name_selectors = dict(matcher.lower_local_name_selectors)
    matcher.other_selectors = []
    for entry in weasyprint.UA_STYLESHEET.matcher.other_selectors:
        _test, _specificity, _order, pseudo, _payload = entry
        if pseudo in _NOWHERE:
            continue
        where = _ONLY.get(pseudo)
        if where is None:
            matcher.other_selectors.append(entry)
            continue
        selectors = matcher.lower_local_name_selectors if where is _LISTED else matcher.class_selectors
        for name in where:
            selectors[name] = [*selectors.get(name, ()), entry]
    sheet.matcher = _Matcher(matcher)
    return sheet
