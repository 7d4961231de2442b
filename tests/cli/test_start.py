"""The way in: restarting in .venv, old Pythons, missing libraries."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.console import start
from pipeline.errors import ExitCode, MissingToolError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project without an environment, under a path with a blank."""
    folder = tmp_path / "mein plan"
    folder.mkdir()
    for name in ("pipeline", "schema"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder)
    return folder


def call(project: Path, *arguments: str, flags: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *flags, "-X", "utf8", str(project / "build.py"), *arguments]
    return subprocess.run(command, cwd=project.parent, capture_output=True, encoding="utf-8", check=False, timeout=60)


def put_python(project: Path, script: str, mode: int = 0o755) -> None:
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(script, "utf-8")
    python.chmod(mode)


@pytest.mark.parametrize("module", ["build.py", *(f"pipeline/{name}" for name in (
    "__init__.py", "errors.py", "files/__init__.py", "files/access.py",
    "console/__init__.py", "console/start.py", "console/streams.py",
    "console/machine.py",
))])  # fmt: skip
def test_old_pythons_can_read_what_tells_them_that_they_are_old(module: str) -> None:
    ast.parse((ROOT / module).read_text("utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["-X", "utf8", "-O", "build.py"], ["-X", "utf8", "build.py"]),
        (["-OO", "build.py", "-O"], ["build.py", "-O"]),
        (["build.py", "check"], ["build.py", "check"]),
    ],
)
def test_assertions_are_never_left_out(monkeypatch: pytest.MonkeyPatch, given: list[str], kept: list[str]) -> None:
    """Libraries do work in some of theirs."""
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    assert start._with_assertions(given, "build.py") == kept
    assert "PYTHONOPTIMIZE" not in os.environ


def test_an_old_python_is_told_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18, "final", 0))
    with pytest.raises(MissingToolError) as raised:
        start.prepare(tmp_path)
    assert str(raised.value) == (
        "Nötig ist Python 3.11 oder neuer, dies ist Python 3.9.18. "
        "Bitte im Ordner des Projekts „sh setup.sh“ ausführen."
    )


def test_it_goes_on_in_the_projects_environment(project: Path) -> None:
    put_python(project, '#!/bin/sh\nfor word in "$@"; do echo "$word"; done\nexit 7\n')
    result = call(project, "check", "--content", "ein ordner")
    assert result.returncode == 7
    assert result.stdout.splitlines() == ["-X", "utf8", str(project / "build.py"), "check", "--content", "ein ordner"]


def test_an_environment_that_is_none_is_started_once_only(project: Path) -> None:
    put_python(project, f'#!/bin/sh\necho started >&2\nexec "{sys.executable}" "$@"\n')
    result = call(project, "--help")
    assert result.returncode == 0
    assert result.stderr == "started\n"
    assert result.stdout.startswith("Aufruf:")


def test_ctrl_c_while_it_restarts(project: Path) -> None:
    put_python(project, f'#!/bin/sh\nkill -INT $$\nexec "{sys.executable}" "$@"\n')
    result = call(project, "--help")
    assert result.returncode == ExitCode.INTERRUPTED
    assert result.stderr == "Abgebrochen. Halbfertige Dateien sind nicht entstanden.\n"
    assert result.stdout == ""


def test_the_mark_of_the_restart_is_not_handed_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAN_BUILD_RESTARTED", "1")
    start.prepare(tmp_path)
    assert "PLAN_BUILD_RESTARTED" not in os.environ


@pytest.mark.parametrize(("script", "mode"), [("not a program", 0o755), ("#!/no/such/interpreter\n", 0o755)])
def test_an_environment_that_does_not_start(project: Path, script: str, mode: int) -> None:
    put_python(project, script, mode)
    result = call(project, "check")
    assert result.returncode == ExitCode.MISSING_TOOL
    assert result.stderr == (
        f"Fehler: {project / '.venv'}: Die Umgebung ist beschädigt und startet nicht. "
        "Bitte den Ordner löschen und „sh setup.sh“ ausführen.\n"
    )


def test_a_dangling_environment_counts_as_none(project: Path) -> None:
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    assert call(project, "--help").returncode == ExitCode.OK


@pytest.mark.parametrize("arguments", [(), ("check",), ("--help",)])
def test_without_libraries_it_says_what_to_run(project: Path, arguments: tuple[str, ...]) -> None:
    result = call(project, *arguments, flags=("-S",))  # without site-packages
    assert result.returncode == ExitCode.MISSING_TOOL
    assert result.stdout == ""
    assert result.stderr == (
        "Fehler: Die Bibliothek „click“ fehlt. Bitte im Ordner des Projekts „sh setup.sh“ ausführen.\n"
    )


def test_a_failure_to_start_comes_as_json_too(project: Path) -> None:
    result = call(project, "check", "--json", flags=("-S",))
    assert result.returncode == ExitCode.MISSING_TOOL
    assert json.loads(result.stdout) == {
        "version": 1,
        "ok": False,
        "error": {
            "exit_code": 3,
            "message": "Die Bibliothek „click“ fehlt. Bitte im Ordner des Projekts „sh setup.sh“ ausführen.",
        },
    }
    assert result.stderr.startswith("Fehler: Die Bibliothek „click“ fehlt.")


def test_a_missing_module_of_the_project_is_no_missing_library() -> None:
    assert start.missing_library(ModuleNotFoundError("", name="pipeline.missing")) is None
    broken = start.missing_library(ImportError("", name="yaml._yaml"))
    assert str(broken).startswith("Die Bibliothek „yaml“ lässt sich nicht laden.")
