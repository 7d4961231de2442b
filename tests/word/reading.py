"""Elements of a DOCX → what the tests of the Word file ask of them: text, style, fields."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree


def words(element: etree._Element) -> str:
    """The text below an element, without the codes of fields."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def style(paragraph: etree._Element) -> str:
    """The ID of a paragraph's style."""
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else found.get(qn("w:val"), "")


def fields(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Every field's code and what it shows, inner ones before the one around them."""
    stack: list[tuple[list[str], list[str]]] = []
    in_code: list[bool] = []
    for node in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = node.get(qn("w:fldCharType"))
        if kind == "begin":
            stack.append(([], []))
            in_code.append(True)
        elif kind == "separate":
            in_code[-1] = False
        elif kind == "end":
            code, result = stack.pop()
            in_code.pop()
            yield "".join(code).strip(), "".join(result)
        elif stack:
            for (code, result), coding in zip(stack, in_code, strict=True):
                (code if coding else result).append(node.text or "")
