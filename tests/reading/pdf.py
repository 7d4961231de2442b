"""A finished PDF in, what its structure tree says out: headings, tables, named destinations, text.

Reads as a screen reader does: the tags give the order, marked content the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property

import pikepdf

from pipeline.aloud.glyphs import MarkedTexts
from tests.reading.values import Found, FoundHeading, FoundLine, FoundTable, Grid, Reading, reading

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


class Pdf:
    """An opened PDF. What a table cell draws has no text; `marked("/Figure")` leads to its alternative text.

    Of an abbreviation that says what it is short for, that is its text.
    """

    def __init__(self, data: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(data))
        self._texts = MarkedTexts()

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

    def outline_pages(self) -> list[int]:
        """The pages, from 0, that the bookmarks open, in their order."""
        with self.file.open_outline() as outline:
            found = [item.destination for item in _items(outline.root)]
        assert all(isinstance(destination, pikepdf.Array) for destination in found)
        return [self._number(destination[0]) for destination in found if isinstance(destination, pikepdf.Array)]

    def heading_pages(self) -> list[int]:
        """The pages, from 0, on which the headings begin, in reading order."""
        found = (element for element in walk(self.root) if str(element.get("/S")) in _HEADINGS)
        return [self._number(next(_pages(element, None))) for element in found]

    def _number(self, page: pikepdf.Object) -> int:
        return self.file.pages.index(pikepdf.Page(page))

    def marked(self, tag: str) -> Iterator[pikepdf.Object]:
        """All structure elements of a tag, such as `/Figure`, in reading order."""
        return (element for element in walk(self.root) if str(element.get("/S")) == tag)

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
            elif tag == "/P":
                yield FoundLine(self.text(child))
            else:
                yield from self._items(child)

    def _rows(self, table: pikepdf.Object, part: str) -> Grid:
        rows = (row for child in _elements(table) if part == child.S for row in _elements(child))
        return tuple(tuple(self.text(cell) for cell in _elements(row)) for row in rows)

    def _pieces(self, element: pikepdf.Object, page: pikepdf.Object | None, *, notes: bool) -> Iterator[str]:
        page = element.get("/Pg", page)
        for child in children(element):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                if "/E" in child:
                    yield str(child.E)
                elif notes or child.S != "/Note":
                    yield from self._pieces(child, page, notes=notes)
            else:
                yield self._piece(child, page)

    def _piece(self, kid: pikepdf.Object | int, page: pikepdf.Object | None) -> str:
        """The text of marked content; a reference to an annotation has none."""
        if isinstance(kid, pikepdf.Dictionary):
            page = kid.get("/Pg", page)
            kid = kid.get("/MCID", -1)
        assert page is not None, "marked content without a page"
        return self._texts.of(page).get(int(kid), "") if int(kid) >= 0 else ""


def children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """What an element holds: elements, marked content, references to annotations."""
    inner = element.get("/K")
    if inner is None:
        return []
    return list(inner) if isinstance(inner, pikepdf.Array) else [inner]


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    return (child for child in children(element) if isinstance(child, pikepdf.Dictionary) and "/S" in child)


def walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All elements below one, in reading order."""
    for child in _elements(element):
        yield child
        yield from walk(child)


def _names(node: pikepdf.Object) -> Iterator[str]:
    yield from (str(name) for name in list(node.get("/Names", []))[::2])
    for child in node.get("/Kids", []):
        yield from _names(child)


def _outline(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, str(item.title)
        yield from _outline(list(item.children), depth + 1)


def _items(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _items(list(item.children))


def _pages(element: pikepdf.Object, page: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    """The page of each piece of marked content below an element."""
    page = element.get("/Pg", page)
    for child in children(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from _pages(child, page)
        else:
            found = child.get("/Pg", page) if isinstance(child, pikepdf.Dictionary) else page
            assert found is not None, "marked content without a page"
            yield found
