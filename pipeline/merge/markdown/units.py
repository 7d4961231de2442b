"""A Reading in, its units out: what is aligned, compared and written back, each with the places its marks lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from pipeline.merge.docx.reading import Cell, ListPlace, Paragraph, Reading, Row, Table
from pipeline.merge.docx.runs import is_entry
from pipeline.merge.markdown.inline import Names, inline_markdown, plain_text
from pipeline.merge.markdown.said import Look, Said, plainly
from pipeline.text.nodes import Node, Place

# What the program puts before a caption; it counts anew with every build, so it is none of the caption's words.
_LABEL: Final = re.compile(r"(Tabelle|Abbildung)\s*\d*\s*:\s*")
_KINDS: Final = {
    "sourcecode": "code",
    "blocktext": "quote",
    "definitionterm": "term",
    "definition": "definition",
    "caption": "caption",
    "zpbildunterschrift": "figure",
}
_FORMS: Final = {
    "code": "Quelltext",
    "quote": "Zitat",
    "term": "Begriff",
    "definition": "Erklärung",
    "caption": "Beschriftung",
    "figure": "Bildunterschrift",
    "table": "Tabelle",
}
_LABELLED: Final = ("caption", "figure")
_PICTURE: Final = "zpabbildung"
_RAIL: Final = "zprand"
_GUIDE: Final = "zpanleitung"  # styles of what says how the file is edited: no part of the plan


@dataclass(frozen=True)
class CellUnit:
    """A cell: its paragraphs in Markdown and as plain text, its places, over how many columns it runs."""

    texts: tuple[str, ...]
    plain: tuple[str, ...]
    places: tuple[Place, ...]
    span: int = 1
    looks: tuple[Look, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(text for text in self.texts if text)


@dataclass(frozen=True)
class Unit:
    """A paragraph or a table.

    Kinds: paragraph, quote, definition, heading, code, term, caption, figure (its text is the caption), table, empty.
    `note` is the label of the footnote that it stands in. `plain` is its text without Markdown.
    """

    kind: str
    text: str = ""
    places: tuple[Place, ...] = ()
    level: int = 0
    item: ListPlace | None = None
    rows: tuple[tuple[CellUnit, ...], ...] = ()
    note: str = ""
    plain: str = ""
    rail: bool = field(default=False, compare=False)  # the line that names a sheet's strand
    alternative: str = field(default="", compare=False)
    contents: bool = field(default=False, compare=False)  # an entry of the contents list
    rich: str = field(default="", compare=False)  # of code its Markdown where it holds more than its letters
    looks: Look = field(default=Look(), compare=False)

    @property
    def place(self) -> Place | None:
        """The first of its places."""
        return self.places[0] if self.places else None

    @property
    def key(self) -> tuple[object, ...]:
        """A value that is the same for two units if they say the same in the same form."""
        shape = (self.item.level, self.item.ordered, self.item.signed) if self.item else None
        return (self.kind, self.level, shape, self.text, tuple(tuple(cell.texts for cell in row) for row in self.rows))

    @property
    def words(self) -> tuple[object, ...]:
        """A value that is the same for two units of which a reader sees the same, apart from their form.

        Of a cell its paragraphs count as one: a line of a table in Markdown has no other.
        """
        if self.rows:
            return (tuple(map(len, self.rows)), *(_together(cell.looks) for row in self.rows for cell in row))
        if self.kind == "code" or not self.looks.content:
            return (self.text,)
        found = self.looks.said
        if self.kind in _LABELLED and found:
            label = _LABEL.sub("", found[0].words, count=1)
            found = (*([replace(found[0], words=label)] if label else []), *found[1:])
        return found

    @property
    def seen(self) -> tuple[object, ...]:
        """A value that is the same for two units of which a reader sees the same in the same form."""
        return (*self.key[:3], self.words)

    @property
    def form(self) -> str:
        """The name of its form in German, as people know it from Word: "Überschrift 2", "Listenpunkt, Ebene 1"."""
        if self.item is not None:
            kind = "gezählter Listenpunkt" if self.item.ordered else "Listenpunkt"
            return f"{kind if self.item.signed else 'Absatz eines Listenpunkts'}, Ebene {self.item.level + 1}"
        return f"Überschrift {self.level}" if self.kind == "heading" else _FORMS.get(self.kind, "Absatz")

    @property
    def key_text(self) -> str:
        """All its Markdown; of a table a line for each row."""
        return self.text or "\n".join(" | ".join(cell.text for cell in row) for row in self.rows)


def kind_of(paragraph: Paragraph) -> str:
    """The kind of unit that a paragraph's style makes of it; only a plain one can be an item of a list."""
    return "heading" if paragraph.level else _KINDS.get(paragraph.style, "paragraph")


_APART: Final = Said(" ")


def _together(looks: Sequence[Look]) -> tuple[Said, ...]:
    """The paragraphs of a cell as one; typography looks across their seams."""
    pieces = [piece for look in looks if look.said for piece in (*look.said, _APART)][:-1]
    groups = groupby(pieces, key=lambda piece: (piece.formats, piece.target))
    return tuple(Said(plainly("".join(piece.words for piece in group)), *kind) for kind, group in groups)


class Units:
    """Makes units of readings of one plan: `marks` lead to places, `names` to what links and notes are called."""

    def __init__(self, marks: Mapping[str, Place], names: Names) -> None:
        self._marks, self._names = marks, names

    def of(self, reading: Reading) -> tuple[Unit, ...]:
        """All units in reading order; empty paragraphs without a mark are none."""
        return tuple(unit for unit in self._all(reading) if unit.kind != "empty" or unit.places)

    def of_note(self, paragraphs: tuple[Paragraph, ...], label: str) -> tuple[Unit, ...]:
        """The units of a footnote."""
        return tuple(self._paragraph(paragraph, label) for paragraph in paragraphs)

    def _all(self, reading: Reading) -> Iterator[Unit]:
        alternative = ""
        for item in reading.items:
            if isinstance(item, Table):
                yield self._table(item)
                continue
            if item.style.startswith(_GUIDE):
                continue
            if item.style == _PICTURE:
                yield from self._beside(item)
                if not item.marks:
                    alternative = _alternative(item) or alternative
                    continue  # its caption stands for it
            yield self._paragraph(item, alternative=alternative)
            alternative = ""

    def _beside(self, picture: Paragraph) -> Iterator[Unit]:
        """What somebody wrote beside a picture, or in a paragraph of its style: the picture itself has no words."""
        if picture.plain.strip():
            words = tuple(node for node in picture.content if node.kind != "image")
            yield self._paragraph(Paragraph("", words))

    def _paragraph(self, paragraph: Paragraph, note: str = "", alternative: str = "") -> Unit:
        kind = kind_of(paragraph)
        text = inline_markdown(paragraph.content, self._names)
        rich = ""
        if kind == "code":
            rich = text if any(node.kind not in ("text", "break", "code") for node in paragraph.content) else ""
            text = "".join(_code(node) for node in paragraph.content)
        elif kind in _LABELLED:
            text = _LABEL.sub("", text, count=1)
        if paragraph.style == _PICTURE:
            kind, text, alternative = "figure", "", _alternative(paragraph)
        if not text and kind in ("paragraph", "quote", "definition", "heading", "term"):
            kind = "empty"
        item = paragraph.item if kind == "paragraph" else None
        plain = plain_text(paragraph.plain).strip()
        rail, entry = paragraph.style == _RAIL, is_entry(paragraph.style)
        places = self._places(paragraph.marks)
        looks = Look(() if paragraph.style == _PICTURE else paragraph.content, self._names)
        return Unit(kind, text, places, paragraph.level, item, (), note, plain, rail, alternative, entry, rich, looks)

    def _table(self, table: Table) -> Unit:
        rows = tuple(self._row(row) for row in table.rows)
        places = tuple(place for row in rows for cell in row for place in cell.places)
        empty = not places and not any(cell.text for row in rows for cell in row)  # left of a rejected one, say
        return Unit("empty" if empty else "table", places=places, rows=() if empty else rows)

    def _row(self, row: Row) -> tuple[CellUnit, ...]:
        return tuple(self._cell(cell) for cell in row.cells)

    def _cell(self, cell: Cell) -> CellUnit:
        texts = tuple(inline_markdown(paragraph.content, self._names) for paragraph in cell.paragraphs)
        plain = tuple(_lead_apart(paragraph.plain) for paragraph in cell.paragraphs)
        looks = tuple(Look(paragraph.content, self._names) for paragraph in cell.paragraphs)
        return CellUnit(texts, plain, self._places(cell.marks), cell.span, looks)

    def _places(self, marks: tuple[str, ...]) -> tuple[Place, ...]:
        return tuple(self._marks[mark] for mark in marks if mark in self._marks)


def _code(node: Node) -> str:
    """The text of a node in a block of code, where formats count for nothing: bold letters are letters there."""
    return "\n" if node.kind == "break" else node.text + "".join(_code(child) for child in node.children)


def _lead_apart(text: str) -> str:
    """Plain text in which a tab still parts a date from what is due then."""
    return "\t".join(plain_text(piece).strip() for piece in text.split("\t")).strip()


def _alternative(paragraph: Paragraph) -> str:
    pictures = (node for part in paragraph.content for node in part.walk() if node.kind == "image")
    return next((str(picture.attrs["alt"]) for picture in pictures), "")
