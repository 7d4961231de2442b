"""What Word writes around text when it saves a file: bookmarks, controls, drawings; by the specification only.

Unverified, for Word is not at hand.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from pipeline.ooxml.elements import Element, paragraph_style, properties, put, q, w
from tests.back.draft import plain
from tests.back.saving import MC, Saving, cut

_HEADINGS: Final = ("Heading", "ZPZiel")
_FIRST: Final = 5000  # numbers of bookmarks that no other has
_W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
_WPS: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WP14: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
_VML: Final = "urn:schemas-microsoft-com:vml"


def bookmarks_of_word(saving: Saving) -> None:
    """Where somebody was last, targets of contents lists, links and clipboards; over several paragraphs, too."""
    paragraphs = [item for item in saving.body.iter(q("p")) if item.find(q("r")) is not None]
    for number, paragraph in enumerate(paragraphs):
        if paragraph_style(paragraph).startswith(_HEADINGS):
            mark(paragraph, f"_Toc{150_000_000 + number}", _FIRST + 2 * number)
        elif saving.chance.random() < 0.2:
            mark(paragraph, f"_Hlk{170_000_000 + number}", _FIRST + 2 * number)
    first, last = sorted(saving.chance.sample(range(len(paragraphs)), 2))
    for name, start, end in (("_GoBack", last, last), ("OLE_LINK1", first, last), ("_Ref1234567", last, last)):
        number_of = _FIRST - 10 + len(name)
        paragraphs[start].append(w("bookmarkStart", id=number_of, name=name))
        paragraphs[end].append(w("bookmarkEnd", id=number_of))


def mark(paragraph: Element, name: str, number: int) -> None:
    """A bookmark around all runs of a paragraph."""
    inside = [child for child in paragraph if child.tag != q("pPr")]
    if inside:
        inside[0].addprevious(w("bookmarkStart", id=number, name=name))
        paragraph.append(w("bookmarkEnd", id=number))


def bookmarks_inside_words(saving: Saving) -> None:
    """A place that somebody jumped to lies inside a word, in a run cut in two."""
    for number, run in enumerate(saving.text_runs()):
        if len(plain(run)) > 3 and saving.chance.random() < 0.1:
            first, *_ = cut(run, 2)
            first.addnext(w("bookmarkEnd", id=7000 + number))
            first.addnext(w("bookmarkStart", id=7000 + number, name=f"_Hlk{number}"))


def bookmarks_between_paragraphs(saving: Saving) -> None:
    """A bookmark over a whole paragraph begins or ends beside it."""
    for paragraph in saving.some("p", share=0.5):
        inside = [child for child in paragraph if child.tag != q("pPr")]
        while inside and inside[0].tag == q("bookmarkStart"):
            paragraph.addprevious(inside.pop(0))
            if saving.chance.random() < 0.5:
                break
        if inside and inside[-1].tag == q("bookmarkEnd"):
            paragraph.addnext(inside[-1])


def numbers_of_bookmarks(saving: Saving) -> None:
    """Bookmarks are counted anew from 0, across all parts."""
    starts, ends = saving.all("bookmarkStart"), saving.all("bookmarkEnd")
    new = {start.get(q("id")): str(number) for number, start in enumerate(starts)}
    for item in (*starts, *ends):
        item.set(q("id"), new[item.get(q("id"))])


def controls_around_paragraphs(saving: Saving) -> None:
    """Content controls around the contents list, paragraphs and tables, as building blocks leave them."""
    contents = [item for item in saving.body if paragraph_style(item).startswith("TOC")]
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    if contents:  # not if they have a control already
        wrapper = _control(saving, gallery)
        contents[0].addprevious(wrapper)
        wrapper[-1].extend(contents)
    for item in list(saving.body):
        if item.tag in (q("p"), q("tbl")) and saving.chance.random() < 0.2:
            control = _control(saving, w("docPartObj", w("docPartGallery", val="Quick Parts")))
            _put_into(control, item)
            if saving.chance.random() < 0.3:
                _put_into(_control(saving, w("group")), control)


def _put_into(control: Element, item: Element) -> None:
    """A control stands where the item stood and holds it."""
    item.addprevious(control)
    control[-1].append(item)


def _control(saving: Saving, *kinds: Element) -> Element:
    inner = w("sdtPr", w("alias", val="Baustein"), w("id", val=saving.chance.randrange(1 << 30)), *kinds)
    etree.SubElement(inner, f"{{{_W15}}}appearance", nsmap={"w15": _W15}).set(f"{{{_W15}}}val", "hidden")
    end = w("sdtEndPr", w("rPr", w("b"), w("bCs"), w("noProof")))
    return w("sdt", inner, end, w("sdtContent"))


def controls_around_cells(saving: Saving) -> None:
    """A control that is all that a cell or a row holds stands around it."""
    for control in saving.all("sdt"):
        paragraph, content = control.getparent(), control.find(q("sdtContent"))
        cell = None if paragraph is None else paragraph.getparent()
        if paragraph is None or cell is None or content is None or cell.tag != q("tc"):
            continue
        for child in list(content):
            control.addprevious(child)
        cell.addprevious(control)
        content.append(cell)
    for row in saving.some("tr", share=0.1):
        _put_into(_control(saving, w("docPartObj")), row)


def details_of_controls(saving: Saving) -> None:
    """Controls have a colour, a prompt's building block, the last value, properties for their end."""
    for control in saving.all("sdt"):
        inner = properties(control, "sdtPr")
        inner.append(w("placeholder", w("docPart", val=saving.number())))
        inner.append(etree.Element(f"{{{_W15}}}color", {q("val"): "008000"}, {"w15": _W15}))
        inner.addnext(w("sdtEndPr"))
        for choice in inner.findall(q("dropDownList")):
            choice.set(q("lastValue"), plain(control))


def alternatives(saving: Saving) -> None:
    """A drawing comes with another one for older programs."""
    for drawing in saving.all("drawing"):
        alternative = etree.Element(f"{{{MC}}}AlternateContent", nsmap={"mc": MC, "wps": _WPS, "v": _VML})
        choice = etree.SubElement(alternative, f"{{{MC}}}Choice", Requires="wps")
        fallback = etree.SubElement(alternative, f"{{{MC}}}Fallback")
        etree.SubElement(etree.SubElement(fallback, q("pict")), f"{{{_VML}}}shape").set("alt", "für ältere Programme")
        drawing.addprevious(alternative)
        choice.append(drawing)


def details_of_drawings(saving: Saving) -> None:
    """Drawings are counted anew and have IDs of their own; a rule across the page is a shape with a number."""
    for number, drawing in enumerate(saving.all("drawing"), 10):
        for described in drawing.iter(f"{{{_WP}}}docPr"):
            described.set("id", str(number))
            described.set("name", f"Grafik {number}")
        for inline in drawing.iter(f"{{{_WP}}}inline"):
            inline.set(f"{{{_WP14}}}anchorId", saving.number())
    for number, shape in enumerate(saving.all("pict")):
        for rule in shape:
            rule.set("id", f"_x0000_i{1025 + number}")


def bold_marks(saving: Saving) -> None:
    """The mark of a paragraph has letters of its own, which no text has."""
    for paragraph in saving.some("p", share=0.3):
        inner = properties(paragraph, "pPr")
        if inner.find(q("rPr")) is None and inner.find(q("sectPr")) is None:
            put(inner, w("rPr", w("b"), w("bCs")))
