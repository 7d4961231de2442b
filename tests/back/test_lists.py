"""Two edits of one list: both arrive, or the conflict is shown; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.diff.lists import Merged, ValueConflict, merge


def due(when: str, title: str) -> dict[str, Plain]:
    return {"termin": when, "titel": title}


ONE, TWO, THREE = due("Q1 2027", "Stelle benannt"), due("Q2 2027", "Liste liegt vor"), due("Q4 2028", "Jahresbericht")
NEW, OTHER = due("Q3 2027", "Gespräche geführt"), due("2030", "Über Fortführung entschieden")


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ([ONE, TWO, NEW, THREE], [ONE, TWO, THREE, OTHER], [ONE, TWO, NEW, THREE, OTHER]),
        ([ONE, NEW, TWO, THREE], [ONE, OTHER, TWO, THREE], [ONE, NEW, OTHER, TWO, THREE]),
        ([NEW, ONE, TWO, THREE], [NEW, ONE, TWO, THREE], [NEW, ONE, TWO, THREE]),
        ([ONE, TWO, THREE, NEW], [NEW, ONE, TWO, THREE], [ONE, TWO, THREE, NEW]),
        ([ONE, THREE], [ONE, TWO, THREE, NEW], [ONE, THREE, NEW]),
        ([ONE, THREE], [ONE, TWO, NEW, THREE], [ONE, NEW, THREE]),
        ([ONE, THREE], [TWO, THREE], [THREE]),
        (
            [{**ONE, "termin": "2028"}, TWO, THREE],
            [{**ONE, "titel": "Stellen benannt"}, TWO, THREE],
            [due("2028", "Stellen benannt"), TWO, THREE],
        ),
        ([THREE, TWO, ONE], [ONE, TWO, {**THREE, "termin": "2029"}], [{**THREE, "termin": "2029"}, TWO, ONE]),
        ([], [ONE, TWO, THREE, NEW], [NEW]),
    ],
)
def test_both_edits_arrive(ours: list[Plain], theirs: list[Plain], merged: list[Plain]) -> None:
    assert merge([ONE, TWO, THREE], ours, theirs) == Merged(merged)


@pytest.mark.parametrize(
    ("ours", "theirs", "conflict"),
    [
        (
            [{**ONE, "termin": "2028"}, TWO],
            [{**ONE, "termin": "2029"}, TWO],
            ValueConflict(ONE, {**ONE, "termin": "2028"}, {**ONE, "termin": "2029"}),
        ),
        ([TWO], [{**ONE, "termin": "2029"}, TWO], ValueConflict(ONE, None, {**ONE, "termin": "2029"})),
    ],
)
def test_conflicts_name_both(ours: list[Plain], theirs: list[Plain], conflict: ValueConflict) -> None:
    assert merge([ONE, TWO], ours, theirs) == Merged([ONE, TWO], (conflict,))
    turned = ValueConflict(conflict.base, conflict.theirs, conflict.ours)
    assert merge([ONE, TWO], theirs, ours) == Merged([ONE, TWO], (turned,))


def test_two_orders_are_a_conflict() -> None:
    base: list[Plain] = [ONE, TWO, THREE]
    found = merge(base, [TWO, ONE, THREE], [ONE, THREE, TWO])
    assert found == Merged(base, (ValueConflict(base, [TWO, ONE, THREE], [ONE, THREE, TWO]),))


def test_actors_spans_and_what_was_not_there() -> None:
    assert merge(["rat", "ihk"], ["rat", "ihk", "hwk"], ["amt", "rat", "ihk"]).value == ["amt", "rat", "ihk", "hwk"]
    assert merge(None, ["rat"], ["ihk"]).value == ["rat", "ihk"]
    span: dict[str, Plain] = {"von": "2027", "bis": "2028"}
    assert merge(span, {**span, "von": "2026"}, {**span, "bis": "2029"}).value == {"von": "2026", "bis": "2029"}
    effort: dict[str, Plain] = {"betrag": "5", "jahr": "2027"}
    assert merge(effort, {"betrag": "5"}, {**effort, "betrag": "6"}).value == {"betrag": "6"}
    assert merge("a", None, "b") == Merged("a", (ValueConflict("a", None, "b"),))
    assert merge("a", None, "a") == Merged(None)


LISTS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(LISTS, LISTS, LISTS)
def test_nothing_is_lost_silently(base: list[str], ours: list[str], theirs: list[str]) -> None:
    found = merge(_plain(base), _plain(ours), _plain(theirs))
    if found.conflicts:
        return
    assert isinstance(found.value, list)
    present = [str(item) for item in found.value]
    added = (set(ours) | set(theirs)) - set(base)
    assert added <= set(present), "what somebody added is there"
    assert set(present) <= set(ours) | set(theirs) | set(base)
    assert set(base) & set(ours) & set(theirs) <= set(present), "what nobody took away is there"


@given(LISTS, LISTS)
def test_one_edit_alone_is_that_edit(base: list[str], edited: list[str]) -> None:
    assert merge(_plain(base), _plain(base), _plain(edited)) == Merged(_plain(edited))
    assert merge(_plain(base), _plain(edited), _plain(base)) == Merged(_plain(edited))
    assert merge(_plain(base), _plain(edited), _plain(edited)) == Merged(_plain(edited))


def _plain(items: Sequence[str]) -> list[Plain]:
    return [*items]
