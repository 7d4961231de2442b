"""A finished PDF in, what its structure tree says out: headings, tables, named destinations, text.

Reads as a screen reader does: the tags give the order, marked content the glyphs, each font's ToUnicode map the text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import pikepdf

from tests.reading.values import Found, FoundHeading, FoundTable, Grid, Reading, reading

_HEX_PAIR = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
_ARTIFACT = -1  # stands for no mark: decoration, running heads
_CODE_BYTES = 2  # Identity-H: two bytes a glyph
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


class Pdf:
    """An opened PDF. What a table cell draws has no text; `marked("/Figure")` leads to its alternative text."""

    def __init__(self, data: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(data))
        self._maps: dict[tuple[int, int], Mapping[bytes, str]] = {}
        self._pages: dict[tuple[int, int], Mapping[int, str]] = {}

    @cached_property
    def root(self) -> pikepdf.Object:
        """The root of the structure tree."""
        return self.file.Root.StructTreeRoot

    def read(self) -> Reading:
        """Everything at once."""
        return reading(self._items(self.root), self.destinations(), self.running_text())

    def destinations(self) -> Iterator[str]:
        """The names that links of the file and from outside can lead to."""
        yield from _names(self.file.Root.Names.Dests)

    def outline(self) -> list[tuple[int, str]]:
        """The bookmarks that a viewer shows, with their depth from 1."""
        with self.file.open_outline() as outline:
            return list(_outline(outline.root, 1))

    def marked(self, tag: str) -> Iterator[pikepdf.Object]:
        """All structure elements of a tag, such as `/Figure`, in reading order."""
        return (element for element in _walk(self.root) if str(element.get("/S")) == tag)

    def running_text(self) -> str:
        """The whole text; notes, which stand behind their calls and part a paragraph, at its end."""
        return "".join([self.text(self.root), *(self.text(note) for note in self.marked("/Note"))])

    def text(self, element: pikepdf.Object, *, notes: bool = False) -> str:
        """The text of a structure element with all below it; notes where they are called, if wanted."""
        return "".join(self._pieces(element, None, notes=notes))

    # --- the tree -----------------------------------------------------------------------------------------------

    def _items(self, element: pikepdf.Object) -> Iterator[Found]:
        for child in _elements(element):
            tag = str(child.S)
            if tag in _HEADINGS:
                yield FoundHeading(_HEADINGS[tag], self.text(child))
            elif tag == "/Table":
                head, body = (self._rows(child, part) for part in ("/THead", "/TBody"))
                yield FoundTable(head, body)
            else:
                yield from self._items(child)

    def _rows(self, table: pikepdf.Object, part: str) -> Grid:
        rows = (row for child in _elements(table) if part == child.S for row in _elements(child))
        return tuple(tuple(self.text(cell) for cell in _elements(row)) for row in rows)

    def _pieces(self, element: pikepdf.Object, page: pikepdf.Object | None, *, notes: bool) -> Iterator[str]:
        page = element.get("/Pg", page)
        for child in _children(element):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                if notes or child.S != "/Note":
                    yield from self._pieces(child, page, notes=notes)
            else:
                yield self._piece(child, page)

    def _piece(self, kid: pikepdf.Object | int, page: pikepdf.Object | None) -> str:
        """The text of marked content; a reference to an annotation has none."""
        if isinstance(kid, pikepdf.Dictionary):
            page = kid.get("/Pg", page)
            kid = kid.get("/MCID", -1)
        return self._page(page).get(int(kid), "") if int(kid) >= 0 else ""

    # --- the glyphs ---------------------------------------------------------------------------------------------

    def _page(self, page: pikepdf.Object | None) -> Mapping[int, str]:
        """A page's text by marked content ID."""
        assert page is not None, "marked content without a page"
        if page.objgen not in self._pages:
            texts: dict[int, list[str]] = {}
            self._run(page, page.Resources, texts)
            self._pages[page.objgen] = {mark: "".join(pieces) for mark, pieces in texts.items()}
        return self._pages[page.objgen]

    def _run(self, stream: pikepdf.Object, resources: pikepdf.Object, texts: dict[int, list[str]]) -> None:
        marks: list[int | None] = []
        font: Mapping[bytes, str] = {}
        for instruction in pikepdf.parse_content_stream(stream, "BDC BMC EMC Tf Tj TJ"):
            name, operands = str(instruction.operator), instruction.operands
            if name == "BDC":
                marks.append(_mark(operands[1], resources))
            elif name == "BMC":
                marks.append(_ARTIFACT)
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                font = self._font(resources.Font[str(operands[0])])
            else:
                mark = next((mark for mark in reversed(marks) if mark is not None), None)
                if mark is not None:
                    texts.setdefault(mark, []).append(_decoded(operands[0], font))

    def _font(self, font: pikepdf.Object) -> Mapping[bytes, str]:
        if font.objgen not in self._maps:
            self._maps[font.objgen] = {
                bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in _HEX_PAIR.findall(font.ToUnicode.read_bytes().split(b"endcodespacerange")[1])
            }
        return self._maps[font.objgen]


def _mark(properties: pikepdf.Object, resources: pikepdf.Object) -> int | None:
    if isinstance(properties, pikepdf.Name):
        properties = resources.Properties[str(properties)]
    return int(properties.MCID) if "/MCID" in properties else None


def _decoded(operand: pikepdf.Object, font: Mapping[bytes, str]) -> str:
    strings = (
        [operand] if isinstance(operand, pikepdf.String) else [x for x in operand if isinstance(x, pikepdf.String)]
    )
    codes = b"".join(bytes(string) for string in strings)
    pairs = (codes[start : start + _CODE_BYTES] for start in range(0, len(codes), _CODE_BYTES))
    return "".join(font[pair] for pair in pairs)


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    inner = element.get("/K")
    if inner is None:
        return []
    return list(inner) if isinstance(inner, pikepdf.Array) else [inner]


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    return (child for child in _children(element) if isinstance(child, pikepdf.Dictionary) and "/S" in child)


def _walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for child in _elements(element):
        yield child
        yield from _walk(child)


def _names(node: pikepdf.Object) -> Iterator[str]:
    yield from (str(name) for name in list(node.get("/Names", []))[::2])
    for child in node.get("/Kids", []):
        yield from _names(child)


def _outline(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, str(item.title)
        yield from _outline(list(item.children), depth + 1)
