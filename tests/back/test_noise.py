"""A file that Word only opened and saved changes nothing, and edits survive it; what Word writes is told by `noise.py`.

Unverified, for Word is not at hand: the noises are what the specification and experience say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from random import Random

import pytest

from pipeline.merge.docx.open import open_docx
from pipeline.merge.docx.reading import Reading
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.prepare import Prepared, read_edited
from pipeline.ooxml.package import Package
from tests.back.cut import WHOLE, CutPlan
from tests.back.draft import Draft
from tests.back.edit_cases import Case, Desk, cases
from tests.back.noise import AGAIN, ALL, saved
from tests.building import Built
from tests.tiers import examples

CASES = cases()
READ_OTHERWISE = {"contents list renewed", "letters as elements", "notes counted anew"}
"""Noises after which the file reads otherwise, which says nothing: entries without the program's numbers, signs that
nobody sees, numbers of notes.
"""
TRACKED = ("contents list tracked", "results of fields tracked", "forms tracked")
SEEDS = range(examples(6))
HIDING = {
    "bookmarks between paragraphs",
    "controls around paragraphs",
    "controls around cells",
    "fields as one element",
    "letters as elements",
    "links as fields",
    "results of fields tracked",
    "smart tags",
    "German styles",
    "parts with other names",
}
"""Noises after which the test's editor does not find its place any more; a person does."""


@pytest.fixture(scope="module")
def desk(build_once: Callable[[str], Built]) -> Desk:
    """The small plan's Word file."""
    return Desk(build_once("small").file(".docx").read_bytes())


@pytest.fixture(scope="module")
def cut_desks(pytestconfig: pytest.Config, desk: Desk, cut: Callable[[str], CutPlan]) -> Callable[[str], Desk]:
    """The file of a cut plan, by the cut's name; in a long run the whole one."""
    every_case = pytestconfig.getoption("every_case")
    return cache(lambda name: desk if every_case or name == WHOLE else Desk(cut(name).data))


@pytest.fixture(scope="module")
def small_desk(cut_desks: Callable[[str], Desk]) -> Desk:
    """A file with texts and data, for what is tried again and again."""
    return cut_desks("beides")


def read(data: bytes, reject: tuple[str, ...] = ()) -> Prepared:
    return read_edited(open_docx(data, "gespeichert.docx"), reject=reject)


def assert_unchanged(desk: Desk, reading: Reading) -> None:
    """Everything that is compared with the base is the same, and nothing would be told."""
    comparison = desk.compared(reading)  # later nobody looks at anything but its two sides
    assert comparison.after == comparison.before
    assert [(unit.alternative, unit.rail) for unit in comparison.after.units] == [
        (unit.alternative, unit.rail) for unit in comparison.before.units
    ]


@pytest.mark.parametrize("name", ALL)
def test_a_noise_alone_changes_nothing(small_desk: Desk, name: str) -> None:
    data = saved(small_desk.light, [name])
    assert Package(data).parts != Package(small_desk.light).parts
    reading = read(data).reading
    assert_unchanged(small_desk, reading)
    assert (reading == small_desk.own) is (name not in READ_OTHERWISE)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_noises_together_change_nothing(desk: Desk, seed: int) -> None:
    assert_unchanged(desk, read(saved(desk.light, seed=seed)).reading)


@pytest.mark.parametrize("name", TRACKED)
def test_what_word_tracks_by_itself_may_be_rejected(small_desk: Desk, name: str) -> None:
    data = saved(small_desk.light, [name])
    assert read(data).revisions
    assert_unchanged(small_desk, read(data, reject=("alle",)).reading)


@pytest.mark.parametrize("times", [1, examples(5)])
def test_merged_it_leaves_every_byte_and_tells_nothing(small_desk: Desk, times: int) -> None:
    data = small_desk.data
    for time in range(1, times):
        data = saved(data, AGAIN, seed=time)
    data = saved(data, seed=times)
    outcome = merge(MergeRequest([("gespeichert.docx", data)], small_desk.base.sources.files))
    assert (outcome.sources, outcome.marked, outcome.ok) == ({}, {}, True)
    (file,) = outcome.files
    assert (file.entries, file.hints) == ((), ())


def outcome(case: Case) -> dict[str, object]:
    """What the table says."""
    return {key: value for key, value in (("quellen", case.sources), ("gemeldet", case.told)) if value}


def half(names: Sequence[str], case: Case) -> tuple[list[str], int]:
    """Half of the noises, others for every case, and the number from which chance starts."""
    seed = CASES.index(case)
    return Random(seed).sample(names, len(names) // 2), seed


EDITED = CASES[::8]
# Not a box: in the whole plan the first one stands in another part.
IN_THE_WHOLE = [case for case in EDITED[::2] if not {"☐", "☑"} & {word for line in case.operations for word in line}]
EDITED_AFTERWARDS = CASES[3::8]


def test_the_edits_are_of_every_file() -> None:
    for chosen in (EDITED, EDITED_AFTERWARDS):
        assert len(chosen) >= 20
        assert {case.file for case in chosen} == {case.file for case in CASES}


@pytest.mark.parametrize("case", EDITED, ids=lambda case: case.name)
def test_an_edit_survives_noises(cut_desks: Callable[[str], Desk], case: Case) -> None:
    desk = cut_desks(WHOLE if case in IN_THE_WHOLE else case.plan)
    data = saved(desk.draft(case), *half(ALL, case))
    assert desk.came(data) == outcome(case)


@pytest.mark.parametrize("case", EDITED_AFTERWARDS, ids=lambda case: case.name)
def test_an_edit_of_a_noisy_file_comes_back(cut_desks: Callable[[str], Desk], case: Case) -> None:
    desk = cut_desks(case.plan)
    words = tuple(word for _, *arguments in case.operations for word in arguments if len(word) > 1)
    draft = Draft(saved(desk.light, *half([name for name in ALL if name not in HIDING], case), spared=words))
    draft.edit(case.operations)
    assert desk.came(draft.to_bytes()) == outcome(case)
