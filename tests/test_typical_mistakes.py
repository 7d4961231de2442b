"""The handbook's table of typical mistakes: each row made in the faultless plan gives the code that the row names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.check.validate import validate
from pipeline.content.read import read
from tests.cases import apply

HANDBOOK = Path(__file__).resolve().parents[1] / "docs" / "handbuch.md"
TABLE = "## Typische Fehler"

MEASURES, PLAN, TEXT = "stadt/massnahmen.yaml", "plan.yaml", "texte/einleitung.md"
TITLE, LEAD = "titel: Flächen verzeichnen", "    federfuehrung: amt"
MILESTONE = "- {termin: Q2 2028, titel: Verzeichnis liegt vor}"
DESCRIPTION = "    beschreibung: Das Amt verzeichnet alle Flächen.\n"


def typed(find: str, replace: str, file: str = MEASURES) -> dict[str, Any]:
    return {"file": file, "find": find, "replace": replace}


# By how a row begins: what is typed.
MISTAKES: dict[str, dict[str, Any]] = {
    "Mit der Tabulatortaste": typed(LEAD, "\tfederfuehrung: amt"),
    "Eine Zeile ist ein Leerzeichen zu weit": typed(LEAD, "     federfuehrung: amt"),
    "Eine Angabe ist so weit eingerückt": typed(
        f"{DESCRIPTION}{LEAD}", "    beschreibung: |\n      Das Amt verzeichnet.\n      federfuehrung: amt"
    ),
    "Gedankenstrich aus Word": typed("  - id: M1.1.1", "  – id: M1.1.1"),
    "Doppelpunkt mitten im Text": typed(TITLE, "titel: Neu: Sprechstunde"),
    "Der Text beginnt mit einem Anführungszeichen": typed(TITLE, 'titel: "Tag der Betriebe" feiern'),
    "Text mit ` #` darin": typed(TITLE, "titel: Platz # 1"),
    "Tausenderpunkt": typed("betrag: 20,", "betrag: 12.000,"),
    "Text mit Komma in geschweiften Klammern": typed(
        "titel: Verzeichnis liegt vor}", "titel: Stelle, Vertretung benannt}"
    ),
    "Text aus Word oder dem Netz": typed(TITLE, "titel: Flächen\u200b verzeichnen"),
    "Text aus einer Webseite": typed("Der Plan", "<b>Der</b> Plan", TEXT),
    "ein Emoji": typed(TITLE, "titel: Flächen 👍 verzeichnen"),
    "Schlüssel vertippt": typed(LEAD, "    federfuerung: amt"),
    "Wert vertippt": typed("status: beschlossen", "status: beschlosen"),
    "Akteur mit seinem Namen": typed("mitwirkung: [verein]", "mitwirkung: [Unternehmensverein]"),
    "Meilenstein als Satz": typed(MILESTONE, "- Q1 2027 Stelle benannt"),
    "Null als Wort": typed("ausgangswert: 40", "ausgangswert: Null", "stadt/ziele.yaml"),
    "Kopie einer Datei": {"file": "stadt/massnahmen - Kopie.yaml", "content": "massnahmen: []\n"},
    "Klammern vergessen": typed("mitwirkung: [verein]", "mitwirkung: verein"),
    "Datum deutsch geschrieben": typed("stand: 2026-11-22", "stand: 22.11.2026", PLAN),
    "Datei in alter Kodierung": {"file": "glossar.yaml", "bytes": "begriffe: # ä\n".encode("latin-1").hex()},
    "Nummer zweimal vergeben": typed("id: M1.1.2", "id: M1.1.1", "betriebe/massnahmen.yaml"),
    "Verweis ins Leere": typed("#M1.1.1", "#M1.1.11", TEXT),
}


def rows() -> list[list[str]]:
    """The cells of the table's rows."""
    text = HANDBOOK.read_text(encoding="utf-8").partition(TABLE)[2].partition("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:40])
def test_a_typical_mistake_gives_what_its_row_says(row: list[str], tmp_path: Path) -> None:
    (mistake,) = (edit for begins, edit in MISTAKES.items() if row[0].startswith(begins))
    apply({"edits": [mistake]}, tmp_path)
    found = validate(read(tmp_path)).diagnostics
    codes = re.findall(r"P\d{3}", row[1])
    told = " ".join(f"{item.message} {item.hint}" for item in found if item.code in codes)
    assert told
    for words in re.findall("„([^“…]+)[…?]*“", row[1]):
        assert words.strip() in told


def test_every_mistake_has_its_row() -> None:
    assert len(MISTAKES) == len(rows())
