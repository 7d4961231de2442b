"""The table of edits: every one comes back byte by byte, or is told; nothing gets lost without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.merge.docx.open import open_docx
from pipeline.merge.prepare import read_edited, read_own
from pipeline.ooxml.package import Package
from tests.back.draft import Draft
from tests.back.edit_cases import Case, Desk, cases
from tests.building import Built

CASES = cases()
FEWEST = 120  # cases
SILENT = {"geschütztes Leerzeichen", "ein Link, der kein Web ist", "fett in einer Kopfzelle, die es schon ist"}
"""Cases that change nothing: the program sets spaces that do not break by itself; the link is told for the file; what
the style makes bold looks the same when it is made bold once more."""


@pytest.fixture(scope="module")
def desk(build_once: Callable[[str], Built]) -> Desk:
    """The small plan's Word file."""
    return Desk(build_once("small").file(".docx").read_bytes())


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= FEWEST
    assert {case.name for case in CASES if not case.sources and not case.told} == SILENT


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_edit_comes_back(desk: Desk, case: Case) -> None:
    outcome = desk.outcome(case)
    assert outcome.get("quellen", {}) == case.sources
    assert outcome.get("gemeldet", []) == case.told


TRACKED = [
    case
    for case in CASES
    if not {name for name, *_ in case.operations} & Draft.UNTRACKED and case.name != "Meilensteine vertauscht"
]


@pytest.mark.parametrize("case", TRACKED, ids=lambda case: case.name)
def test_accepted_it_is_the_same_and_rejected_it_is_nothing(desk: Desk, case: Case) -> None:
    tracked = desk.draft(case, tracked=True)
    assert b"w:author=" in Package(tracked).parts["word/document.xml"] + Package(tracked).parts["word/footnotes.xml"]
    assert desk.read(tracked) == desk.read_plainly(case)
    assert desk.read(tracked, reject=("alle",)) == ({}, ())


def test_at_least_half_of_the_edits_are_tracked_too() -> None:
    assert len(TRACKED) * 2 >= len(CASES)


def test_without_an_edit_nothing_changes(desk: Desk) -> None:
    assert read_edited(open_docx(desk.data, "basis.docx")).reading == read_own(desk.base)
    assert desk.outcome(Case("nichts", (), {}, [])) == {}
