"""The form for programs: one JSON object on stdout and nothing else, whatever comes of the run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from pipeline.actions.edition import EditionResult
from pipeline.actions.schema import SchemasWritten
from pipeline.console import commands, machine
from pipeline.console.commands import run
from pipeline.console.spoken import documents
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.errors import ExitCode, RenderingError
from pipeline.outcome import Outcome
from tests.cases import apply, load

ROOT = Path(__file__).resolve().parents[2]
PLACE = Location(PurePosixPath("stadt/ziele.yaml"), 12, 5)
FOUND = (
    Diagnostic("P301", Severity.ERROR, PLACE, "Das „\u202e“ fehlt.", "Ein Ziel nennen.", "Z1.1", "titel"),
    Diagnostic("P402", Severity.WARNING, Location(PurePosixPath("plan.yaml")), "Das ist lang."),
    Diagnostic("P503", Severity.NOTE, Location(PurePosixPath("texte/a.md"), 7), "Das ist offen."),
)


def call(work: Path, *arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=work, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )


def test_the_object_and_the_order_of_its_keys() -> None:
    written = [Path("output/plan.pdf")]
    text = machine.report(FOUND, Path("content"), ok=False, remarks=["Es fehlt nichts."], written=written)
    assert text.isascii()
    assert json.loads(text) == {
        "version": 1,
        "ok": False,
        "counts": {"errors": 1, "warnings": 1, "notes": 1},
        "findings": [
            {
                "code": "P301",
                "severity": "error",
                "file": "content/stadt/ziele.yaml",
                "line": 12,
                "column": 5,
                "message": "Das „\u202e“ fehlt.",
                "hint": "Ein Ziel nennen.",
                "entity": "Z1.1",
                "field": "titel",
            },
            {
                "code": "P402",
                "severity": "warning",
                "file": "content/plan.yaml",
                "line": None,
                "column": None,
                "message": "Das ist lang.",
                "hint": "",
                "entity": None,
                "field": None,
            },
            {
                "code": "P503",
                "severity": "note",
                "file": "content/texte/a.md",
                "line": 7,
                "column": None,
                "message": "Das ist offen.",
                "hint": "",
                "entity": None,
                "field": None,
            },
        ],
        "remarks": ["Es fehlt nichts."],
        "written": ["output/plan.pdf"],
    }
    keys = [list(json.loads(text)), list(json.loads(text)["counts"]), list(json.loads(text)["findings"][0])]
    assert keys == [
        ["version", "ok", "counts", "findings", "remarks", "written"],
        ["errors", "warnings", "notes"],
        ["code", "severity", "file", "line", "column", "message", "hint", "entity", "field"],
    ]


@pytest.mark.parametrize(
    ("command", "option"),
    [
        *product([(), ("check",), ("edition",)], [(), ("--quiet",), ("--verbose",), ("--strict",)]),
        *product([("schema",)], [(), ("--quiet",), ("--verbose",)]),
    ],
)
def test_all_findings_whatever_else_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    option: tuple[str, ...],
) -> None:
    def stage(*_: object, strict: bool = False, **__: object) -> Outcome:
        return Outcome(FOUND[1:], None, strict=strict or "--strict" in option)

    monkeypatch.setattr(documents, "build", stage)
    monkeypatch.setattr(commands, "check", stage)
    monkeypatch.setattr(commands, "keep_edition", lambda *_, strict: EditionResult(stage(strict=strict), None))
    monkeypatch.setattr(commands, "write_schemas", lambda *_: SchemasWritten((), ids_kept=False))
    code = run([*command, "--json", *option])
    written = capsys.readouterr()
    assert written.err == ""
    ok = "schema" in command or "--strict" not in option
    assert written.out == machine.report(() if "schema" in command else FOUND[1:], Path("content"), ok=ok) + "\n"
    assert code is (ExitCode.OK if ok else ExitCode.CONTENT)


def test_a_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*_: object) -> Outcome:
        raise RenderingError("Es wurde gewarnt.")

    monkeypatch.setattr(documents, "build", fails)
    assert run(["--json", "--output", "out"]) is ExitCode.RENDERING
    written = capsys.readouterr()
    assert failure(written.out) == {"exit_code": 4, "message": "Es wurde gewarnt."}
    assert written.err == "Fehler: Es wurde gewarnt.\nNichts veröffentlicht: In out bleibt alles, wie es war.\n"
    assert run(["check", "--json", "--fromat"]) is ExitCode.USAGE
    assert failure(capsys.readouterr().out)["exit_code"] == 2


def failure(text: str) -> dict[str, Any]:
    data = json.loads(text)
    assert list(data) == ["version", "ok", "error"]
    assert (data["version"], data["ok"], list(data["error"])) == (1, False, ["exit_code", "message"])
    return dict(data["error"])


def test_whole_processes(tmp_path: Path) -> None:
    missing = call(tmp_path, "check", "--json", "--content", "content")
    assert missing.returncode == ExitCode.FILES
    assert failure(missing.stdout)["message"].startswith("content: Den Ordner mit den Inhalten gibt es nicht.")
    apply(load("P403"), tmp_path / "content")
    for arguments in (("check",), ("--output", "out")):
        result = call(tmp_path, *arguments, "--json", "--content", "content", encoding="ascii")
        assert result.returncode == ExitCode.CONTENT
        assert result.stderr == ""
        data = json.loads(result.stdout)
        assert data["counts"] == {"errors": 1, "warnings": 0, "notes": 0}
        (item,) = data["findings"]
        assert (item["file"], item["line"], item["column"]) == ("content/stadt/massnahmen.yaml", 7, 18)
        assert item["message"] == "Den Akteur „vereine“ gibt es nicht."
        assert (item["entity"], item["field"]) == ("M1.1.1", "mitwirkung")
    assert not (tmp_path / "out").exists()


def test_a_build_that_succeeds(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "plan", tmp_path / "content")
    result = call(tmp_path, "--json", "--format", "docx", "--content", "content", "--output", "out")
    assert (result.returncode, result.stderr) == (ExitCode.OK, "")
    assert json.loads(result.stdout)["ok"] is True
    assert (tmp_path / "out" / "plan.docx").exists()
