"""A laid-out box in, its part in the tag tree out: the structure type, what a cell says of itself, an alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes

from pipeline.pdf.fragment import PAGE_PLACEHOLDER
from pipeline.pdf.tags.structure import Element

ARTIFACT = "artifact"

# HTML's elements, and their parts in CSS, as the standard structure types of ISO 32000-1, 14.8.4.
_STRUCTURE: Mapping[str, str] = {
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "dt": "Lbl",
    "dd": "LBody",
    "a": "Link",
    "code": "Code",
    "abbr": "Span",
    "ins": "Span",
    "del": "Span",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
_GROUPING = frozenset({"Document", "Sect", "Art", "Part", "Div"})
_SVG = "{http://www.w3.org/2000/svg}svg"
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"


def structure_type(box: Any) -> str:
    """The structure type of a box's source element; '' for none of its own, ARTIFACT for what is not content."""
    if box.element is None or isinstance(box, boxes.PageBox):
        return ""
    name = box.element_tag
    if name == box.element.tag and (told := box.element.get("data-tag")):
        return str(told)
    if name.endswith("::footnote-call"):
        return "Reference"
    if name.endswith("::footnote-marker"):
        return "Lbl"
    if name == "table" and not box.is_table_wrapper:
        return ""  # the wrapper, which holds the caption too, stands for the table
    return _STRUCTURE.get(name, "Span" if box.element.get("lang") and name not in ("html", "body") else "")


def paragraph_type(box: Any, parent: Element) -> str:
    """P for lines of text that stand in a section without a paragraph of their own, else ''."""
    if parent.tag not in _GROUPING or box.element is None:
        return ""
    return "P" if any(isinstance(child, boxes.LineBox) for child in getattr(box, "children", ())) else ""


def cell_attributes(box: Any, tag: str) -> dict[str, str]:
    """Scope and spans of a table's cell, as they are written in PDF; `data-columns`: of how many that are heard."""
    attributes: dict[str, str] = {}
    if tag == "TH":
        # A header cell must say for whom it is one (ISO 14289-1, 7.5); most stand over a column.
        attributes["Scope"] = _SCOPES.get(box.element.get("scope", ""), "/Column")
    columns = int(box.element.get("data-columns", box.colspan))
    if columns != 1:
        attributes["ColSpan"] = str(columns)
    if box.rowspan != 1:
        attributes["RowSpan"] = str(box.rowspan)
    return {"O": "/Table", **attributes} if attributes else {}


def list_attributes(element: Any) -> dict[str, str]:
    """How a list's items are labelled (ISO 32000-1, 14.8.5.5): by numbers, or not: by a dash, a term."""
    numbered = element.tag == "ol" or element.get("data-ordered") is not None
    return {"O": "/List", "ListNumbering": "/Decimal" if numbered else "/None"}


def alternative_of(element: Any) -> str:
    """The words that are said in place of a picture or drawing; '' if there are none."""
    if element.tag == _SVG:
        title = element.find(_SVG_TITLE)
        return "" if title is None else (title.text or "").strip()
    return str(element.get("alt") or "").strip()


def words_of(element: Any) -> str:
    """What a link says: its text and what stands for its pictures, without a page number that is yet to be written."""
    text = " ".join("".join(_words(element)).split())
    return text if element.get("data-page") is None else text.removesuffix(PAGE_PLACEHOLDER)


def _words(element: Any) -> Iterator[str]:
    yield f"{element.text or ''}{alternative_of(element)}"
    for child in element:
        yield from _words(child)
        yield child.tail or ""
