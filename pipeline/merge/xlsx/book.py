"""A workbook that came back, in; the base that its edits are held against, and what it says now, out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pipeline.errors import RefusedFileError
from pipeline.files.bases import find_base
from pipeline.merge.base import BaseFile
from pipeline.merge.docx.comments import Comment
from pipeline.merge.docx.unsupported import Unsupported
from pipeline.merge.prepare import Prepared, read_own
from pipeline.merge.rebuild import Rebuilds
from pipeline.merge.sources import Sources
from pipeline.merge.stand_ins import with_pictures
from pipeline.merge.why import Reason, Why
from pipeline.merge.xlsx.changes import CellNote, Changes, Told, Written, changes
from pipeline.merge.xlsx.open import OpenedBook
from pipeline.merge.xlsx.reading import BookEdits
from pipeline.ooxml.unzip import unzip
from pipeline.xlsx.grid import Grid
from pipeline.xlsx.hidden_base import CELLS, FORMAT, GUIDE, HEADS, RECORD, ROWS, SOURCES
from pipeline.xlsx.sheets import sheets

_NEWER: Final = "Die Datei wurde mit einer neueren Fassung des Programms gebaut"
_DRAWING: Final = "ein Bild oder eine Zeichnung auf einem Blatt"
_NO_DRAWINGS: Final = "Bilder und Zeichnungen kommen nicht aus der Arbeitsmappe; bitte als Datei schicken."
_AGAIN: Final = "bitte die zuletzt gebaute Excel-Datei noch einmal bearbeiten"


@dataclass(frozen=True)
class BookBase:
    """The base as one of the plan's Word file, its sheets as the sources give them, and as they were written; what the
    guide said, nothing where nobody knows.
    """

    base: BaseFile
    grids: tuple[Grid, ...]
    written: Mapping[str, Written]
    guide: frozenset[str] = frozenset()


def book_base(
    book: OpenedBook, name: str, rebuilds: Rebuilds, today: Mapping[PurePosixPath, bytes], cache: Path | None
) -> BookBase:
    """What a workbook was made from: carried inside, else kept. Raises RefusedFileError."""
    carried = book.carried if book.carried is not None else find_base(cache, book.digest)
    if carried is None:
        what = "Die Datei ist keine Arbeitsmappe dieses Plans oder hat verloren, woraus sie gebaut ist"
        raise RefusedFileError(name, what, _AGAIN)
    try:
        contents = unzip(carried, name)
        record: dict[str, Any] = json.loads(contents[RECORD])
        is_newer = record["format"] > FORMAT
    except (KeyError, ValueError, TypeError, RecursionError, RefusedFileError) as error:
        raise _damaged(name) from error
    if is_newer:
        raise RefusedFileError(name, _NEWER, "bitte das Programm auf diesem Rechner erneuern")
    try:
        written = {
            str(sheet): Written(_heads(told[HEADS]), _rows(told[ROWS], len(told[HEADS])))
            for sheet, told in record[CELLS].items()
        }
        short_name, title = str(record["kurzname"]), str(record["titel"])
        guide = frozenset(map(str, record.get(GUIDE, ())))  # which the first files did not write down
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(name) from error
    files = {
        PurePosixPath(path.removeprefix(SOURCES)): data for path, data in contents.items() if path.startswith(SOURCES)
    }
    rebuilt = rebuilds.of(with_pictures(Sources(files), today))
    document = rebuilt.document()
    made = rebuilt.as_word() if document is not None else None
    if document is None or made is None:
        what = "Aus den Quellen, die die Datei mitführt, wird nach den heutigen Regeln kein Plan"
        raise RefusedFileError(name, what, _AGAIN)
    base = replace(
        made, sources=Sources(files), seal=hashlib.sha256(carried).hexdigest(), short_name=short_name, title=title
    )
    return BookBase(base, sheets(document), written, guide)


def _damaged(name: str) -> RefusedFileError:
    return RefusedFileError(name, "Was die Datei über ihre Herkunft mitführt, ist beschädigt", _AGAIN)


def _heads(told: Sequence[str]) -> tuple[str, ...]:
    """Raises ValueError for two of one name."""
    heads = tuple(map(str, told))
    if len({*heads}) != len(heads):
        raise ValueError("two heads of one name")
    return heads


def _rows(told: Mapping[str, Sequence[str]], length: int) -> Mapping[str, tuple[str, ...]]:
    """Raises ValueError for a row that is longer or shorter than its heads."""
    rows = {str(key): tuple(map(str, texts)) for key, texts in told.items()}
    if any(len(texts) != length for texts in rows.values()):
        raise ValueError("a row of another length")
    return rows


def read_book(book: OpenedBook, found: BookBase) -> Prepared:
    """What the workbook says, as the reading of the plan's Word file with the same edits."""
    growing = [grid.name for grid in found.grids if grid.grows]
    differences = changes(found.written, book.sheets, growing, found.guide)
    edits = BookEdits(found.base, read_own(found.base), found.grids)
    edits.carry(differences.cells, differences.rows)
    told = tuple(_told(item, edits) for item in (*differences.told, *edits.told))
    if book.drawn:
        told += (Unsupported(_DRAWING, "", "", "", Why(Reason.UNSUPPORTED, _NO_DRAWINGS)),)
    return Prepared(edits.reading, comments=tuple(_notes(differences, edits)), unsupported=told)


def _told(item: Told, edits: BookEdits) -> Unsupported:
    where = ", ".join(part for part in (f"Blatt {item.sheet}", item.key.removeprefix("M"), item.column) if part)
    why = Why(Reason.UNSUPPORTED, item.why)
    return Unsupported(where, item.text, "", edits.mark(item.sheet, item.key, item.column), why)


def _notes(differences: Changes, edits: BookEdits) -> Iterator[Comment]:
    for number, note in enumerate(differences.notes):
        yield _comment(number, note, edits)


def _comment(number: int, note: CellNote, edits: BookEdits) -> Comment:
    mark = edits.mark(note.sheet, note.key, note.column, near=True)
    return Comment(str(number), note.author, "", note.text, words=note.words or note.column, mark=mark)
