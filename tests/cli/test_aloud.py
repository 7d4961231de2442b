"""`aloud`: what it prints of a PDF, and the sentence where there is none to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from pipeline.aloud.read_tags import BESIDE, only_pdf
from pipeline.console.commands import run
from pipeline.errors import ExitCode
from pipeline.parts.paper import SUFFIX
from pipeline.parts.synopsis import SUFFIX as SYNOPSIS
from tests.building import Built


def test_prints_theonly_pdf_of_the_output_folder(small: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["aloud", "--output", str(small.output)]) is ExitCode.OK
    heard = capsys.readouterr()
    assert heard.out.startswith("Dokument „Stadtplan Lindenmark 2035“, deutsch, ")
    assert "\nÜberschrift 1: Inhalt\n" in heard.out
    assert heard.err == ""


def test_a_named_file_is_read(small: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["aloud", str(small.file(".pdf"))]) is ExitCode.OK
    assert "Lebendige Mitte" in capsys.readouterr().out


def no_file(folder: Path) -> Path:
    return folder / "fehlt.pdf"


def no_pdf(folder: Path) -> Path:
    (folder / "brief.pdf").write_text("kein PDF")
    return folder / "brief.pdf"


def no_tags(folder: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "leer.pdf")
    return folder / "leer.pdf"


def locked(folder: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "zu.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    return folder / "zu.pdf"


def two(folder: Path) -> Path:
    for name in ("a.pdf", "b.pdf"):
        (folder / name).touch()
    return folder


def test_the_paper_beside_a_plan_is_another_file(tmp_path: Path) -> None:
    for name in ("plan.pdf", f"plan{SUFFIX}.pdf"):
        (tmp_path / name).touch()
    assert only_pdf(tmp_path) == tmp_path / "plan.pdf"
    assert {SUFFIX, SYNOPSIS} == {*BESIDE}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (no_file, "gibt es nicht"),
        (no_pdf, "kein lesbares PDF"),
        (no_tags, "keine Struktur"),
        (locked, "mit einem Kennwort"),
        (two, "mehrere PDF"),
        (Path, "kein PDF"),
    ],
)
def test_what_cannot_be_read_is_told(
    make: Callable[[Path], Path], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make(tmp_path)
    assert run(["aloud", str(place)]) is ExitCode.FILES
    heard = capsys.readouterr()
    assert heard.out == ""
    assert str(place) in heard.err
    assert words in heard.err
    assert "Traceback" not in heard.err
