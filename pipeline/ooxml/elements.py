"""Tag and attribute names → WordprocessingML elements, put where the schema's order wants them."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import Final

from lxml import etree

Element = etree._Element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

# Else the prefix would depend on what other libraries of the process have named so before: the same bytes every time.
etree.register_namespace("r", R)

# Word refuses or silently drops properties that stand in another order than the schema's (ECMA-376 part 1, annex A).
_ORDER: Final = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "tcPr": ("cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
}


@lru_cache(maxsize=1 << 10)
def q(name: str) -> str:
    """The qualified name of a `w:` tag or attribute."""
    return f"{{{W}}}{name}"


_ORDERED: Final = {
    q(parent): {q(name): rank for rank, name in enumerate(names.split())} for parent, names in _ORDER.items()
}


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """A new `w:` element with `w:` attributes."""
    element = copy(_alone(tag, *[(name, str(value)) for name, value in attributes.items()]))
    if children:
        element.extend(children)
    return element


@lru_cache(maxsize=1 << 12)  # a large plan has hundreds of thousands, all but some hundred of them alike
def _alone(tag: str, *attributes: tuple[str, str]) -> Element:
    """One without children, to be copied: that takes a fifth of the time that its making takes."""
    element = etree.Element(q(tag), nsmap={"w": W})
    for name, value in attributes:
        element.set(q(name), value)
    return element


def text(content: str, tag: str = "t") -> Element:
    """`w:t` or `w:instrText`; spaces at its ends are kept."""
    element = w(tag)
    element.text = content
    element.set(XML_SPACE, "preserve")
    return element


def run(content: str) -> Element:
    """A run of text without a style of its own."""
    return w("r", text(content))


def properties(element: Element, tag: str) -> Element:
    """The properties element of a paragraph, row, cell or table; made as its first child where it is missing."""
    found = inner(element, tag)
    if found is None:
        found = w(tag)
        element.insert(0, found)
    return found


def put(parent: Element, child: Element) -> None:
    """Set one property: replaces what was there, at its place in the schema's order."""
    order = _ORDERED[str(parent.tag)]
    rank, place = order[str(child.tag)], 0
    for sibling in list(parent):
        other = order[str(sibling.tag)]
        place += other < rank
        if other == rank:
            parent.remove(sibling)
    parent.insert(place, child)


def inner(element: Element, *names: str) -> Element | None:
    """The first element of a name in the first of another, and so on; None without it. A path would take several times
    as long, and of a large file it is asked a hundred thousand times.
    """
    for name in names:
        tag = q(name)
        found = element[0] if len(element) else None  # properties stand first, so most often it is this one
        if found is None or found.tag != tag:
            found = next(element.iterchildren(tag), None)
        if found is None:
            return None
        element = found
    return element


def remove(element: Element) -> None:
    """Take an element out of its parent; what follows it stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def paragraph_style(paragraph: Element) -> str:
    """The ID of a paragraph's style, '' for the default."""
    style = inner(paragraph, "pPr", "pStyle")
    return "" if style is None else (style.get(q("val")) or "")


def run_style(element: Element) -> str:
    """The ID of a run's character style, '' for none."""
    style = inner(element, "rPr", "rStyle")
    return "" if style is None else (style.get(q("val")) or "")


def plain_text(element: Element) -> str:
    """The text below an element."""
    return "".join(node.text or "" for node in element.iter(q("t")))


def serialise(root: Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def written(element: Element) -> bytes:
    """An element as it is written inside its part: the same bytes for what says the same in the same words."""
    return etree.tostring(element, with_tail=False)
