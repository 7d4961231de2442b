"""Sheets in, the bytes of a workbook out: frozen heads, filters, pick lists, locked columns, a print set-up."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

import xlsxwriter

from pipeline.design import design
from pipeline.document.model import Properties
from pipeline.xlsx.grid import KEY, MATRIX, MEASURES, Grid, GridCell
from pipeline.xlsx.hidden_base import PIECE, PROPERTY, SHEET, HiddenBase

GUIDE: Final = "Anleitung"
LISTS: Final = "_listen"  # what one can choose from
_SPARE: Final = 20  # empty rows below those that may grow
_A3, _A4 = 8, 9
_MANY: Final = 12  # columns, from which on a sheet is printed on two large pages side by side
_OPTIONS: Final = MappingProxyType(
    {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
)
_PROTECTION: Final = MappingProxyType(
    {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
)
_TEXT: Final = "@"  # a cell of text: neither „1.2“ nor „Q1 2027“ becomes a number or a day
_LINE: Final = 15.0  # points
_MOST_LINES: Final = 12
_LETTERS: Final = 1.1  # of a text to a column's width, which counts figures
_HOW: Final = (
    ("So wird diese Datei bearbeitet", ""),
    ("Weiße Zellen", "Hier lässt sich ändern. Mehrere Angaben einer Zelle stehen untereinander (Alt+Eingabe)."),
    ("Graue Zellen", "Sie entstehen aus den Daten und sind gesperrt."),
    ("Auswahl", "In manchen Zellen klappt rechts eine Liste auf. Schreiben geht auch."),
    (
        "Matrix",
        "F Federführung, E Entscheidung, M Mitwirkung, I Information. Wer vor einem neuen F führte, wirkt dann mit.",
    ),
    ("Neue Maßnahme", "In Maßnahmen eine leere Zeile unten ausfüllen. Nötig: Titel, Beschreibung, Ziel, Strang."),
    ("Maßnahme entfällt", "Zeile stehen lassen und als Status „zurückgestellt“ wählen."),
    ("Schreibweisen", "Zeitpunkte: Q1 2027, 2027-03 oder 2027. Beträge: 15.000 Euro einmalig. Tage: 24.11.2026."),
    ("Sortieren, filtern", "Filtern geht immer; zum Sortieren den Blattschutz aufheben (er hat kein Kennwort)."),
    ("Zurückgeben", "Als .xlsx speichern und zurückschicken. Was geändert ist, wird in den Plan übernommen."),
)


def write_workbook(values: Properties, grids: Sequence[Grid], base: HiddenBase) -> bytes:
    """The same bytes for the same values."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(_OPTIONS))
    made = datetime.fromisoformat(values.date).replace(tzinfo=UTC)
    book.set_properties(
        {
            "title": values.full_title,
            "author": "; ".join(values.authors),
            "created": made,
            "comments": f"Fassung {values.edition}, Stand {values.date_label}",
        }
    )
    book.set_custom_property(PROPERTY, base.digest)
    book.set_size(2400, 1400)
    formats = _Formats(book)
    sheets = {grid.name: book.add_worksheet(grid.name) for grid in grids}
    guide = book.add_worksheet(GUIDE)
    lists = _Lists(book)
    for grid in grids:
        _Sheet(sheets[grid.name], grid, formats, lists).write(values)
    _guide(guide, formats, values)
    hidden = book.add_worksheet(SHEET)
    text = base64.b64encode(base.data).decode()
    for row, start in enumerate(range(0, len(text), PIECE)):
        hidden.write_string(row, 0, text[start : start + PIECE])
    for sheet in (lists.sheet, hidden):
        sheet.protect()
        sheet.very_hidden()
    book.close()
    return buffer.getvalue()


class _Formats:
    """What cells look like; colours are those of the design."""

    def __init__(self, book: Any) -> None:
        colours = design()["colour"]
        usual = {
            "num_format": _TEXT,
            "text_wrap": True,
            "valign": "top",
            "font_name": "Calibri",
            "font_size": 11,
            "border": 1,
            "border_color": colours["hair"],
        }
        self.head = book.add_format(
            {**usual, "bold": True, "bg_color": colours["petrol"], "font_color": "#FFFFFF", "valign": "vcenter"}
        )
        self.turned = book.add_format(
            {
                **usual,
                "bold": True,
                "bg_color": colours["petrol"],
                "font_color": "#FFFFFF",
                "rotation": 90,
                "valign": "bottom",
                "align": "center",
            }
        )
        self.open = book.add_format({**usual, "locked": False})
        self.letter = book.add_format({**usual, "locked": False, "align": "center"})
        self.locked = book.add_format({**usual, "bg_color": colours["tint1"]})
        self.plain = book.add_format({"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 11})
        self.strong = book.add_format({"bold": True, "valign": "top", "font_name": "Calibri", "font_size": 11})
        self.title = book.add_format({"bold": True, "font_name": "Calibri", "font_size": 16})


class _Lists:
    """Texts that one can choose from, in a sheet that nobody sees: in the cell itself they may have 255 letters."""

    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet(LISTS)
        self.known: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> str:
        if choices not in self.known:
            column = len(self.known)
            for row, text in enumerate(choices):
                self.sheet.write_string(row, column, text)
            name = xlsxwriter.utility.xl_col_to_name(column)
            self.known[choices] = f"={LISTS}!${name}$1:${name}${len(choices)}"
        return self.known[choices]


class _Sheet:
    """One sheet on its way into the book."""

    def __init__(self, sheet: Any, grid: Grid, formats: _Formats, lists: _Lists) -> None:
        self.sheet, self.grid, self.formats, self.lists = sheet, grid, formats, lists
        self.is_matrix = grid.name == MATRIX

    def write(self, values: Properties) -> None:
        """Heads, rows, spare rows, and what one can choose from."""
        grid, sheet = self.grid, self.sheet
        last = len(grid.columns)
        for number, column in enumerate(grid.columns):
            turned = self.is_matrix and column.editable
            sheet.set_column(number, number, 5 if turned else column.width)
            sheet.write_string(0, number, column.label, self.formats.turned if turned else self.formats.head)
        sheet.set_column(last, last, 10, None, {"hidden": True})
        sheet.write_string(0, last, KEY, self.formats.head)
        if self.is_matrix:
            sheet.set_row(0, 190)
        choices = dict(grid.lists)
        for at, row in enumerate(grid.rows, 1):
            for number, (column, cell) in enumerate(zip(grid.columns, row.cells, strict=True)):
                sheet.write_string(at, number, cell.text, self._look(cell))
                if cell.place is not None and cell.choices and column.label not in choices:
                    self._choose(at, at, number, cell.choices)
            sheet.write_string(at, last, row.key, self.formats.locked)
            sheet.set_row(at, _LINE * self._lines(row.cells))
        end = len(grid.rows) + (_SPARE if grid.grows else 0)
        for at in range(len(grid.rows) + 1, end + 1):
            for number in range(last):
                sheet.write_blank(at, number, None, self.formats.open)
        for number, column in enumerate(grid.columns):
            if column.label in choices:
                self._choose(1, end, number, choices[column.label])
        self._set_up(values, end)

    def _look(self, cell: GridCell) -> Any:
        if cell.place is None:
            return self.formats.locked
        return self.formats.letter if self.is_matrix else self.formats.open

    def _lines(self, cells: Sequence[GridCell]) -> int:
        """How many lines a row needs: programs do not measure one whose cells wrap."""
        count = 1
        for column, cell in zip(self.grid.columns, cells, strict=True):
            if not (self.is_matrix and column.editable):
                width = column.width * _LETTERS
                count = max(count, sum(1 + int(len(line) / width) for line in cell.text.split("\n")))
        return min(count, _MOST_LINES)

    def _choose(self, first: int, last: int, column: int, choices: tuple[str, ...]) -> None:
        """A pick list; other words can be typed, and then somebody asks once."""
        options: Mapping[str, Any] = {
            "validate": "list",
            "source": self.lists.source(choices),
            "error_type": "warning",
            "error_title": "Steht nicht in der Liste",
            "error_message": "Trotzdem übernehmen? Beim Einlesen wird geprüft, was gemeint ist.",
        }
        self.sheet.data_validation(first, column, last, column, dict(options))

    def _set_up(self, values: Properties, end: int) -> None:
        sheet, grid = self.sheet, self.grid
        fixed = 3 if grid.name == MEASURES else 2
        sheet.freeze_panes(1, min(fixed, len(grid.columns) - 1))
        sheet.autofilter(0, 0, end, len(grid.columns))
        sheet.protect("", dict(_PROTECTION))
        sheet.set_landscape()
        wide = len(grid.columns) > _MANY and not self.is_matrix
        sheet.set_paper(_A3 if wide else _A4)
        sheet.print_area(0, 0, len(grid.rows), len(grid.columns) - 1)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, fixed - 1)
        sheet.fit_to_pages(2 if wide else 1, 0)
        title = values.title.replace("&", "&&")
        sheet.set_header(f"&L{title}&C{grid.name}&RFassung {values.edition}")
        sheet.set_footer(f"&L{values.state.label}, Stand {values.date_label}&RSeite &P von &N")


def guide_texts(values: Properties) -> tuple[str, ...]:
    """Everything that the guide says."""
    return (_state(values), *(text for row in _HOW for text in row if text))


def _state(values: Properties) -> str:
    return f"{values.full_title}, Stand {values.date_label}"


def _guide(sheet: Any, formats: _Formats, values: Properties) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    (title, _), *rows = _HOW
    sheet.write_string(0, 0, title, formats.title)
    sheet.write_string(1, 0, _state(values), formats.plain)
    for at, (what, how) in enumerate(rows, 3):
        sheet.write_string(at, 0, what, formats.strong)
        sheet.write_string(at, 1, how, formats.plain)
        sheet.set_row(at, _LINE * (1 + len(how) // 95))
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.protect()
