"""What is edited in the workbook comes back by the same way as from Word: cell by cell, or it is told why not."""

from __future__ import annotations

import base64
import difflib
import io
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Font
from PIL import Image

from pipeline.actions.build import BuildRequest, build
from pipeline.content.read import read
from pipeline.errors import RefusedFileError
from pipeline.files.bases import keep_base
from pipeline.files.register import enter
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Change, Fate, FileOutcome, MergeOutcome
from pipeline.merge.xlsx.open import open_xlsx
from pipeline.outcome import Silent
from pipeline.xlsx.grid import KEY
from tests.back.book_cases import NOT_TAKEN, SEVERAL, TAKEN, Edit
from tests.back.draft import Draft
from tests.building import PLANS, Built

pytestmark = pytest.mark.usefixtures("made_once")

SMALL = PLANS["small"]


NO = (Fate.REFUSED, Fate.HELD_BACK, Fate.GENERATED)


def made_book(output: Path, content: Path = SMALL) -> bytes:
    """A plan's workbook, made in a folder."""
    assert build(BuildRequest(content, output, ("xlsx",)), Silent()).ok
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


def merged(*files: tuple[str, bytes], own: Path | None = None, content: Path = SMALL) -> MergeOutcome:
    source = read(content)
    return merge(MergeRequest(files, source.files, source.editions, own=own))


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan while it is no resolution, so that measures may come."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("entwurf") / "content"))
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("status: beschlossen", "status: entwurf", 1), "utf-8")
    return folder


@pytest.fixture(scope="module")
def draft_book(draft: Path) -> bytes:
    """Its workbook."""
    return made_book(draft.parent / "output", draft)


def lines(outcome: MergeOutcome, content: Path = SMALL) -> list[str]:
    """The lines of the sources that are new."""
    before = read(content).files
    return [
        line[2:].strip()
        for path, data in outcome.sources.items()
        for line in difflib.ndiff(before[path].decode().splitlines(), data.decode().splitlines())
        if line.startswith("+ ") and line[2:].strip()
    ]


def told(file: FileOutcome, *fates: Fate) -> list[tuple[str, str]]:
    return [(entry.place, entry.reason) for entry in file.entries if isinstance(entry, Change) and entry.fate in fates]


def test_each_cell_arrives_where_it_belongs(book: bytes) -> None:
    """All in one file, which is merged once."""
    outcome = merged(("a.xlsx", edited(book, [edit for edits, _ in TAKEN.values() for edit in edits])))
    assert sorted(lines(outcome)) == sorted(line for _, wanted in TAKEN.values() for line in wanted)
    (file,) = outcome.files
    assert told(file, Fate.REFUSED, Fate.LOST, Fate.GENERATED, Fate.HELD_BACK) == []
    assert len(told(file, Fate.TAKEN)) == len(TAKEN) + SEVERAL


def _also(book: Any) -> None:
    measures = book["Maßnahmen"]
    measures.delete_rows(next(at for at in range(2, 99) if measures.cell(at, 1).value == "3.1.2"))
    measures.cell(1, measures.max_column + 1).value = "Bemerkung"
    measures.cell(3, measures.max_column).value = "Bitte prüfen"
    added(book, "Akteure", {"Stelle": "Neue Stelle"})
    del book["Ziele"]


def test_what_is_not_taken_says_where_and_why(book: bytes) -> None:
    there = [edit for edit in NOT_TAKEN if edit[0] != "Ziele"]  # which is deleted
    (file,) = merged(("a.xlsx", edited(book, there, _also))).files
    assert told(file, Fate.TAKEN, Fate.JOINT) == []
    reasons = [reason for _, reason in told(file, *NO)]
    for part in (
        *map(NOT_TAKEN.__getitem__, there),
        "Diese Zeile fehlt in der Datei",
        "Für diese Spalte gibt es kein Feld",
        "Diese Zeile kennt der Plan nicht",
        "Dieses Blatt fehlt",
    ):
        assert any(part in reason for reason in reasons), (part, reasons)
    assert len(reasons) == len(there) + 4


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


NEW_ROW = {
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
    "Wirkung": "Mehr Räder.",
}


def test_rows_more_are_measures_more(draft: Path, draft_book: bytes) -> None:
    def add(opened: Any) -> None:
        added(opened, "Maßnahmen", NEW_ROW)
        added(opened, "Maßnahmen", {"Strang": "Vereine", "Titel": "Zweiter", "Beschreibung": "So.", "Ziel": "2.1"})
        added(opened, "Maßnahmen", {"Strang": "Vereine", "Beschreibung": "Ohne Titel."})

    outcome = merged(("a.xlsx", edited(draft_book, [], add)), content=draft)
    (file,) = outcome.files
    assert [place for place, _ in told(file, Fate.TAKEN)] == ["Neue Maßnahme 2.1.4", "Neue Maßnahme 2.1.5"]
    assert [reason for _, reason in told(file, Fate.REFUSED)] == ["Einer neuen Maßnahme fehlt der Titel."]
    assert lines(outcome, draft) == [
        "- id: M2.1.4",
        "titel: Rad-Tag im Mai",
        "ziel: Z2.1",
        "beschreibung: |",
        "Alle fahren.",
        "Auch der Rat.",
        "wirkung: Mehr Räder.",
        "federfuehrung: fahrradverein",
        "zeitraum: {von: Q2 2028, bis: Q2 2028}",
        "meilensteine: [{termin: Q2 2028, titel: Erster Tag}]",
        "aufwand: [{betrag: 500, einheit: euro, turnus: einmalig}]",
        "finanzierung: [{quelle: Spenden, anteil: 100, stand: gesichert}]",
        "status: abgestimmt",
        "zusagen: [{akteur: fahrradverein, datum: 2027-03-01}]",
        "- id: M2.1.5",
        "titel: Zweiter",
        "ziel: Z2.1",
        "beschreibung: So.",
    ]


def test_a_copied_row_leaves_the_first_what_it_is(draft: Path, draft_book: bytes) -> None:
    """Nobody promised anything for the copy; and the row that kept its number is the old one, however much changed."""

    def copy(opened: Any) -> None:
        sheet = opened["Maßnahmen"]
        heads = [cell.value for cell in sheet[1]]
        at = next(row for row in range(2, 99) if sheet.cell(row, 1).value == "3.1.2")
        free = next(row for row in range(2, 99) if not any(cell.value for cell in sheet[row]))
        for column in range(1, len(heads) + 1):
            sheet.cell(free, column).value = sheet.cell(at, column).value
        sheet.cell(free, 1).value, sheet.cell(free, heads.index("Titel") + 1).value = None, "Sporthallen dämmen"
        sheet.cell(at, heads.index("Priorität") + 1).value = "hoch"
        sheet.cell(at, heads.index("Indikator") + 1).value = "Heime"

    outcome = merged(("a.xlsx", edited(draft_book, [], copy)), content=draft)
    (file,) = outcome.files
    new = lines(outcome, draft)
    assert {"prioritaet: hoch", "indikator: Heime", "titel: Sporthallen dämmen"} <= set(new)
    assert not [line for line in new if "zusagen" in line or "sachstand" in line]
    assert any("für die neue gilt es nicht" in reason for _, reason in told(file, Fate.REFUSED))


def test_what_stands_beside_the_plan_is_told(book: bytes) -> None:
    def write(opened: Any) -> None:
        opened.create_sheet("Notizen")["A1"] = "Anrufen"
        sheet = opened["Maßnahmen"]
        sheet.cell(1, sheet.max_column + 1).value = "Titel"
        sheet.cell(3, sheet.max_column).value = "Anderer Titel"
        sheet.cell(4, sheet.max_column + 1).value = "ohne Kopf"
        sheet["A12"].comment = Comment("Nummern bleiben?", "Ben")
        sheet["C4"].comment = Comment(_THREAD.format("Comment"), "tc={1A}")
        sheet["C5"].comment = Comment(_THREAD.format("Kommentar") + "\nAntwort:\n    Nein.", "tc={1B}")

    outcome = merged(("a.xlsx", edited(book, [], write)))
    (file,) = outcome.files
    assert dict(outcome.sources) == {}
    assert sorted(reason for _, reason in told(file, Fate.REFUSED)) == [
        "Dieses Blatt gehört nicht zum Plan; was auf ihm steht, ist nicht übernommen.",
        "Eine Spalte dieses Namens gibt es schon; es gilt die erste.",
        "Für diese Spalte gibt es kein Feld; bitte in eine der vorhandenen schreiben.",
    ]
    assert sorted(remark.text for remark in file.remarks) == ["Nummern bleiben?", "Passt so.", "Passt so. Nein."]


_THREAD = "[Kommentarthread]\n\nIhre Version von Excel zeigt ihn: https://go.microsoft.com\n\n{}:\n    Passt so."


def test_words_struck_through_are_told(book: bytes) -> None:
    def strike(opened: Any) -> None:
        for cells in ("C3", *(f"{letters}5" for letters in "ABCDEFGHIJKLMNOPQRS")):
            opened["Maßnahmen"][cells].font = Font(strike=True)

    (file,) = merged(("a.xlsx", edited(book, [], strike))).files
    cell, row = told(file, Fate.REFUSED)
    assert (cell[0], "durchgestrichen; bitte löschen" in cell[1]) == ("Maßnahme 1.1.2, Titel", True)
    assert row[1].startswith("Diese Zeile ist durchgestrichen; im Plan bleibt sie. Eine Maßnahme entfällt")


def test_a_note_is_told_wherever_it_stands_and_once(book: bytes) -> None:
    def note(opened: Any) -> None:
        sheet = opened["Maßnahmen"]
        sheet["D1"].comment = Comment("Kopf", "Ben")
        sheet["C3"].comment = Comment("Zeile", "Ben")
        last = next(row for row in range(2, 99) if not any(cell.value for cell in sheet[row]))
        for column in range(1, sheet.max_column + 1):
            sheet.cell(last, column).value = sheet.cell(4, column).value
        sheet.cell(last, 3).comment = Comment("Doppelt", "Ben")
        opened["Anleitung"]["B5"].comment = Comment("Anleitung", "Ben")
        opened["Anleitung"]["A30"] = "Bitte anrufen"
        opened.create_sheet("Notizen")["A1"].comment = Comment("Fremd", "Ben")

    def forget(opened: Any) -> None:
        note(opened)
        sheet = opened["Maßnahmen"]
        sheet.delete_cols(sheet.max_column)

    for change in (note, forget):
        (file,) = merged(("a.xlsx", edited(book, [], change))).files
        assert sorted(remark.text for remark in file.remarks) == ["Doppelt", "Kopf", "Zeile"]
        words = [entry.after for entry in file.changes(Fate.REFUSED) if "Blatt" in entry.after]
        assert words == ["Blatt Anleitung „Anleitung | Bitte anrufen“", "Blatt Notizen „Fremd“"]


def test_a_thread_has_its_author(book: bytes) -> None:
    def write(opened: Any) -> None:
        opened["Maßnahmen"]["C4"].comment = Comment(_THREAD.format("Kommentar"), "tc={1A}")

    data = io.BytesIO(edited(book, [], write))
    kind = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    with zipfile.ZipFile(data, "a") as archive:
        thread = '<threadedComment ref="C4" personId="{2}" id="{1A}"><text>x</text></threadedComment>'
        archive.writestr("xl/threadedComments/threadedComment1.xml", f'<a xmlns="{kind}">{thread}</a>')
        archive.writestr("xl/persons/person.xml", f'<a xmlns="{kind}"><person displayName="Ada Holm" id="{{2}}"/></a>')
    (file,) = merged(("a.xlsx", data.getvalue())).files
    (remark,) = file.remarks
    assert (remark.text, remark.signature.author) == ("Passt so.", "Ada Holm")


def test_a_number_that_is_shown_rounded_is_told(book: bytes) -> None:
    def type_in(opened: Any) -> None:
        for at, shown in (("Q3", "0"), ("Q5", "0.0")):
            opened["Maßnahmen"][at].value, opened["Maßnahmen"][at].number_format = 2.5, shown

    outcome = merged(("a.xlsx", edited(book, [], type_in)))
    assert lines(outcome) == ["indikator: 2,5"]
    ((place, reason),) = told(outcome.files[0], Fate.REFUSED)
    assert (place, "zeigt die Tabelle anders" in reason) == ("Maßnahme 1.1.2, Indikator", True)


def test_a_field_may_be_called_like_a_column_of_another_sheet(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL, tmp_path / "content"))
    plan = content / "plan.yaml"
    text = plan.read_text("utf-8").replace("status: beschlossen", "status: entwurf", 1)
    fields = (("kontakt", "Kontakt"), ("zaehler", "Nr."))
    own = "".join(
        f"\n  - {{name: {name}, bezeichnung: {label}, fuer: massnahme, art: zeile}}" for name, label in fields
    )
    plan.write_text(text.replace("eigene_felder:", f"eigene_felder:{own}", 1), "utf-8")
    measures = content / "betriebe" / "massnahmen.yaml"
    first = "    titel: Schaufenster gemeinsam gestalten\n"
    filled = measures.read_text("utf-8").replace(first, f"{first}    kontakt: Laden\n    zaehler: N1\n")
    measures.write_text(filled, "utf-8")
    data = made_book(tmp_path / "output", content)
    opened = openpyxl.load_workbook(io.BytesIO(data))
    heads = [cell.value for cell in opened["Maßnahmen"][1]]
    assert ("Kontakt" in heads, "Nr. (eigenes Feld)" in heads) == (True, True)
    row = NEW_ROW | {"Kontakt": "Büro", "Nr. (eigenes Feld)": "N7"}
    outcome = merged(("a.xlsx", edited(data, [], lambda book: added(book, "Maßnahmen", row))), content=content)
    assert {"kontakt: Büro", "zaehler: N7"} <= set(lines(outcome, content))


def test_a_text_may_be_another_altogether(book: bytes) -> None:
    text = "Im Ort hängen Karten._x000D_\n_x000D_\nAlle tragen Gefahren ein."
    outcome = merged(("a.xlsx", edited(book, [("Maßnahmen", "M2.1.2", "Beschreibung", text)])))
    assert lines(outcome) == ["beschreibung: |", "Im Ort hängen Karten.", "Alle tragen Gefahren ein."]
    assert told(outcome.files[0], Fate.REFUSED, Fate.GENERATED, Fate.LOST) == []


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

    def empty(opened: Any) -> None:
        for row in opened["_grundlage"]:
            row[0].value = None

    cells: list[Edit] = [("Maßnahmen", "M1.1.2", "Indikator", "Fenster")]
    with pytest.raises(RefusedFileError, match="hat verloren, woraus sie gebaut ist"):
        merged(("a.xlsx", edited(book, [], forget)))
    source = read(SMALL)
    keep_base(tmp_path / "cache", *base_in(book))
    for lost in (forget, empty):
        file = ("a.xlsx", edited(book, cells, lost))
        outcome = merge(MergeRequest([file], source.files, source.editions, tmp_path / "cache"))
        assert lines(outcome) == ["indikator: Fenster"]
    assert any("weiß diese Kopie" in hint for hint in merged(("a.xlsx", book), own=tmp_path).files[0].hints)


def test_a_known_name_makes_no_forged_base_known(book: bytes, tmp_path: Path) -> None:
    """The properties name a base that was handed out; what the file carries is another."""
    digest, data = base_in(book)
    assert enter(tmp_path, digest, "2027-03-31", "1.0") is None

    def forge(opened: Any) -> None:
        text = base64.b64encode(data + b"x").decode()
        for at, row in enumerate(opened["_grundlage"].iter_rows(max_col=1)):
            row[0].value = text[at * 30_000 : (at + 1) * 30_000] or None

    with pytest.raises(RefusedFileError, match="hat verloren, woraus sie gebaut ist"):
        merged(("a.xlsx", edited(book, [], forge)), own=tmp_path)


def base_in(book: bytes) -> tuple[str, bytes]:
    """What the workbook carries hidden: its SHA-256 and the zip."""
    opened = open_xlsx(book, "a.xlsx")
    assert opened.carried is not None
    return opened.digest, opened.carried


def _sheet(inner: bytes) -> bytes:
    return b'<a xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + inner + b"</a>"


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
        ({"xl/workbook.xml": b"<a/>", "xl/worksheets/s.dat": b"<!DOCTYPE a><a/>"}, "XML unter anderem Namen"),
        ({"xl/workbook.xml": b"<a/>", "xl/s.xml": _sheet(b'<mergeCell ref="A1:XFD1048576"/>')}, "ist größer"),
        ({"xl/workbook.xml": b"<a/>", "xl/s.xml": _sheet(b'<comment ref="A1:GR5000"/>')}, "ist größer"),
        ({"xl/workbook.xml": b"<a/>", "xl/s.xml": _sheet(b'<hyperlink ref="A1:XFD1048576"/>')}, "ist größer"),
        ({"xl/workbook.xml": b"<a/>", "xl/s.vml": _sheet(b'<mergeCell ref="A1:XFD1048576"/>')}, "XML unter anderem"),
        ({"xl/workbook.xml": b"<a/>", "xl/s.dat": b"\n\n\n\n\n<a/>"}, "XML unter anderem Namen"),
        ({"xl/workbook.xml": b"<a/>", "xl/s.xml": _sheet(b"<si><t>" + b"x" * 40_000 + b"</t></si>")}, "ist länger"),
    ],
)
def test_what_is_no_sound_workbook_is_refused(parts: Mapping[str, bytes], said: str) -> None:
    with pytest.raises(RefusedFileError, match=said) as refused:
        merged(("fremd.xlsx", _packed(**parts)))
    assert "Word" not in str(refused.value)


def test_a_picture_is_told_and_not_opened(book: bytes) -> None:
    header = struct.pack(">4s2I5B", b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0)
    huge = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    huge += struct.pack(">I4sI", 0, b"IDAT", zlib.crc32(b"IDAT"))

    def draw(opened: Any) -> None:
        opened["Maßnahmen"].add_image(Picture(_small_picture()))

    data = edited(book, [], draw)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: huge if name.startswith("xl/media/") else archive.read(name) for name in archive.namelist()}
    (file,) = merged(("a.xlsx", _packed(**parts))).files
    ((_, reason),) = told(file, Fate.REFUSED)
    assert reason.startswith("Bilder und Zeichnungen kommen nicht aus der Arbeitsmappe")


def _small_picture() -> io.BytesIO:
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "PNG")
    buffer.seek(0)
    return buffer


def test_the_same_plan_gives_the_same_bytes(book: bytes, tmp_path: Path) -> None:
    assert build(BuildRequest(SMALL, tmp_path, ("xlsx",)), Silent()).ok
    (path,) = tmp_path.glob("*.xlsx")
    assert path.read_bytes() == book
