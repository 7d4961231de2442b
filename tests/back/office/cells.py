"""What an editor does in an open workbook, done in LibreOffice: operations as data, cells named by key and head.

Runs in LibreOffice's own Python, so it imports nothing of the pipeline.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table.CellContentType import EMPTY
from com.sun.star.util import SortField

from tests.back.office.operations import Operations

KEY = "Kennung"
STRUCK = 1


class Cells(Operations):
    """One open workbook in the hands of an editor."""

    # --- finding --------------------------------------------------------------------------------------------------

    def _sheet(self, name: str) -> Any:
        sheet = self.document.Sheets.getByName(name)
        self.view.setActiveSheet(sheet)
        return sheet

    def _heads(self, sheet: Any) -> Iterator[tuple[int, str]]:
        for column in range(400):
            if text := sheet.getCellByPosition(column, 0).String:
                yield column, text

    def _column(self, sheet: Any, head: str) -> int:
        return next(column for column, text in self._heads(sheet) if text == head)

    def _row(self, sheet: Any, key: str) -> int:
        column = self._column(sheet, KEY)
        return next(row for row in range(1, 400) if sheet.getCellByPosition(column, row).String == key)

    def _free(self, sheet: Any) -> int:
        return next(row for row in range(1, 400) if sheet.getCellByPosition(0, row).Type == EMPTY)

    def _cell(self, name: str, key: str, head: str) -> Any:
        sheet = self._sheet(name)
        return sheet.getCellByPosition(self._column(sheet, head), self._row(sheet, key))

    def _open(self, name: str) -> Any:
        """A sheet without its protection, which has no word to guess."""
        sheet = self._sheet(name)
        sheet.unprotect("")
        return sheet

    def _run(self, command: str, **values: object) -> None:
        given = tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())
        self.dispatcher.executeDispatch(self.view.getFrame(), f".uno:{command}", "", 0, given)

    # --- cells ----------------------------------------------------------------------------------------------------

    def type(self, name: str, key: str, head: str, words: str) -> None:
        """Words typed over what stands there, as the keyboard gives them: a number, a date, a formula or a text."""
        cell = self._cell(name, key, head)
        if cell.CellProtection.IsLocked:
            self._open(name)
        self._type(cell, words)

    def _type(self, cell: Any, words: str) -> None:
        self.view.select(cell)
        if not words:
            self._run("ClearContents")
        elif "\n" in words:  # Alt+Enter makes a text of it
            cell.String = words
        else:
            self._run("EnterString", StringName=words)

    def type_plain(self, name: str, key: str, head: str, words: str) -> None:
        """The same in a cell whose format somebody set back to that of numbers."""
        self._open(name)
        cell = self._cell(name, key, head)
        cell.NumberFormat = 0
        self._type(cell, words)

    def note(self, name: str, key: str, head: str, words: str) -> None:
        """A note at a cell."""
        cell = self._cell(name, key, head)
        self._open(name).Annotations.insertNew(cell.CellAddress, words)

    def strike(self, name: str, key: str, head: str) -> None:
        """A line through a cell's words."""
        self._open(name)
        self._cell(name, key, head).CharStrikeout = STRUCK

    # --- rows, columns, sheets ------------------------------------------------------------------------------------

    def add(self, name: str, *pairs: str) -> None:
        """A row more: heads and what is typed below them, in turn."""
        sheet = self._sheet(name)
        row = self._free(sheet)
        for head, words in zip(pairs[::2], pairs[1::2], strict=True):
            self._type(sheet.getCellByPosition(self._column(sheet, head), row), words)

    def copy_row(self, name: str, key: str, *pairs: str) -> None:
        """A row copied below the last one, with its key, and other words in some of its cells."""
        sheet = self._open(name)
        row, target = self._row(sheet, key), self._free(sheet)
        last = self._column(sheet, KEY)
        source = sheet.getCellRangeByPosition(0, row, last, row).RangeAddress
        sheet.copyRange(sheet.getCellByPosition(0, target).CellAddress, source)
        for head, words in zip(pairs[::2], pairs[1::2], strict=True):
            self._type(sheet.getCellByPosition(self._column(sheet, head), target), words)

    def delete_row(self, name: str, key: str) -> None:
        """A row taken out."""
        sheet = self._open(name)
        sheet.Rows.removeByIndex(self._row(sheet, key), 1)

    def insert_row(self, name: str, key: str) -> None:
        """An empty row before another."""
        sheet = self._open(name)
        sheet.Rows.insertByIndex(self._row(sheet, key), 1)

    def sort(self, name: str, head: str) -> None:
        """All rows, with their keys, from Z to A."""
        sheet = self._open(name)
        column, last = self._column(sheet, head), self._column(sheet, KEY)
        field = SortField()
        field.Field, field.SortAscending = column, False
        values = (
            PropertyValue("SortFields", 0, uno.Any("[]com.sun.star.util.SortField", (field,)), 0),
            PropertyValue("ContainsHeader", 0, False, 0),
        )
        sheet.getCellRangeByPosition(0, 1, last, self._free(sheet) - 1).sort(values)

    def hide(self, name: str, head: str) -> None:
        """A column nobody wants to see."""
        sheet = self._open(name)
        sheet.Columns.getByIndex(self._column(sheet, head)).IsVisible = False

    def delete_column(self, name: str, head: str) -> None:
        """A column taken out."""
        sheet = self._open(name)
        sheet.Columns.removeByIndex(self._column(sheet, head), 1)

    def move_column(self, name: str, head: str) -> None:
        """A column cut and pasted behind the last one."""
        sheet = self._open(name)
        column, last = self._column(sheet, head), max(column for column, _ in self._heads(sheet)) + 1
        address = sheet.getCellRangeByPosition(column, 0, column, self._free(sheet)).RangeAddress
        sheet.moveRange(sheet.getCellByPosition(last, 0).CellAddress, address)

    def new_column(self, name: str, head: str, key: str, words: str) -> None:
        """A column of somebody's own."""
        sheet = self._open(name)
        column = max(column for column, _ in self._heads(sheet)) + 1
        self._type(sheet.getCellByPosition(column, 0), head)
        self._type(sheet.getCellByPosition(column, self._row(sheet, key)), words)

    def merge_cells(self, name: str, key: str, first: str, last: str) -> None:
        """Neighbouring cells made one."""
        sheet = self._open(name)
        row = self._row(sheet, key)
        sheet.getCellRangeByPosition(self._column(sheet, first), row, self._column(sheet, last), row).merge(True)

    def delete_sheet(self, name: str) -> None:
        """A sheet taken out."""
        self.document.Sheets.removeByName(name)

    def new_sheet(self, name: str, words: str) -> None:
        """A sheet of somebody's own."""
        self.document.Sheets.insertNewByName(name, 0)
        self._type(self.document.Sheets.getByName(name).getCellByPosition(0, 0), words)

    def rename_sheet(self, name: str, other: str) -> None:
        """A sheet called otherwise."""
        self.document.Sheets.getByName(name).Name = other

    def only_save(self) -> None:
        """Nothing."""
