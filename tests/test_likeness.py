"""Every threshold of likeness with its examples: on which side of it they lie, and how near."""

from __future__ import annotations

import pytest

from pipeline.text import likeness
from pipeline.text.likeness import ALL, Counted, Threshold, among


@pytest.mark.parametrize("threshold", ALL, ids=lambda threshold: f"{threshold.counted.value} {threshold.at_least}")
def test_the_examples_lie_where_they_are_said_to(threshold: Threshold) -> None:
    assert threshold.likeness(*threshold.alike) >= threshold.at_least
    assert threshold.likeness(*threshold.unlike) < threshold.at_least


def test_no_threshold_is_missing_in_the_table() -> None:
    assert {id(item) for item in vars(likeness).values() if isinstance(item, Threshold)} == {id(item) for item in ALL}


@pytest.mark.parametrize(
    ("counted", "one", "other", "expected"),
    [
        (Counted.WORDS, "a b c d", "a c d", 6 / 7),
        (Counted.WORDS, "a b", "b a", 0.5),  # only in their order
        (Counted.WORDS, "a  b\n", "a b", 1.0),
        (Counted.LETTERS, "Stelle", "Stellen", 12 / 13),
        (Counted.WORDS, "Stelle", "Stellen", 0.0),
        (Counted.LETTERS, "", "", 0.0),
        (Counted.WORDS, "a", "", 0.0),
    ],
)
def test_the_measure(counted: Counted, one: str, other: str, expected: float) -> None:
    assert counted.likeness(one, other) == pytest.approx(expected)
    assert counted.likeness(other, one) == pytest.approx(expected)


def test_among_many_the_alike_ones_are_found_with_the_same_measure() -> None:
    others = ["Stellen benannt", "Fest", "Stelle gestrichen"]
    found = dict(among("Stelle benannt", others, likeness.ITEM))
    wanted = {at: likeness.ITEM.likeness("Stelle benannt", text) for at, text in enumerate(others)}
    assert found == {at: rate for at, rate in wanted.items() if rate >= likeness.ITEM.at_least}
    assert likeness.nearest("Stelle benannt", others, likeness.ITEM) == "Stellen benannt"
    assert likeness.nearest("Umzug", others, likeness.ITEM) == ""
    with pytest.raises(ValueError, match="letters"):
        likeness.nearest("Umzug", others, likeness.PARAGRAPH)
