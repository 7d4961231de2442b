"""What `pytest --quick` leaves out: the expensive modules, in one place, each with what it would have shown."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXPENSIVE = {
    "tests/back/office": "Word files in LibreOffice",
    "tests/word/office": "edits typed in LibreOffice",
}
"""Modules and folders; `pytest` runs them all."""


def left_out(path: Path) -> str:
    """What a module shows that a quick run leaves out; '' for one that it runs."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
    return EXPENSIVE.get(name, "")
