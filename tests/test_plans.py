"""The fixed plans: what they cover, and that they build in silence into files that are whole, tagged and stable."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest

from pipeline.diagnostics import Severity
from pipeline.pdf.html import document_html as print_html
from pipeline.word.html import document_html as word_html
from tests.building import PLANS, ROOT, Built, build_silently
from tests.expected import active, document_faults, faults, is_active, roles_of
from tests.loading import load
from tests.reading.html import read_html
from tests.reading.pdf import Pdf
from tests.reading.values import squeezed

FONTS = {"ZP-Sans", "ZP-Sans-Italic", "ZP-Sans-Semi-Bold", "ZP-Sans-Bold", "ZP-Serif", "ZP-Serif-Italic"}
FONTS |= {"ZP-Serif-Semi-Bold"}
ODD_CHARACTERS = "şłőțß„“–→≥&<>\"'"


def run(*command: str | Path) -> str:
    """What a program says; a missing program fails the test (sh setup.sh test installs it)."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


# --- what the plans are -------------------------------------------------------------------------------------------


def test_the_small_plan_has_nothing_to_complain_about() -> None:
    loaded = load(PLANS["small"])
    assert loaded.diagnostics == ()
    assert loaded.plan.meta.status == "beschlossen"
    assert len(loaded.plan.meta.strands) == 3
    assert {part.kind for part in loaded.document.parts} >= {"cover", "status", "matrix", "proposals", "glossary"}
    assert "aenderungen" in {part.anchor for part in loaded.document.parts}


@pytest.mark.parametrize("name", PLANS)
def test_no_plan_has_errors(name: str) -> None:
    errors = [item for item in load(PLANS[name]).diagnostics if item.severity is Severity.ERROR]
    assert errors == []


def test_the_shipped_plan_has_no_warnings() -> None:
    warnings = [item for item in load(PLANS["shipped"]).diagnostics if item.severity is not Severity.NOTE]
    assert warnings == []


def test_the_stress_plan_goes_to_every_edge() -> None:
    plan = load(PLANS["stress"]).plan
    titles = [*(measure.title for measure in plan.measures), *(field.title for field in plan.fields)]
    assert {3, 120} <= {len(title) for title in titles}
    assert {3, 120} <= {len(proposal.title) for proposal in plan.proposals}
    assert {120} <= {len(goal.short_title) for goal in plan.goals} & {len(actor.name) for actor in plan.actors}
    assert any(len(word) == 70 for title in titles for word in title.split())
    assert len(plan.actors) == 60
    participants = {len(roles_of(measure)) - 1 for measure in plan.measures}
    assert {0, 40} <= participants
    assert {0, 30} <= {len(measure.milestones) for measure in plan.measures}
    assert 12 in {sum(measure.goal == goal.id for measure in active(plan)) for goal in plan.goals}
    assert any(not plan.goals_of(field.number) for field in plan.fields)
    assert any(not plan.measures_of(goal.id) for goal in plan.goals)
    assert len(plan.meta.term.years) == 15
    assert plan.meta.status == "beschlussvorlage"
    (undecided,) = (measure for measure in plan.measures if not measure.leads)
    assert undecided.span is None
    assert any(item.unit == "euro" and item.year is None for item in undecided.effort)
    assert sum(not is_active(measure) for measure in plan.measures) == 3
    assert set(ODD_CHARACTERS) <= set("".join([*titles, *(actor.name for actor in plan.actors)]))


def test_one_actor_alone_is_enough() -> None:
    loaded = load(PLANS["tiny"])
    assert len(loaded.plan.actors) == 1
    assert document_faults(loaded.plan, loaded.document) == []
    for html in (print_html(loaded.document), word_html(loaded.document)):
        assert faults(loaded.plan, read_html(html)) == []


def test_the_plan_of_one_actor_builds(build_once: Callable[[str], Built]) -> None:
    built = build_once("tiny")
    assert built.said == ()
    assert faults(built.loaded.plan, built.pdf_reading) == []
    assert faults(built.loaded.plan, built.docx_reading) == []


# --- how they build -----------------------------------------------------------------------------------------------


def test_the_build_is_silent(built: Built) -> None:
    assert built.said == ()
    assert {".pdf", ".docx", ".zip"} <= {file.path.suffix for file in built.outcome.files}


def test_counts_are_those_of_the_data(built: Built) -> None:
    plan, counts = built.loaded.plan, built.outcome.counts
    assert counts is not None
    assert (counts.fields, counts.goals, counts.actors) == (len(plan.fields), len(plan.goals), len(plan.actors))
    assert counts.measures == sum(is_active(measure) for measure in plan.measures)


def test_only_own_fonts_are_embedded(built: Built) -> None:
    rows = run("pdffonts", built.file(".pdf")).splitlines()[2:]
    assert rows
    for row in rows:
        name, *_, embedded, subset, unicode_map, _, _ = row.split()
        assert name.partition("+")[2] in FONTS
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes")


def test_the_pdf_says_what_it_is(built: Built) -> None:
    properties, catalog = built.loaded.document.properties, built.pdf.file.Root
    info = dict(re.findall(r"^([\w ]+): +(.+)$", run("pdfinfo", built.file(".pdf")), re.MULTILINE))
    assert info["Title"] == properties.full_title
    assert info["Tagged"] == "yes"
    assert str(catalog.Lang) == "de-DE"
    assert bool(catalog.ViewerPreferences.DisplayDocTitle)
    metadata = built.pdf.file.open_metadata()
    assert metadata["pdfuaid:part"] == "1"
    assert str(metadata["dc:title"]) == properties.full_title


def test_the_docx_says_what_it_is(built: Built) -> None:
    properties = built.loaded.document.properties
    core = docx.Document(str(built.file(".docx"))).core_properties
    assert (core.title, core.language) == (properties.full_title, "de-DE")


def test_another_reader_finds_the_same_text(small: Built, tmp_path: Path) -> None:
    """Poppler's reading of the tags, so that the tests do not trust their own reader alone. It looks through a page
    once more for every element: it gets the file with every second part, without outlines of letters and colours.
    """
    light = tmp_path / "leicht.pdf"
    with pikepdf.open(small.file(".pdf")) as pdf:
        del pdf.Root.OutputIntents
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                del item.FontFile2
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem" and "/E" in item:
                del item["/E"]  # poppler reads a role's letter, not the word that it stands for
        (document,) = pdf.Root.StructTreeRoot.K
        parts = list(document.K)
        assert len(parts) > 20
        document.K = pikepdf.Array(parts[::2])
        pdf.save(light)
    quoted = re.findall(r'^ *"(.*)"$', run("pdfinfo", "-struct-text", light), re.MULTILINE)
    pdf_again = Pdf(light.read_bytes())
    text = squeezed(pdf_again.text(pdf_again.root, notes=True))
    assert len(text) > len(squeezed(small.pdf.text(small.pdf.root, notes=True))) / 3
    assert squeezed("".join(quoted)) == text


def test_html_in_texts_is_printed_as_text(build_once: Callable[[str], Built]) -> None:
    stress = build_once("stress")
    for found in (stress.pdf_reading, stress.docx_reading):
        for text in ("<script>alert(1)</script>", "<b>HTML</b>", "<table><tr><td>Keine Tabelle</td></tr></table>"):
            assert squeezed(text) in found.text


def test_same_bytes_elsewhere(small: Built, tmp_path: Path) -> None:
    """Another process, user, hash seed, time zone, language, folder, age of files, nothing kept; no assertions."""
    content, output, kept = tmp_path / "anderswo" / "inhalt", tmp_path / "ausgabe", tmp_path / "zwischenspeicher"
    home = tmp_path / "zuhause"
    home.mkdir()
    shutil.copytree(small.content, content, copy_function=shutil.copyfile)
    for number, path in enumerate(sorted(content.rglob("*"), reverse=True)):
        os.utime(path, (10**9 + number, 10**9 + number))
    subprocess.run(
        [sys.executable, ROOT / "build.py", "--quiet", "--content", content, "--output", output, "--cache", kept],
        check=True,
        cwd=tmp_path,
        env=os.environ
        | {"PYTHONOPTIMIZE": "2", "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C"}
        | {"HOME": str(home), "USER": "jemand", "LOGNAME": "jemand"},
    )
    assert _bytes(output) == _bytes(small.output)


def test_same_bytes_again(build_once: Callable[[str], Built], tmp_path: Path) -> None:
    tiny = build_once("tiny")
    for name in ("first", "second"):  # what one build leaves behind in a process changes nothing in the next
        build_silently(tiny.content, tmp_path / name)
        assert _bytes(tmp_path / name) == _bytes(tiny.output)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
