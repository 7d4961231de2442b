"""Formats: a made-up one, entered as the recipe for a new format says, is built like those that there are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.actions import build as action
from pipeline.actions.build import FORMATS, BuildRequest
from pipeline.console.commands import run
from pipeline.document.model import Document
from pipeline.errors import ExitCode, MissingToolError
from pipeline.files.cache import Cache
from pipeline.outcome import Silent
from pipeline.pdf.fragment import Bound
from pipeline.pdf.writer import PDF
from pipeline.writer import Resources, Tools, Writer, Written
from tests.loading import Loaded

ROOT = Path(__file__).resolve().parents[2]
REMARK = "Dem Text fehlen die Bilder."


def _text(document: Document, resources: Resources, tools: Tools) -> Written:
    """A line with the title, one a picture, one a source, one for the cache; so-called pages, and a remark."""
    lines = [document.properties.title, *resources.pictures, *map(str, sorted(resources.sources)), str(tools.cache)]
    assert "weasyprint" in tools.versions
    return Written("\n".join(lines).encode(), 7, (REMARK,))


def _broken(*_: object) -> Written:
    raise MissingToolError("Es fehlt etwas.")


TEXT = Writer("txt", ".txt", "Text schreiben", _text)
OTHER = Writer("klartext", "-klar.txt", "Klartext schreiben", _text)
BROKEN = Writer("kaputt", ".kaputt", "Kaputtes schreiben", _broken)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a very small plan; besides the real formats there are three made-up ones."""
    shutil.copytree(Path(__file__).parent / "plan", tmp_path / "content")
    monkeypatch.setattr(action, "FORMATS", (*FORMATS, TEXT, OTHER, BROKEN))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(*formats: str) -> ExitCode:
    options = [word for name in formats for word in ("--format", name)]
    return run([*options, "--content", "content", "--output", "output", "--cache", "cache"])


def test_a_new_format_is_built_and_published(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build("txt") is ExitCode.OK
    lines = (work / "output" / "plan.txt").read_text("utf-8").splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("Kleiner Plan", "bilder/bild.svg", "cache")
    assert "texte/anfang.md" in lines
    names = ["manifest.json", "offene-punkte.md", "plan-quellen.zip", "plan.txt"]
    assert sorted(path.name for path in (work / "output").iterdir()) == names
    manifest = json.loads((work / "output" / "manifest.json").read_text("utf-8"))
    assert manifest["dateien"][0]["name"] == "plan.txt"
    said = capsys.readouterr()
    assert "Text schreiben: " in said.err
    assert f"\n{REMARK}\n" in said.err
    first = said.out.splitlines()[0]
    assert (first.split()[0], first.split()[-2:]) == ("output/plan.txt", ["7", "Seiten"])


def test_every_chosen_format_once_in_the_order_of_the_list(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build("klartext", "txt", "klartext") is ExitCode.OK
    manifest = json.loads((work / "output" / "manifest.json").read_text("utf-8"))
    assert [file["name"] for file in manifest["dateien"][:2]] == ["plan.txt", "plan-klar.txt"]
    assert capsys.readouterr().err.count(REMARK) == 2


def test_what_lies_there_from_an_earlier_build_is_named(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def manifest() -> dict[str, object]:
        found: dict[str, object] = json.loads((work / "output" / "manifest.json").read_text("utf-8"))
        return found

    build("txt", "klartext")
    assert "fruehere_dateien" not in manifest()
    capsys.readouterr()
    for _ in range(2):  # it is older the second time as well
        build("klartext")
        assert manifest()["fruehere_dateien"] == ["plan.txt"]
        told = "output/plan.txt ist von einem früheren Bau; diesmal wurde sie nicht gebaut."
        assert capsys.readouterr().err.count(told) == 1
    (work / "output" / "plan.txt").unlink()
    build("klartext")
    assert "fruehere_dateien" not in manifest()


def test_what_the_last_build_did_not_find_is_told_as_new(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever it stands now and whatever it weighs; a first build, and one of another plan, call nothing new."""

    def said() -> str:
        assert build("txt") is ExitCode.OK
        return capsys.readouterr().err

    plan = work / "content" / "plan.yaml"

    def step(name: str) -> str:
        return f"beschlussweg:\n  - {{schritt: {name}, gremium: Rat, ergebnis: offen}}\n"

    plan.write_text(plan.read_text("utf-8") + step("Beratung"), encoding="utf-8")
    text = said()
    assert "Hinweis P251: Der Schritt „Beratung“" in text
    assert "neu" not in text
    text = plan.read_text("utf-8").replace("status: entwurf", "# eine Zeile mehr\nstatus: beschlussvorlage")
    plan.write_text(text, encoding="utf-8")
    assert "neu" not in said()
    manifest = (work / "output" / "manifest.json").read_bytes()
    plan.write_text(text.replace(step("Beratung"), step("Beratung") + step("Beschluss").partition("\n")[2]), "utf-8")
    text = said()
    assert "Warnung P251: (2-mal, 1 neu) Der Schritt „Beschluss“" in text
    assert "\n3 Warnungen, davon 1 neu.\n" in text
    assert "neu" not in said()
    (work / "output" / "manifest.json").write_bytes(manifest)
    assert ", 1 neu)" in said()
    (work / "output" / "manifest.json").write_bytes(manifest.replace(b"plan-quellen.zip", b"anderer-quellen.zip"))
    assert "neu" not in said()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"dateien": 1}', '{"dateien": [{"name": ["a"]}]}', '{"dateien": [{"name": "../content"}]}'],
)
def test_a_manifest_of_somebody_else_is_no_hindrance(work: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (work / "output").mkdir()
    (work / "output" / "manifest.json").write_text(text)
    assert build("txt") is ExitCode.OK
    told = capsys.readouterr().err
    assert "früheren Bau" not in told
    assert "neu" not in told


def test_one_format_that_fails_keeps_all_from_being_published(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build("txt", "kaputt") is ExitCode.MISSING_TOOL
    assert "Fehler: Es fehlt etwas." in capsys.readouterr().err
    assert not (work / "output").exists()


def test_the_command_line_knows_all_formats_and_no_other(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build("odt") is ExitCode.USAGE
    told = "Das Format „odt“ gibt es nicht. Möglich sind pdf, docx, xlsx, ics, txt, klartext und kaputt."
    assert told in capsys.readouterr().err
    with pytest.raises(ValueError, match="no such format: odt"):
        action.build(BuildRequest(work / "content", work / "output", ("odt",)), Silent())


def test_users_are_told_of_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert not [writer.name for writer in FORMATS if f"`--format {writer.name}`" not in readme]
    assert run(["--help"]) is ExitCode.OK
    assert f"--format {'|'.join(writer.name for writer in FORMATS)}" in capsys.readouterr().out


def test_names_and_suffixes_tell_formats_apart() -> None:
    for values in ([writer.name for writer in FORMATS], [writer.suffix for writer in FORMATS]):
        assert len(set(values)) == len(values)


def test_a_cache_that_cannot_be_written_is_told_with_the_pdf(
    small_plan: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typeset(_: Document, __: object, cache: Cache) -> Bound:
        cache.put("entry", b"")
        return Bound(b"%PDF", 3)

    monkeypatch.setattr("pipeline.pdf.build.write_pdf", typeset)
    document, resources = small_plan.document, Resources({}, {})
    assert PDF.write(document, resources, Tools({}, tmp_path / "cache")) == Written(b"%PDF", 3)
    (tmp_path / "datei").touch()
    written = PDF.write(document, resources, Tools({}, tmp_path / "datei"))
    assert (written.data, written.pages) == (b"%PDF", 3)
    (remark,) = written.remarks
    assert remark.startswith(f"Der Zwischenspeicher {tmp_path / 'datei'} lässt sich nicht beschreiben.")
    assert remark.endswith("Der Plan ist trotzdem richtig gebaut; es dauert nur jedes Mal länger.")
