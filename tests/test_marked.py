"""What only one of two texts has is marked, what both have is not, and nothing of either gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parts.lists.marked import COME, GONE, marked
from pipeline.text.nodes import Inline
from pipeline.text.plain_lines import markdown_lines

LINES = st.lists(st.text("ab c.", min_size=1, max_size=30).map(str.strip).filter(bool), min_size=1, max_size=5)


def read(side: Inline) -> str:
    return "".join("\n" if node.kind == "break" else node.plain() for node in side)


def found(side: Inline, kind: str) -> list[str]:
    return [node.plain() for node in side if node.kind == kind]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("Q1 2027 Stelle benannt", "Q3 2027 Stelle benannt", ["Q1"], ["Q3"]),
        ("Der Rat tagt oft, der Beirat selten.", "Der Rat tagt oft.", [", der Beirat selten"], []),
        ("Der Plan läuft vier Jahre.", "Neu ist ein Beirat der Betriebe.", ["Der Plan läuft vier Jahre."], None),
    ],
)
def test_words_are_marked(old: str, new: str, gone: list[str], come: list[str] | None) -> None:
    before, after = marked([old], [new])
    assert found(before, GONE) == gone
    assert found(after, COME) == ([new] if come is None else come)


@given(LINES, LINES)
def test_both_sides_read_as_they_were(old: list[str], new: list[str]) -> None:
    before, after = marked(old, new)
    assert read(before) == "\n".join(old)
    assert read(after) == "\n".join(new)
    if old == new:
        assert not found(before, GONE)
        assert not found(after, COME)


def test_of_many_lines_those_are_shown_that_differ() -> None:
    old = [f"Zeile {number} sagt etwas." for number in range(9)]
    new = [*old[:4], "Zeile 4 sagt etwas anderes.", *old[5:]]
    before, after = marked(old, new)
    assert read(before) == "…\nZeile 4 sagt etwas.\n…"
    assert found(after, COME) == ["anderes"]


def test_of_a_long_line_what_is_beside_the_change_is_shown() -> None:
    sentence = "Die Stadt fragt jedes Jahr, ob alles noch so gilt, wie es hier steht. "
    before, after = marked([f"{sentence * 9}Heute ja."], [f"{sentence * 9}Heute nein."])
    assert read(after).startswith("…")
    assert read(after).endswith("Heute nein.")
    assert len(read(before)) < 200


def test_a_text_is_read_line_by_line() -> None:
    table = "Tabelle: Kosten\n\n| Was | Wann |\n|---|---|\n| Weg | 2028 |"
    assert markdown_lines(f"Ein Absatz.[^n]\n\n- eins\n- zwei\n\n{table}\n\n[^n]: Eine Note.\n") == [
        "Ein Absatz.",
        "Eine Note.",
        "eins",
        "zwei",
        "Kosten",
        "Was | Wann",
        "Weg | 2028",
    ]
