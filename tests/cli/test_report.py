"""A year of the small plan is reported: every figure is counted once more from the files, and entries come home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.actions.aloud import read_aloud
from pipeline.console.commands import run
from pipeline.errors import ExitCode
from tests.back.draft import Draft
from tests.reported_year import YEAR, reported


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of a made-up year, and the report on it."""
    place = tmp_path_factory.mktemp("report")
    reported(place)
    assert report(place, "--quiet") is ExitCode.OK
    return place


def report(place: Path, *words: str) -> ExitCode:
    folders = (
        f"{name}" for pair in (("content", "content"), ("output", "output"), ("cache", "cache")) for name in pair
    )
    flags = [f"--{word}" if at % 2 == 0 else str(place / word) for at, word in enumerate(folders)]
    return run(["report", *flags, *words])


@pytest.fixture(scope="module")
def heard(folder: Path) -> list[str]:
    lines = read_aloud(folder / "output" / "lindenmark-umsetzungsbericht.pdf")
    return [line.replace("\u00a0", " ") for line in lines]


def entries(content: Path, key: str) -> Iterator[dict[str, Any]]:
    """Measures or goals as they stand in the files."""
    for path in sorted(content.glob("*/*.yaml")):
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        yield from data.get(key, []) if isinstance(data, dict) else []


def ends(due: str) -> str:
    """The month in which a date of the files ends: `2027-12` of `Q4 2027` and of `2027`."""
    if due.startswith("Q"):
        return f"{due[-4:]}-{int(due[1]) * 3:02}"
    return due if "-" in due else f"{due}-12"


def test_its_figures_are_those_of_the_files(folder: Path, heard: list[str]) -> None:
    measures = list(entries(folder / "content", "massnahmen"))
    milestones = [item for measure in measures for item in measure.get("meilensteine", [])]
    due = [item for item in milestones if ends(item["termin"]) <= f"{YEAR}-12"]
    results = [item.get("ergebnis") for item in due]
    indicators = [item for goal in entries(folder / "content", "ziele") for item in goal.get("indikatoren", [])]
    spent = sum(Decimal(item["euro"]) for measure in measures for item in measure.get("ausgaben_ist", []))
    assert len(due) == 5
    text = "\n".join(heard)
    for sentence in (
        f"{results.count('erreicht')} von {len(due)} fälligen Meilensteinen erreicht",
        f"{results.count('verschoben')} verspätet",
        f"{results.count('entfallen')} entfallen",
        f"{results.count(None)} ohne Meldung",
        f"0 von {len(indicators)} Indikatoren auf Kurs; erhoben: {sum('istwerte' in i for i in indicators)}",
        # 24.000 + 6.000 + 185.000 + 4.000
        f"{spent:,}".replace(",", ".") + " Euro ausgegeben, vorgesehen 219.000",
    ):
        assert any(line.endswith(sentence) for line in heard), sentence
    assert "Maßstab ist die beschlossene Fassung 1.0" in text
    for item in due:
        assert any(item["titel"] in line for line in heard), item


def test_what_nobody_reported_is_named_with_who_owes_it(heard: list[str]) -> None:
    owed = {"Zehn Fenster gestaltet": "Gewerbering", "Erste Liste übergeben": "Rückenwind"}
    for title, lead in owed.items():
        assert any(title in line and line.rstrip().endswith(lead) for line in heard), title


def test_an_indicator_is_held_against_a_straight_way(heard: list[str]) -> None:
    """From 18 in November 2026 to 9 at the end of 2030 are 49 months; 13 of them are over: 18 - 9 * 13 / 49 = 15.6."""
    (line,) = (line for line in heard if "Leer stehende Läden" in line and "15,6" in line)
    assert "16" in line
    assert "knapp dahinter" in line
    assert "22 %" in line


def test_what_is_entered_in_the_word_file_comes_home(folder: Path) -> None:
    content = folder / "content"
    draft = Draft((folder / "output" / "lindenmark-umsetzungsbericht.docx").read_bytes())
    draft.edit(
        [
            ("set", "1.1.2 Schaufenster", "Meilensteine", "Q4 2027 Zehn Fenster gestaltet – erreicht (02.12.2027)"),
            ("set", "1.1.2 Schaufenster", "Ausgaben", "2027: 5.800 Euro"),
            ("set", "1.1.2 Schaufenster", "Sachstand", "Dezember 2027 im Plan: Alle Fenster sind vergeben."),
            ("replace", "Ist November 2027: 16", "Ist November 2027: 15"),
        ]
    )
    (folder / "b.docx").write_bytes(draft.to_bytes())
    before = {path: path.read_text("utf-8") for path in content.rglob("*.yaml")}
    assert run(["merge", str(folder / "b.docx"), "--content", str(content), "--cache", str(folder / "cache")]) is (
        ExitCode.OK
    )
    changed = {path.relative_to(content).as_posix() for path, text in before.items() if text != path.read_text("utf-8")}
    assert changed == {"betriebe/massnahmen.yaml", "gemeinsam/ziele.yaml"}
    (entered,) = (item for item in entries(content, "massnahmen") if item["id"] == "M1.1.2")
    assert entered["meilensteine"] == [
        {"termin": "Q4 2027", "titel": "Zehn Fenster gestaltet", "ergebnis": "erreicht", "datum": "2027-12-02"}
    ]
    assert entered["ausgaben_ist"] == [{"jahr": "2027", "euro": "5800"}]
    assert entered["sachstand"] == [{"datum": "2027-12", "zustand": "im_plan", "text": "Alle Fenster sind vergeben."}]
    (goal,) = (item for item in entries(content, "ziele") if item["id"] == "Z1.1")
    assert goal["indikatoren"][0]["istwerte"] == [{"datum": "2027-11", "wert": "15"}]


# --- what it is held against --------------------------------------------------------------------------------------


def _measured_by(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[ExitCode, str]:
    """How the command ends, and which edition its report names; what it says on stderr where it names none."""
    code = report(folder, *words)
    told = capsys.readouterr().err
    if code is not ExitCode.OK:
        return code, told
    lines = "\n".join(read_aloud(folder / "output" / "lindenmark-umsetzungsbericht.pdf")).replace("\u00a0", " ")
    (named,) = re.findall(r"Maßstab ist (?:die beschlossene Fassung ([0-9.]+)|der Plan)", lines)
    return code, named


def test_what_was_resolved_is_the_measure_not_what_was_kept_since(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1.1 is kept with the report on the year; it is of the same resolution, and says what became of it."""
    content = reported(tmp_path)
    assert run(["edition", "--content", str(content), "--quiet"]) is ExitCode.OK
    plan = content / "plan.yaml"
    text = plan.read_text("utf-8").replace("fassung: 1.1", "fassung: 1.2").replace("ersetzt: 1.0", "ersetzt: 1.1")
    plan.write_text(text, "utf-8")
    assert _measured_by(tmp_path, capsys) == (ExitCode.OK, "1.0")
    assert _measured_by(tmp_path, capsys, "--against", "1.1") == (ExitCode.OK, "1.1")
    code, told = _measured_by(tmp_path, capsys, "--against", "0.9")
    assert code is ExitCode.USAGE
    assert "An der Fassung 0.9 lässt sich nicht messen" in told
    code, told = _measured_by(tmp_path, capsys, "--against", "7")
    assert (code, "Die Fassung 7 ist nicht festgehalten. Festgehalten: 0.9, 1.0, 1.1." in told) == (
        ExitCode.USAGE,
        True,
    )
    # A release that was taken back holds no more.
    records = content / "ausgaben" / "freigaben"
    records.mkdir()
    (records / "1.0.json").write_text('{"zurueckgezogen": {"am": "2028-01-02", "grund": "falsch"}}', "utf-8")
    assert _measured_by(tmp_path, capsys) == (ExitCode.OK, "1.1")


def test_what_was_resolved_after_the_year_is_not_its_measure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = reported(tmp_path)
    plan = content / "plan.yaml"
    once = "{schritt: Beschluss, gremium: Rat der Stadt Lindenmark, sitzung: 2027-03-16,"
    assert plan.read_text("utf-8").count(once) == 1
    plan.write_text(plan.read_text("utf-8").replace(once, once.replace("2027-03-16", "2028-01-10")), "utf-8")
    assert run(["edition", "--content", str(content), "--quiet"]) is ExitCode.OK
    assert _measured_by(tmp_path, capsys) == (ExitCode.OK, "1.0")
    text = plan.read_text("utf-8").replace("stand: 2028-01-20", "stand: 2028-12-20")
    plan.write_text(text.replace("fassung: 1.1", "fassung: 1.2").replace("ersetzt: 1.0", "ersetzt: 1.1"), "utf-8")
    assert _measured_by(tmp_path, capsys, "--year", "2028") == (ExitCode.OK, "1.1")


def test_a_year_outside_the_plan_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(folder, "--year", "2035") is ExitCode.USAGE
    assert "Der Plan läuft von 2027 bis 2030; über 2035 ist nichts zu berichten." in capsys.readouterr().err
