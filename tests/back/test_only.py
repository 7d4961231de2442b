"""What may change is named, and everything else in a file is told as not taken."""

from __future__ import annotations

import pytest

from benchmarks.forged_bases import Victim, victim
from benchmarks.forgery import MAIN, opened
from pipeline.errors import ExitCode, UnknownScopeError
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate, MergeOutcome, Touched
from pipeline.merge.outcome.render import lines
from pipeline.merge.why import Reason

pytestmark = pytest.mark.usefixtures("made_once")

EDITS = {
    b"1.1.1 Fl\xc3\xa4chen verzeichnen</w:t></w:r>": b"1.1.1 Fl\xc3\xa4chen suchen</w:t></w:r>",
    b"1.1.2 Bedarf melden</w:t></w:r>": b"1.1.2 Bedarf sammeln</w:t></w:r>",
    b"Betriebe brauchen Platz.": b"Betriebe suchen Platz.",
}
FIRST, SECOND, PREFACE = "Maßnahme 1.1.1, Titel", "Maßnahme 1.1.2, Titel", "Handlungsfeld 1, Vorspann"


@pytest.fixture(scope="module")
def plan() -> Victim:
    """The smallest plan of the tests."""
    return victim()


def merged(plan: Victim, *only: str) -> MergeOutcome:
    """Three edits, in two measures and in a field of action."""
    file = opened(plan.data)
    for old, new in EDITS.items():
        assert old in file.parts[MAIN]
        file.parts[MAIN] = file.parts[MAIN].replace(old, new)
    return merge(MergeRequest([("a.docx", file.to_bytes())], plan.sources, only=only))


@pytest.mark.parametrize(
    ("only", "taken"),
    [
        ((), {FIRST, SECOND, PREFACE}),
        (("M1.1.2",), {SECOND}),
        (("1.1.2",), {SECOND}),
        (("HF1", "M1.1.1"), {FIRST, PREFACE}),
        (("strand:betriebe",), {SECOND}),
        (("strang:stadt",), {FIRST}),
        (("actor:verein",), {SECOND}),
        (("Akteur:amt",), {FIRST}),
    ],
)
def test_only_what_is_named_is_taken(plan: Victim, only: tuple[str, ...], taken: set[str]) -> None:
    outcome = merged(plan, *only)
    (file,) = outcome.files
    assert {change.place for change in file.changes(Fate.TAKEN)} == taken
    left = {change.place for change in file.changes(Fate.REFUSED) if change.why and change.why.code is Reason.LEFT_OUT}
    assert left == {FIRST, SECOND, PREFACE} - taken
    assert file.changes(Fate.LOST) == ()
    assert len(outcome.sources) == len(taken)


def test_where_all_edits_are_inside_all_are_taken(plan: Victim) -> None:
    file = opened(plan.data)
    file.parts[MAIN] = file.parts[MAIN].replace(b"Betriebe brauchen Platz.", b"Betriebe suchen Platz.")
    outcome = merge(MergeRequest([("a.docx", file.to_bytes())], plan.sources, only=["HF1"]))
    assert ([change.place for change in outcome.files[0].changes(Fate.TAKEN)], outcome.settled) == ([PREFACE], True)


@pytest.mark.parametrize("only", ["M9.9.9", "strang:nirgends", "akteur:vereine", "wer:da", ""])
def test_what_there_is_not_is_refused(plan: Victim, only: str) -> None:
    with pytest.raises(UnknownScopeError, match="--only") as caught:
        merged(plan, only)
    assert caught.value.exit_code == ExitCode.USAGE


def test_whose_measures_are_touched_is_told_first(plan: Victim) -> None:
    outcome = merged(plan, "M1.1.2")
    assert outcome.files[0].touches == (Touched("verein", "Unternehmensverein", ("M1.1.2",)),)
    assert list(lines(outcome))[:2] == ["a.docx", "  Berührt Maßnahmen von: Unternehmensverein (1.1.2)"]
