"""Recipes of docs/architecture.md, followed in a copy of the program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Edits = Mapping[str, tuple[tuple[str, str], ...]]
"""By file: what lines come before, which stands there once, and the lines."""


def copy_program(folder: Path, edits: Edits) -> None:
    """Copies the program into a folder and writes lines into it."""
    for name in ("pipeline", "schema", "styles"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy2(ROOT / "build.py", folder)
    for name, lines_before in edits.items():
        source = (folder / name).read_text(encoding="utf-8")
        for before, lines in lines_before:
            assert source.count(before) == 1, f"{name}: {before}"
            source = source.replace(before, lines + before)
        (folder / name).write_text(source, encoding="utf-8")


def run(program: Path, *arguments: str) -> None:
    """Runs the program of a folder; what it says is shown where it fails."""
    done = subprocess.run(
        [sys.executable, "build.py", *arguments], cwd=program, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
