"""The form of `merge --json` as docs/merge.schema.json says it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "merge.schema.json"


@cache
def schema() -> dict[str, Any]:
    """The documented form."""
    read: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


def faults(data: object, part: str = "") -> list[str]:
    """What is not as documented in the whole, or in a part (`edit`, `file`, …)."""
    whole = schema()
    form = {"$ref": f"#/$defs/{part}", "$defs": whole["$defs"]} if part else whole
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(form).iter_errors(data)]


def texts(runs: list[dict[str, str]], *marks: str) -> str:
    """The text of runs, of some marks or of all."""
    return "".join(run["text"] for run in runs if not marks or run["mark"] in marks)
