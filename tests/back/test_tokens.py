"""Marked words: nothing of either text is left out, and what is marked as kept is in both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.merge.outcome.tokens import Mark, Run, marked_words

TEXTS = st.text(alphabet=st.sampled_from("ab \n\t"), max_size=30)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Er läuft vier Jahre", "Er läuft fünf Jahre", "Er läuft |-vier |Jahre", "Er läuft |+fünf |Jahre"),
        ("", "neu hier", "", "+neu hier"),
        ("alt", "", "-alt", ""),
        ("eins\nzwei", "eins\ndrei\nzwei", "eins\nzwei", "eins\n|+drei\n|zwei"),
        ("eins zwei", "eins", "eins |-zwei", "eins"),
    ],
)
def test_which_words_stayed(before: str, after: str, old: str, new: str) -> None:
    assert [_told(runs) for runs in marked_words(before, after)] == [old, new]


def _told(runs: tuple[Run, ...]) -> str:
    return "|".join({Mark.KEPT: "", Mark.DELETED: "-", Mark.INSERTED: "+"}[run.mark] + run.text for run in runs)


@given(TEXTS, TEXTS)
def test_the_runs_are_the_whole_texts(before: str, after: str) -> None:
    old, new = marked_words(before, after)
    assert ("".join(run.text for run in old), "".join(run.text for run in new)) == (before, after)
    assert {run.mark for run in old} <= {Mark.KEPT, Mark.DELETED}
    assert {run.mark for run in new} <= {Mark.KEPT, Mark.INSERTED}
    kept = [" ".join(run.text for run in runs if run.mark is Mark.KEPT).split() for runs in (old, new)]
    assert kept[0] == kept[1]
