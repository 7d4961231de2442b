"""Five mistakes that everybody makes once: the edit in, what the terminal shows out.

`python -m tests.mistakes` writes down what it shows today; whoever does so reads the difference as somebody who knows
neither YAML nor the program.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.cases import apply

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).with_name("terminal.txt")

MEASURES = "stadt/massnahmen.yaml"
MISTAKES: dict[str, list[dict[str, Any]]] = {
    "Zeile falsch eingerückt": [
        {"file": MEASURES, "find": "    federfuehrung: amt", "replace": "   federfuehrung: amt"},
    ],
    "Doppelpunkt im Titel": [
        {"file": MEASURES, "find": "titel: Flächen verzeichnen", "replace": "titel: Flächen: verzeichnen"},
    ],
    "Akteur vertippt": [
        {"file": MEASURES, "find": "mitwirkung: [verein]", "replace": "mitwirkung: [vereim]"},
    ],
    "Angabe fehlt": [
        {"file": MEASURES, "find": "    federfuehrung: amt\n", "replace": ""},
    ],
    "Quartal und Tag, die es nicht gibt": [
        {"file": MEASURES, "find": "bis: Q4 2028", "replace": "bis: Q5 2028"},
        {"file": MEASURES, "find": "datum: 2026-11-20", "replace": "datum: 2026-11-31"},
    ],
    "Maßnahme, die es nicht gibt": [
        {"file": "betriebe/massnahmen.yaml", "find": "abhaengig_von: [M1.1.1]", "replace": "abhaengig_von: [M1.2.1]"},
        {"file": "texte/einleitung.md", "find": "[](#M1.1.1)", "replace": "[](#M1.11)"},
    ],
}


def terminal() -> str:
    """All mistakes, each with what a check says to it."""
    return "\n".join(f"=== {name} ===\n\n{_said(edits)}" for name, edits in MISTAKES.items())


def _said(edits: list[dict[str, Any]]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        apply({"edits": edits}, Path(folder) / "content")
        command = [sys.executable, str(ROOT / "build.py"), "check", "--content", "content"]
        environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    lines = [line for line in done.stderr.splitlines() if not line.startswith(("Quellen lesen", "Prüfen"))]
    return "\n".join([*lines, f"Exit-Code {done.returncode}", ""]).lstrip("\n")
