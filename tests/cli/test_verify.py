"""Whoever got a PDF learns whether it is the plan of its sources: another byte, other sources, nothing to compare."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.console.commands import run
from pipeline.document.model import Document
from pipeline.errors import ExitCode
from pipeline.pdf.writer import PDF
from pipeline.writer import Resources, Tools, Written
from tests.building import Built


@pytest.fixture(autouse=True, scope="module")
def _typeset_once() -> Iterator[None]:
    """What the same sources give is typeset once for all that is held against it."""
    known: dict[str, Written] = {}

    def write(document: Document, resources: Resources, tools: Tools) -> Written:
        digest = document.properties.digest
        if digest not in known:
            known[digest] = PDF.write(document, resources, tools)
        return known[digest]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.actions.verify.PDF", replace(PDF, write=write))
        yield


@pytest.fixture
def folder(small: Built, tmp_path: Path) -> Path:
    """The small plan's PDF and packed sources, as somebody got them; it replaces an edition."""
    for ending in ("lindenmark.pdf", "-quellen.zip"):
        shutil.copy(small.file(ending), tmp_path)
    return tmp_path


def test_the_built_file_is_the_plan_of_its_sources(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(folder / "lindenmark.pdf"), "--json"]) is ExitCode.OK
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is True
    assert said["sentences"][0] == "Unterschrieben ist die Datei nicht."
    assert "ist Byte für Byte der Plan „Stadtplan Lindenmark 2035“" in said["sentences"][1]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda data: b"%PDF-1.6" + data[len(b"%PDF-1.7") :], "die dieser Quellen"),
        (lambda data: data + b"\n% angehaengt", "Hinter dem gebauten Teil"),
        (lambda _: b"%PDF-1.7\nkaputt", "keine Prüfsumme"),
    ],
)
def test_another_byte_is_another_file(
    folder: Path, capsys: pytest.CaptureFixture[str], damage: object, told: str
) -> None:
    file = folder / "lindenmark.pdf"
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    assert run(["verify", str(file)]) is ExitCode.CONTENT
    assert told in capsys.readouterr().out


def test_without_sources_there_is_nothing_to_say(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "lindenmark-quellen.zip").rename(folder / "andere.zip")
    assert run(["verify", str(folder / "lindenmark.pdf")]) is ExitCode.USAGE
    assert "liegen keine gepackten Quellen (…-quellen.zip); bitte mit --sources nennen" in capsys.readouterr().err
    (folder / "andere.zip").write_bytes(b"PK kein Zip")
    assert run(["verify", str(folder / "lindenmark.pdf"), "--sources", str(folder / "andere.zip")]) is ExitCode.FILES
    assert "Das sind keine gepackten Quellen eines Plans" in capsys.readouterr().err
