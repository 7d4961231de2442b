"""Laid-out boxes in, the PDF's tag tree out: what WeasyPrint's own tagging leaves to be mended is built right here.

Takes the place of `weasyprint.pdf.add_tags`. Boxes of one source element become one structure element even where a
page break parts them; a table's repeated head is an artifact; header cells say their scope; footnotes are notes that
their call refers to; lists have labels and bodies; languages and alternatives stay. HTML says most of it; the
attribute `data-tag` names a structure type where HTML has no element for it (TOC, TOCI, Reference).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pipeline.pdf.roles import ARTIFACT, alternative_of, describe_cell, paragraph_type, structure_type, words_of
from pipeline.pdf.words import WordEnds

PX = 0.75  # points
_INLINE = frozenset({"/Link", "/Span", "/Code", "/Reference"})


def add_tags(pdf: pydyf.PDF, document: Any, _pdf_version: Any, page_streams: Sequence[Any]) -> None:
    """Adds the tag tree of a WeasyPrint document to a pydyf PDF, in the way of `weasyprint.pdf.add_tags`."""
    _Tagger(pdf, document.pages, page_streams, WordEnds(page_streams, document.fonts.values())).tag()


class _Tagger:
    def __init__(self, pdf: pydyf.PDF, pages: Sequence[Any], streams: Sequence[Any], words: WordEnds) -> None:
        self.pdf, self.pages, self.streams, self.words = pdf, pages, streams, words
        self.line: Any = None  # the outermost line that is being visited
        self.elements: dict[tuple[int, str], pydyf.Dictionary] = {}  # by source element and its part
        self.first_page: dict[int, int] = {}  # by structure element: where it begins
        self.annotations: list[tuple[Any, Any]] = []
        self.link_words: dict[int, str] = {}
        self.notes = 0
        self.note_names: list[tuple[str, Any]] = []
        self.page = 0
        self.places: dict[int, dict[int, int]] = {}  # by stream: where each marked content begins
        self.contents: dict[int, Any] = {}  # this page's marked content → structure element

    # --- the tree's frame ---------------------------------------------------------------------------------------

    def tag(self) -> None:
        numbers = pydyf.Array()
        parents = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(parents)
        root = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": parents.reference})
        self.pdf.add_object(root)
        top = self._new("Document", root)
        root["K"] = pydyf.Array([top.reference])
        for number, page in enumerate(self.pages):
            self.page, self.contents = number, {}
            self._visit(page._page_box, top, artifact=False)
            last = max(self.contents, default=-1)
            owners = [self.contents.get(content) for content in range(last + 1)]
            numbers.extend([number, pydyf.Array([owner.reference if owner else "null" for owner in owners])])
        for key, (owner, annotation) in enumerate(self.annotations, start=len(self.pages)):
            annotation["StructParent"] = key
            numbers.extend([key, owner.reference])
        if self.note_names:
            named = sorted(self.note_names, key=lambda pair: pair[0])
            names = [item for name, element in named for item in (pydyf.String(name), element.reference)]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self.pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _new(self, name: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{name}", "P": parent.reference, "K": pydyf.Array()})
        element["Pg"] = self.pdf.page_references[self.page]
        self.pdf.add_object(element)
        self.first_page[id(element)] = self.page
        return element

    # --- boxes --------------------------------------------------------------------------------------------------

    def _visit(self, box: Any, parent: pydyf.Dictionary, *, artifact: bool) -> None:
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

    def _element(self, box: Any, tag: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        """The structure element of a box's source element: a new one, or that of its part on an earlier page."""
        key = (id(box.element), tag)
        if key in self.elements:
            return self.elements[key]
        parent = self._list_item(tag, parent)
        if tag == "Link" and parent["S"] == "/TOCI":
            entry, parent = parent, self._new("Reference", parent)
            entry["K"].append(parent.reference)
        element = self._new(tag, parent)
        self.elements[key] = element
        if tag == "Link":
            self.link_words[id(element)] = words_of(box.element)
        if tag == "Note":
            self._note(box, element)
        else:
            parent["K"].append(element.reference)
        language = box.element.get("lang")
        if language:
            element["Lang"] = pydyf.String(language)
        if tag in ("TH", "TD"):
            describe_cell(box, element)
        return element

    def _list_item(self, tag: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        """Where a part of a list belongs: a label opens an item in a definition list, a body needs one."""
        if parent["S"] == "/L" and tag in ("Lbl", "LBody"):
            last = self._last_kid(parent)
            if tag == "Lbl" or last is None:
                item = self._new("LI", parent)
                parent["K"].append(item.reference)
                return item
            return last
        if parent["S"] == "/LI" and tag not in ("Lbl", "LBody"):
            return self._body(parent)
        return parent

    def _make_artifact(self, stream: Any, content: int) -> None:
        """Turns marked content that was drawn already into an artifact."""
        if id(stream) not in self.places:
            operands = enumerate(stream.stream)
            self.places[id(stream)] = {
                item["MCID"]: index for index, item in operands if isinstance(item, pydyf.Dictionary) and "MCID" in item
            }
        index = self.places[id(stream)][content]
        stream.stream[index - 1] = "/Artifact"
        stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})

    def _body(self, item: pydyf.Dictionary) -> pydyf.Dictionary:
        """A list item's body, made when its first content comes."""
        last = self._last_kid(item)
        if last is not None and last["S"] == "/LBody":
            return last
        body = self._new("LBody", item)
        item["K"].append(body.reference)
        return body

    def _last_kid(self, element: pydyf.Dictionary) -> pydyf.Dictionary | None:
        if not element["K"] or not isinstance(element["K"][-1], bytes):
            return None
        return self.pdf.objects[int(element["K"][-1].split()[0])]

    # --- content ------------------------------------------------------------------------------------------------

    def _content(self, box: Any, parent: pydyf.Dictionary, *, artifact: bool) -> None:
        stream = self.streams[self.page]
        mark = stream._tags.pop(box, None)
        if isinstance(box, boxes.TextBox) and not artifact:
            self._words(box, parent, mark)
        if mark is None:  # a box without anything to draw
            return
        if artifact:
            self._make_artifact(stream, mark["mcid"])
            return
        if parent["S"] == "/LI":
            parent = self._body(parent)
        self.contents[mark["mcid"]] = parent
        if self.first_page[id(parent)] == self.page:
            parent["K"].append(mark["mcid"])
        else:
            page = self.pdf.page_references[self.page]
            parent["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": mark["mcid"]}))

    def _words(self, box: Any, parent: pydyf.Dictionary, mark: Mapping[str, Any] | None) -> None:
        """Tells of a text, or of white space, in the element that makes a whole of it."""
        block = parent
        while block["S"] in _INLINE:
            block = self.pdf.objects[int(block["P"].split()[0])]
        if mark is None or not box.text.strip():
            self.words.blank(id(block))
            return
        apart = parent["S"] == "/Reference"
        self.words.text(id(block), box, self.line, (self.page, mark["mcid"]), apart=apart)

    def _figure(self, box: Any, parent: pydyf.Dictionary, *, artifact: bool) -> None:
        alternative = alternative_of(box.element)
        if artifact or not alternative or box.element.get("data-tag") == ARTIFACT:
            self._content(box, parent, artifact=True)
            return
        figure = self._new("Figure", self._list_item("Figure", parent))
        self._list_item("Figure", parent)["K"].append(figure.reference)
        figure["Alt"] = pydyf.String(alternative)
        left, top = box.content_box_x() * PX, (self.pages[self.page].height - box.content_box_y()) * PX
        area = pydyf.Array([left, top - box.height * PX, left + box.width * PX, top])
        figure["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": area})
        self._content(box, figure, artifact=False)

    def _link_around(self, element: pydyf.Dictionary) -> pydyf.Dictionary:
        """The link that an element is or lies in: boxes inside a link have annotations of their own."""
        while element["S"] != "/Link":
            element = self.pdf.objects[int(element["P"].split()[0])]
        return element

    def _annotation(self, box: Any, element: pydyf.Dictionary) -> None:
        annotation = box.link_annotation
        annotation["Contents"] = pydyf.String(self.link_words[id(element)])
        reference = pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pdf.page_references[self.page]}
        )
        element["K"].append(reference)
        self.annotations.append((element, annotation))

    def _note(self, box: Any, note: pydyf.Dictionary) -> None:
        """A footnote stands in the tree right after its call, which the text has brought before."""
        self.notes += 1
        name = box.element.get("id") or f"note-{self.notes}"
        note["ID"] = pydyf.String(name)
        self.note_names.append((name, note))
        call = self.elements[(id(box.element), "Reference")]
        holder = self.pdf.objects[int(call["P"].split()[0])]
        note["P"] = holder.reference
        note["Ref"], call["Ref"] = pydyf.Array([call.reference]), pydyf.Array([note.reference])
        holder["K"].insert(holder["K"].index(call.reference) + 1, note.reference)
