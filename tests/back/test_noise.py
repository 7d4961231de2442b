"""A file that Word only opened and saved changes nothing, and edits survive it; what Word writes is told by `noise.py`.

Unverified, for Word is not at hand: the noises are what the specification and experience say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest

from pipeline.merge.docx.open import open_docx
from pipeline.merge.docx.reading import Reading
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.prepare import Prepared, read_edited
from pipeline.ooxml.package import Package
from tests.back.cut import WHOLE, CutPlan
from tests.back.draft import Draft
from tests.back.edit_cases import SOME, Case, Desk, cases, together
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


def lines_of(came: Mapping[str, Any]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """The changed lines of each source, and what is told, in no order: of several edits it is that of their places."""
    sources: Mapping[str, Sequence[str]] = came.get("quellen", {})
    return {file: Counter(lines) for file, lines in sources.items()}, Counter(came.get("gemeldet", ()))


def table(group: Sequence[Case]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """The same as the table says it of some cases."""
    files = {file for case in group for file in case.sources}
    sources = {file: Counter(line for case in group for line in case.sources.get(file, ())) for file in files}
    return sources, Counter(line for case in group for line in case.told)


def half(names: Sequence[str], group: Sequence[Case]) -> tuple[list[str], int]:
    """Half of the noises, others for every group, and the number from which chance starts."""
    seed = [case.name for case in CASES].index(group[0].name)
    return Random(seed).sample(names, len(names) // 2), seed


EDITED = CASES[::8]
# Not a box: in the whole plan the first one stands in another part.
IN_THE_WHOLE = [case for case in EDITED[::2] if not {"☐", "☑"} & {word for line in case.operations for word in line}]
EDITED_AFTERWARDS = CASES[3::8]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Edits are tried some in one file, which is saved and read once for all of them; each alone in a long run."""
    size = 1 if metafunc.config.getoption("every_case") else SOME
    for name, chosen in (
        ("edited", [replace(case, plan=WHOLE) if case in IN_THE_WHOLE else case for case in EDITED]),
        ("edited_afterwards", EDITED_AFTERWARDS),
    ):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, together(chosen, size), ids=lambda group: group[0].name)


def test_the_edits_are_of_every_file() -> None:
    for chosen in (EDITED, EDITED_AFTERWARDS):
        assert len(chosen) >= 20
        assert {case.file for case in chosen} == {case.file for case in CASES}


def test_an_edit_survives_noises(cut_desks: Callable[[str], Desk], edited: tuple[Case, ...]) -> None:
    desk = cut_desks(edited[0].plan)
    data = saved(desk.draft(*edited), *half(ALL, edited))
    assert lines_of(desk.came(data)) == table(edited)


def test_an_edit_of_a_noisy_file_comes_back(
    cut_desks: Callable[[str], Desk], edited_afterwards: tuple[Case, ...]
) -> None:
    desk = cut_desks(edited_afterwards[0].plan)
    operations = [operation for case in edited_afterwards for operation in case.operations]
    words = tuple(word for _, *arguments in operations for word in arguments if len(word) > 1)
    names = [name for name in ALL if name not in HIDING]
    draft = Draft(saved(desk.light, *half(names, edited_afterwards), spared=words))
    draft.edit(operations)
    assert lines_of(desk.came(draft.to_bytes())) == table(edited_afterwards)
