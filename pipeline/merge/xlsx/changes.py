"""Sheets as they were written and as they came back, in; the cells that somebody changed and rows that are new, out.

Rows are known by their key, columns by their head: who sorts, filters, hides or moves something has changed nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.fields.registry import fields_of
from pipeline.merge.xlsx.open import DATE, FAULT, FORMULA, NUMBER, STRUCK, ReadCell, ReadSheet
from pipeline.xlsx.grid import KEY, MEASURES, TITLE
from pipeline.xlsx.grid import NUMBER as NUMBER_HEAD
from pipeline.xlsx.workbook import GUIDE, LISTS
from schema.entities import Measure

_ODD: Final[Mapping[str, str]] = {
    FORMULA: "Eine Formel lässt sich nicht übernehmen; bitte den Wert selbst eintragen.",
    DATE: "Das Programm hat aus der Eingabe ein Datum gemacht; bitte die Zelle als Text formatieren und noch einmal "
    "eintragen, zum Beispiel „24.11.2026“ oder „Q1 2027“.",
    NUMBER: "Diese Zahl zeigt die Tabelle anders, als sie ist (Prozent, Währung); bitte als Text eintragen.",
    STRUCK: "Hier sind Wörter durchgestrichen; bitte löschen, was fort soll, oder den Strich wegnehmen.",
    FAULT: "Hier steht ein Fehler oder ein Wahrheitswert der Tabelle; bitte die Angabe als Text eintragen.",
}
_ROW_STRUCK: Final = "Diese Zeile ist durchgestrichen; im Plan bleibt sie."
_ROW_MISSING: Final = "Diese Zeile fehlt in der Datei; im Plan bleibt sie."
_HOW_TO_END: Final = "Eine Maßnahme entfällt, wenn ihr Status „zurückgestellt“ ist."
_ROW_TWICE: Final = (
    "Diese Zeile steht zweimal in der Datei; was sich in der zweiten unterscheidet, ist nicht übernommen."
)
_COPIED: Final = "Das steht bei der kopierten Maßnahme; für die neue gilt es nicht."
_NOT_COPIED: Final = tuple(fields_of(Measure)[key].label for key in ("zusagen", "sachstand", "ausgaben_ist"))
_ROW_ODD: Final = "Diese neue Zeile ist nicht angelegt, weil eine ihrer Zellen nicht zu lesen ist."
_ROW_UNKNOWN: Final = "Diese Zeile kennt der Plan nicht; hier lässt sich nichts Neues anlegen."
_COLUMN_UNKNOWN: Final = "Für diese Spalte gibt es kein Feld; bitte in eine der vorhandenen schreiben."
_COLUMN_MISSING: Final = "Diese Spalte fehlt in der Datei; was in ihr stand, bleibt im Plan."
_SHEET_UNKNOWN: Final = "Dieses Blatt gehört nicht zum Plan; was auf ihm steht, ist nicht übernommen."
_HEAD_TWICE: Final = "Eine Spalte dieses Namens gibt es schon; es gilt die erste."
_SHEET_MISSING: Final = "Dieses Blatt fehlt in der Datei; was auf ihm stand, bleibt im Plan."


_Cells = Mapping[str, ReadCell]


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


def changes(
    written: Mapping[str, Written], came: Mapping[str, ReadSheet], growing: Sequence[str], guide: Collection[str] = ()
) -> Changes:
    """What was changed; in the sheets that are `growing` rows may be added. `guide`: what the sheets say that say how
    the file is edited, nothing where nobody knows.
    """
    found: list[CellChange | NewRow | Told | CellNote] = []
    for name, sheet in written.items():
        if name in came:
            found += _Sheet(name, sheet, came[name]).changes(grows=name in growing)
        else:
            found.append(Told(name, "", "", "", _SHEET_MISSING))
    for name, beside in came.items():
        if name in written or name == LISTS or (name == GUIDE and not guide):
            continue
        if texts := [text for text in _all_texts(beside) if name != GUIDE or text not in guide]:
            found.append(Told(name, "", "", _words(texts), _SHEET_UNKNOWN))
    return Changes(
        tuple(item for item in found if isinstance(item, CellChange)),
        tuple(item for item in found if isinstance(item, NewRow)),
        tuple(item for item in found if isinstance(item, Told)),
        tuple(item for item in found if isinstance(item, CellNote)),
    )


class _Sheet:
    """A sheet beside what it was; cells are found by their heads."""

    def __init__(self, name: str, written: Written, came: ReadSheet) -> None:
        self.name, self.written, self.came = name, written, came
        self.columns: dict[str, int] = {}
        for at, head in enumerate(came.heads):
            if head == KEY or head not in self.columns:  # the last is the hidden one, whatever a field is called
                self.columns[head] = at
        self.ends = f" {_HOW_TO_END}" if name == MEASURES else ""

    def changes(self, *, grows: bool) -> Iterator[CellChange | NewRow | Told | CellNote]:
        """Everything that differs."""
        heads = (head for head in self.written.heads if head not in self.columns)
        yield from (Told(self.name, "", head, "", _COLUMN_MISSING) for head in heads)
        yield from self._beside()
        by_key = self._by_key()
        for key, texts in self.written.rows.items():
            if key not in by_key:
                yield Told(self.name, key, "", _words(texts), f"{_ROW_MISSING}{self.ends}")
                continue
            told = dict(zip(self.written.heads, texts, strict=True))
            first, *others = sorted(by_key[key], key=lambda cells: _strangeness(told, cells))
            yield from self._changed(key, told, first)
            for other in others:
                yield from self._notes(key, other)
                if _differences(told, other):
                    copied = {head: text for head, text in told.items() if head in _NOT_COPIED}
                    yield from self._added(key, other, grows=grows, copied=copied)
        for key, rows in by_key.items():
            if key not in self.written.rows:
                for row in rows:
                    yield from self._added("", row, grows=grows)

    def _cells(self, row: Sequence[ReadCell]) -> _Cells:
        """The cells of a row below the heads that the plan knows."""
        return {head: row[self.columns[head]] for head in self.written.heads if head in self.columns}

    def _by_key(self) -> Mapping[str, Sequence[_Cells]]:
        """The rows that say anything, by their key, '' for those that have none."""
        found: dict[str, list[_Cells]] = {}
        for row in self.came.rows:
            if any(cell.text or cell.note for at, cell in enumerate(row) if at != self.columns.get(KEY)):
                found.setdefault(self._key(row), []).append(self._cells(row))
        return found

    def _key(self, row: Sequence[ReadCell]) -> str:
        """What a row is about. In a sheet that lost its keys its first cells say that, where only one row has them."""
        if KEY in self.columns:
            return row[self.columns[KEY]].text
        cells = self._cells(row)
        for heads in (self.written.heads[:2], (TITLE,)):
            told = {head: cells[head].text for head in heads if head in cells}
            rows = (
                (key, dict(zip(self.written.heads, texts, strict=True))) for key, texts in self.written.rows.items()
            )
            found = [key for key, texts in rows if told and all(texts[head] == text for head, text in told.items())]
            if len(found) == 1:
                return found[0]
        return ""

    def _changed(self, key: str, told: Mapping[str, str], cells: _Cells) -> Iterator[CellChange | Told | CellNote]:
        """What differs in a row that was there."""
        yield from self._notes(key, cells)
        said = [cell for cell in cells.values() if cell.text]
        if len(said) > 1 and all(cell.odd == STRUCK for cell in said):
            yield Told(self.name, key, "", _words([cell.text for cell in said]), f"{_ROW_STRUCK}{self.ends}")
            return
        for head, cell in cells.items():
            if not _differs(told[head], cell):
                continue
            if cell.odd:
                yield Told(self.name, key, head, cell.text, _ODD[cell.odd])
            else:
                yield CellChange(self.name, key, head, told[head], cell.text)

    def _notes(self, key: str, cells: _Cells) -> Iterator[CellNote]:
        for head, cell in cells.items():
            if cell.note:
                yield CellNote(self.name, key, head, cell.text, cell.note, cell.author)

    def _added(
        self, key: str, cells: _Cells, *, grows: bool, copied: Mapping[str, str] | None = None
    ) -> Iterator[NewRow | Told]:
        """A new row; of a copied one, what others promised or reported of the first, `copied`, is not the second's."""
        texts = {head: cell.text for head, cell in cells.items()}
        if not any(texts.values()):
            return
        for head, text in (copied or {}).items():
            if grows and text and _flat(texts.get(head, "")) == _flat(text):
                texts[head] = ""
                yield Told(self.name, "", head, text, _COPIED)
        words = _words([text for text in texts.values() if text])
        if not grows:
            yield Told(self.name, key, "", words, _ROW_UNKNOWN if copied is None else _ROW_TWICE)
            return
        odd = {head: cell for head, cell in cells.items() if cell.odd}
        yield from (Told(self.name, key, head, cell.text, _ODD[cell.odd]) for head, cell in odd.items())
        if odd:
            yield Told(self.name, key, "", words, _ROW_ODD)
        else:
            yield NewRow(self.name, texts)

    def _beside(self) -> Iterator[Told | CellNote]:
        """What stands in columns that the plan does not know, and notes at heads and at cells of no known row."""
        known = (*self.written.heads, KEY)
        for at, top in enumerate(self.came.top):
            head = top.text
            if top.note:
                yield CellNote(self.name, "", head, head, top.note, top.author)
            is_ours = head in known and self.columns[head] == at
            for row in self.came.rows:
                key, cell = self._key(row), row[at]
                key = key if key in self.written.rows else ""
                if cell.text and not is_ours:
                    yield Told(self.name, key, head, cell.text, _HEAD_TWICE if head in known else _COLUMN_UNKNOWN)
                if cell.note and not (is_ours and key and head != KEY):
                    yield CellNote(self.name, key, head, cell.text, cell.note, cell.author)


def _strangeness(told: Mapping[str, str], cells: _Cells) -> tuple[bool, bool, int]:
    """The least of several rows with one key is the one that was there: it kept its number, its title, most cells."""
    other = [head in cells and cells[head].text != told.get(head) for head in (NUMBER_HEAD, TITLE)]
    return other[0], other[1], _differences(told, cells)


def _differences(told: Mapping[str, str], cells: _Cells) -> int:
    return sum(_differs(told[head], cell) for head, cell in cells.items())


def _differs(before: str, cell: ReadCell) -> bool:
    """Whether a cell says something else; words struck through are to go."""
    return cell.odd == STRUCK or _flat(cell.text) != _flat(before)


def _all_texts(sheet: ReadSheet) -> list[str]:
    cells = (cell for row in (sheet.top, *sheet.rows) for cell in row)
    return [text for cell in cells for text in (cell.text, cell.note) if text]


def _words(texts: Sequence[str]) -> str:
    return " | ".join(text for text in texts[:3] if text)


def _flat(text: str) -> str:
    """Equal for texts that differ in blanks alone."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
