"""Anchors → names that Word takes, never the same for two anchors."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ooxml.bookmarks import bookmark_name, wide_mark

ANCHORS = st.one_of(
    st.from_regex(r"[A-Za-z]{1,2}[0-9][-._0-9]{0,4}", fullmatch=True),
    st.from_regex(r"[a-z0-9_-]{1,12}", fullmatch=True),
    st.text(min_size=1, max_size=60),
)


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("M1.2.3", "M1_2_3"),
        ("HF1", "HF1"),
        ("stadt-rat", "stadt_rat"),
        ("plan_auf_einer_seite", "plan__auf__einer__seite"),
    ],
)
def test_readable_anchors_stay_readable(anchor: str, name: str) -> None:
    assert bookmark_name(anchor) == name


@given(ANCHORS)
def test_word_takes_every_name(anchor: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", bookmark_name(anchor))
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", wide_mark(anchor))


@given(st.sets(ANCHORS, min_size=2, max_size=30))
def test_different_anchors_have_different_names(anchors: set[str]) -> None:
    names = [bookmark_name(anchor).casefold() for anchor in anchors]
    names += [wide_mark(anchor).casefold() for anchor in anchors]
    assert len(set(names)) == len(names)


def test_names_that_meet_where_case_and_separators_fall() -> None:
    anchors = ("M1.2.3", "m1-2-3", "M1_2_3", "m1.2.3", "m1_2_3", "a-b", "a_b", "a--b", "a.b", "A-b", "a__b", "a-_b")
    names = {bookmark_name(anchor).casefold() for anchor in anchors}
    assert len(names) == len(anchors)
