"""The workbook, opened and saved in LibreOffice Calc: nothing changes, and what was edited comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.merge.outcome.outcome import Fate
from tests.back.test_workbook import NOT_TAKEN, TAKEN, added, edited, lines, made_book, merged, told
from tests.word.office.libreoffice import convert_all

pytestmark = pytest.mark.usefixtures("office_needed")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The small plan's workbook."""
    return made_book(tmp_path_factory.mktemp("mappe"))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], bytes]:
    """A workbook as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("calc")

    def save(name: str, data: bytes) -> bytes:
        (folder / "in").mkdir(exist_ok=True)
        path = folder / "in" / f"{name}.xlsx"
        path.write_bytes(data)
        (done,) = convert_all([path], "xlsx", folder / name)
        return done.read_bytes()

    return save


def test_only_saved_nothing_changes(book: bytes, saved: Callable[[str, bytes], bytes]) -> None:
    once = saved("einmal", book)
    for data in (once, saved("zweimal", once)):
        outcome = merged(("a.xlsx", data))
        assert dict(outcome.sources) == {}
        assert (outcome.files[0].entries, outcome.files[0].hints) == ((), ())


def test_what_was_edited_comes_back(book: bytes, saved: Callable[[str, bytes], bytes]) -> None:
    data = saved("bearbeitet", edited(book, [edit for edits, _ in TAKEN.values() for edit in edits]))
    outcome = merged(("a.xlsx", data))
    assert sorted(lines(outcome)) == sorted(line for _, wanted in TAKEN.values() for line in wanted)
    assert told(outcome.files[0], Fate.REFUSED, Fate.LOST, Fate.GENERATED, Fate.HELD_BACK) == []


def test_what_is_not_taken_is_told(book: bytes, saved: Callable[[str, bytes], bytes]) -> None:
    (file,) = merged(("a.xlsx", saved("nicht", edited(book, [*NOT_TAKEN])))).files
    reasons = [reason for _, reason in told(file, Fate.REFUSED)]
    parts = [part for part in NOT_TAKEN.values() if "Wahrheitswert" not in part]  # which it makes a formula of
    assert all(any(part in reason for reason in reasons) for part in parts)
    assert len(reasons) == len(NOT_TAKEN)
    assert told(file, Fate.TAKEN, Fate.JOINT) == []


def test_a_row_more_is_a_measure_more(book: bytes, saved: Callable[[str, bytes], bytes]) -> None:
    cells = {
        "Strang": "V Vereine",
        "Titel": "Rad-Tag",
        "Ziel": "2.1",
        "Beschreibung": "Alle fahren.",
        "Zeitraum": "2028",
    }
    data = saved("zeile", edited(book, [], lambda opened: added(opened, "Maßnahmen", cells)))
    (file,) = merged(("a.xlsx", data)).files
    assert any(place.startswith("Neue Maßnahme") for place, _ in told(file, Fate.TAKEN, Fate.HELD_BACK))


def test_the_pages_of_its_print(book: bytes, tmp_path: Path) -> None:
    """A sheet that spreads over a hundred pages nobody prints."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(book)
    (pdf,) = convert_all([path], "pdf", tmp_path / "druck")
    assert pdf.read_bytes().count(b"/Type/Page/") + pdf.read_bytes().count(b"/Type /Page\n") <= 20
