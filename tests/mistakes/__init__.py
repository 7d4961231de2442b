"""Twenty mistakes that everybody makes once: the edit in, what the terminal shows out.

`python -m tests.mistakes` writes down what it shows today; whoever does so reads the difference as somebody who knows
neither YAML nor the program.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
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
    "Komma in einer Klammer": [
        {"file": MEASURES, "find": "quelle: Haushalt,", "replace": "quelle: Haushalt der Stadt, Amt 80,"},
    ],
    "Doppelpunkt in der Klammer vergessen": [
        {"file": MEASURES, "find": "anteil: 100", "replace": "anteil 100"},
    ],
    "Raute im Titel": [
        {"file": MEASURES, "find": "titel: Flächen verzeichnen", "replace": "titel: Halle # 3 ausbauen"},
    ],
    "Zahl wie auf Papier": [
        {"file": MEASURES, "find": "betrag: 20,", "replace": "betrag: 12.000 €,"},
        {"file": "stadt/ziele.yaml", "find": "ausgangswert: 40", "replace": "ausgangswert: Null"},
    ],
    "Datum wie auf Papier": [
        {"file": "plan.yaml", "find": "stand: 2026-11-22", "replace": "stand: 22.11.2026"},
        {"file": "betriebe/massnahmen.yaml", "find": "von: Q3 2027", "replace": "von: 3. Quartal 2027"},
    ],
    "Strich aus Word": [
        {"file": MEASURES, "find": "  - id: M1.1.1", "replace": "  – id: M1.1.1"},
    ],
    "Strich ohne Leerzeichen": [
        {"file": "betriebe/massnahmen.yaml", "find": "  - id: M1.1.2", "replace": "  -id: M1.1.2"},
    ],
    "Mit Tabulator eingerückt": [
        {"file": MEASURES, "find": "    federfuehrung: amt", "replace": "\tfederfuehrung: amt"},
    ],
    "Angabe in den Text gerutscht": [
        {
            "file": MEASURES,
            "find": "    beschreibung: Das Amt verzeichnet alle Flächen.\n    federfuehrung: amt",
            "replace": "    beschreibung: |\n      Das Amt verzeichnet alle Flächen.\n      federfuehrung: amt",
        },
    ],
    "Kennung mit Umlaut": [
        {
            "file": "akteure.yaml",
            "find": "  - {id: amt,",
            "replace": "  - {id: bäckerei-müller, name: Bäckerei Müller, art: unternehmen}\n  - {id: amt,",
        },
    ],
    "Akteur mit seinem Namen genannt": [
        {"file": MEASURES, "find": "mitwirkung: [verein]", "replace": "mitwirkung: Unternehmensverein"},
        {"file": "betriebe/massnahmen.yaml", "find": "information: [amt]", "replace": "information: [Wirtschaftsamt]"},
    ],
    "Meilenstein als Satz": [
        {
            "file": MEASURES,
            "find": "- {termin: Q2 2028, titel: Verzeichnis liegt vor}",
            "replace": "- Q2 2028 Verzeichnis liegt vor",
        },
    ],
    "Schlüssel vertippt und leer": [
        {"file": MEASURES, "find": "    federfuehrung: amt", "replace": "    federfuehrung: amt\n    abhaengigvon:"},
    ],
    "Kopie liegen gelassen": [
        {"file": "betriebe/massnahmen - Kopie.yaml", "content": "massnahmen: []\n"},
    ],
}


def terminal() -> str:
    """All mistakes, each with what a check says to it."""
    with ThreadPoolExecutor(max_workers=2) as pool:  # each waits for a process of its own
        said = list(pool.map(_said, MISTAKES.values()))
    return "\n".join(f"=== {name} ===\n\n{words}" for name, words in zip(MISTAKES, said, strict=True))


def _said(edits: list[dict[str, Any]]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        apply({"edits": edits}, Path(folder) / "content")
        command = [sys.executable, str(ROOT / "build.py"), "check", "--content", "content"]
        environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    lines = [line for line in done.stderr.splitlines() if not line.startswith(("Quellen lesen", "Prüfen"))]
    return "\n".join([*lines, f"Exit-Code {done.returncode}", ""]).lstrip("\n")
