"""The paper by which bodies resolve a plan says what the plan says, and of which files it speaks."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from pipeline.check.validate import Checked, validate
from pipeline.console.commands import run
from pipeline.content.read import read
from pipeline.document import model as d
from pipeline.document.model import walk
from pipeline.errors import ExitCode
from pipeline.parts.context import Context
from pipeline.parts.paper import Annex, paper, section
from pipeline.parts.registry import build_part
from pipeline.text.markdown import parse
from schema.vocabulary import PartName
from tests.building import PLANS
from tests.parts import plain, rows


@pytest.fixture(scope="module")
def shipped() -> Checked:
    return validate(read(PLANS["shipped"]))


def made(checked: Checked) -> d.Chapter:
    assert checked.plan is not None
    context = Context(checked.plan, open_points=checked.open_points)
    (chapter,) = paper(context, checked.texts, [Annex("plan.pdf", 64 * "a")]).parts
    assert isinstance(chapter, d.Chapter)
    return chapter


def tables(chapter: d.Chapter) -> dict[str, d.TablePart]:
    return {part.anchor: part for part in chapter.blocks if isinstance(part, d.TablePart)}


def test_each_sum_is_the_plans(shipped: Checked) -> None:
    assert shipped.plan is not None
    (funding,) = build_part(PartName.FUNDING, Context(shipped.plan))
    assert isinstance(funding, d.TablePart)
    needs, by_source, *_ = (rows(item.table) for item in funding.sections)
    parts = tables(made(shipped))
    money, paid = (rows(item.table) for item in parts["vorlage-finanzielles"].sections)
    (work,) = (rows(item.table) for item in parts["vorlage-personelles"].sections)
    assert [*money, *work] == needs
    assert paid == by_source
    assert money[0][0] == "Euro"
    (by_year,) = (rows(item.table) for item in funding.sections if item.heading == "Euro nach Quelle und Jahr")
    assert by_year[-1][1:] == needs[0][1:6]  # of the years 2027 to 2031
    assert [row[0] for row in by_year] == [row[0] for row in by_source]
    assert {row[0] for row in work} >= {"Personentage", "Stellen"}


def test_it_says_what_is_to_be_resolved_why_and_what_is_open(shipped: Checked) -> None:
    chapter = made(shipped)
    nodes = [block for block in chapter.blocks if not isinstance(block, d.Part)]
    said = plain(tuple(nodes))
    assert "die 17 Maßnahmen der Verwaltung in der Fassung 0.1" in " ".join(said.replace("\u00a0", " ").split())
    assert "Der Rat kann Betriebe nicht verpflichten" in said  # of the section that plan.yaml names
    assert "Zwei Stränge" not in said
    parts = tables(chapter)
    assert [row[1] for row in rows(parts["vorlage-beratungsfolge"].sections[0].table)][-1] == "Rat der Stadt Bottrop"
    assert rows(parts["vorlage-offenes"].sections[0].table)[0][0] == "34"
    (annex,) = rows(parts["vorlage-anlagen"].sections[0].table)
    assert annex == ("1", "plan.pdf", " ".join(8 * ["aaaaaaaa"]))


def test_nothing_in_it_leads_back_into_the_sources(shipped: Checked) -> None:
    assert all(getattr(value, "place", None) is None for value in walk(made(shipped)))


def test_a_section_ends_where_the_next_one_begins() -> None:
    prose = parse("# T\n\n## A {#a}\n\nEins.\n\n### B\n\nZwei.\n\n## C\n\nDrei.")
    assert plain(section(prose, "a")) == "Eins.BZwei."
    assert section(prose, "fehlt") == ()


PLAN = Path(__file__).parent / "cli" / "plan"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder, with a very small plan."""
    shutil.copytree(PLAN, tmp_path / "content")
    monkeypatch.chdir(tmp_path)


in_folder = pytest.mark.usefixtures("work")


def build(*words: str) -> ExitCode:
    where = ("--content", "content", "--output", "output", "--cache", "cache", "--format", "docx")
    return run([*words, *where, "--quiet"])


@in_folder
def test_its_annexes_are_the_files_that_are_published_with_it() -> None:
    assert build("paper") is ExitCode.OK
    published = {
        entry["name"]: entry["sha256"] for entry in json.loads(Path("output/manifest.json").read_bytes())["dateien"]
    }
    text = Path("output/plan-beschlussvorlage.docx").read_bytes()
    words = zipfile.ZipFile(io.BytesIO(text)).read("word/document.xml").decode().replace(" ", "")
    assert published["plan.docx"] == hashlib.sha256(Path("output/plan.docx").read_bytes()).hexdigest()
    assert published["plan.docx"] in words


@in_folder
def test_it_comes_with_every_build_of_a_proposed_plan_and_with_no_other() -> None:
    assert build() is ExitCode.OK
    assert not Path("output/plan-beschlussvorlage.docx").exists()
    plan = Path("content/plan.yaml")
    plan.write_text(plan.read_text("utf-8").replace("status: entwurf", "status: beschlussvorlage"), "utf-8")
    assert build() is ExitCode.OK
    first = Path("output/plan-beschlussvorlage.docx").read_bytes()
    shutil.rmtree("cache")
    assert build("paper") is ExitCode.OK
    assert Path("output/plan-beschlussvorlage.docx").read_bytes() == first


@in_folder
def test_an_office_may_give_it_its_own_look(capsys: pytest.CaptureFixture[str]) -> None:
    from pipeline.word.convert import convert, default_reference  # noqa: PLC0415 - pandoc's, as an office's own

    Path("amt.docx").write_bytes(convert("<p>x</p>", default_reference()))
    assert build("paper", "--template", "amt.docx") is ExitCode.OK
    package = zipfile.ZipFile("output/plan-beschlussvorlage.docx")
    assert "Beschlussvorlage" in package.read("word/document.xml").decode()
    assert "ZP " not in package.read("word/styles.xml").decode().split('w:styleId="ZP')[0]
    Path("amt.docx").write_text("kein Word", "utf-8")
    assert build("paper", "--template", "amt.docx") is not ExitCode.OK
    assert "ist keine Word-Datei (.docx)" in capsys.readouterr().err
    assert build("paper", "--template", "fehlt.docx") is not ExitCode.OK
    assert "fehlt.docx lässt sich nicht lesen" in capsys.readouterr().err


@in_folder
def test_it_does_not_come_back_into_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert build("paper") is ExitCode.OK
    before = {path: path.read_bytes() for path in Path("content").rglob("*") if path.is_file()}
    assert (
        run(["merge", "output/plan-beschlussvorlage.docx", "--content", "content", "--cache", "cache"]) != ExitCode.OK
    )
    assert {path: path.read_bytes() for path in before} == before
    said = capsys.readouterr()
    assert "beschlussvorlage.docx" in said.err + said.out
