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
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.cell import range_boundaries

from pipeline.errors import RefusedFileError
from pipeline.ooxml.elements import written
from pipeline.ooxml.package import write_zip
from pipeline.ooxml.parse import parse_xml, plain_bytes
from pipeline.ooxml.unzip import shown, unzip
from pipeline.xlsx.hidden_base import PROPERTY, SHEET

_BOOK: Final = "xl/workbook.xml"
_XML: Final = (".xml", ".rels")
_DRAWN: Final = ".vml"  # where notes are drawn; nobody here reads it
_CELLS: Final = re.compile(rb"spreadsheetml|<!|&#")  # what no such drawing has, and what sheets are known by
_MACROS: Final = ("vbaproject", "macrosheet")
_MOST_CELLS: Final = 200_000  # a plan with the most measures that there may be has some 60,000
_SAVE: Final = "bitte in Excel öffnen und als Excel-Arbeitsmappe (.xlsx) neu speichern"
_FAULTS: Final = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError, OverflowError),
    *(SyntaxError, ArithmeticError, zipfile.BadZipFile),  # the first is what broken XML is to Python's own reader
)
_WORDS: Final[Mapping[str, str]] = {
    "Word-Datei (.docx)": "Excel-Datei (.xlsx)",
    "Word-Dokument (.docx)": "Excel-Arbeitsmappe (.xlsx)",
    "Dokument in Word": "Arbeitsmappe in Excel",
    "Word": "Excel",
}
FORMULA: Final = "formula"
DATE: Final = "date"
FAULT: Final = "fault"
NUMBER: Final = "number"
STRUCK: Final = "struck"
_THREAD: Final = re.compile(r"tc=(\{[0-9A-Fa-f-]+\})")  # the author of what Excel writes for programs without threads
_LABEL: Final = re.compile(r"(?m)^\S[^\n]*:[ \t]*$")  # `Comment:`, `Kommentar:`, `Antwort:`
_DRAWINGS: Final = "xl/drawings/"
_THREADS: Final = "xl/threadedcomments/"
_PERSONS: Final = "xl/persons/"
_ESCAPED: Final = re.compile(r"_x000[dD]_\n?|\n_x000[dD]_")  # how a carriage return is written
_ANY_NUMBER: Final = ("General", "@")  # that show the number itself
_ROUNDING: Final[Mapping[str, int]] = {
    "0": 0,
    "0.0": 1,
    "0.00": 2,
    "#,##0": 0,
    "#,##0.00": 2,
}  # decimals that are shown
_LONGEST: Final = 32_767  # characters of a cell
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class ReadCell:
    """A cell's text as it is shown; `odd`: what of it nobody can take; the note that somebody put at it."""

    text: str = ""
    odd: str = ""
    note: str = ""
    author: str = ""


@dataclass(frozen=True)
class ReadSheet:
    """The cells of a sheet's heads and the rows below, each as long as the heads."""

    top: tuple[ReadCell, ...]
    rows: tuple[tuple[ReadCell, ...], ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """What the heads say."""
        return tuple(cell.text for cell in self.top)


@dataclass(frozen=True)
class OpenedBook:
    """The sheets by name; the hidden base's zip, and its SHA-256. Where the base is lost or damaged it is None, and the
    SHA-256 what the file's properties say. `drawn`: pictures, charts or shapes stand on a sheet.
    """

    sheets: Mapping[str, ReadSheet]
    carried: bytes | None
    digest: str
    drawn: bool = False


def is_workbook(data: bytes) -> bool:
    """Whether a file that came back is packed as a workbook is; what is in it, `open_xlsx` sees."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _BOOK in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def open_xlsx(data: bytes, name: str) -> OpenedBook:
    """Opens a workbook that came from outside; `name` is the file's, for messages. Raises RefusedFileError."""
    try:
        parts = unzip(data, name)
        for part in parts:
            if part.lower().endswith(_XML):
                _refuse_large(parse_xml(parts[part], name, part), name)
            elif part.lower().endswith(_DRAWN):
                plain_bytes(parts[part], name, part)
                if _CELLS.search(parts[part].replace(b"\x00", b"")):
                    raise RefusedFileError(name, f"Das Teil „{shown(part)}“ ist XML unter anderem Namen", _SAVE)
            elif parts[part].lstrip(b"\xef\xbb\xbf\xff\xfe\x00\t \r\n")[:1] == b"<":
                raise RefusedFileError(name, f"Das Teil „{shown(part)}“ ist XML unter anderem Namen", _SAVE)
    except RefusedFileError as error:
        raise RefusedFileError(name, _in_words(error.what), _in_words(error.remedy)) from error
    if any(word in part.lower() for part in parts for word in _MACROS):
        raise RefusedFileError(name, "Die Datei enthält Makros", f"{_SAVE}, ohne Makros")
    try:
        with warnings.catch_warnings():  # of what it leaves alone: pictures, colours of other programs
            warnings.simplefilter("ignore")
            cells = write_zip({part: _without_drawings(data, name, part) for part, data in parts.items()})
            book = openpyxl.load_workbook(io.BytesIO(cells), keep_links=False, rich_text=True)
            people = _people(parts, name)
            sheets = {sheet.title: _sheet(sheet, name, people) for sheet in book.worksheets if sheet.title != SHEET}
            properties: Any = getattr(book, "custom_doc_props")  # noqa: B009 - its types do not know it
            told = next((str(item.value) for item in properties.props if item.name == PROPERTY), "")
            hidden = _hidden(book[SHEET]) if SHEET in book.sheetnames else None
    except RefusedFileError:
        raise
    except _FAULTS as error:
        raise RefusedFileError(name, "Die Arbeitsmappe lässt sich nicht lesen", _SAVE) from error
    digest = hashlib.sha256(hidden).hexdigest() if hidden else ""
    if not hidden or (told and told != digest):  # lost or damaged: a copy may be known by what the file says of it
        return OpenedBook(sheets, None, told, _is_drawn(parts, name))
    return OpenedBook(sheets, hidden, digest, _is_drawn(parts, name))


def _without_drawings(data: bytes, name: str, part: str) -> bytes:
    """A part that leads to no drawing: what is drawn beside the cells nobody reads, and opening it may cost memory."""
    if not part.lower().endswith(".rels"):
        return data
    root = parse_xml(data, name, part)
    drawings = [item for item in root if item.get("Type", "").endswith("/drawing")]
    for item in drawings:
        root.remove(item)
    return written(root) if drawings else data


def _is_drawn(parts: Mapping[str, bytes], name: str) -> bool:
    """Whether pictures, charts or shapes stand on a sheet."""
    drawings = (part for part in parts if part.lower().startswith(_DRAWINGS) and part.lower().endswith(".xml"))
    found = (
        str(item.tag).rpartition("}")[2] for part in drawings for item in parse_xml(parts[part], name, part).iter()
    )
    return any(kind in ("pic", "graphicFrame", "sp") for kind in found)


def _refuse_large(root: Any, name: str) -> None:
    """Refuses what would become more cells than a plan needs, before it becomes any: each of a range is made."""
    cells = sum(1 for _ in root.iter(f"{_MAIN}c"))
    for item in root.iter(f"{_MAIN}mergeCell", f"{_MAIN}comment", f"{_MAIN}hyperlink"):
        cells += _count(str(item.get("ref", "")))
    if cells > _MOST_CELLS:
        what = "Ein Blatt ist größer, als ein Plan es braucht"
        raise RefusedFileError(name, what, "bitte Leeres unten und rechts löschen und neu speichern")
    if any(sum(map(len, item.itertext())) > _LONGEST for item in root.iter(f"{_MAIN}si", f"{_MAIN}is")):
        raise RefusedFileError(name, "Eine Zelle ist länger, als Excel es zulässt", _SAVE)


def _count(ref: str) -> int:
    """How many cells a range has: `A1:C4` has 12; of what is no range, too many."""
    try:
        first, top, last, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return _MOST_CELLS + 1
    if None in (first, top, last, bottom):
        return _MOST_CELLS + 1
    return (int(last or 0) - int(first or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)


def _in_words(text: str) -> str:
    for word, other in _WORDS.items():
        text = text.replace(word, other)
    return text


def _hidden(sheet: Any) -> bytes | None:
    if sheet.max_row > _MOST_CELLS:
        return None
    text = "".join(str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True) if row[0] is not None)
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _people(parts: Mapping[str, bytes], name: str) -> Mapping[str, str]:
    """Of each comment in a thread, by its ID, who wrote it."""
    names, found = dict[str, str](), dict[str, str]()
    for part in sorted(parts, key=lambda part: not part.lower().startswith(_PERSONS)):
        if part.lower().startswith((_PERSONS, _THREADS)) and part.lower().endswith(".xml"):
            for item in parse_xml(parts[part], name, part):
                if item.get("displayName"):
                    names[item.get("id", "")] = item.get("displayName", "")
                found[item.get("id", "")] = names.get(item.get("personId", ""), "")
    return found


def _sheet(sheet: Any, name: str, people: Mapping[str, str]) -> ReadSheet:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        what = f"Das Blatt „{sheet.title}“ ist größer, als ein Plan es braucht"
        raise RefusedFileError(name, what, "bitte Leeres unten und rechts löschen und neu speichern")
    rows = [tuple(_cells(row, people)) for row in sheet.iter_rows()]
    return ReadSheet(rows[0] if rows else (), tuple(rows[1:]))


def _cells(row: tuple[Any, ...], people: Mapping[str, str]) -> Iterator[ReadCell]:
    for cell in row:
        note = getattr(cell, "comment", None)
        told = _note(str(note.text or ""), str(note.author or ""), people) if note is not None else ("", "")
        yield ReadCell(*_text(cell), *told)


def _note(text: str, author: str, people: Mapping[str, str]) -> tuple[str, str]:
    """A note and whose it is; of a thread of comments what was said, without what stands there for older programs.

    That is a line in brackets, one on the version of Excel and an address, in whichever language, then `Comment:`.
    """
    thread = _THREAD.match(author)
    if thread is None:
        return text.strip(), author.strip()
    said = text.split("\n\n", 2)[-1]
    return " ".join(_LABEL.sub("", said).split()), people.get(thread[1], "")


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
    if isinstance(value, int | float | Decimal):
        plain = str(value) if isinstance(value, int) else format(Decimal(repr(value)).normalize(), "f")
        return plain.replace(".", ","), "" if _shows_all(value, str(cell.number_format)) else NUMBER
    plain = _ESCAPED.sub("\n", str(value))
    struck = any(getattr(getattr(part, "font", None), "strike", False) for part in value) if _is_rich(value) else False
    odd = STRUCK if struck or bool(cell.font and cell.font.strike) else ""
    lines = (line.strip() for line in plain.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip(), odd


def _shows_all(value: float | Decimal, number_format: str) -> bool:
    """Whether a number is shown as it is: 2.5 in the format `0` reads 3."""
    if number_format in _ROUNDING:
        return round(value, _ROUNDING[number_format]) == value
    return number_format in _ANY_NUMBER


def _is_rich(value: object) -> bool:
    """Whether some letters of a text look otherwise than the rest."""
    return isinstance(value, CellRichText)
