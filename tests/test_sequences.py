"""What two sequences have in common, and what kept its order: everything is told, nothing twice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.merge.diff.order import kept_order, moved
from pipeline.text.sequences import same_places, stretches

SIGNS = st.text("abc", max_size=12)


@given(SIGNS, SIGNS)
def test_the_stretches_are_all_of_both(old: str, new: str) -> None:
    found = list(stretches(old, new))
    assert "".join(old[part.start : part.end] for part in found) == old
    assert "".join(new[part.first : part.last] for part in found) == new
    for part in found:
        assert part.same == (old[part.start : part.end] == new[part.first : part.last])
    assert all(one.same != other.same for one, other in pairwise(found))
    assert all(old[at] == new[there] for at, there in same_places(old, new).items())


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", {}),
        ("aba", "ababa", {0: 0, 1: 1, 2: 2}),
        ("abc", "xbc", {1: 1, 2: 2}),
        ("aa", "aba", {0: 0, 1: 2}),
        ("abcd", "cdab", {0: 2, 1: 3}),
    ],
)
def test_what_stands_where(old: str, new: str, pairs: dict[int, int]) -> None:
    assert same_places(old, new) == pairs


@given(st.permutations(range(8)))
def test_what_kept_its_order_rises_and_nothing_could_be_added(values: list[int]) -> None:
    kept = [values[place] for place in kept_order(values)]
    assert kept == sorted(kept)
    assert moved(values) == set(values) - set(kept)
    assert all(sorted([*kept, value]) != [item for item in values if item in {*kept, value}] for value in moved(values))


def test_the_lighter_ones_were_moved() -> None:
    assert kept_order([0, 2, 3, 1]) == [0, 1, 2]
    assert kept_order([2, 0, 1], [5, 2, 2]) == [0]
    assert kept_order([2, 0, 1], [3, 2, 2]) == [1, 2]
