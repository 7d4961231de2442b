"""The table of edits: every one comes back byte by byte, or is told; nothing gets lost without a word.

Most are made in a plan that is cut to what they touch; with `--every-case`, all of them in the whole small plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from pipeline.merge.docx.open import open_docx
from pipeline.merge.prepare import read_edited, read_own
from pipeline.ooxml.package import Package
from tests.back.cut import CUTS, WHOLE, CutPlan
from tests.back.draft import Draft
from tests.back.edit_cases import SOME, Case, Desk, cases, together
from tests.back.form import faults
from tests.back.test_noise import IN_THE_WHOLE
from tests.building import Built

CASES = cases()
FEWEST = 120  # cases
SILENT = {"geschütztes Leerzeichen", "ein Link, der kein Web ist", "fett in einer Kopfzelle, die es schon ist"}
"""Cases that change nothing: the program sets spaces that do not break by itself; the link is told for the file; what
the style makes bold looks the same when it is made bold once more."""


Desks = Callable[[Case], Desk]


@pytest.fixture(scope="module")
def whole(build_once: Callable[[str], Built]) -> Desk:
    """The small plan's Word file."""
    return Desk(build_once("small").file(".docx").read_bytes())


@pytest.fixture(scope="module")
def desks(pytestconfig: pytest.Config, whole: Desk, cut: Callable[[str], CutPlan]) -> Desks:
    """The Word file in which a case is made: a cut one where nothing else is asked for."""
    found = {} if pytestconfig.getoption("every_case") else {name: Desk(cut(name).data) for name in CUTS}
    return lambda case: found.get(case.plan, whole)


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= FEWEST
    assert {case.name for case in CASES if not case.sources and not case.told} == SILENT


def test_every_file_has_cases_in_the_whole_plan() -> None:
    """Here, or among those that `test_noise.py` makes in it."""
    whole_ones = {case.name for case in CASES if case.plan == WHOLE} | {case.name for case in IN_THE_WHOLE}
    assert {case.file for case in CASES if case.name in whole_ones} == {case.file for case in CASES}
    assert len(whole_ones) >= len(CASES) / 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_edit_comes_back(desks: Desks, case: Case) -> None:
    desk = desks(case)
    comparison = desk.comparison(case)
    outcome = desk.came_of(comparison)
    assert outcome.get("quellen", {}) == case.sources
    assert outcome.get("gemeldet", []) == case.told
    (file,) = desk.records(comparison)
    assert faults(file, "file") == []
    kinds = Counter(edit["kind"] for edit in file["edits"])
    assert (bool(kinds["taken"]), kinds["refused"] + kinds["generated"]) == (bool(case.sources), len(case.told))
    assert len({edit["id"] for edit in file["edits"]}) == kinds.total()


TRACKED = [
    case
    for case in CASES
    if not {name for name, *_ in case.operations} & Draft.UNTRACKED and case.name != "Meilensteine vertauscht"
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tracked edits are tried some in one file, which is read once for all of them; each alone in a long run."""
    if "tracked" in metafunc.fixturenames:
        groups = together(TRACKED, 1 if metafunc.config.getoption("every_case") else SOME)
        metafunc.parametrize("tracked", groups, ids=lambda group: group[0].name)


def test_accepted_they_are_the_same_and_rejected_they_are_nothing(desks: Desks, tracked: tuple[Case, ...]) -> None:
    desk = desks(tracked[0])
    data = desk.draft(*tracked, tracked=True)
    assert b"w:author=" in Package(data).parts["word/document.xml"] + Package(data).parts["word/footnotes.xml"]
    assert desk.read(data) == desk.read_plainly(*tracked)
    assert desk.read(data, reject=("alle",)) == ({}, ())


def test_at_least_half_of_the_edits_are_tracked_too() -> None:
    assert len(TRACKED) * 2 >= len(CASES)


@pytest.mark.parametrize("plan", [WHOLE, *CUTS])
def test_without_an_edit_nothing_changes(desks: Desks, plan: str) -> None:
    nothing = Case("nichts", (), {}, [], plan=plan)
    desk = desks(nothing)
    assert read_edited(open_docx(desk.data, "basis.docx")).reading == read_own(desk.base)
    assert desk.outcome(nothing) == {}
