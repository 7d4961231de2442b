"""The workbook, edited and saved in LibreOffice Calc: what was typed comes back, what was only moved is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from pipeline.merge.outcome.outcome import Fate
from tests.back.book_cases import GESTURES, NOT_TAKEN, SEVERAL, TAKEN, Edit, Gesture
from tests.back.office.hand import Job, type_all
from tests.back.test_workbook import NO, lines, made_book, merged, told
from tests.word.office.libreoffice import convert_all

pytestmark = pytest.mark.usefixtures("office_needed", "made_once")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The small plan's workbook."""
    return made_book(tmp_path_factory.mktemp("mappe"))


def operations(edits: Iterable[Edit]) -> tuple[tuple[str, ...], ...]:
    """What is typed with the keyboard; what another program may put into a cell, a date or a formula, is not."""
    return tuple(("type", *edit) for edit in edits if isinstance(edit[3], str) and not edit[3].startswith("="))


TYPED = {
    "taken": Gesture(operations(edit for edits, _ in TAKEN.values() for edit in edits)),
    "not taken": Gesture(operations(NOT_TAKEN)),
    **GESTURES,
}


@pytest.fixture(scope="module")
def typed(book: bytes, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Of each case the workbook that LibreOffice saved, all from one start."""
    folder = tmp_path_factory.mktemp("calc")
    (folder / "a.xlsx").write_bytes(book)
    jobs = [
        Job(str(folder / "a.xlsx"), case.operations, False, str(folder / f"{number}.xlsx"))
        for number, case in enumerate(TYPED.values())
    ]
    assert type_all(jobs, folder) == {}
    return {name: Path(job.target).read_bytes() for name, job in zip(TYPED, jobs, strict=True)}


def test_what_was_typed_comes_back(typed: Mapping[str, bytes]) -> None:
    outcome = merged(("a.xlsx", typed["taken"]))
    assert sorted(lines(outcome)) == sorted(line for _, wanted in TAKEN.values() for line in wanted)
    (file,) = outcome.files
    assert told(file, *NO, Fate.LOST) == []
    assert len(told(file, Fate.TAKEN)) == len(TAKEN) + SEVERAL


def test_what_is_not_taken_is_told(typed: Mapping[str, bytes]) -> None:
    (file,) = merged(("a.xlsx", typed["not taken"])).files
    reasons = [reason for _, reason in told(file, *NO)]
    parts = [NOT_TAKEN[edit] for edit in NOT_TAKEN if ("type", *edit) in TYPED["not taken"].operations]
    assert all(any(part in reason for reason in reasons) for part in parts)
    assert len(reasons) == len(parts) > 20
    assert told(file, Fate.TAKEN, Fate.JOINT) == []


@pytest.mark.parametrize("name", GESTURES)
def test_what_is_done_to_the_whole(typed: Mapping[str, bytes], name: str) -> None:
    outcome = merged(("a.xlsx", typed[name]))
    (file,) = outcome.files
    reasons = [reason for _, reason in told(file, *NO, Fate.LOST)]
    assert tuple(lines(outcome)) == GESTURES[name].lines
    assert len(reasons) == len(GESTURES[name].told), reasons
    for part in GESTURES[name].told:
        assert any(part in reason for reason in reasons), (part, reasons)


def test_saved_again_nothing_changes(typed: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(typed["only saved"])
    (done,) = convert_all([path], "xlsx", tmp_path / "zweimal")
    outcome = merged(("a.xlsx", done.read_bytes()))
    assert dict(outcome.sources) == {}
    assert (outcome.files[0].entries, outcome.files[0].hints) == ((), ())


def test_the_pages_of_its_print(book: bytes, tmp_path: Path) -> None:
    """A sheet that spreads over a hundred pages nobody prints."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(book)
    (pdf,) = convert_all([path], "pdf", tmp_path / "druck")
    assert pdf.read_bytes().count(b"/Type/Page/") + pdf.read_bytes().count(b"/Type /Page\n") <= 20
