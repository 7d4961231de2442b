"""The bytes of an edited workbook, untrusted, in; its sheets as texts and what it carries hidden out.

It comes through the same door as a Word file: nothing is unpacked beyond the limits, no part has rules of its own, no
macros. Only then is it read; formulas are not computed.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import openpyxl

from pipeline.errors import RefusedFileError
from pipeline.ooxml.parse import parse_xml
from pipeline.ooxml.unzip import unzip
from pipeline.xlsx.hidden_base import PROPERTY, SHEET

_BOOK: Final = "xl/workbook.xml"
_XML: Final = (".xml", ".rels")
_MACROS: Final = ("vbaproject", "macrosheet")
_MOST_CELLS: Final = 200_000  # a plan with the most measures that there may be has some 60,000
_SAVE: Final = "bitte in Excel öffnen und als Excel-Arbeitsmappe (.xlsx) neu speichern"
_FAULTS: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError, OverflowError)
_WORDS: Final[Mapping[str, str]] = {
    "Word-Datei (.docx)": "Excel-Datei (.xlsx)",
    "Word-Dokument (.docx)": "Excel-Arbeitsmappe (.xlsx)",
    "Dokument in Word": "Arbeitsmappe in Excel",
    "Word": "Excel",
}
FORMULA: Final = "formula"
DATE: Final = "date"
FAULT: Final = "fault"


@dataclass(frozen=True)
class ReadCell:
    """A cell's text as it is shown; `odd`: what of it nobody can take; the note that somebody put at it."""

    text: str = ""
    odd: str = ""
    note: str = ""
    author: str = ""


@dataclass(frozen=True)
class ReadSheet:
    """The heads of a sheet and the rows below, each as long as the heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[ReadCell, ...], ...]


@dataclass(frozen=True)
class OpenedBook:
    """The sheets by name; the hidden base's zip, None where it is lost or damaged; its SHA-256 by the properties."""

    sheets: Mapping[str, ReadSheet]
    carried: bytes | None
    digest: str


def is_workbook(data: bytes) -> bool:
    """Whether a file that came back says that it is a workbook; what it is, `open_xlsx` sees."""
    return _BOOK.encode() in data and b"word/document.xml" not in data


def open_xlsx(data: bytes, name: str) -> OpenedBook:
    """Opens a workbook that came from outside; `name` is the file's, for messages. Raises RefusedFileError."""
    try:
        parts = unzip(data, name)
        for part in parts:
            if part.lower().endswith(_XML):
                parse_xml(parts[part], name, part)
    except RefusedFileError as error:
        raise RefusedFileError(name, _in_words(error.what), _in_words(error.remedy)) from error
    if any(word in part.lower() for part in parts for word in _MACROS):
        raise RefusedFileError(name, "Die Datei enthält Makros", f"{_SAVE}, ohne Makros")
    try:
        with warnings.catch_warnings():  # of what it leaves alone: pictures, colours of other programs
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
            sheets = {sheet.title: _sheet(sheet, name) for sheet in book.worksheets if sheet.title != SHEET}
            properties: Any = getattr(book, "custom_doc_props")  # noqa: B009 - its types do not know it
            digest = next((str(item.value) for item in properties.props if item.name == PROPERTY), "")
            hidden = _hidden(book[SHEET]) if SHEET in book.sheetnames else None
    except RefusedFileError:
        raise
    except _FAULTS as error:
        raise RefusedFileError(name, "Die Arbeitsmappe lässt sich nicht lesen", _SAVE) from error
    return OpenedBook(sheets, hidden, digest or (hashlib.sha256(hidden).hexdigest() if hidden else ""))


def _in_words(text: str) -> str:
    for word, other in _WORDS.items():
        text = text.replace(word, other)
    return text


def _hidden(sheet: Any) -> bytes | None:
    text = "".join(str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True) if row[0] is not None)
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _sheet(sheet: Any, name: str) -> ReadSheet:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        what = f"Das Blatt „{sheet.title}“ ist größer, als ein Plan es braucht"
        raise RefusedFileError(name, what, "bitte Leeres unten und rechts löschen und neu speichern")
    rows = [tuple(_cells(row)) for row in sheet.iter_rows()]
    heads = tuple(cell.text for cell in rows[0]) if rows else ()
    return ReadSheet(heads, tuple(rows[1:]))


def _cells(row: tuple[Any, ...]) -> Iterator[ReadCell]:
    for cell in row:
        note = getattr(cell, "comment", None)
        told = (str(note.text or "").strip(), str(note.author or "").strip()) if note is not None else ("", "")
        yield ReadCell(*_text(cell), *told)


def _text(cell: Any) -> tuple[str, str]:
    """What the cell shows, and what is odd about it. A number reads as it is shown: 1200, 2,5."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return str(getattr(value, "text", value)), FORMULA
    if isinstance(value, bool) or cell.data_type == "e":
        return str(value), FAULT
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d.%m.%Y"), DATE
    if isinstance(value, dt.time | dt.timedelta):
        return str(value), DATE
    if isinstance(value, int | float):
        return f"{value:.10g}".replace(".", ","), ""
    lines = (line.strip() for line in str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip(), ""
