"""The command `new`: what is asked and answered in, a plan that is checked without an error out, or nothing at all."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from pipeline.actions import new
from pipeline.actions.check import check
from pipeline.actions.new import Answers
from pipeline.console.commands import run
from pipeline.diagnostics import Severity
from pipeline.errors import ExitCode, FileAccessError
from pipeline.outcome import Outcome, Silent
from tests.loading import load

YEAR = date.today().year  # noqa: DTZ011 - as the program asks the clock of this place


class Terminal(io.StringIO):
    """Somebody who types, or reads, at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder; what is read from stdin ends at once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, text: str, *arguments: str) -> tuple[ExitCode, str]:
    """The exit code and what the terminal shows where somebody types this."""
    shown = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", Terminal(text))
        patch.setattr(sys, "stdout", shown)
        code = run(["new", *arguments])
    return code, shown.getvalue()


def answers(folder: Path) -> Answers:
    """What a plan says of what was asked for it."""
    meta = load(folder).plan.meta
    first, second = (strand.name for strand in meta.strands)
    city = load(folder).plan.actor_by_id["rat"].name.removeprefix("Rat der Stadt ")
    return Answers(city, meta.title, (first, second), (meta.term.first, meta.term.last), meta.short_name)


def texts(folder: Path) -> Mapping[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")}


def test_without_a_terminal_the_usual_answers_hold(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "plan"]) is ExitCode.OK
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "Angelegt: plan, ein Plan mit 10 Dateien.",
        "Prüfen:   python build.py check --content plan",
        "Bauen:    python build.py --content plan",
    ]
    assert said.err == ""
    assert answers(work / "plan") == Answers(
        "Musterstadt",
        "Handlungsplan Musterstadt",
        ("Verwaltung", "Bürgerschaft"),
        (YEAR + 1, YEAR + 5),
        "handlungsplan-musterstadt",
    )
    assert [path.name for path in work.iterdir()] == ["plan"]


def test_the_new_plan_is_complete_clean_and_commented(work: Path) -> None:
    """No error and no warning; what is open is what a draft may leave open. Nothing of the starter's gaps is left."""
    run(["new", "plan"])
    found = check(work / "plan", Silent()).diagnostics
    assert {item.severity for item in found} == {Severity.NOTE}
    assert {item.code[:2] for item in found} <= {"P2", "P3", "P4"}
    plan = load(work / "plan").plan
    assert {plan.strand(measure).id for measure in plan.measures} == {"verwaltung", "buergerschaft"}
    assert plan.terms
    assert plan.proposals
    files = texts(work / "plan")
    assert not [name for name, text in files.items() if "‹" in text or "›" in text]
    data = {name: text for name, text in files.items() if name.endswith(".yaml")}
    assert all(any(line.lstrip().startswith("# ") for line in text.splitlines()[1:]) for text in data.values())
    for name, text in data.items():  # which editors complete from
        schema = text.splitlines()[0].partition("$schema=")[2]
        assert (work / "plan" / name).parent.joinpath(schema).resolve().is_file(), name


def test_options_answer_beforehand(work: Path) -> None:
    given = [
        "--city",
        "Halle (Saale)",
        "--title",
        'Klima: "Los"',
        "--strands",
        "Rathaus und Betriebe",
        "--years",
        "2028",
    ]
    assert run(["new", "mein Plan", *given, "--short-name", "klima"]) is ExitCode.OK
    assert answers(work / "mein Plan") == Answers(
        "Halle (Saale)", 'Klima: "Los"', ("Rathaus", "Betriebe"), (2028, 2028), "klima"
    )
    assert sorted(path.name for path in (work / "mein Plan").iterdir() if path.is_dir()) == [
        "betriebe", "gemeinsam", "rathaus", "texte", "vorschlaege",
    ]  # fmt: skip


def test_at_a_terminal_five_questions_are_asked(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = typed(monkeypatch, "Ulm\n\nRathaus, Vereine\n2027 bis 2030\n\n", "plan")
    assert code is ExitCode.OK
    assert shown.splitlines()[0] == "Die Eingabetaste allein übernimmt, was in eckigen Klammern steht."
    for asked in (
        "Name der Stadt [Musterstadt]: ",
        "Titel des Plans [Handlungsplan Ulm]: ",
        "zwei Namen mit einem Komma dazwischen [Verwaltung, Bürgerschaft]: ",
        f"Erstes und letztes Jahr [{YEAR + 1}-{YEAR + 5}]: ",
        "Name der gebauten Dateien [handlungsplan-ulm]: ",
    ):
        assert asked in shown
    assert answers(work / "plan") == Answers(
        "Ulm", "Handlungsplan Ulm", ("Rathaus", "Vereine"), (2027, 2030), "handlungsplan-ulm"
    )


def test_a_question_is_put_again_until_it_is_answered(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked is only what no option says."""
    code, shown = typed(monkeypatch, "bald\n2031-2027\n2027-2031\n", "plan", "--city", "Ulm", "--title", "Klima",
                        "--strands", "A-Team, B-Team", "--short-name", "klima")  # fmt: skip
    assert code is ExitCode.OK
    assert shown.count("Erstes und letztes Jahr") == 3
    assert "Nötig sind das erste und das letzte Jahr, zum Beispiel: 2027-2031.\n" in shown
    assert "Name der Stadt" not in shown
    assert answers(work / "plan").years == (2027, 2031)


def test_where_the_input_ends_nothing_is_written(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = typed(monkeypatch, "Ulm\n", "plan")
    assert code is ExitCode.INTERRUPTED
    assert capsys.readouterr().err.startswith("Fehler: Abgebrochen")
    assert list(work.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Hinter new fehlt der Name des Ordners."),
        (["x", "--city", "#"], "--city: Der Name der Stadt hat 2 bis 40 Zeichen"),
        (["x", "--title", "a"], "--title: Der Titel hat 3 bis 120 Zeichen."),
        (["x", "--strands", "Rathaus"], "--strands: Nötig sind zwei Namen mit einem Komma dazwischen"),
        (["x", "--strands", "Rathaus, Rathaus"], "--strands: Die beiden Stränge brauchen verschiedene Namen."),
        (["x", "--strands", "Texte, Rathaus"], "--strands: „Texte“ kann kein Strang heißen: Der Ordner „texte“"),
        (["x", "--strands", "Ж1, Rathaus"], "--strands: „Ж1“ kann kein Strang heißen: Daraus wird kein Name"),
        (["x", "--years", "27-31"], "--years: Nötig sind das erste und das letzte Jahr, zum Beispiel: 2027-2031."),
        (["x", "--years", "2027-2099"], "--years: Das erste Jahr kommt vor dem letzten"),
        (["x", "--short-name", "Mein Plan"], "--short-name: Der Kurzname besteht aus Kleinbuchstaben"),
        (
            ["x", "--title", "Plan \u200b"],
            "Mit diesen Angaben hätte der Plan einen Fehler: Hier steht ein unsichtbares",
        ),
    ],
)
def test_an_answer_that_makes_no_plan(
    work: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert run(["new", *arguments]) is ExitCode.USAGE
    assert capsys.readouterr().err.startswith(f"Fehler: {sentence}")
    assert list(work.iterdir()) == []


@pytest.mark.parametrize(("text", "name"), [("Mein Plan", "mein-plan"), ("2030!", "plan-2030"), ("", "plan")])
def test_a_short_name_is_proposed(text: str, name: str) -> None:
    assert new.short_name_of(text) == name


def test_letters_tell_the_strands_apart(work: Path) -> None:
    """P is the partners'."""
    for number, (names, letters) in enumerate(
        [("Verwaltung, Vereine", "VE"), ("Politik, Polizei", "OL"), ("Äpp, Pp", "ÄA"), ("Aa, AA a", "AB")]
    ):
        assert run(["new", str(number), "--strands", names]) is ExitCode.OK, names
        assert "".join(strand.letter for strand in load(work / str(number)).plan.meta.strands) == letters


@pytest.mark.parametrize("name", [".git", "plan.yaml"])
def test_a_folder_that_is_not_empty_is_refused(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Before anything is asked, and once more when it is written: much may happen while somebody types."""
    file = work / "plan" / name
    file.parent.mkdir()
    file.write_text("meins")
    assert typed(monkeypatch, "Ulm\n", "plan") == (ExitCode.FILES, "")
    monkeypatch.setattr(new, "ensure_place", lambda *_: None)
    assert run(["new", "plan"]) is ExitCode.FILES
    assert capsys.readouterr().err.count("plan: Der Ordner ist nicht leer; geschrieben wurde nichts.") == 2
    assert {path.name: path.read_text() for path in file.parent.iterdir()} == {name: "meins"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("datei", "datei: "),
        ("datei/plan", "datei"),
        ("leer", "In diesem Ordner stehen Sie gerade."),
        (str(new.ROOT / "content" / "plan"), "Das liegt in den Inhalten"),
    ],
)
def test_what_else_is_in_the_way(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    (work / "datei").write_text("meins")
    (work / "leer").mkdir()
    if name == "leer":
        monkeypatch.chdir(work / "leer")
        name = "."
    assert run(["new", name]) is ExitCode.FILES
    assert told in capsys.readouterr().err
    assert sorted(path.name for path in work.rglob("*")) == ["datei", "leer"]


def test_an_empty_folder_and_missing_ones_above_are_fine(work: Path) -> None:
    (work / "leer").mkdir()
    for name in ("leer", "a/b/c"):
        assert run(["new", name, "--quiet"]) is ExitCode.OK
        assert check(work / name, Silent()).ok


def test_the_projects_own_plan_can_be_begun_where_there_is_none(work: Path) -> None:
    answers = Answers("Ulm", "Klima", ("Rathaus", "Vereine"), (2027, 2031), "klima")
    for content in (work / "fehlt", work / "leer"):
        if content.name == "leer":
            content.mkdir()
        assert new.begin(content, answers, content, date(2026, 11, 22)).folder == content
        assert "stand: 2026-11-22" in (content / "plan.yaml").read_text("utf-8")
    with pytest.raises(FileAccessError, match="Das liegt in den Inhalten"):
        new.begin(work / "leer" / "plan", answers, work / "leer", date(2026, 11, 22))


def test_all_or_nothing(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stops it, neither the folder is there nor one above it; what a killed run left is no hindrance."""

    def refused(folder: Path, *_: object) -> Outcome:
        assert (folder / "plan.yaml").is_file()
        raise FileAccessError("Nein.")

    with monkeypatch.context() as patch:
        patch.setattr(new, "examine", refused)
        assert run(["new", "a/plan"]) is ExitCode.FILES
    assert list(work.iterdir()) == []
    (work / ".plan.neu" / "texte").mkdir(parents=True)
    (work / ".plan.neu" / "rest.md").write_text("halb")
    assert run(["new", "plan"]) is ExitCode.OK
    assert [path.name for path in work.iterdir()] == ["plan"]
    assert "rest.md" not in texts(work / "plan")


def test_what_is_missing_points_to_a_new_plan(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder, one with plan.yaml alone, and none at all."""
    run(["new", "ganz", "--quiet"])
    (work / "leer").mkdir()
    (work / "halb").mkdir()
    (work / "halb" / "plan.yaml").write_bytes((work / "ganz" / "plan.yaml").read_bytes())
    told = {}
    for name, code in (("leer", ExitCode.CONTENT), ("halb", ExitCode.CONTENT), ("nichts", ExitCode.FILES)):
        assert run(["check", "--content", name]) is code
        told[name] = capsys.readouterr().err
        assert "„python build.py new " in told[name]
        assert told[name].count("Fehler") == 1
    assert "Der Ordner ist leer. Dem Plan fehlen 3 Dateien: plan.yaml (" in told["leer"]
    assert "Dem Plan fehlen 4 Dateien: akteure.yaml (" in told["halb"]
    assert "texte/zu-diesem-plan.md (ein Kapitel); texte/ausgangslage.md (ein Kapitel)." in told["halb"]
