"""Sheets as they were written and as they came back, in; the cells that somebody changed and rows that are new, out.

Rows are known by their key, columns by their head: who sorts, filters, hides or moves something has changed nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.merge.xlsx.open import DATE, FAULT, FORMULA, ReadCell, ReadSheet
from pipeline.xlsx.grid import KEY

_ODD: Final[Mapping[str, str]] = {
    FORMULA: "Eine Formel lässt sich nicht übernehmen; bitte den Wert selbst eintragen.",
    DATE: "Das Programm hat aus der Eingabe ein Datum gemacht; bitte die Zelle als Text formatieren und noch einmal "
    "eintragen, zum Beispiel „24.11.2026“ oder „Q1 2027“.",
    FAULT: "Hier steht ein Fehler oder ein Wahrheitswert der Tabelle; bitte die Angabe als Text eintragen.",
}
_ROW_MISSING: Final = (
    "Diese Zeile fehlt in der Datei; im Plan bleibt sie. Eine Maßnahme entfällt, wenn ihr Status „zurückgestellt“ ist."
)
_ROW_TWICE: Final = (
    "Diese Zeile steht zweimal in der Datei; was sich in der zweiten unterscheidet, ist nicht übernommen."
)
_ROW_UNKNOWN: Final = "Diese Zeile kennt der Plan nicht; hier lässt sich nichts Neues anlegen."
_COLUMN_UNKNOWN: Final = "Für diese Spalte gibt es kein Feld; bitte in eine der vorhandenen schreiben."
_COLUMN_MISSING: Final = "Diese Spalte fehlt in der Datei; was in ihr stand, bleibt im Plan."
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
        columns.setdefault(head, at)
    yield from (Told(name, "", head, "", _COLUMN_MISSING) for head in written.heads if head not in columns)
    beside = {head: at for head, at in columns.items() if head not in (*written.heads, KEY)}
    by_key = _by_key(written, columns, came)
    for key, texts in written.rows.items():
        if key not in by_key:
            yield Told(name, key, "", _words(texts), _ROW_MISSING)
            continue
        first, *others = sorted(by_key[key], key=lambda row: _differences(written, columns, texts, row))
        yield from _of_row(name, key, written, columns, first)
        for other in others:
            if _differences(written, columns, texts, other):
                yield from _added(name, key, columns, other, grows=grows, twice=True)
        yield from _unknown(name, key, beside, by_key[key])
    for key, rows in by_key.items():
        if key not in written.rows:
            for row in rows:
                yield from _added(name, "", columns, row, grows=grows, twice=False)


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
    first = written.heads[:2]
    told = tuple(row[columns[head]].text for head in first if head in columns)
    found = [key for key, texts in written.rows.items() if texts[: len(told)] == told]
    return found[0] if len(found) == 1 else ""


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
    name: str, key: str, columns: Mapping[str, int], row: Sequence[ReadCell], *, grows: bool, twice: bool
) -> Iterator[NewRow | Told]:
    cells = {head: row[at].text for head, at in columns.items() if head and head != KEY}
    if not any(cells.values()):
        return
    odd = next(((head, row[at]) for head, at in columns.items() if row[at].odd), None)
    if grows and odd is not None:
        yield Told(name, key, odd[0], odd[1].text, _ODD[odd[1].odd])
    elif grows:
        yield NewRow(name, cells)
    else:
        yield Told(name, key, "", _words(tuple(cells.values())), _ROW_TWICE if twice else _ROW_UNKNOWN)


def _unknown(name: str, key: str, beside: Mapping[str, int], rows: Sequence[Sequence[ReadCell]]) -> Iterator[Told]:
    for head, at in beside.items():
        yield from (Told(name, key, head, row[at].text, _COLUMN_UNKNOWN) for row in rows if row[at].text)


def _words(texts: Sequence[str]) -> str:
    return " | ".join(text for text in texts[:3] if text)


def _flat(text: str) -> str:
    """Equal for texts that differ in blanks alone."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
