"""Small faulty plans as data: one file a code, each an edit to the faultless plan in base/ and what it must yield."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.diagnostics import Diagnostic

FOLDER = Path(__file__).parent
BASE = FOLDER / "base"


def names() -> list[str]:
    """The cases' names: a code, with a suffix where a code has several."""
    return sorted(path.stem for path in FOLDER.glob("P*.yaml"))


def load(name: str) -> dict[str, Any]:
    """A case: `about`, `edits`, `expected`."""
    data: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_bytes(), yaml.CSafeLoader)
    return data


def apply(case: dict[str, Any], folder: Path) -> None:
    """Copies the faultless plan into a folder and edits it."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for edit in case["edits"]:
        file = folder / edit["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        if "find" in edit:
            text = file.read_text(encoding="utf-8")
            assert text.count(edit["find"]) == 1, f"{edit['file']}: {edit['find']!r} must stand there once"
            file.write_text(text.replace(edit["find"], edit["replace"]), encoding="utf-8")
        elif "bytes" in edit:
            file.write_bytes(bytes.fromhex(edit["bytes"]))
        elif "link" in edit:
            file.symlink_to(edit["link"])
        elif "content" in edit:
            file.write_text(edit["content"], encoding="utf-8")
        else:
            file.unlink()


def found(folder: Path) -> list[str]:
    """What checking a folder finds, a line each."""
    return [line(item) for item in validate(read(folder)).diagnostics]


def line(item: Diagnostic) -> str:
    """A diagnostic as a line of a case."""
    return f"{item.location} {item.severity} {item.code}: {item.message} | {item.hint}"
