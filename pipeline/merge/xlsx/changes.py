"""Sheets as they were written and as they came back, in; the cells that somebody changed and rows that are new, out.

Rows are known by their key, columns by their head: who sorts, filters, hides or moves something has changed nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.merge.xlsx.open import DATE, FAULT, FORMULA, NUMBER, STRUCK, ReadCell, ReadSheet
from pipeline.xlsx.grid import KEY, MEASURES, TITLE
from pipeline.xlsx.grid import NUMBER as NUMBER_HEAD
from pipeline.xlsx.workbook import BESIDE

_ODD: Final[Mapping[str, str]] = {
    FORMULA: "Eine Formel lässt sich nicht übernehmen; bitte den Wert selbst eintragen.",
    DATE: "Das Programm hat aus der Eingabe ein Datum gemacht; bitte die Zelle als Text formatieren und noch einmal "
    "eintragen, zum Beispiel „24.11.2026“ oder „Q1 2027“.",
    NUMBER: "Diese Zahl zeigt die Tabelle anders, als sie ist (Prozent, Währung); bitte als Text eintragen.",
    STRUCK: "Hier sind Wörter durchgestrichen; bitte löschen, was fort soll, oder den Strich wegnehmen.",
    FAULT: "Hier steht ein Fehler oder ein Wahrheitswert der Tabelle; bitte die Angabe als Text eintragen.",
}
_ROW_MISSING: Final = "Diese Zeile fehlt in der Datei; im Plan bleibt sie."
_HOW_TO_END: Final = "Eine Maßnahme entfällt, wenn ihr Status „zurückgestellt“ ist."
_ROW_TWICE: Final = (
    "Diese Zeile steht zweimal in der Datei; was sich in der zweiten unterscheidet, ist nicht übernommen."
)
_COPIED: Final = "Das steht bei der kopierten Maßnahme; für die neue gilt es nicht."
_NOT_COPIED: Final = ("Zusagen", "Sachstand", "Ausgaben")
_ROW_ODD: Final = "Diese neue Zeile ist nicht angelegt, weil eine ihrer Zellen nicht zu lesen ist."
_ROW_UNKNOWN: Final = "Diese Zeile kennt der Plan nicht; hier lässt sich nichts Neues anlegen."
_COLUMN_UNKNOWN: Final = "Für diese Spalte gibt es kein Feld; bitte in eine der vorhandenen schreiben."
_COLUMN_MISSING: Final = "Diese Spalte fehlt in der Datei; was in ihr stand, bleibt im Plan."
_SHEET_UNKNOWN: Final = "Dieses Blatt gehört nicht zum Plan; was auf ihm steht, ist nicht übernommen."
_HEAD_TWICE: Final = "Eine Spalte dieses Namens gibt es schon; es gilt die erste."
_SHEET_MISSING: Final = "Dieses Blatt fehlt in der Datei; was auf ihm stand, bleibt im Plan."


@dataclass(frozen=True)
class Written:
    """A sheet as it was written: its heads, and of every row, by its key, the texts below them."""

    heads: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class CellChange:
    """A cell that says something else: of which sheet, row and column, before and after."""

    sheet: str
    key: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class NewRow:
    """A row that somebody added: what stands below each head."""

    sheet: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """What is not taken: where, what stands there, why in a German sentence."""

    sheet: str
    key: str
    column: str
    text: str
    why: str


@dataclass(frozen=True)
class CellNote:
    """A note at a cell: where, what it says, whose it is."""

    sheet: str
    key: str
    column: str
    words: str
    text: str
    author: str


@dataclass(frozen=True)
class Changes:
    """Everything that differs."""

    cells: tuple[CellChange, ...]
    rows: tuple[NewRow, ...]
    told: tuple[Told, ...]
    notes: tuple[CellNote, ...]


def changes(written: Mapping[str, Written], came: Mapping[str, ReadSheet], growing: Sequence[str]) -> Changes:
    """What was changed; in the sheets that are `growing` rows may be added."""
    found: list[CellChange | NewRow | Told | CellNote] = []
    for name, sheet in written.items():
        if name in came:
            found += _of_sheet(name, sheet, came[name], grows=name in growing)
        else:
            found.append(Told(name, "", "", "", _SHEET_MISSING))
    for name, beside in came.items():
        if name not in written and name not in BESIDE and (texts := _all_texts(beside)):
            found.append(Told(name, "", "", _words(texts), _SHEET_UNKNOWN))
    return Changes(
        tuple(item for item in found if isinstance(item, CellChange)),
        tuple(item for item in found if isinstance(item, NewRow)),
        tuple(item for item in found if isinstance(item, Told)),
        tuple(item for item in found if isinstance(item, CellNote)),
    )


def _of_sheet(
    name: str, written: Written, came: ReadSheet, *, grows: bool
) -> Iterator[CellChange | NewRow | Told | CellNote]:
    columns: dict[str, int] = {}
    for at, head in enumerate(came.heads):
        if head == KEY or head not in columns:  # the last is the hidden one, whatever a field is called
            columns[head] = at
    yield from (Told(name, "", head, "", _COLUMN_MISSING) for head in written.heads if head not in columns)
    yield from _beside(name, written, columns, came)
    by_key = _by_key(written, columns, came)
    for key, texts in written.rows.items():
        if key not in by_key:
            ends = f" {_HOW_TO_END}" if name == MEASURES else ""
            yield Told(name, key, "", _words(texts), f"{_ROW_MISSING}{ends}")
            continue
        first, *others = sorted(by_key[key], key=lambda row: _strangeness(written, columns, texts, row))
        yield from _of_row(name, key, written, columns, first)
        for other in others:
            if _differences(written, columns, texts, other):
                copied = {head: text for head, text in zip(written.heads, texts, strict=True) if head in _NOT_COPIED}
                yield from _added(name, key, columns, other, grows=grows, copied=copied)
    for key, rows in by_key.items():
        if key not in written.rows:
            for row in rows:
                yield from _added(name, "", columns, row, grows=grows)


def _by_key(
    written: Written, columns: Mapping[str, int], came: ReadSheet
) -> Mapping[str, Sequence[tuple[ReadCell, ...]]]:
    """The rows that say anything, by their key, '' for those that have none."""
    found: dict[str, list[tuple[ReadCell, ...]]] = {}
    for row in came.rows:
        key = row[columns[KEY]].text if KEY in columns else _known(row, columns, written)
        if any(cell.text or cell.note for at, cell in enumerate(row) if at != columns.get(KEY)):
            found.setdefault(key, []).append(row)
    return found


def _known(row: Sequence[ReadCell], columns: Mapping[str, int], written: Written) -> str:
    """The key of a row in a sheet that lost its keys, by its first columns, where only one row has them."""
    for heads in (written.heads[:2], (TITLE,)):
        told = [row[columns[head]].text for head in heads if head in columns]
        at = [written.heads.index(head) for head in heads if head in columns and head in written.heads]
        found = [key for key, texts in written.rows.items() if told and [texts[place] for place in at] == told]
        if len(found) == 1:
            return found[0]
    return ""


def _strangeness(
    written: Written, columns: Mapping[str, int], texts: Sequence[str], row: Sequence[ReadCell]
) -> tuple[bool, bool, int]:
    """The least of several rows with one key is the one that was there: it kept its number, its title, most cells."""
    told = dict(zip(written.heads, texts, strict=True))
    other = [head in columns and row[columns[head]].text != told.get(head) for head in (NUMBER_HEAD, TITLE)]
    return other[0], other[1], _differences(written, columns, texts, row)


def _differences(written: Written, columns: Mapping[str, int], texts: Sequence[str], row: Sequence[ReadCell]) -> int:
    pairs = zip(written.heads, texts, strict=True)
    return sum(_flat(row[columns[head]].text) != _flat(text) for head, text in pairs if head in columns)


def _of_row(
    name: str, key: str, written: Written, columns: Mapping[str, int], row: Sequence[ReadCell]
) -> Iterator[CellChange | Told | CellNote]:
    for head, before in zip(written.heads, written.rows[key], strict=True):
        if head not in columns:
            continue
        cell = row[columns[head]]
        if cell.note:
            yield CellNote(name, key, head, cell.text, cell.note, cell.author)
        if _flat(cell.text) == _flat(before):
            continue
        if cell.odd:
            yield Told(name, key, head, cell.text, _ODD[cell.odd])
        else:
            yield CellChange(name, key, head, before, cell.text)


def _added(
    name: str,
    key: str,
    columns: Mapping[str, int],
    row: Sequence[ReadCell],
    *,
    grows: bool,
    copied: Mapping[str, str] | None = None,
) -> Iterator[NewRow | Told]:
    """A new row; of a copied one, what others promised or reported of the first, `copied`, is none of the second."""
    cells = {head: row[at].text for head, at in columns.items() if head and head != KEY}
    if not any(cells.values()):
        return
    for head, text in (copied or {}).items():
        if grows and text and _flat(cells.get(head, "")) == _flat(text):
            cells[head] = ""
            yield Told(name, "", head, text, _COPIED)
    if not grows:
        yield Told(name, key, "", _words(tuple(cells.values())), _ROW_UNKNOWN if copied is None else _ROW_TWICE)
        return
    odd = [(head, row[at]) for head, at in columns.items() if row[at].odd]
    yield from (Told(name, key, head, cell.text, _ODD[cell.odd]) for head, cell in odd)
    if odd:
        yield Told(name, key, "", _words([text for text in cells.values() if text]), _ROW_ODD)
    else:
        yield NewRow(name, cells)


def _beside(name: str, written: Written, columns: Mapping[str, int], came: ReadSheet) -> Iterator[Told | CellNote]:
    """What stands in columns that the plan does not know, and notes at all cells that are in no known row."""
    for at, head in enumerate(came.heads):
        known = head in (*written.heads, KEY)
        if known and columns[head] == at:
            continue
        why = _HEAD_TWICE if known else _COLUMN_UNKNOWN
        for row in came.rows:
            key = row[columns[KEY]].text if KEY in columns else ""
            if row[at].text:
                yield Told(name, key if key in written.rows else "", head, row[at].text, why)
    for row in came.rows:
        key = row[columns[KEY]].text if KEY in columns else ""
        for at, cell in enumerate(row):
            head = came.heads[at]
            if cell.note and not (key in written.rows and head in written.heads and columns[head] == at):
                yield CellNote(name, key if key in written.rows else "", head, cell.text, cell.note, cell.author)


def _all_texts(sheet: ReadSheet) -> list[str]:
    return [text for text in (*sheet.heads, *(cell.text for row in sheet.rows for cell in row)) if text]


def _words(texts: Sequence[str]) -> str:
    return " | ".join(text for text in texts[:3] if text)


def _flat(text: str) -> str:
    """Equal for texts that differ in blanks alone."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
