"""Laid-out boxes in, the structure elements of the PDF out: what WeasyPrint's own tagging leaves to be mended is built.

Takes the place of `weasyprint.pdf.add_tags`, but writes no tree: the binder does, for all parts at once. Boxes of one
source element become one structure element even where a page break parts them; a table's repeated head is an artifact;
header cells say their scope; footnotes are notes that their call refers to, and are read where the sentence ends; lists
have labels and bodies and say how they are labelled; languages and alternatives stay. HTML says most of it; the
attribute `data-tag` names a structure type where HTML has no element for it (TOC, TOCI, Reference), `data-continues` a
table that goes on with that of the unit before, `data-note-place` a sentence's end, `data-before` what is heard before
the words, `data-ends` that a line ends behind them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pipeline.pdf.fragment import PAGE_MARK
from pipeline.pdf.tags.drawn import visible
from pipeline.pdf.tags.roles import (
    ARTIFACT,
    alternative_of,
    cell_attributes,
    list_attributes,
    paragraph_type,
    structure_type,
    words_of,
)
from pipeline.pdf.tags.structure import Element
from pipeline.pdf.tags.word_ends import WordEnds

PX = 0.75  # points
_INLINE = frozenset({"Link", "Span", "Code", "Reference"})


def add_tags(pdf: pydyf.PDF, document: Any, _pdf_version: Any, page_streams: Sequence[Any]) -> None:
    """Leaves the structure elements of a WeasyPrint document with the pydyf PDF, as `structure`."""
    pdf.structure = _Tagger(document.pages, page_streams, WordEnds(page_streams, document.fonts.values())).tag()


class _Tagger:
    """Visits every box of a document once, in the order of reading, and makes the list of structure elements."""

    def __init__(self, pages: Sequence[Any], streams: Sequence[Any], words: WordEnds) -> None:
        self.pages, self.streams, self.words = pages, streams, words
        self.lines: tuple[Any, Any] = (None, None)  # the outermost and the innermost line that are being visited
        self.tree: list[Element] = []
        self.elements: dict[tuple[int, str], Element] = {}  # by source element and its part
        self.link_words: dict[Element, str] = {}
        self.numbered: list[tuple[Any, Element]] = []  # links that show a page number
        self.links: dict[str, Element] = {}  # the last one to each address
        self.called: list[Any] = []  # source elements of notes whose sentence goes on
        self.notes = 0
        self.page = 0
        self.next_key = len(pages)  # of the parent tree; the first ones are the pages'
        self.last_artifact, self.last_mark = pydyf.Dictionary(), 0  # what it says of itself, its number before
        self.places: dict[int, dict[int, int]] = {}  # by stream: where each marked content begins

    # --- the tree's frame ---------------------------------------------------------------------------------------

    def tag(self) -> Sequence[Element]:
        """All elements, the Document's first."""
        top = self._new("Document", 0)
        for number, page in enumerate(self.pages):
            self.page = number
            self._visit(page._page_box, top, artifact=False)
        self.words.close()
        self._place_notes(None)
        for annotation, element in self.numbered:
            annotation[PAGE_MARK] = element.last_mark()
        return self.tree

    def _new(self, tag: str, parent: int) -> Element:
        element = Element(len(self.tree), tag, self.page, parent)
        self.tree.append(element)
        return element

    def _below(self, tag: str, parent: Element) -> Element:
        """A new element as the last in another."""
        element = self._new(tag, parent.place)
        parent.kids.append(element.place)
        return element

    # --- boxes --------------------------------------------------------------------------------------------------

    def _visit(self, box: Any, parent: Element, *, artifact: bool) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._content(box, parent, artifact=artifact)
            return
        if isinstance(box, boxes.ReplacedBox):
            if getattr(box, "link_annotation", None):  # a picture in a link has one of its own
                self._annotation(box, self._link_around(parent), artifact=artifact)
            self._figure(box, parent, artifact=artifact)
            return
        tag = structure_type(box) or paragraph_type(box, parent)
        if isinstance(box, boxes.MarginBox) or tag == ARTIFACT:
            artifact = True
        elif tag and not artifact:
            known = (id(box.element), tag) in self.elements
            artifact = known and tag == "THead"  # the head repeated on a following page
            parent = self._element(box, tag, parent)
        if getattr(box, "link_annotation", None):
            self._annotation(box, self._link_of_row(box) if artifact else self._link_around(parent), artifact=artifact)
        if box.element is not None and box.element.get("data-note-place") is not None:
            self._place_notes(self._block(self._body(parent) if parent.tag == "LI" else parent))
        around = self.lines
        if isinstance(box, boxes.LineBox):
            self.lines = (around[0] or box, box)
        for child in getattr(box, "children", ()):
            self._visit(child, parent, artifact=artifact)
        self.lines = around
        if artifact and getattr(box, "link_annotation", None):
            box.link_annotation[PAGE_MARK] = self.last_artifact[PAGE_MARK] = self.last_mark

    def _element(self, box: Any, tag: str, parent: Element) -> Element:
        """The structure element of a box's source element: a new one, or that of its part on an earlier page."""
        key = (id(box.element), tag)
        if key in self.elements:
            return self.elements[key]
        parent = self._list_item(tag, parent)
        if tag == "Link" and parent.tag == "TOCI":
            parent = self._below("Reference", parent)
        if tag == "Note":
            return self._note(box.element)
        element = self.elements[key] = self._below(tag, parent)
        if tag == "Link":
            shown = (alternative_of(picture) for picture in box.element.iter("img"))
            self.link_words[element] = visible(words_of(box.element)) or " ".join(filter(None, shown))
            self.links[box.element.get("href", "")] = element
        if tag == "Reference" and box.element.get("data-tag") == "Note":
            self.called.append(box.element)
        if language := box.element.get("lang"):
            element.said["Lang"] = language
        if box.element.tag == "abbr":  # what it is short for is said (ISO 32000-1, 14.9.5)
            element.said["E"] = box.element.get("title")
        if before := box.element.get("data-before"):  # for words whose look says something, too
            after = " " if box.element.get("data-ends") is not None else ""
            element.said["ActualText"] = f"{before}: {visible(words_of(box.element))}{after}"
        if tag in ("TH", "TD"):
            element.attributes = cell_attributes(box, tag)
        if tag == "L":
            element.attributes = list_attributes(box.element)
        element.continues = box.element.get("data-continues") is not None
        return element

    def _list_item(self, tag: str, parent: Element) -> Element:
        """Where a part of a list belongs: a label opens an item in a definition list, a body needs one.

        `<dl><dt>A<dd>B</dl>` has no element around term and explanation; PDF wants both, Lbl and LBody, in an LI.
        """
        if parent.tag == "L" and tag in ("Lbl", "LBody"):
            last = self._last_kid(parent)
            return self._below("LI", parent) if tag == "Lbl" or last is None else last
        if parent.tag == "LI" and tag not in ("Lbl", "LBody"):
            return self._body(parent)
        return parent

    def _make_artifact(self, stream: Any, content: int) -> None:
        """Turns marked content that was drawn already into an artifact; the last one can be found again."""
        if id(stream) not in self.places:
            operands = enumerate(stream.stream)
            self.places[id(stream)] = {
                item["MCID"]: index for index, item in operands if isinstance(item, pydyf.Dictionary) and "MCID" in item
            }
        # WeasyPrint has written the tag's name, its properties and BDC as three items of the stream.
        index = self.places[id(stream)][content]
        stream.stream[index - 1] = "/Artifact"
        stream.stream[index] = self.last_artifact = pydyf.Dictionary({"Type": "/Pagination"})
        self.last_mark = content

    def _body(self, item: Element) -> Element:
        """A list item's body, made when its first content comes."""
        last = self._last_kid(item)
        return last if last is not None and last.tag == "LBody" else self._below("LBody", item)

    def _last_kid(self, element: Element) -> Element | None:
        last = element.kids[-1] if element.kids else None
        return self.tree[last] if isinstance(last, int) and last > 0 else None

    # --- content ------------------------------------------------------------------------------------------------

    def _content(self, box: Any, parent: Element, *, artifact: bool) -> None:
        stream = self.streams[self.page]
        mark = stream._tags.pop(box, None)
        if parent.tag == "LI" and mark is not None and not artifact:
            parent = self._body(parent)
        if isinstance(box, boxes.TextBox) and not artifact:
            self._words(box, parent, mark)
        if mark is None:  # a box without anything to draw
            return
        if artifact:
            self._make_artifact(stream, mark["mcid"])
            return
        parent.kids.append((self.page, mark["mcid"]))

    def _words(self, box: Any, parent: Element, mark: Mapping[str, Any] | None) -> None:
        """Tells of a text, or of white space, in the element that makes a whole of it."""
        block = self._block(parent)
        if mark is None or not box.text.strip():
            self.words.blank(id(block))
            return
        apart = parent.tag == "Reference"
        self.words.text(id(block), box, self.lines, (self.page, mark["mcid"]), apart=apart)

    def _figure(self, box: Any, parent: Element, *, artifact: bool) -> None:
        alternative = alternative_of(box.element)
        if artifact or not alternative or box.element.get("data-tag") == ARTIFACT:
            self._content(box, parent, artifact=True)
            return
        figure = self._below("Figure", self._list_item("Figure", parent))
        figure.said["Alt"] = alternative
        left, top = box.content_box_x() * PX, (self.pages[self.page].height - box.content_box_y()) * PX
        area = pydyf.Array([left, top - box.height * PX, left + box.width * PX, top])
        figure.attributes = {"O": "/Layout", "BBox": area.data.decode()}
        self._content(box, figure, artifact=False)

    def _link_around(self, element: Element) -> Element:
        """The link that an element is or lies in: boxes inside a link have annotations of their own."""
        while element.tag != "Link":
            element = self.tree[element.parent]
        return element

    def _annotation(self, box: Any, element: Element, *, artifact: bool) -> None:
        annotation = box.link_annotation
        annotation["Contents"] = pydyf.String(self.link_words[element])
        annotation["StructParent"] = self.next_key
        element.kids.append(-self.next_key)
        self.next_key += 1
        if box.element.get("data-page") is not None and not artifact:
            self.numbered.append((annotation, element))

    def _link_of_row(self, box: Any) -> Element:
        """The link of the same row to the same place: the number of its page, which is not heard, belongs to it."""
        return self.links[box.element.get("href", "")]

    def _block(self, element: Element) -> Element:
        """The element that makes a whole of running text."""
        while element.tag in _INLINE:
            element = self.tree[element.parent]
        return element

    def _note(self, source: Any) -> Element:
        """The note of a source element, which its text has called before."""
        key = (id(source), "Note")
        if key not in self.elements:
            self.notes += 1
            call = self.elements[id(source), "Reference"]
            note = self.elements[key] = self._new("Note", self._block(call).place)
            note.said["ID"] = source.get("id") or f"note-{self.notes}"
            note.related, call.related = [call.place], [note.place]
        return self.elements[key]

    def _place_notes(self, block: Element | None) -> None:
        """Puts the notes called in a block there, where its sentence ends; of all blocks at their end for None.

        A note stands at the page's foot and is laid out long after its call. Heard at once, it would part a sentence:
        "Es sind 18, Zählung vom Mai, Läden leer."
        """
        for source in list(self.called):
            note = self._note(source)
            if block is None or note.parent == block.place:
                self.tree[note.parent].kids.append(note.place)
                self.called.remove(source)
