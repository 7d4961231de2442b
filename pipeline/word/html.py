"""Document → one page of plain, semantic HTML for pandoc; the templates in styles/word say how, and compute nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.document import Document, Part
from pipeline.nodes import Node
from pipeline.word.bookmarks import bookmark_name, wide_mark

_TEMPLATES: Final = Path(__file__).resolve().parents[2] / "styles" / "word"
_SIGN_STYLES: Final = {
    "filled": "ZP Zeichen gefüllt",
    "open": "ZP Zeichen offen",
    "half": "ZP Zeichen halb",
    "none": "ZP Zeichen Partner",
}
_OTHER_SIGN_STYLE: Final = "ZP Zeichen weiteres"


def document_html(document: Document) -> str:
    """The whole document as HTML that pandoc turns into DOCX: headings, paragraphs, tables, notes, named styles.

    Every anchor is an id and every internal address an href in the form of Word's bookmarks.
    """
    template = _environment().get_template("document.html")
    return template.render(document=document, footnotes=tuple(footnotes(document.parts)))


def footnotes(value: object) -> Iterator[Node]:
    """All footnotes below a value of the document, in reading order."""
    if isinstance(value, Node):
        yield from (node for node in value.walk() if node.kind == "footnote")
    elif isinstance(value, tuple):
        for item in value:
            yield from footnotes(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from footnotes(getattr(value, field.name))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
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
        "wide_mark": wide_mark,
        "heading": lambda level: f"h{min(int(level), 6)}",
    }
    environment.tests["part"] = lambda value: isinstance(value, Part)
    return environment


def _address(target: str) -> str:
    return f"#{bookmark_name(target[1:])}" if target.startswith("#") else target


def _shares(widths: Sequence[float]) -> list[str]:
    """Column widths as percentages; pandoc keeps them as the table's grid."""
    whole = sum(widths)
    return [f"{100 * width / whole:.4f}%" for width in widths]
