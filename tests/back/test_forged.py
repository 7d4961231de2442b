"""What a file says of itself is a stranger's word: nothing is written where it does not show it, or without a look."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from benchmarks.forged_bases import CONTENT, Victim, run, victim
from benchmarks.forgery import MAIN, Forged, opened
from pipeline.content.read import read
from pipeline.errors import ExitCode, PuzzlingFileError, RenderingError
from pipeline.files.register import NAME, enter, is_known
from pipeline.merge.base import read_base
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate, MergeOutcome
from pipeline.ooxml.bookmarks import hidden, mark_name
from pipeline.ooxml.package import write_zip
from pipeline.text.nodes import Place
from pipeline.word.build import write_docx
from pipeline.word.embedded_base import RECORD, SOURCES
from tests.building import PLANS
from tests.loading import load
from tests.tiers import examples

pytestmark = pytest.mark.usefixtures("made_once")

DIGEST = hashlib.sha256(b"a").hexdigest()
SEEDS = (3, 24, 31, 8)[: examples(6)]
MEASURES = f"{SOURCES}betriebe/massnahmen.yaml"


@pytest.fixture(scope="module")
def plan() -> Victim:
    """The smallest plan of the tests."""
    return victim()


def edited(plan: Victim, change: Callable[[Forged], None] | None = None) -> Forged:
    """Its file with the title of measure 1.1.2 edited, and then forged."""
    file = opened(plan.data)
    file.parts[MAIN] = file.parts[MAIN].replace(b"Bedarf melden", b"Bedarf sammeln")
    if change is not None:
        change(file)
    return file


def merged(plan: Victim, file: Forged, own: Path | None = None) -> MergeOutcome:
    return merge(MergeRequest([("a.docx", file.to_bytes())], plan.sources, own=own))


def taken(outcome: MergeOutcome) -> list[str]:
    return [change.place for change in outcome.files[0].changes(Fate.TAKEN)]


@pytest.mark.parametrize("seed", SEEDS)
def test_forgeries_reach_nothing_that_the_file_does_not_show(plan: Victim, seed: int) -> None:
    kind, done = run(plan, seed)
    assert not kind.startswith("WRONG"), done


def test_where_marks_lead_is_computed_and_not_believed(plan: Victim) -> None:
    def redirected(file: Forged) -> None:
        file.base[RECORD] = file.base[RECORD].replace(b'"M1.1.2/titel"', b'"plan/titel"')

    file = edited(plan, redirected)
    assert read_base(write_zip(file.base), "a.docx").marks == plan.base.marks
    assert taken(merged(plan, file)) == ["Maßnahme 1.1.2, Titel"]


def mark_of(plan: Victim, source: str) -> bytes:
    return next(mark for mark, place in plan.base.marks.items() if place.source == source).encode()


def with_mark(data: bytes, mark: bytes, instead: bytes) -> bytes:
    """A mark where another stood."""
    return data.replace(mark, b"Textmarke").replace(instead, mark)


def test_a_mark_that_was_moved_in_the_file_takes_no_edit_along(plan: Victim) -> None:
    """The mark of a field of action at the heading of a measure: its title still reads what it read."""
    title, heading = mark_of(plan, "HF1/titel"), mark_of(plan, "M1.1.2/titel")
    file = edited(plan)
    file.parts[MAIN] = with_mark(file.parts[MAIN], title, heading)
    assert not any(path.name == "handlungsfelder.yaml" for path in merged(plan, file).sources)


def test_a_mark_that_was_moved_in_file_and_base_is_found_out(plan: Victim) -> None:
    title, heading = mark_of(plan, "HF1/titel"), mark_of(plan, "M1.1.2/titel")
    file = edited(plan)
    for parts, name in ((file.parts, MAIN), (file.base, f"teile/{MAIN}")):
        parts[name] = with_mark(parts[name], title, heading)
    outcome = merged(plan, file)
    assert (outcome.sources, outcome.settled) == ({}, False)
    assert any("Ausgangszustand" in hint for hint in outcome.files[0].hints)


def test_a_paragraph_of_which_nothing_is_believed_stays(tmp_path: Path) -> None:
    """As in a file of a version that printed `CO~2~` with its tildes: nobody has deleted what is not believed."""
    content = tmp_path / "content"
    shutil.copytree(PLANS["tiny"], content)
    text = content / "texte/kurz.md"
    text.write_text("# Kurz\n\nDer Anfang.\n\nHier steht mehr.\n\n- ein Punkt\n- noch einer\n", "utf-8")
    plan = victim(content)
    file = opened(plan.data)
    for parts, name in ((file.parts, MAIN), (file.base, f"teile/{MAIN}")):
        parts[name] = parts[name].replace(b"Hier steht mehr", b"Hier~steht~mehr").replace(b"ein Punkt", b"ein^Punkt^")
    file.parts[MAIN] = file.parts[MAIN].replace(b"Der Anfang", b"Das Ende")
    (source,) = merged(plan, file).sources.values()
    assert source == b"# Kurz\n\nDas Ende.\n\nHier steht mehr.\n\n- ein Punkt\n- noch einer\n"


def test_a_mark_of_something_that_the_plan_does_not_print_is_found_out(plan: Victim) -> None:
    title, heading = hidden(mark_name(Place("plan/titel"))).encode(), mark_of(plan, "M1.1.2/titel")
    file = edited(plan)
    for parts, name in ((file.parts, MAIN), (file.base, f"teile/{MAIN}")):
        parts[name] = parts[name].replace(heading, title)
    outcome = merged(plan, file)
    assert (outcome.sources, outcome.settled) == ({}, False)


def test_a_picture_that_arrived_damaged_does_not_keep_the_gate_from_looking(plan: Victim) -> None:
    def damaged(file: Forged) -> None:
        file.base[f"{SOURCES}bilder/punkt.svg"] = b"x"

    outcome = merged(plan, edited(plan, damaged))
    assert (taken(outcome), outcome.settled) == (["Maßnahme 1.1.2, Titel"], True)
    assert [path.name for path in outcome.sources] == ["massnahmen.yaml"]


def older(file: Forged) -> None:
    """Built when a measure could still be like that."""
    file.base[MEASURES] = file.base[MEASURES].replace(b"    ziel: Z1.1\n", b"    ziel: Z1.1\n    farbe: rot\n")


def test_sources_that_break_a_rule_of_today_are_looked_at_all_the_same(plan: Victim, tmp_path: Path) -> None:
    file = edited(plan, older)
    file.parts[MAIN] = file.parts[MAIN].replace(b"Betriebe brauchen Platz.", b"Betriebe suchen Platz.")
    enter(tmp_path, hashlib.sha256(write_zip(file.base)).hexdigest(), "2026-11-22", "1.0")
    outcome = merged(plan, file, tmp_path)
    assert "Handlungsfeld 1, Vorspann" in taken(outcome)
    assert not outcome.settled
    assert any(path.name == "handlungsfelder.yaml" for path in outcome.sources)


def no_plan(file: Forged) -> None:
    file.base[f"{SOURCES}plan.yaml"] = file.base[f"{SOURCES}plan.yaml"].replace(b"fassung:", b"ausgabe:")


def test_where_nothing_can_be_built_of_our_own_base_that_is_told_and_no_success(plan: Victim, tmp_path: Path) -> None:
    file = edited(plan, no_plan)
    enter(tmp_path, hashlib.sha256(write_zip(file.base)).hexdigest(), "2026-11-22", "1.0")
    outcome = merged(plan, file, tmp_path)
    assert taken(outcome) == ["Maßnahme 1.1.2, Titel"]
    assert (outcome.ok, outcome.settled) == (True, False)
    assert "nach den heutigen Regeln Fehler" in outcome.files[0].unchecked


def test_of_a_strangers_base_nothing_is_taken_then(plan: Victim) -> None:
    outcome = merged(plan, edited(plan, no_plan))
    assert (outcome.sources, outcome.settled) == ({}, False)
    assert "kein Plan" in outcome.files[0].unchecked


def test_an_unknown_base_is_read_and_told(plan: Victim, tmp_path: Path) -> None:
    outcome = merged(plan, edited(plan), tmp_path)
    assert (taken(outcome), outcome.settled) == (["Maßnahme 1.1.2, Titel"], True)
    assert [hint for hint in outcome.files[0].hints if hint.startswith("Woher die Datei kommt")]
    enter(tmp_path, plan.base.seal, "2026-11-22", "1.0")
    assert merged(plan, edited(plan), tmp_path).files[0].hints == ()


def test_a_fault_of_the_program_is_a_sentence_about_the_file(plan: Victim, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("name")

    monkeypatch.setattr("pipeline.merge.merge.believed", fails)
    with pytest.raises(PuzzlingFileError, match=r"a\.docx: .*KeyError.*; bitte") as caught:
        merged(plan, edited(plan))
    assert caught.value.exit_code == ExitCode.FILES


def test_a_file_that_could_not_come_back_is_not_built() -> None:
    source = read(CONTENT)
    doubled = {**source.files, PurePosixPath("PLAN.YAML"): b"titel: Zwei"}
    with pytest.raises(RenderingError, match="nicht wieder übernehmen"):
        write_docx(load(CONTENT).document, source.pictures, doubled)


# --- the register ---------------------------------------------------------------------------------------------------


def test_what_is_entered_is_known_once_and_for_ever(tmp_path: Path) -> None:
    own = tmp_path / "neu"
    assert not is_known(own, DIGEST)
    for _ in range(2):
        assert enter(own, DIGEST, "2026-11-22", "Entwurf 1") is None
    assert is_known(own, DIGEST)
    assert (own / NAME).read_text(encoding="utf-8") == f"{DIGEST} 2026-11-22 Entwurf 1\n"


@pytest.mark.parametrize("damage", [b"", DIGEST[:40].encode(), b"\xff\x00\n", f"{DIGEST[:-1]}\n".encode(), b"x" * 99])
def test_a_damaged_register_loses_nothing_but_the_damaged_line(tmp_path: Path, damage: bytes) -> None:
    other = hashlib.sha256(b"b").hexdigest()
    enter(tmp_path, other, "2026-11-22", "1")
    with (tmp_path / NAME).open("ab") as file:
        file.write(damage)
    assert not is_known(tmp_path, DIGEST)
    enter(tmp_path, DIGEST, "2026-11-22", "1")
    assert is_known(tmp_path, DIGEST)
    assert is_known(tmp_path, other)


def test_a_register_that_cannot_be_written_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "datei").write_bytes(b"")
    assert isinstance(enter(tmp_path / "datei", DIGEST, "2026-11-22", "1"), OSError)
    assert not is_known(tmp_path / "datei", DIGEST)
