"""Tables of the finished main text → the same with a title and a description, which a screen reader says first.

Word shows them under "Alternativtext" in a table's properties.
"""

from __future__ import annotations

from typing import Final

from pipeline.ooxml.elements import Element, paragraph_style, plain_text, properties, put, q, w

_HEADINGS: Final = ("Heading", "ZPZiel", "TOCHeading", "ZPImpressumkopf")
_SENTENCES: Final = ("ZPZielsatz",)  # named like a heading
_CAPTION: Final = "Caption"
_SHEET: Final = "ZPSteckbrief"
_LONGEST: Final = 250  # characters: Word shows no more of a title


def add_titles(body: Element) -> None:
    """Say of each table of the body what it is and how it is to be read.

    A sheet's table has no head: its title is that of its sheet, "Angaben: 1.1.1 Feste Stelle". Of others it is the
    caption, else the heading that they stand under, and the description names the columns.
    """
    heading = ""
    for block in body:
        if block.tag == q("p"):
            style = paragraph_style(block)
            if style.startswith(_HEADINGS) and style not in _SENTENCES:
                heading = plain_text(block)
        elif block.tag == q("tbl"):
            title, description = _of_sheet(heading) if _is_sheet(block) else _of_table(block, heading)
            inner = properties(block, "tblPr")
            put(inner, w("tblCaption", val=title[:_LONGEST]))
            put(inner, w("tblDescription", val=description))


def _of_sheet(heading: str) -> tuple[str, str]:
    return f"Angaben: {heading}", "Jede Zeile ist eine Angabe: in der ersten Spalte ihr Name, in der zweiten ihr Wert."


def _of_table(table: Element, heading: str) -> tuple[str, str]:
    before = next(table.itersiblings(q("p"), q("tbl"), preceding=True), None)
    captioned = before is not None and before.tag == q("p") and paragraph_style(before) == _CAPTION
    title = plain_text(before) if before is not None and captioned else heading
    row = next(table.iter(q("tr")), None)
    heads = [" ".join(plain_text(cell).split()) for cell in ([] if row is None else row.findall(q("tc")))]
    return title, f"Die erste Zeile nennt die Spalten: {', '.join(head for head in heads if head)}."


def _is_sheet(table: Element) -> bool:
    style = table.find(f"{q('tblPr')}/{q('tblStyle')}")
    return style is not None and style.get(q("val")) == _SHEET
