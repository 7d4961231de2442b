"""A resolution is entered as somebody would write it by hand, and the plan is resolved when all bodies have."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.console.commands import run
from pipeline.errors import ExitCode
from tests.cases import BASE

OPEN = "    gremium: Rat\n    ergebnis: offen\n"
DONE = "    gremium: Rat\n    sitzung: 2026-11-20\n    vorlage: 2026/117\n    ergebnis: beschlossen\n"
MEASURES = Path("content/stadt/massnahmen.yaml")
PLAN = Path("content/plan.yaml")


@pytest.fixture(autouse=True)
def before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The faultless plan as it was before its resolution, in the current folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, "content")
    edit(PLAN, DONE, OPEN)
    edit(PLAN, "status: beschlossen", "status: beschlussvorlage")
    edit(PLAN, "straenge:", "beschlussvorschlag:\n  - {gremium: Rat, text: Der Rat beschließt.}\nstraenge:")
    edit(MEASURES, "status: beschlossen", "status: abgestimmt")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def resolve(*words: str) -> ExitCode:
    return run(["resolve", "--content", "content", *words])


BY_RAT = ("--body", "Rat", "--date", "20.11.2026", "--paper", "2026/117")


def test_the_plan_is_as_somebody_would_have_entered_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert resolve(*BY_RAT, "--dry-run") is ExitCode.OK
    assert "Nichts geschrieben" in capsys.readouterr().out
    assert "abgestimmt" in MEASURES.read_text("utf-8")
    assert resolve(*BY_RAT) is ExitCode.OK
    said = capsys.readouterr().out
    assert "Schritt „Beschluss“ (Rat): beschlossen am 20.11.2026, Vorlage 2026/117." in said
    assert "Damit ist der Plan beschlossen" in said
    assert MEASURES.read_bytes() == (BASE / "stadt" / "massnahmen.yaml").read_bytes()
    edit(PLAN, "beschlussvorschlag:\n  - {gremium: Rat, text: Der Rat beschließt.}\n", "")
    assert sorted(PLAN.read_text("utf-8").split("\n")) == sorted((BASE / "plan.yaml").read_text("utf-8").split("\n"))


def test_where_several_decide_each_resolves_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    other = "  - {schritt: Zustimmung, gremium: Verein, entscheidet: betriebe}\n"
    edit(PLAN, OPEN, f"{OPEN}    entscheidet: stadt\n{other}")
    of_firms = Path("content/betriebe/massnahmen.yaml")
    edit(of_firms, "status: beschlossen", "status: abgestimmt")
    assert resolve(*BY_RAT) is ExitCode.OK
    assert "status: abgestimmt" in of_firms.read_text("utf-8")
    said = capsys.readouterr().out
    assert "Beschlossen ist der Plan damit noch nicht; es fehlt: „Zustimmung“ (Verein)." in said
    assert "status: beschlussvorlage" in PLAN.read_text("utf-8")
    assert "status: beschlossen" in MEASURES.read_text("utf-8")
    assert resolve("--body", "Verein", "--date", "2026-11-21", "--paper", "7") is ExitCode.OK
    assert "status: beschlossen" in PLAN.read_text("utf-8")
    assert "status: beschlossen" in of_firms.read_text("utf-8")
    assert resolve("--body", "Verein", "--date", "2026-11-21", "--paper", "7") is ExitCode.USAGE
    assert "hat im Beschlussweg keinen offenen Schritt" in capsys.readouterr().err


def test_what_is_open_without_a_condition_keeps_it_from_being_resolved(capsys: pytest.CaptureFixture[str]) -> None:
    edit(MEASURES, "stand: gesichert", "stand: beantragt")
    before = {path: path.read_bytes() for path in (PLAN, MEASURES)}
    assert resolve(*BY_RAT) is ExitCode.CONTENT
    said = capsys.readouterr().err
    assert "Fehler P454" in said
    assert "Nichts geschrieben" in said
    assert {path: path.read_bytes() for path in before} == before
    edit(PLAN, "straenge:", "vorbehalte:\n  - {code: P454, text: Haushaltsbeschluss 2027}\nstraenge:")
    assert resolve(*BY_RAT) is ExitCode.OK
    assert "status: beschlossen" in PLAN.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--body", "Rat"), "Es fehlt: --date, --paper."),
        (("--body", "Rat", "--date", "gestern", "--paper", "1"), "„gestern“ ist kein Tag"),
        (("--body", "Beirat", "--date", "1.2.2027", "--paper", "1"), "Offen ist er noch bei: „Rat“."),
    ],
)
def test_what_it_does_not_understand(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert resolve(*words) is ExitCode.USAGE
    assert said in capsys.readouterr().err
