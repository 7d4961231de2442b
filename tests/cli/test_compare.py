"""A plan is held against an edition that was kept of it: two files, or a sentence on what is missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.actions.aloud import read_aloud
from pipeline.console.commands import run
from pipeline.errors import ExitCode
from pipeline.text.plain_lines import markdown_lines
from tests.cases import BASE

PLAN = Path("content/plan.yaml")
MEASURES = Path("content/stadt/massnahmen.yaml")
KEPT = Path("content/ausgaben/1.0.json")


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A faultless plan of edition 1.0, kept, and then changed to be 1.1."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, "content")
    assert run(["edition", "--content", "content", "--quiet"]) is ExitCode.OK
    edit(PLAN, 'fassung: "1.0"', 'fassung: "1.1"\nersetzt: "1.0"')
    edit(MEASURES, "Verzeichnis liegt vor", "Verzeichnis liegt ganz vor")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def compare(*words: str) -> ExitCode:
    return run(["compare", "--content", "content", "--output", "output", "--cache", "cache", *words])


def names() -> list[str]:
    return sorted(path.name.rpartition("-")[2] for path in Path("output").glob("*-synopse.*"))


def test_what_is_rejected_comes_home_by_merge(capsys: pytest.CaptureFixture[str]) -> None:
    changed = MEASURES.read_text("utf-8")
    assert compare() is ExitCode.OK
    assert names() == ["synopse.docx", "synopse.pdf"]
    (pdf,), (word,) = (list(Path("output").glob(f"*-synopse.{suffix}")) for suffix in ("pdf", "docx"))
    heard = "\n".join(read_aloud(pdf))
    assert "Q2 2028: Verzeichnis liegt neu: ganz vor" in heard.replace("\u00a0", " ")
    assert run(["merge", str(word), "--content", "content", "--cache", "cache"]) is ExitCode.OK
    assert MEASURES.read_text("utf-8") == changed
    assert run(["merge", str(word), "--reject", "Fassung 1.1", "--content", "content", "--cache", "cache"]) in (
        ExitCode.OK,
        ExitCode.CONFLICT,
    )
    assert MEASURES.read_text("utf-8") == changed.replace("liegt ganz vor", "liegt vor")
    assert "Traceback" not in capsys.readouterr().err


def test_what_the_plan_says_of_itself_is_compared_too() -> None:
    """Its terms, its proposals, who gets which report."""
    edit(
        PLAN,
        "impressum: Stadt Musterstadt.",
        "impressum: Stadt Musterstadt, Rathaus.\nberichte: [{gremium: Rat, titel: Bericht, termin: 2028}]",
    )
    glossary, proposal = Path("content/glossar.yaml"), next(Path("content/vorschlaege").glob("*.yaml"))
    edit(glossary, "bedeutung: ", "bedeutung: Nun anders. ")
    edit(proposal, "titel: ", "titel: Neu gefasst ")
    assert compare() is ExitCode.OK
    (pdf,) = Path("output").glob("*-synopse.pdf")
    heard = "\n".join(read_aloud(pdf)).replace("\u00a0", " ")
    for words in (
        "Angaben zum Plan",
        "Rathaus",
        "Bericht: Bericht",
        "Glossar",
        "neu: Nun anders.",
        "Vorschläge",
    ):
        assert words in heard, words


def test_an_edition_without_its_texts_gives_the_pdf_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """As editions of the first format are: they hold the data, nothing else."""
    kept = json.loads(KEPT.read_text("utf-8"))
    for key in ("format", "quellen", "bilder"):
        del kept[key]
    KEPT.write_text(json.dumps(kept), "utf-8")
    assert compare("1.0") is ExitCode.OK
    assert names() == ["synopse.pdf"]
    said = capsys.readouterr().err
    assert "Die Fassung 1.0 ist ohne ihre Texte festgehalten" in said
    assert "nur als PDF" in said


def test_an_edition_that_nobody_kept_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("0.7") is ExitCode.USAGE
    assert "Die Fassung 0.7 ist nicht festgehalten. Festgehalten: 1.0." in capsys.readouterr().err
    shutil.rmtree("content/ausgaben")
    edit(PLAN, '\nersetzt: "1.0"', "")
    assert compare() is ExitCode.USAGE
    assert "Es gibt keine Fassung, mit der zu vergleichen wäre." in capsys.readouterr().err
    assert not Path("output").exists()


def test_a_plan_with_errors_is_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    edit(MEASURES, "federfuehrung: amt", "federfuehrung: niemand-da")
    assert compare() is ExitCode.CONTENT
    assert "Nichts verglichen" in capsys.readouterr().err
    assert not Path("output").exists()


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("", "titel: x", "keine festgehaltene Fassung"),
        ("../../x.yaml", "titel: x", "keine festgehaltene Fassung"),
        ("texte/lage.md", "# Lage\n\n\x00\n", "keine festgehaltene Fassung"),
        ("texte/lage.md", "# Lage\n\n\ud800\n", "keine festgehaltene Fassung"),
        ("stadt/massnahmen.yaml", "massnahmen: [", "kein fehlerfreier Plan"),
    ],
)
def test_an_edition_from_elsewhere_is_refused_or_compared_as_far_as_it_goes(
    capsys: pytest.CaptureFixture[str], key: str, value: str, told: str
) -> None:
    kept = json.loads(KEPT.read_text("utf-8"))
    kept["quellen"][key] = value
    KEPT.write_text(json.dumps(kept), "utf-8")
    edit(PLAN, '\nersetzt: "1.0"', "")
    refused = "keine" in told
    assert compare("1.0") is (ExitCode.CONTENT if refused else ExitCode.OK)
    said = capsys.readouterr().err
    assert told in said or "keine veröffentlichte Fassung" in said
    assert "Traceback" not in said
    assert Path("output").exists() is not refused


def test_a_record_of_another_form_is_shown_as_it_was_kept() -> None:
    kept = json.loads(KEPT.read_text("utf-8"))
    kept["measure"]["M1.1.1"]["federfuehrung"] = {"a": 1}
    KEPT.write_text(json.dumps(kept), "utf-8")
    assert compare() is ExitCode.OK


def test_references_and_breaks_have_words() -> None:
    assert markdown_lines("Siehe [](#Z1.1) und\\\ndann [den Weg](#M1.1.1).") == ["Siehe Z1.1 und dann den Weg."]
