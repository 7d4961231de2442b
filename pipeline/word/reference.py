"""pandoc's default reference document + design tokens → the reference document of the plan, as bytes.

Nothing binary lies in the tree. Headers, footers and properties belong to one document: the finishing writes them.
"""

from __future__ import annotations

from typing import Final

from pipeline.ooxml.elements import Element, q, w
from pipeline.ooxml.package import Package
from pipeline.word.convert import default_reference
from pipeline.word.fonts import set_theme_fonts
from pipeline.word.look.styles import TABLES, character_styles, paragraph_styles
from pipeline.word.look.stylesheet import Type
from pipeline.word.sections import page_properties
from pipeline.word.tokens import tokens

LANGUAGE: Final = "de-DE"
_CELL_MARGINS: Final = {"top": 0, "left": 108, "bottom": 0, "right": 108}  # Word's own


def reference_docx() -> bytes:
    """The reference document: named styles, A4 with the plan's margins, German.

    Raises MissingToolError where pandoc, whose default it grows from, is not there.
    """
    package = Package(default_reference())
    _replace_styles(package.tree("word/styles.xml"))
    _set_page(package.tree("word/document.xml"))
    set_theme_fonts(package.tree("word/theme/theme1.xml"))
    return package.to_bytes()


def _replace_styles(styles: Element) -> None:
    """Our styles instead of pandoc's: those it writes and we do not keep are mapped when the document is finished."""
    for child in list(styles):
        styles.remove(child)
    normal, *others = paragraph_styles()
    styles.append(_defaults())
    styles.append(normal.element())
    styles.append(_base("character", "DefaultParagraphFont", "Default Paragraph Font"))
    styles.append(_base("table", "TableNormal", "Normal Table", _table_defaults()))
    styles.append(_base("numbering", "NoList", "No List"))
    for style in others:
        styles.append(style.element())
    styles.extend(style.element() for style in character_styles())
    styles.extend(style.element() for style in TABLES)


def _defaults() -> Element:
    body = tokens().letters["body"]
    letters = Type(body.family, body.size).element()
    letters.append(w("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault", w("pPr")))


def _base(kind: str, identifier: str, name: str, *rest: Element) -> Element:
    names = (w("name", val=name), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    return w("style", *names, *rest, type=kind, default=1, styleId=identifier)


def _table_defaults() -> Element:
    margins = (w(side, w=size, type="dxa") for side, size in _CELL_MARGINS.items())
    return w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *margins))


def _set_page(document: Element) -> None:
    """An empty body with the portrait page: pandoc fits pictures to its text width and keeps the section."""
    body = document.find(q("body"))
    if body is not None:
        for child in list(body):
            body.remove(child)
        body.append(w("sectPr", *page_properties(tokens().portrait)))
