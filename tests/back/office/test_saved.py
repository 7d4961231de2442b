"""Opened in LibreOffice and saved, once and once more: not one byte of the sources changes, and nothing is told.

Files that were edited before they were saved there give what the table of edits says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.merge.merge import MergeRequest, merge
from tests.back.cut import CUTS, WHOLE, cut_plan
from tests.back.draft import Draft
from tests.back.edit_cases import Case, Desk, cases
from tests.back.office.hand import without_fonts
from tests.building import Built
from tests.word.office.libreoffice import convert_all

EVERY = 5  # of the cases every fifth
FEWEST = 30
CHOSEN = [case for number, case in enumerate(cases()) if number % EVERY == 0]


@pytest.mark.parametrize("name", ["small", "shipped"])
@pytest.mark.usefixtures("office_needed")
def test_only_saved_nothing_changes(name: str, build_once: Callable[[str], Built], tmp_path: Path) -> None:
    built = build_once(name)
    editions = {path.stem: path.read_bytes() for path in (built.content / "ausgaben").glob("*.json")}
    file = built.file(".docx")
    for turn in ("once", "twice"):
        (file,) = convert_all([file], "docx", tmp_path / turn)
        outcome = merge(MergeRequest([(file.name, file.read_bytes())], built.outcome.sources, editions))
        assert dict(outcome.sources) == {}
        (told,) = outcome.files
        assert (told.entries, told.hints) == ((), ())


@pytest.fixture(scope="module")
def saved(
    build_once: Callable[[str], Built],
    tmp_path_factory: pytest.TempPathFactory,
    office_needed: None,  # noqa: ARG001  (before anything is built)
) -> tuple[dict[str, Desk], dict[str, Path]]:
    """A desk for each plan, and the chosen cases edited in theirs, then saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("saved")
    desks = {name: Desk(cut_plan(name, folder / name).data) for name in CUTS}
    desks[WHOLE] = Desk(build_once("small").file(".docx").read_bytes())
    sources = {name: without_fonts(desk.data) for name, desk in desks.items()}
    files = []
    for number, case in enumerate(CHOSEN):
        draft = Draft(sources[case.plan])
        draft.edit(case.operations)
        draft.settle_notes()
        files.append(folder / f"{number}.docx")
        files[-1].write_bytes(draft.to_bytes())
    done = convert_all(files, "docx", folder / "out")
    return desks, dict(zip((case.name for case in CHOSEN), done, strict=True))


@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case.name)
def test_what_was_edited_before_comes_back(saved: tuple[dict[str, Desk], dict[str, Path]], case: Case) -> None:
    desks, files = saved
    outcome = desks[case.plan].came(files[case.name].read_bytes())
    assert outcome.get("quellen", {}) == case.sources
    assert outcome.get("gemeldet", []) == case.told


def test_enough_are_chosen() -> None:
    assert len(CHOSEN) >= FEWEST
