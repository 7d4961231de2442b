"""Laid-out boxes in, the structure elements of the PDF out: what WeasyPrint's own tagging leaves to be mended is built.

Takes the place of `weasyprint.pdf.add_tags`, but writes no tree: the binder does, for all parts at once. Boxes of one
source element become one structure element even where a page break parts them; a table's repeated head is an artifact;
header cells say their scope; footnotes are notes that their call refers to; lists have labels and bodies; languages and
alternatives stay. HTML says most of it; the attribute `data-tag` names a structure type where HTML has no element for
it (TOC, TOCI, Reference), `data-continues` a table that goes on with that of the unit before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pipeline.pdf.fragment import PAGE_MARK
from pipeline.pdf.tags.roles import ARTIFACT, alternative_of, cell_attributes, paragraph_type, structure_type, words_of
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
        self.line: Any = None  # the outermost line that is being visited
        self.tree: list[Element] = []
        self.elements: dict[tuple[int, str], Element] = {}  # by source element and its part
        self.link_words: dict[Element, str] = {}
        self.numbered: list[tuple[Any, Element]] = []  # links that show a page number
        self.notes = 0
        self.page = 0
        self.next_key = len(pages)  # of the parent tree; the first ones are the pages'
        self.places: dict[int, dict[int, int]] = {}  # by stream: where each marked content begins

    # --- the tree's frame ---------------------------------------------------------------------------------------

    def tag(self) -> Sequence[Element]:
        """All elements, the Document's first."""
        top = self._new("Document", 0)
        for number, page in enumerate(self.pages):
            self.page = number
            self._visit(page._page_box, top, artifact=False)
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
            self._figure(box, parent, artifact=artifact)
            return
        tag = structure_type(box) or paragraph_type(box, parent)
        if isinstance(box, boxes.MarginBox) or tag == ARTIFACT:
            artifact = True
        elif tag and not artifact:
            known = (id(box.element), tag) in self.elements
            artifact = known and tag == "THead"  # the head repeated on a following page
            parent = self._element(box, tag, parent)
        if getattr(box, "link_annotation", None) and not artifact:
            self._annotation(box, self._link_around(parent))
        outer = self.line
        if isinstance(box, boxes.LineBox):
            self.line = outer or box
        for child in getattr(box, "children", ()):
            self._visit(child, parent, artifact=artifact)
        self.line = outer

    def _element(self, box: Any, tag: str, parent: Element) -> Element:
        """The structure element of a box's source element: a new one, or that of its part on an earlier page."""
        key = (id(box.element), tag)
        if key in self.elements:
            return self.elements[key]
        parent = self._list_item(tag, parent)
        if tag == "Link" and parent.tag == "TOCI":
            parent = self._below("Reference", parent)
        element = self.elements[key] = self._new(tag, parent.place)
        if tag == "Link":
            self.link_words[element] = words_of(box.element)
        if tag == "Note":
            self._note(box, element)
        else:
            parent.kids.append(element.place)
        if language := box.element.get("lang"):
            element.said["Lang"] = language
        if tag in ("TH", "TD"):
            element.attributes = cell_attributes(box, tag)
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
        """Turns marked content that was drawn already into an artifact."""
        if id(stream) not in self.places:
            operands = enumerate(stream.stream)
            self.places[id(stream)] = {
                item["MCID"]: index for index, item in operands if isinstance(item, pydyf.Dictionary) and "MCID" in item
            }
        # WeasyPrint has written the tag's name, its properties and BDC as three items of the stream.
        index = self.places[id(stream)][content]
        stream.stream[index - 1] = "/Artifact"
        stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})

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
        if isinstance(box, boxes.TextBox) and not artifact:
            self._words(box, parent, mark)
        if mark is None:  # a box without anything to draw
            return
        if artifact:
            self._make_artifact(stream, mark["mcid"])
            return
        if parent.tag == "LI":
            parent = self._body(parent)
        parent.kids.append((self.page, mark["mcid"]))

    def _words(self, box: Any, parent: Element, mark: Mapping[str, Any] | None) -> None:
        """Tells of a text, or of white space, in the element that makes a whole of it."""
        block = parent
        while block.tag in _INLINE:
            block = self.tree[block.parent]
        if mark is None or not box.text.strip():
            self.words.blank(id(block))
            return
        apart = parent.tag == "Reference"
        self.words.text(id(block), box, self.line, (self.page, mark["mcid"]), apart=apart)

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

    def _annotation(self, box: Any, element: Element) -> None:
        annotation = box.link_annotation
        annotation["Contents"] = pydyf.String(self.link_words[element])
        annotation["StructParent"] = self.next_key
        element.kids.append(-self.next_key)
        self.next_key += 1
        if box.element.get("data-page") is not None:
            self.numbered.append((annotation, element))

    def _note(self, box: Any, note: Element) -> None:
        """A footnote stands in the tree right after its call, which the text has brought before."""
        self.notes += 1
        note.said["ID"] = box.element.get("id") or f"note-{self.notes}"
        call = self.elements[(id(box.element), "Reference")]
        holder = self.tree[call.parent]
        note.parent = holder.place
        note.related, call.related = [call.place], [note.place]
        holder.kids.insert(holder.kids.index(call.place) + 1, note.place)
