"""A few sets of `benchmarks.fuzz_merge`, and that it sees what it is there to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmarks.fuzz_desk import MEASURES, Desk, prepare, six_measures
from benchmarks.fuzz_lines import Line, Lines
from benchmarks.fuzz_merge import run
from benchmarks.fuzz_oracle import Told, joint_faults, line_faults, report_faults, word_faults
from pipeline.merge import rebuild
from pipeline.merge.markdown.source_text import SourceText
from pipeline.merge.outcome.outcome import Change, Fate, FileOutcome, MergeOutcome
from pipeline.merge.why import Reason, Why
from tests.tiers import examples

pytestmark = pytest.mark.usefixtures("made_once")

SETS = (2, 7, 3)[: examples(6)]  # one editor, tracked changes; in a long run two editors
NOTHING = Told([])


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The plan of six measures. What is built of the same sources for one merge serves the next."""
    return replace(prepare(), rebuild=rebuild.rebuild)


@pytest.mark.parametrize("seed", SETS)
def test_nothing_gets_lost_in_silence(desk: Desk, seed: int) -> None:
    result = run(desk, seed)
    assert result.counts["edits"] > 0
    assert result.kind != "WRONG", result.said


def test_what_gets_lost_in_silence_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_before(source: SourceText, *_: object) -> str:
        return source.text

    def nothing(*_: object) -> Iterator[object]:
        return iter(())

    monkeypatch.setattr("pipeline.merge.differences.text_edits.edited_text", as_before)
    monkeypatch.setattr("pipeline.merge.gate.missing", nothing)
    result = run(desk, SETS[0])
    assert (result.kind, "fehlt" in result.said) == ("WRONG", True)


def test_what_is_raised_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.merge.gate.carry_out", None)
    result = run(desk, SETS[0])
    assert (result.kind, "TypeError" in result.said) == ("WRONG", True)


def test_the_plan_has_six_measures() -> None:
    assert sum(text.count(b"\n  - id: M") for text in six_measures().values()) == MEASURES


def lines(*words: str, form: str = "") -> Lines:
    """Paragraphs of one text."""
    return Lines(tuple(Line(word, word, form, "texte/a.md") for word in words))


BEFORE = lines("Ein erster Absatz.", "Ein zweiter Absatz.", "Ein dritter Absatz.")
ADDED = lines("Ein erster Absatz.", "Ein neuer Absatz.", "Ein zweiter Absatz.", "Ein dritter Absatz.")
FEWER = lines("Ein erster Absatz.", "Ein dritter Absatz.")
SWAPPED = lines("Ein zweiter Absatz.", "Ein erster Absatz.", "Ein dritter Absatz.")


@pytest.mark.parametrize(
    ("left", "now", "told"),
    [
        (BEFORE, BEFORE, ""),
        (ADDED, ADDED, ""),
        (ADDED, BEFORE, "fehlt: Ein neuer Absatz."),
        (FEWER, BEFORE, "kam zurück: Ein zweiter Absatz."),
        (BEFORE, FEWER, "1-mal da, von niemandem berührt, jetzt 0-mal: Ein zweiter Absatz."),
        (SWAPPED, BEFORE, "steht anderswo: Ein zweiter Absatz. / Ein erster Absatz."),
        (lines("Ein erster Absatz.", form="Heading2"), lines("Ein erster Absatz."), "Form „Heading2“ fehlt"),
    ],
)
def test_every_kind_of_fault_is_seen_unless_it_is_told(left: Lines, now: Lines, told: str) -> None:
    found = list(line_faults(BEFORE, left, now, NOTHING))
    assert any(told in fault for fault in found) if told else not found
    texts = " ".join(line.words for line in (*left.all, *now.all, *BEFORE.all))
    change = Change(Fate.LOST, "Text „A“", "texte/a.md", texts, "", (), Why(Reason.LOST, "Nicht angekommen."))
    assert not list(line_faults(BEFORE, left, now, Told([FileOutcome("a.docx", "1", (change,))])))


def test_what_neither_of_two_touched_and_what_one_took_away() -> None:
    assert list(joint_faults(BEFORE, [BEFORE, ADDED], FEWER, NOTHING))
    assert list(joint_faults(BEFORE, [BEFORE, FEWER], BEFORE, NOTHING))
    assert not list(joint_faults(BEFORE, [BEFORE, FEWER], FEWER, NOTHING))


def test_a_word_that_counts_as_taken_is_not_told() -> None:
    taken = FileOutcome("a.docx", "1", (Change(Fate.TAKEN, "Text „A“", "texte/a.md", "", "wort1y"),))
    assert list(word_faults(["wort1y"], "", Told([taken]))) == ["wort1y fehlt"]


def test_entries_without_a_place_or_a_reason() -> None:
    file = FileOutcome("a.docx", "1", (Change(Fate.LOST, "", "", "", "neu"),))
    assert len(list(report_faults(MergeOutcome((file,), {}, {}, (), ok=True)))) == len(("place", "reason"))
