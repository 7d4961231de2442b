"""Document → one page of plain, semantic HTML for pandoc; the templates in styles/word say how, and compute nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.design import STYLES, compiled_templates, design
from pipeline.document.matrix_panels import MatrixPanel, matrix_panels
from pipeline.document.model import Document, Matrix, Part, walk
from pipeline.errors import RenderingError
from pipeline.ooxml.bookmarks import bookmark_name, mark_name, wide_mark
from pipeline.text.nodes import Node
from pipeline.word.tokens import tokens

_TEMPLATES: Final = STYLES / "word"
_SIGN_STYLES: Final = {
    "filled": "ZP Zeichen gefüllt",
    "open": "ZP Zeichen offen",
    "half": "ZP Zeichen halb",
    "none": "ZP Zeichen Partner",
}
_OTHER_SIGN_STYLE: Final = "ZP Zeichen weiteres"
_GUIDED: Final = ("status", "cover", "contents", "chapter")  # behind the first of them it is said how to edit


def document_html(document: Document, *, edited: bool = False) -> str:
    """The whole document as HTML that pandoc turns into DOCX: headings, paragraphs, tables, notes, named styles.

    Every anchor is an id and every internal address an href in the form of Word's bookmarks. A file that is to be
    `edited` and come back says how, behind the status page or what else opens it.
    """
    template = _environment().get_template("document.html")
    guided = next((part for kind in _GUIDED for part in document.parts if part.kind == kind), None) if edited else None
    return template.render(document=document, guided=guided, footnotes=tuple(footnotes(document)))


def footnotes(document: Document) -> Iterator[Node]:
    """All footnotes of the document, in reading order."""
    return (value for value in walk(document.parts) if isinstance(value, Node) and value.kind == "footnote")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        bytecode_cache=compiled_templates(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "bookmark": bookmark_name,
        "href": _address,
        "shares": _shares,
        "sign_style": lambda shape: _SIGN_STYLES.get(shape, _OTHER_SIGN_STYLE),
        "mark_name": mark_name,
        "panels": _panels,
        "wide_mark": wide_mark,
        "heading": lambda level: f"h{min(int(level), 6)}",
    }
    environment.globals |= {"unknown": _unknown, "grid": design()["grid_mm"], "mm": design()["lengths_mm"]}
    environment.tests["part"] = lambda value: isinstance(value, Part)
    return environment


def _panels(part: Matrix) -> list[MatrixPanel]:
    return list(matrix_panels(part, tokens().panels))


def _unknown(kind: str) -> str:
    raise RenderingError(f"Die Word-Vorlagen kennen kein Textelement der Art „{kind}“.")


def _address(target: str) -> str:
    return f"#{bookmark_name(target[1:])}" if target.startswith("#") else target


def _shares(widths: Sequence[float]) -> list[str]:
    """Column widths as percentages; pandoc keeps them as the table's grid."""
    whole = sum(widths)
    return [f"{100 * width / whole:.4f}%" for width in widths]
