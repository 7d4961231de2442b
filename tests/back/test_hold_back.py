"""Of many edits those stay out that break a rule, and as few as that takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline.merge.hold_back
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.merge.hold_back import _fewest
from pipeline.merge.outcome.outcome import Fate
from tests.back.cut import CutPlan
from tests.back.draft import Draft


@given(
    st.integers(1, 40).flatmap(
        lambda count: st.tuples(st.just(count), st.sets(st.integers(0, count - 1), min_size=1, max_size=3))
    )
)
def test_exactly_those_that_it_takes_together_are_found(case: tuple[int, set[int]]) -> None:
    """The fault is there while all of them are in: one of them has to stay out, and never another."""
    count, guilty = case
    trials = 0

    def gone(without: Sequence[int]) -> bool:
        nonlocal trials
        trials += 1
        return not guilty.isdisjoint(without)

    found: Sequence[object] = _fewest(range(count), gone)  # type: ignore[arg-type]
    assert len(found) == 1
    assert found[0] in guilty
    assert trials <= 2 * count + 10


@given(
    st.integers(1, 40).flatmap(
        lambda count: st.tuples(st.just(count), st.sets(st.integers(0, count - 1), min_size=1, max_size=4))
    )
)
def test_where_each_alone_breaks_it_all_of_them_stay_out(case: tuple[int, set[int]]) -> None:
    count, guilty = case
    found: Sequence[object] = _fewest(range(count), lambda without: guilty <= {*without})  # type: ignore[arg-type]
    assert {*found} == guilty


def test_a_fault_that_no_edit_makes_holds_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the plan has it without the edits as well, and who merges has to be told by the whole."""
    fault = Diagnostic("P101", Severity.ERROR, Location(PurePosixPath("plan.yaml")), "Kaputt.")
    monkeypatch.setattr(pipeline.merge.hold_back, "_atoms", lambda _: iter(()))
    comparison = object()
    assert pipeline.merge.hold_back.sound(comparison, lambda _: [fault], None) == (comparison, ())  # type: ignore[arg-type]


def test_what_stays_out_with_a_whole_text_is_told(cut: Callable[[str], CutPlan]) -> None:
    """A heading that is gone has no block that could be left as it was: the text stays, with all that is new in it."""
    plan = cut("texte")
    draft = Draft(plan.data)
    draft.edit(
        [("replace", "hat sich", "hatte sich"), ("join", "Lindenmark hatte"), ("replace", "vier Jahre", "fünf Jahre")]
    )
    (file,) = plan.merge(draft.to_bytes()).files
    held = [(change.before[:15], change.after[:15]) for change in file.changes(Fate.HELD_BACK)]
    assert held == [("Lindenmark hat ", "Lindenmark hatt"), ("Was ein Text ka", "")]
    assert [change.after for change in file.changes(Fate.TAKEN)] == ["Der Plan läuft fünf Jahre."]


def test_a_note_that_stays_with_its_paragraph_is_told(cut: Callable[[str], CutPlan]) -> None:
    """The paragraph was to lose its note and to swallow the next heading; since it may not, it keeps both."""
    plan = cut("texte")
    draft = Draft(plan.data)
    draft.edit([("delete_note", "Lindenmark hat"), ("join", "Lindenmark hat")])
    (file,) = plan.merge(draft.to_bytes()).files
    held = [change.before[:20] for change in file.changes(Fate.HELD_BACK)]
    assert "Der erste Absatz der" in held
