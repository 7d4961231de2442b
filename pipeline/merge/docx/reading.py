"""Cleaned WordprocessingML in, what a person reads in it out: paragraphs and tables with their text, notes, marks.

Base and edited file go through this same reader, so whatever it does not understand cancels out. It expects trees
without tracked changes, comments and noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import Final
from weakref import WeakValueDictionary

from pipeline.merge.docx.runs import Runs
from pipeline.merge.docx.style_names import Styles, value_of
from pipeline.ooxml.bookmarks import MARK_PREFIX, hidden
from pipeline.ooxml.elements import Element, q, written
from pipeline.text.characters import without_unseen
from pipeline.text.nodes import Inline, Node
from pipeline.text.raised import plain_with_signs
from pipeline.text.tasks import TASK, TYPED

_MARK: Final = hidden(MARK_PREFIX)
# What a level of a list has where others have their sign.
_BLANKS: Final = " \u00a0\uf020"  # the last is a symbol font's, which LibreOffice makes of the first
_RUNS_ON: Final = ("", "continue")  # from the row above; Word writes the first, pandoc the other
_HEADING: Final = re.compile(r"heading([1-9])")


@dataclass(frozen=True)
class ListPlace:
    """Where a list paragraph stands: its level from 0, whether it is counted, whether it has a sign of its own."""

    level: int
    ordered: bool
    signed: bool


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its style's name in small letters without spaces, its text, its marks in reading order."""

    style: str
    content: Inline
    marks: tuple[str, ...] = ()
    item: ListPlace | None = None
    unfollowed: tuple[str, ...] = field(default=(), compare=False)  # addresses of links that no text may hold
    page_numbers: tuple[str, ...] = field(default=(), compare=False)  # that were fields and are words

    @property
    def level(self) -> int:
        """The level of a heading, 1 to 9; 0 for other paragraphs."""
        found = _HEADING.fullmatch(self.style)
        return int(found[1]) if found else 0

    @cached_property
    def plain(self) -> str:
        """The text alone, with a sign for what is raised where there is one."""
        return plain_with_signs(self.content)


@dataclass(frozen=True)
class Cell:
    """A cell: its paragraphs, over how many columns it runs."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of all its paragraphs, in reading order."""
        return tuple(mark for paragraph in self.paragraphs for mark in paragraph.marks)


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of all its cells, in reading order."""
        return tuple(mark for cell in self.cells for mark in cell.marks)


@dataclass(frozen=True)
class Table:
    """A table; tables inside cells are read as their paragraphs."""

    rows: tuple[Row, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of all its rows, in reading order."""
        return tuple(mark for row in self.rows for mark in row.marks)


Item = Paragraph | Table


@dataclass(frozen=True)
class Reading:
    """Everything in reading order; the notes by their number in the file, which `footnote` nodes carry as `number`."""

    items: tuple[Item, ...]
    notes: Mapping[str, tuple[Paragraph, ...]]


@dataclass(frozen=True)
class Parts:
    """The parts of a document that are read: trees of the main text, its notes, styles and numbering, and where the
    relationships of the main text and of the notes lead.
    """

    document: Element
    notes: Element | None
    styles: Element | None
    numbering: Element | None
    links: Mapping[str, str]
    note_links: Mapping[str, str]


def read_document(parts: Parts) -> Reading:
    """Reads a document whose tracked changes are settled."""
    styles = Styles(parts.styles)
    lists = _Lists(parts.numbering)
    around = blake2b(
        b"".join(written(part) for part in (parts.styles, parts.numbering) if part is not None), digest_size=16
    )
    body = parts.document.find(q("body"))
    main = _Reader(styles, lists, parts.links, around)
    items = tuple(main.items(body if body is not None else parts.document))
    noted = _Reader(styles, lists, parts.note_links, around)
    notes = {
        note.get(q("id"), ""): tuple(_without_mark(noted.paragraphs(note)))
        for note in ([] if parts.notes is None else parts.notes.findall(q("footnote")))
        if note.get(q("type")) in (None, "normal")
    }
    return Reading(items, notes)


def _without_mark(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """A note begins with its own sign and a space, which belong to the layout."""
    for index, paragraph in enumerate(paragraphs):
        content = paragraph.content
        if index == 0 and content and content[0].kind == "text":
            content = (Node("text", text=content[0].text.lstrip()), *content[1:])
        yield replace(paragraph, content=content)


def _with_task(content: Inline) -> Inline:
    """An item's text with the box that it begins with as a node of its own, as Markdown has it.

    Letters that nobody sees, as Word leaves them behind, may stand around the box.
    """
    if not content or content[0].kind != "text":
        return content
    text = without_unseen(content[0].text)
    found = TASK.match(text + "." * (len(content) > 1))
    if found is None or found[1] not in TYPED:
        return content
    return (Node("task", text=found[1]), Node("text", text=text.removeprefix(found[1])), *content[1:])


class _Lists:
    """The levels of all lists, as the part `numbering` describes them: counted or not, with a sign or without."""

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str]] = {}
        self._abstract: dict[str, str] = {}
        if numbering is None:
            return
        for abstract in numbering.findall(q("abstractNum")):
            for level in abstract.findall(q("lvl")):
                key = (abstract.get(q("abstractNumId"), ""), level.get(q("ilvl"), "0"))
                self._levels[key] = (value_of(level.find(q("numFmt"))), value_of(level.find(q("lvlText"))))
        for number in numbering.findall(q("num")):
            self._abstract[number.get(q("numId"), "")] = value_of(number.find(q("abstractNumId")))

    def place(self, properties: Element | None) -> ListPlace | None:
        """The place that a paragraph's `numPr` gives it."""
        if properties is None:
            return None
        number, level = value_of(properties.find(q("numId"))), value_of(properties.find(q("ilvl"))) or "0"
        if number in ("", "0"):
            return None
        # A list that is nowhere defined counts as one with bullets.
        kind, text = self._levels.get((self._abstract.get(number, ""), level), ("bullet", "•"))
        signed = bool(text.strip(_BLANKS)) and kind != "none"
        return ListPlace(int(level) if level.isdecimal() else 0, kind not in ("bullet", "none"), signed)


class _Reader:
    """Reads paragraphs and tables of one part; the main text and the notes have links of their own."""

    def __init__(self, styles: Styles, lists: _Lists, links: Mapping[str, str], around: blake2b) -> None:
        self._styles, self._lists, self._links = styles, lists, links
        self._around = around.copy()
        self._around.update(repr(sorted(links.items())).encode())

    def items(self, parent: Element) -> Iterator[Item]:
        """The paragraphs and tables that stand directly in an element, in reading order."""
        for child in parent:
            if child.tag == q("p"):
                yield self._paragraph(child)
            elif child.tag == q("tbl"):
                yield Table(tuple(self._row(row) for row in child.findall(q("tr"))))

    def paragraphs(self, parent: Element) -> Iterator[Paragraph]:
        """Every paragraph below a cell or a note; of a table inside a cell that is each paragraph of its cells."""
        return (self._paragraph(child) for child in parent.iter(q("p")))

    def _row(self, row: Element) -> Row:
        cells = []
        for cell in row.findall(q("tc")):
            # A cell that goes on over two rows is written twice; the second time it is an empty continuation.
            merged = cell.find(f"{q('tcPr')}/{q('vMerge')}")
            if merged is not None and value_of(merged) in _RUNS_ON:
                continue
            span = value_of(cell.find(f"{q('tcPr')}/{q('gridSpan')}"))
            cells.append(Cell(tuple(self.paragraphs(cell)), int(span) if span.isdecimal() else 1))
        return Row(tuple(cells))

    def _paragraph(self, paragraph: Element) -> Paragraph:
        """What it reads; the same as one that was read before, where it and all that it may name are the same."""
        key = self._around.copy()
        key.update(written(paragraph))
        digest = key.digest()
        known = _known.get(digest)
        if known is None:
            known = _known[digest] = self._read(paragraph)
        return known

    def _read(self, paragraph: Element) -> Paragraph:
        inner = paragraph.find(q("pPr"))
        style = value_of(None if inner is None else inner.find(q("pStyle")))
        item = self._lists.place(None if inner is None else inner.find(q("numPr")))
        names = (mark.get(q("name"), "") for mark in paragraph.iter(q("bookmarkStart")))
        marks = tuple(name for name in names if name.startswith(_MARK))
        runs = Runs(self._styles, self._links)
        content = runs.read(paragraph)
        if item is not None and item.signed:
            content = _with_task(content)
        return Paragraph(self._styles.name(style), content, marks, item, runs.unfollowed, runs.page_numbers)


_known: Final[WeakValueDictionary[bytes, Paragraph]] = WeakValueDictionary()
"""What was read of paragraphs, as long as anybody holds it: base, edited file and what is built of the edits differ in
a few of thousands.
"""


def links_of(relationships: Element | None) -> Mapping[str, str]:
    """A `.rels` part: ID → where it leads, of hyperlinks only."""
    if relationships is None:
        return {}
    return {
        entry.get("Id", ""): entry.get("Target", "")
        for entry in relationships
        if entry.get("Type", "").endswith("/hyperlink")
    }
