"""What is edited in the workbook comes back by the same way as from Word: cell by cell, or it is told why not."""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from pipeline.actions.build import BuildRequest, build
from pipeline.content.read import read
from pipeline.errors import RefusedFileError
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Change, Fate, FileOutcome, MergeOutcome
from pipeline.outcome import Silent
from pipeline.xlsx.grid import KEY
from tests.back.draft import Draft
from tests.building import PLANS, Built

SMALL = PLANS["small"]
Edit = tuple[str, str, str, Any]
"""A sheet, a row's key, a column, what is typed there."""


def made_book(output: Path) -> bytes:
    """The small plan's workbook, made in a folder."""
    assert build(BuildRequest(SMALL, output, ("xlsx",)), Silent()).ok
    assert [*output.glob("*-termine.ics")]  # the dates go with it
    (path,) = output.glob("*.xlsx")
    return path.read_bytes()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same, once."""
    return made_book(tmp_path_factory.mktemp("mappe"))


def edited(book: bytes, edits: Sequence[Edit], change: Callable[[Any], None] | None = None) -> bytes:
    """The workbook after somebody typed into cells."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    for sheet, key, column, value in edits:
        cells = opened[sheet]
        heads = [cell.value for cell in cells[1]]
        row = next(at for at in range(2, cells.max_row + 1) if cells.cell(at, heads.index(KEY) + 1).value == key)
        cells.cell(row, heads.index(column) + 1).value = value
    if change:
        change(opened)
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def added(book: Any, sheet: str, cells: Mapping[str, str]) -> None:
    """Fills the first empty row."""
    heads = [cell.value for cell in book[sheet][1]]
    row = next(at for at in range(2, 999) if not any(cell.value for cell in book[sheet][at]))
    for column, text in cells.items():
        book[sheet].cell(row, heads.index(column) + 1).value = text


def merged(*files: tuple[str, bytes], own: Path | None = None) -> MergeOutcome:
    source = read(SMALL)
    return merge(MergeRequest(files, source.files, source.editions, own=own))


def lines(outcome: MergeOutcome) -> list[str]:
    """The lines of the sources that are new."""
    before = read(SMALL).files
    return [
        line[2:].strip()
        for path, data in outcome.sources.items()
        for line in difflib.ndiff(before[path].decode().splitlines(), data.decode().splitlines())
        if line.startswith("+ ") and line[2:].strip()
    ]


def told(file: FileOutcome, *fates: Fate) -> list[tuple[str, str]]:
    return [(entry.place, entry.reason) for entry in file.entries if isinstance(entry, Change) and entry.fate in fates]


TAKEN: Mapping[str, tuple[list[Edit], list[str]]] = {
    "a title": (
        [("Maßnahmen", "M1.1.2", "Titel", "Schaufenster neu gestalten")],
        ["titel: Schaufenster neu gestalten"],
    ),
    "a text, and a paragraph more": (
        [("Maßnahmen", "M2.1.2", "Beschreibung", "Der Verein sammelt Stellen.\n\nJedes Jahr.")],
        ["beschreibung: |", "Der Verein sammelt Stellen.", "Jedes Jahr."],
    ),
    "one of several milestones": (
        [("Maßnahmen", "M1.1.1", "Meilensteine", "September 2027: Liste steht im Netz\n2029: Zwölf Räume vermittelt")],
        ["- {termin: 2029, titel: Zwölf Räume vermittelt}"],
    ),
    "a value chosen": (
        [("Maßnahmen", "M3.2.2", "Priorität", "hoch")],
        ["prioritaet: hoch"],
    ),
    "a value taken away": ([("Maßnahmen", "M3.2.1", "Priorität", "")], []),
    "an indicator's baseline": (
        [("Indikatoren", "Z2.1#0", "Ausgangswert", "3\nQ4 2026")],
        ["- {name: Gesicherte Übergänge, ausgangswert: 3, datum: Q4 2026, zielwert: 7, zieldatum: 2029-06}"],
    ),
    "a goal's short title": (
        [("Ziele", "Z2.1", "Kurztitel", "Sicher zu Fuß")],
        ["kurztitel: Sicher zu Fuß"],
    ),
    "a letter in the matrix": (
        [("Matrix", "M3.1.2", "Stadtwerke Lindenmark GmbH B", "I")],
        ["information: [{akteur: stadtwerke, beitrag: 'messen den Verbrauch, z.B. im Winter'}]"],
    ),
    "a field of the plan's own": (
        [("Akteure", "stadtentwicklung", "Sprechzeit", "montags")],
        ["sprechzeit: montags"],
    ),
}


def test_each_cell_arrives_where_it_belongs(book: bytes) -> None:
    """All in one file, which is merged once."""
    outcome = merged(("a.xlsx", edited(book, [edit for edits, _ in TAKEN.values() for edit in edits])))
    assert sorted(lines(outcome)) == sorted(line for _, wanted in TAKEN.values() for line in wanted)
    (file,) = outcome.files
    assert told(file, Fate.REFUSED, Fate.LOST, Fate.GENERATED, Fate.HELD_BACK) == []
    assert len(told(file, Fate.TAKEN)) == len(TAKEN) + 2  # the text is two edits, the letter two roles


NOT_TAKEN: Mapping[Edit, str] = {
    ("Maßnahmen", "M3.1.1", "Status", "halb"): "„halb“ passt nicht zu „Status“",
    ("Maßnahmen", "M3.2.2", "Indikator", "=A1"): "Eine Formel lässt sich nicht übernehmen",
    ("Maßnahmen", "M1.1.2", "Zeitraum", datetime(2027, 1, 4)): "aus der Eingabe ein Datum gemacht",  # noqa: DTZ001
    ("Maßnahmen", "M1.1.1", "Beschreibung", "Anders."): "hat Listen, Verweise oder ausgezeichnete Wörter",
    ("Maßnahmen", "M2.1.1", "Nr.", "9.9.9"): "entsteht aus den Daten",
    ("Maßnahmen", "M2.1.2", "Indikator", True): "ein Wahrheitswert der Tabelle",
    ("Zeitplan", "0", "Zeitraum", "2027"): "entsteht aus den Daten",
    ("Matrix", "M2.1.2", "Stadtsportbund V", "X"): "Das ist keine Rolle",
}


def _also(book: Any) -> None:
    measures = book["Maßnahmen"]
    measures.delete_rows(next(at for at in range(2, 99) if measures.cell(at, 1).value == "3.1.2"))
    measures.cell(1, measures.max_column + 1).value = "Bemerkung"
    measures.cell(3, measures.max_column).value = "Bitte prüfen"
    added(book, "Akteure", {"Stelle": "Neue Stelle"})
    del book["Ziele"]


def test_what_is_not_taken_says_where_and_why(book: bytes) -> None:
    (file,) = merged(("a.xlsx", edited(book, [*NOT_TAKEN], _also))).files
    assert told(file, Fate.TAKEN, Fate.JOINT) == []
    reasons = [reason for _, reason in told(file, Fate.REFUSED)]
    for part in (
        *NOT_TAKEN.values(),
        "Diese Zeile fehlt in der Datei",
        "Für diese Spalte gibt es kein Feld",
        "Diese Zeile kennt der Plan nicht",
        "Dieses Blatt fehlt",
    ):
        assert any(part in reason for reason in reasons), (part, reasons)
    assert len(reasons) == len(NOT_TAKEN) + 4


def test_unedited_sorted_and_filtered_nothing_changes(book: bytes) -> None:
    def turn(opened: Any) -> None:
        for sheet in ("Maßnahmen", "Matrix"):
            rows = [[cell.value for cell in row] for row in opened[sheet].iter_rows(min_row=2)]
            for at, row in enumerate(sorted(rows, key=lambda row: str(row[2]), reverse=True), 2):
                for column, value in enumerate(row, 1):
                    opened[sheet].cell(at, column).value = value
            opened[sheet].row_dimensions[3].hidden = True
        opened["Maßnahmen"].move_range("D1:D60", cols=40)  # a column to another place

    for data in (book, edited(book, []), edited(book, [], turn)):
        outcome = merged(("a.xlsx", data))
        assert dict(outcome.sources) == {}
        assert outcome.files[0].entries == ()


def test_a_row_more_is_a_measure_more(book: bytes) -> None:
    def add(opened: Any) -> None:
        added(
            opened,
            "Maßnahmen",
            {
                "Strang": "V Vereine",
                "Titel": "Rad-Tag im Mai",
                "Ziel": "2.1",
                "Status": "abgestimmt",
                "Beschreibung": "Alle fahren.\n\nAuch der Rat.",
                "Federführung": "Rückenwind",
                "Zeitraum": "Q2 2028",
                "Meilensteine": "Q2 2028: Erster Tag",
                "Aufwand": "500 Euro einmalig",
                "Finanzierung": "Spenden 100 % (gesichert)",
                "Zusagen": "Rückenwind, 01.03.2027",
            },
        )

    outcome = merged(("a.xlsx", edited(book, [], add)))
    (file,) = outcome.files
    assert told(file, Fate.REFUSED, Fate.GENERATED, Fate.LOST) == []
    # The plan is resolved, so that a measure which nobody has resolved is held back; it is read whole all the same.
    (place, reason), *others = told(file, Fate.HELD_BACK, Fate.TAKEN)
    assert (place.partition(" 2")[0], others) == ("Neue Maßnahme", [])
    assert reason == "" or "Damit hätte der Plan einen Fehler" in reason


def test_word_and_the_workbook_meet(book: bytes, small: Built) -> None:
    draft = Draft(small.file(".docx").read_bytes())
    draft.edit([("set", "1.1.2 Schaufenster", "Priorität", "mittel"), ("replace", "Betriebe begehen", "Werke begehen")])
    cells: list[Edit] = [("Maßnahmen", "M1.1.2", "Priorität", "hoch"), ("Maßnahmen", "M1.1.2", "Indikator", "Fenster")]
    outcome = merged(("wort.docx", draft.to_bytes()), ("zahl.xlsx", edited(book, cells)))
    (conflict,) = outcome.files[1].conflicts
    assert (conflict.place, conflict.ours, conflict.theirs) == ("Maßnahme 1.1.2, Priorität", "mittel", "hoch")
    assert "indikator: Fenster" in lines(outcome)


def test_a_note_is_a_comment(book: bytes) -> None:
    def note(opened: Any) -> None:
        opened["Maßnahmen"]["C3"].comment = Comment("Stimmt das?", "Frau Holm")

    (file,) = merged(("a.xlsx", edited(book, [], note))).files
    (remark,) = file.remarks
    assert (remark.place, remark.text, remark.signature.author) == ("Maßnahme 1.1.2, Titel", "Stimmt das?", "Frau Holm")


def test_the_base_may_be_lost(book: bytes, tmp_path: Path) -> None:
    def forget(opened: Any) -> None:
        del opened["_grundlage"]

    with pytest.raises(RefusedFileError, match="hat verloren, woraus sie gebaut ist"):
        merged(("a.xlsx", edited(book, [], forget)))
    assert any("weiß diese Kopie" in hint for hint in merged(("a.xlsx", book), own=tmp_path).files[0].hints)


def _packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, "erklärt eigene XML-Regeln"),
        ({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}, "enthält Makros"),
        ({"xl/workbook.xml": b"<a/>"}, "Die Arbeitsmappe lässt sich nicht lesen"),
        ({"xl/workbook.xml": b"<a>" * 400}, "kein lesbares XML oder zu tief"),
    ],
)
def test_what_is_no_sound_workbook_is_refused(parts: Mapping[str, bytes], said: str) -> None:
    with pytest.raises(RefusedFileError, match=said) as refused:
        merged(("fremd.xlsx", _packed(**parts)))
    assert "Word" not in str(refused.value)


def test_the_same_plan_gives_the_same_bytes(book: bytes, tmp_path: Path) -> None:
    assert build(BuildRequest(SMALL, tmp_path, ("xlsx",)), Silent()).ok
    (path,) = tmp_path.glob("*.xlsx")
    assert path.read_bytes() == book
