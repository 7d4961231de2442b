"""However many findings there are, no more lines are shown than can be read, and each kind has one of them.

Errors come one by one while they fit; warnings and notes always by their kind.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path, PurePosixPath

import pytest

from pipeline.console.commands import run
from pipeline.console.digest import MOST, SCREEN, digest
from pipeline.console.findings import for_people
from pipeline.console.screen import Look
from pipeline.console.snippet import Lines
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.errors import ExitCode

ROOT = Path(__file__).resolve().parents[2]
YAML = PurePosixPath("massnahmen.yaml")
SOURCES = Lines({YAML: b"".join(b"zeile: %d\n" % number for number in range(500))})
CONTENT = Path("content")
SENTENCE = "Der Wert ist nicht erlaubt, denn er steht für etwas, das es in diesem Plan nicht gibt."


def finding(line: int, code: str = "P301", severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(code, severity, Location(YAML, line, 1), SENTENCE, "Meinten Sie „anders“?")


def named(item: Diagnostic, entity: str) -> Diagnostic:
    return dataclasses.replace(item, entity=entity)


def test_what_fits_is_shown_whole() -> None:
    few = [finding(line) for line in range(1, 10)]
    assert digest(few, SOURCES, CONTENT, Look()) == for_people(few, SOURCES, CONTENT, Look())
    assert digest([], SOURCES, CONTENT, Look()) == ""


def test_each_kind_comes_once_in_full_with_its_next_places_errors_first() -> None:
    warnings = [finding(line, "P402", Severity.WARNING) for line in range(1, 3)]
    errors = [finding(line) for line in range(10, 30)]
    text = digest([*warnings, *errors, finding(40, "P303")], SOURCES, CONTENT, Look())
    assert text.splitlines() == [
        f"content/massnahmen.yaml:10:1: Fehler P301: {SENTENCE}",
        "    10 | zeile: 9",
        "       | ^~~~~",
        "    Meinten Sie „anders“?",
        "    Ebenso an 19 weiteren Stellen: "
        + ", ".join(f"content/massnahmen.yaml:{line}:1" for line in (11, 12, 13))
        + " und 16 weiteren.",
        "",
        f"content/massnahmen.yaml:40:1: Fehler P303: {SENTENCE}",
        "    40 | zeile: 39",
        "       | ^~~~~",
        "    Meinten Sie „anders“?",
        "",
        f"content/massnahmen.yaml:1:1: Warnung P402: (2-mal) {SENTENCE}",
        "    Meinten Sie „anders“?",
        "    Ebenso: Zeile 2.",
        "",
        "Gekürzt: 23 Meldungen in 3 Arten. Alle zeigt --verbose.",
    ]


def test_warnings_and_notes_come_by_kind_with_number_and_first_places() -> None:
    """Also where all would fit one by one. Errors stay one by one, notes are last and without blank lines."""
    warnings = [named(finding(line, "P402", Severity.WARNING), f"M1.1.{line}") for line in range(1, 7)]
    notes = [finding(line, code, Severity.NOTE) for code in ("P501", "P502") for line in (7, 8)]
    text = digest([*notes, *warnings, finding(9), finding(10)], SOURCES, CONTENT, Look())
    assert text == "\n".join(
        [
            for_people([finding(9), finding(10)], SOURCES, CONTENT, Look()),
            "",
            f"content/massnahmen.yaml:1:1: Warnung P402: (6-mal) {SENTENCE}",
            "    Meinten Sie „anders“?",
            "    Ebenso: M1.1.2, M1.1.3, M1.1.4 und 2 weitere.",
            "",
            f"content/massnahmen.yaml:7:1: Hinweis P501: (2-mal) {SENTENCE}",
            "    Meinten Sie „anders“?",
            "    Ebenso: Zeile 8.",
            f"content/massnahmen.yaml:7:1: Hinweis P502: (2-mal) {SENTENCE}",
            "    Meinten Sie „anders“?",
            "    Ebenso: Zeile 8.",
            "",
            "Gekürzt: 12 Meldungen in 4 Arten. Alle zeigt --verbose.",
        ]
    )


def test_what_is_new_comes_first_and_is_counted() -> None:
    old = [finding(line, code, Severity.WARNING) for code in ("P402", "P403") for line in (1, 2)]
    new = [finding(9, "P403", Severity.WARNING), finding(9, "P404", Severity.WARNING)]
    text = digest([*old, *new], SOURCES, CONTENT, Look(), set(new))
    assert [line for line in text.splitlines() if "Warnung" in line] == [
        f"content/massnahmen.yaml:9:1: Warnung P403: (3-mal, 1 neu) {SENTENCE}",
        f"content/massnahmen.yaml:9:1: Warnung P404: (neu) {SENTENCE}",
        f"content/massnahmen.yaml:1:1: Warnung P402: (2-mal) {SENTENCE}",
    ]
    assert "(2-mal, alle neu)" in digest(old[:2], SOURCES, CONTENT, Look(), set(old))


@pytest.mark.parametrize("columns", [None, 80, 200])
@pytest.mark.parametrize("kinds", [1, 7, 12, 30])
def test_without_errors_the_list_fits_a_screen(kinds: int, columns: int | None) -> None:
    """786 open points of a draft are as many lines as it has kinds of them, or little more."""
    found = [
        finding(line % 400, f"P{400 + line % kinds}", Severity.NOTE if line % 2 else Severity.WARNING)
        for line in range(1, 787)
    ]
    text = digest(found, SOURCES, CONTENT, Look(columns))
    assert text.count("\n") + 1 <= SCREEN
    assert all(f"P{400 + number}" in text for number in range(kinds))


@pytest.mark.parametrize("kinds", [1, 9, 10, 30, 52, 53, 54, 80])
@pytest.mark.parametrize("columns", [None, 40, 80, 200])
def test_no_plan_fills_more_than_a_page_and_what_is_left_out_is_counted(kinds: int, columns: int | None) -> None:
    found = [finding(line, f"P{300 + line % kinds}") for line in range(1, 401)]
    text = digest(found, SOURCES, CONTENT, Look(columns))
    assert text.count("\n") + 1 <= MOST
    codes = {f"P{300 + number}" for number in range(kinds)}
    shown = {code for code in codes if code in text}
    left = len(codes - shown)
    assert left == 0 or f"… und {left} weitere Art" in text
    assert shown
    if columns:
        assert max(map(len, text.splitlines())) < max(columns, len("content/massnahmen.yaml:100:1:") + 20)


@pytest.mark.parametrize("plan", ["content", "tests/plans/stress"])
def test_a_plan_before_its_resolution_fits_a_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], plan: str
) -> None:
    """A hundred and more open points, all of them warnings by then: forty lines with all that a check says."""
    shutil.copytree(ROOT / plan, tmp_path / "content")
    meta = tmp_path / "content" / "plan.yaml"
    text = re.sub(r"(?m)^status: .*$", "status: beschlussvorlage", meta.read_text("utf-8"))
    meta.write_text(text, encoding="utf-8")
    assert run(["check", "--content", str(tmp_path / "content")]) is ExitCode.OK
    shown = "".join(capsys.readouterr())
    assert shown.count("\n") <= 40
    assert "Warnung P454: (" in shown
    assert "Gekürzt: " in shown


def test_a_check_of_a_broken_plan_shows_at_most_sixty_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "verwaltung").mkdir()
    entries = "".join(f"  - id: M9.9.{number}\n    titl: Falsch {number}\n" for number in range(1, 120))
    (tmp_path / "verwaltung" / "massnahmen.yaml").write_text(f"massnahmen:\n{entries}", encoding="utf-8")
    assert run(["check", "--content", str(tmp_path)]) is ExitCode.CONTENT
    short = capsys.readouterr()
    assert short.err.count("\n") + short.out.count("\n") <= 60
    assert "Alle zeigt --verbose." in short.err
    run(["check", "--verbose", "--content", str(tmp_path)])
    assert capsys.readouterr().err.count("\n") > 500
