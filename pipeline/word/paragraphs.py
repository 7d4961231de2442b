"""Paragraphs as pandoc writes them → paragraphs in the plan's styles, with bookmarks where Word puts them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pipeline.ooxml.bookmarks import hidden
from pipeline.ooxml.elements import Element, inner, paragraph_style, properties, put, q, remove, run_style, w

# pandoc's own styles → ours; '' is the default style. Inside tables `tables` decides.
_STYLES: Final = {
    "BodyText": "",
    "FirstParagraph": "",
    "Compact": "",
    "TableCaption": "Caption",
    "ImageCaption": "ZPBildunterschrift",
    "CaptionedFigure": "ZPAbbildung",
    "Figure": "ZPAbbildung",
    "FootnoteBlockText": "FootnoteText",
}
# Style of the first paragraph below → of the heading as it is, and as it becomes. Their outline level stays; but Word
# collects the contents list by style, and only goals are in it, not its own heading.
_HEADINGS: Final = {
    "ZPZielsatz": ("Heading2", "ZPZiel"),
    "ZPImpressum": ("Heading2", "ZPImpressumkopf"),
    "TOC1": ("Heading1", "TOCHeading"),
}
# Styles of paragraphs that open with letters of another style, in a column of their own.
_TABBED: Final = {"ZPTermin": "ZPDatum", "ZPAnleitung": "ZPStichwort"}
_RULE: Final = "{urn:schemas-microsoft-com:office:office}hr"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def restyle(root: Element) -> None:
    """Map styles, in the main text and in the footnotes."""
    for paragraph in root.iter(q("p")):
        style = paragraph_style(paragraph)
        if inner(paragraph, "pPr", "numPr") is not None:
            set_style(paragraph, "ListParagraph")
        elif style in _STYLES:
            set_style(paragraph, _STYLES[style])
        if style in _TABBED:
            _tab_after(paragraph, _TABBED[style])


def draw_rules(root: Element) -> None:
    """Rules across the page, which pandoc draws as pictures, become the border of an empty paragraph.

    LibreOffice keeps such a picture when the tracked change that it is in is rejected; and nobody reads it out.
    """
    for picture in list(root.iter(q("pict"))):
        run = picture.getparent()
        paragraph = run.getparent() if run is not None else None
        if run is not None and paragraph is not None and any(item.get(_RULE) for item in picture):
            remove(run)
            set_style(paragraph, "ZPLinie")


def restyle_headings(body: Element) -> None:
    """Headings in a style of their own, told by what follows them."""
    for paragraph in body.findall(q("p")):
        old, new = _HEADINGS.get(paragraph_style(paragraph), ("", ""))
        before = _block_beside(paragraph, preceding=True)
        if old and before is not None and paragraph_style(before) == old:
            set_style(before, new)


def set_style(paragraph: Element, style: str) -> None:
    """Put a paragraph into a style, '' for the default one."""
    said = properties(paragraph, "pPr")
    if style:
        put(said, w("pStyle", val=style))
    else:
        for old in said.findall(q("pStyle")):
            said.remove(old)
        if not len(said):
            paragraph.remove(said)


def space_after_tables(body: Element) -> None:
    """Word's tables have no space of their own below: the text that follows brings it."""
    for paragraph in body.findall(q("p")):
        if _is_table(_block_beside(paragraph, preceding=True)) and len(paragraph) and not paragraph_style(paragraph):
            set_style(paragraph, "ZPNachTabelle")


def keep_sheets(body: Element) -> None:
    """A sheet's heading, text and facts stay on one page where they fit on one.

    From the table of facts upwards every paragraph is kept with the next, up to the heading, whose style says so. Its
    text is set as close as in print, so that two sheets fit on a page.
    """
    for table in body.findall(q("tbl")):
        style = table.find(f"{q('tblPr')}/{q('tblStyle')}")
        if style is None or style.get(q("val")) != "ZPSteckbrief":
            continue
        for before in table.itersiblings(q("p"), q("tbl"), preceding=True):
            if before.tag == q("tbl") or paragraph_style(before).startswith("Heading"):
                break
            if not paragraph_style(before):
                set_style(before, "ZPSteckbrieftext")
            put(properties(before, "pPr"), w("keepNext"))


def keep_eyebrows(body: Element) -> None:
    """The line over a heading opens the page; the heading must not open another one.

    Both styles begin a new page. Without this the line "Handlungsfeld 1" would stand on a page of its own.
    """
    for heading in body.findall(q("p")):
        before = _block_beside(heading, preceding=True)
        if paragraph_style(heading) == "Heading1" and before is not None and paragraph_style(before) == "ZPberzeile":
            put(properties(heading, "pPr"), w("pageBreakBefore", val=0))


def _tab_after(paragraph: Element, style: str) -> None:
    """The space after letters of a style, a date, becomes a tab, so that what follows stands in a column."""
    runs = paragraph.findall(q("r"))
    for lead, following in pairwise(runs):
        content = following.find(q("t"))
        if run_style(lead) == style and content is not None and (content.text or "").startswith(" "):
            content.text = (content.text or "")[1:]
            content.addprevious(w("tab"))
            return


def separate_tables(body: Element) -> None:
    """pandoc keeps tables apart by empty paragraphs; they go where a caption does so, else they get no height."""
    for paragraph in body.findall(q("p")):
        if len(paragraph) == 0 and _is_table(_block_beside(paragraph, preceding=True)):
            if _is_table(_block_beside(paragraph, preceding=False)):
                set_style(paragraph, "ZPTrennung")
            else:
                body.remove(paragraph)


def _block_beside(paragraph: Element, *, preceding: bool) -> Element | None:
    """The next paragraph or table; bookmarks may lie between."""
    return next(paragraph.itersiblings(q("p"), q("tbl"), preceding=preceding), None)


def _is_table(element: Element | None) -> bool:
    return element is not None and element.tag == q("tbl")


def describe_pictures(*roots: Element) -> None:
    """The inner description of a picture is its alternative text, not the address that pandoc read it from."""
    pictures = (
        (outer, picture)
        for root in roots
        for outer, picture in zip(root.iter(_DRAWING), root.iter(_PICTURE), strict=True)
    )
    for number, (outer, picture) in enumerate(pictures, start=1):
        for drawing in (outer, picture):
            drawing.set("id", str(number))
            drawing.set("name", f"Bild {number}")
        picture.set("descr", outer.get("descr", ""))


def place_bookmarks(body: Element) -> None:
    """pandoc's bookmarks span whole sections; move each to the heading, caption or paragraph that it names.

    A link would lead to the right place either way. But the way back tells by them what was edited, and a reference
    field shows all words of its bookmark: those of the heading, not of the chapter.
    """
    ends = {end.get(q("id")): end for end in body.findall(q("bookmarkEnd"))}
    for start in body.findall(q("bookmarkStart")):
        paragraph = _next_paragraph(start)
        end = ends.get(start.get(q("id")))
        if paragraph is None or end is None:
            continue
        said = paragraph.find(q("pPr"))
        paragraph.insert(0 if said is None else 1, start)
        paragraph.append(end)


def widen_bookmarks(notes: Element) -> None:
    """Bookmarks in notes span the text after them: LibreOffice loses empty ones in every note but the first."""
    for start in list(notes.iter(q("bookmarkStart"))):
        end, paragraph = start.getnext(), start.getparent()
        if paragraph is not None and end is not None and end.get(q("id")) == start.get(q("id")):
            paragraph.append(end)


def _next_paragraph(element: Element) -> Element | None:
    for following in element.itersiblings(q("p"), q("tbl")):
        return following if following.tag == q("p") else next(following.iter(q("p")), None)
    return None


def number_bookmarks(*roots: Element) -> None:
    """Give every bookmark of the document an ID of its own, in reading order, and hide the marks.

    An ID tells which end belongs to which beginning, and the main text and the notes share them. Of bookmarks of one
    name Word keeps the first: a note that is called twice is there twice.
    """
    count = 0
    names: set[str] = set()
    for root in roots:
        _drop_repeated(root, names)
        known: dict[str, str] = {}
        for mark in root.iter(q("bookmarkStart"), q("bookmarkEnd")):
            old = mark.get(q("id"), "")
            if mark.tag == q("bookmarkStart"):
                count += 1
                known[old] = str(count)
                mark.set(q("name"), hidden(mark.get(q("name"), "")))
            mark.set(q("id"), known[old])


def _drop_repeated(root: Element, names: set[str]) -> None:
    """Remove the bookmarks whose name is among `names` already, their ends too; adds the names of the others."""
    repeated: set[str | None] = set()
    for mark in list(root.iter(q("bookmarkStart"), q("bookmarkEnd"))):
        if mark.tag == q("bookmarkStart"):
            name = mark.get(q("name"), "")
            if name in names:
                repeated.add(mark.get(q("id")))
            names.add(name)
        if mark.get(q("id")) in repeated:
            remove(mark)
