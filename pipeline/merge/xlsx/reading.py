"""Cells that somebody changed in a workbook, in; the reading of the plan's Word file as if they had been typed there.

From here on both ways are one: the same comparison, the same gate, the same report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.fields.registry import fields_of
from pipeline.fields.texts import Markdown
from pipeline.merge.base import BaseFile
from pipeline.merge.diff.align import aligned, text_likeness
from pipeline.merge.docx.reading import Cell, Item, Paragraph, Reading, Row, Table
from pipeline.merge.xlsx.changes import CellChange, NewRow, Told
from pipeline.ooxml.bookmarks import hidden, mark_name
from pipeline.text.nodes import Inline, Node, Place
from pipeline.xlsx.grid import (
    ACTORS,
    DESCRIPTION,
    GOALS,
    INDICATORS,
    MATRIX,
    MEASURES,
    NUMBER,
    STRAND,
    TITLE,
    Grid,
    GridCell,
    field_label,
)
from schema.plan import Kind

_BETWEEN: Final = re.compile(r"\n[ \t]*\n\s*")
_MADE: Final = "Das entsteht aus den Daten und lässt sich hier nicht ändern."
_WORDED: Final = (
    "Dieser Text hat Listen, Verweise oder ausgezeichnete Wörter; bitte in der Word-Datei ändern, damit sie erhalten "
    "bleiben."
)
_NOT_THERE: Final = "Diese Angabe zeigt die Word-Datei des Plans nicht; bitte dort ändern, wo sie steht."
_EMPTY: Final = (
    "Diese Angabe gibt es hier noch nicht, und der Plan zeigt keinen Platz für sie; bitte in die Beschreibung "
    "schreiben oder dem melden, der den Plan führt."
)
_NO_TITLE: Final = "Einer neuen Maßnahme fehlt der Titel."
_NO_STRAND: Final = "Für eine neue Maßnahme fehlt der Strang: {}."
_HEADING: Final = "heading3"
_RAIL: Final = "zprand"  # the line that names a further text


class BookEdits:
    """Carries changes of cells into a reading; `told` is what cannot be carried.

    `reading` is that of the plan's Word file before editing, `grids` are the sheets that its sources give.
    """

    def __init__(self, base: BaseFile, reading: Reading, grids: Sequence[Grid]) -> None:
        self.base, self.notes = base, reading.notes
        self.items: list[Item] = list(reading.items)
        self.grids = {grid.name: grid for grid in grids}
        self.cells = {
            (grid.name, row.key, label): cell
            for grid in grids
            for row in grid.rows
            for label, cell in zip(grid.labels, row.cells, strict=True)
        }
        self.told: list[Told] = []

    @property
    def reading(self) -> Reading:
        """With all that was carried."""
        return Reading(tuple(self.items), self.notes)

    def carry(self, cells: Sequence[CellChange], rows: Sequence[NewRow]) -> None:
        """Carries all of it."""
        for change in cells:
            why = self._change(change)
            if why:
                self.told.append(Told(change.sheet, change.key, change.column, change.after, why))
        for row in reversed(rows):  # each goes right behind the last sheet that was there
            why = self._measure(row)
            if why:
                words = " | ".join(text for text in list(row.cells.values())[:3] if text)
                self.told.append(Told(row.sheet, "", "", words, why))

    def mark(self, sheet: str, key: str, column: str, *, near: bool = False) -> str:
        """The mark of what a cell shows, '' for none; `near`: else that of the row's title."""
        cell = self.cells.get((sheet, key, column))
        places = [cell.place] if cell and cell.place else []
        if near:
            places += [Place(f"{key.partition('#')[0]}/{title}") for title in ("titel", "kurztitel")]
        marks = (hidden(mark_name(place)) for place in places)
        return next((mark for mark in marks if mark in self.base.marks), "")

    # --- a cell ---------------------------------------------------------------------------------------------------

    def _change(self, change: CellChange) -> str:
        """Carries one cell; why it cannot, '' where it can."""
        cell = self.cells.get((change.sheet, change.key, change.column))
        if cell is None:
            return _NOT_THERE
        if cell.place is None and not cell.text and change.sheet in (MEASURES, GOALS, ACTORS):
            return _EMPTY
        if cell.place is None:
            entity = self.base.sources.entities.get(change.key)
            is_text = entity is not None and self._is_worded(change)
            return _WORDED if is_text else _MADE
        if change.sheet == MATRIX:
            return self._letter(change)
        if change.sheet == INDICATORS:
            return self._indicator(change, cell.place)
        if self.base.sources.is_text(cell.place.source):
            return self._text(change, cell.place.source)
        return self._value(change, cell)

    def _is_worded(self, change: CellChange) -> bool:
        """Whether what a column shows of an entity is a text."""
        fields = fields_of(self.base.sources.entities[change.key].model).values()
        label = field_label(change.column)
        return any(field.label == label and isinstance(field.kind, Markdown) for field in fields)

    def _value(self, change: CellChange, cell: GridCell) -> str:
        assert cell.place is not None
        mark = hidden(mark_name(cell.place))
        for at, item in enumerate(self.items):
            if isinstance(item, Paragraph):
                if mark in item.marks:
                    titled = _retitled(item, change.before, change.after)
                    if titled is None:
                        return _NOT_THERE
                    self.items[at] = titled
                    return ""
                continue
            for number, row in enumerate(item.rows):
                if mark in row.marks and len(row.cells) == 2:  # noqa: PLR2004 - a label and its value
                    value = _with_lines(row.cells[1], change.before, change.after)
                    self._set(at, number, replace(row, cells=(row.cells[0], value)))
                    return ""
        return _NOT_THERE

    def _set(self, at: int, number: int, row: Row) -> None:
        table = self.items[at]
        assert isinstance(table, Table)
        self.items[at] = Table((*table.rows[:number], row, *table.rows[number + 1 :]))

    def _text(self, change: CellChange, source: str) -> str:
        """Paragraphs with a line between; those that stay keep their marks."""
        at = [
            number
            for number, item in enumerate(self.items)
            if isinstance(item, Paragraph) and any(self._source(mark) == source for mark in item.marks)
        ]
        if not at:
            return _NOT_THERE
        old = [item for number in at if isinstance(item := self.items[number], Paragraph)]
        new = [text for text in _BETWEEN.split(change.after) if text.strip()]
        words = [_one_line(item.plain) for item in old]
        made: list[Paragraph] = []
        origins = aligned(words, list(map(_one_line, new)), key=str, likeness=text_likeness)
        for text, origin in zip(new, origins, strict=True):
            before = old[origin] if origin is not None else None
            if before is not None and _one_line(text) == _one_line(before.plain):
                made.append(before)
            else:
                made.append(Paragraph(old[0].style, _lines(text), before.marks if before else ()))
        if made and not any(item.marks for item in made):
            made[0] = replace(made[0], marks=old[0].marks)  # nothing is as it was, and still the same text
        self.items[at[0] : at[-1] + 1] = made or [Paragraph(old[0].style, (), old[0].marks)]
        return ""

    def _source(self, mark: str) -> str:
        place = self.base.marks.get(mark)
        return place.source if place else ""

    def _indicator(self, change: CellChange, place: Place) -> str:
        mark = hidden(mark_name(place))
        for at, item in enumerate(self.items):
            if not isinstance(item, Table):
                continue
            heads = [" ".join(cell.paragraphs[0].plain.split()) for cell in item.rows[0].cells if cell.paragraphs]
            for number, row in enumerate(item.rows):
                if mark in row.marks and change.column in heads:
                    column = heads.index(change.column)
                    cells = list(row.cells)
                    cells[column] = _with_breaks(cells[column], change.after)
                    self._set(at, number, replace(row, cells=tuple(cells)))
                    return ""
        return _NOT_THERE

    def _letter(self, change: CellChange) -> str:
        """In the plan's matrix, as somebody would type it there."""
        found = None
        for at, item in enumerate(self.items):
            heads = [_plain(cell) for cell in item.rows[0].cells] if isinstance(item, Table) and item.rows else []
            if heads[:1] != [NUMBER] or change.column not in heads or not isinstance(item, Table):
                continue
            for number, row in enumerate(item.rows):
                first = _plain(row.cells[0]).split(" ")[0]
                if f"M{first}" == change.key and len(row.cells) == len(heads):
                    found = (at, number, row, heads.index(change.column))
        if found is None:
            return _NOT_THERE
        at, number, row, column = found
        cells = list(row.cells)
        cells[column] = _with_breaks(cells[column], change.after)
        self._set(at, number, replace(row, cells=tuple(cells)))
        return ""

    # --- a new measure --------------------------------------------------------------------------------------------

    def _measure(self, row: NewRow) -> str:
        """Puts a sheet behind the last one of its goal and strand, as if somebody had copied one; why not, or ''."""
        grid = self.grids[row.sheet]
        if not row.cells.get(TITLE, "").strip():
            return _NO_TITLE
        strand = row.cells.get(STRAND, "").strip()
        rows = {one.key: dict(zip(grid.labels, one.cells, strict=True)) for one in grid.rows}
        strands = list(dict.fromkeys(cells[STRAND].text for cells in rows.values()))
        known = [name for name in strands if strand.casefold() in (name.casefold(), *name.casefold().split(" ", 1))]
        if len(known) != 1:
            return _NO_STRAND.format(", ".join(strands))
        goal = row.cells.get("Ziel", "").split(" ")[0]
        in_strand = [key for key, cells in rows.items() if cells[STRAND].text == known[0]]
        near = [key for key in in_strand if rows[key]["Ziel"].text.split(" ")[0] == goal] or in_strand
        at = self._end_of(near[-1])
        if at is None:
            return _NOT_THERE
        texts = {DESCRIPTION, *(label for label in grid.labels if self._is_text_label(label))}
        title = f"{row.cells.get(NUMBER, '')} {row.cells.get(TITLE, '')}".strip()
        items: list[Item] = [Paragraph(_HEADING, _lines(title))]
        items += [Paragraph("", _lines(text)) for text in _BETWEEN.split(row.cells.get(DESCRIPTION, "")) if text]
        for label in (label for label in grid.labels if label in texts - {DESCRIPTION}):
            if row.cells.get(label):
                items.append(Paragraph(_RAIL, _lines(field_label(label))))
                items += [Paragraph("", _lines(text)) for text in _BETWEEN.split(row.cells[label]) if text]
        told = [label for label in row.cells if label not in texts | {NUMBER, STRAND, TITLE} and row.cells[label]]
        rest = [label for label in grid.labels if label not in told and label not in texts | {NUMBER, STRAND, TITLE}]
        rest = [label for label in rest if label not in self._given()]
        lines = [(field_label(label), row.cells[label]) for label in told]
        lines += [(field_label(label), "–") for label in rest]
        items.append(Table(tuple(_row(label, text) for label, text in lines)))
        self.items[at:at] = items
        return ""

    def _given(self) -> set[str]:
        """What a measure has where nobody says it: a status."""
        fields = fields_of(self.base.sources.kinds[Kind.MEASURE].model).values()
        return {field.label for field in fields if field.always and not field.required}

    def _is_text_label(self, label: str) -> bool:
        model = self.base.sources.kinds[Kind.MEASURE].model
        fields = fields_of(model).values()
        return any(field.label == field_label(label) and isinstance(field.kind, Markdown) for field in fields)

    def _end_of(self, measure: str) -> int | None:
        """Where the sheet of a measure ends in the reading."""
        last = None
        for at, item in enumerate(self.items):
            if any(self._source(mark).startswith(f"{measure}/") for mark in item.marks):
                last = at
        return None if last is None else last + 1


def _lines(text: str) -> Inline:
    """A text whose lines end in breaks."""
    nodes: list[Node] = []
    for number, line in enumerate(text.strip().split("\n")):
        nodes += [Node("break", text="\n")] if number else []
        nodes += [Node("text", text=line)] if line else []
    return tuple(nodes)


def _plain(cell: Cell) -> str:
    return " ".join(" ".join(paragraph.plain for paragraph in cell.paragraphs).split())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _row(label: str, text: str) -> Row:
    lines = text.split("\n")
    return Row((Cell((Paragraph("", _lines(label)),)), Cell(tuple(Paragraph("", _lines(line)) for line in lines))))


def _retitled(paragraph: Paragraph, before: str, after: str) -> Paragraph | None:
    """A heading with another title behind its number, in the letters of its last word; None if it reads otherwise."""
    nodes = list(paragraph.content)
    for at in reversed(range(len(nodes))):
        text = nodes[at].text.replace("\u00a0", " ")
        if nodes[at].kind == "text" and text.endswith(before):
            nodes[at] = Node("text", text=f"{text[: len(text) - len(before)]}{after}")
            return replace(paragraph, content=tuple(nodes))
    whole, old = _one_line(paragraph.plain), _one_line(before)
    if not whole.endswith(old):
        return None
    return replace(paragraph, content=_lines(f"{whole.removesuffix(old)}{after}"))


def _with_lines(cell: Cell, before: str, after: str) -> Cell:
    """A cell of a sheet with other lines; those that stay are as they were, with the tab behind their date."""
    old = [paragraph for paragraph in cell.paragraphs if paragraph.plain.strip()]
    was = before.split("\n")
    known = dict(zip(was, old, strict=True)) if len(was) == len(old) else {}
    style = cell.paragraphs[0].style if cell.paragraphs else ""
    made = [
        replace(known[line], marks=()) if line in known else Paragraph(style, _lines(line))
        for line in after.split("\n")
    ]
    return replace(cell, paragraphs=(replace(made[0], marks=cell.marks), *made[1:]))


def _with_breaks(cell: Cell, text: str) -> Cell:
    """A cell of a table, whose lines are those of one paragraph."""
    style = cell.paragraphs[0].style if cell.paragraphs else ""
    return replace(cell, paragraphs=(Paragraph(style, _lines(text), cell.marks),))
