"""A copy of the small plan in, out the same with its edition kept and a made-up year that somebody has reported on."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.console.commands import run
from pipeline.errors import ExitCode

SMALL = Path(__file__).parent / "plans" / "small"
YEAR = 2027
_REPORTED = {
    "plan.yaml": [
        ("stand: 2027-03-31", "stand: 2028-01-20"),
        ("fassung: 1.0", "fassung: 1.1"),
        ("ersetzt: 0.9", "ersetzt: 1.0"),
    ],
    "rathaus/massnahmen.yaml": [
        (
            "{termin: 2027-09, titel: Liste steht im Netz}",
            "{termin: 2027-09, titel: Liste steht im Netz, ergebnis: erreicht, datum: 2027-09-12}",
        ),
        (
            "{termin: Q4 2027, titel: Planung beschlossen}",
            """{termin: Q4 2027, titel: Planung beschlossen, ergebnis: verschoben, neuer_termin: Q2 2028,
         bemerkung: Das Land prüft noch.}""",
        ),
        (
            "    aufwand: [{betrag: 410000, einheit: euro, turnus: einmalig, jahr: 2028}]",
            """    aufwand: [{betrag: 410000, einheit: euro, turnus: einmalig, jahr: 2028}]
    ausgaben_ist: [{jahr: 2027, euro: 12500}]
    sachstand:
      - {datum: 2027-12, zustand: gefaehrdet, text: Ohne Zusage des Landes fehlt die Hälfte der Mittel.}""",
        ),
    ],
    "gemeinsam/ziele.yaml": [
        ("        ausgangswert: 18\n", "        ausgangswert: 18\n        istwerte: [{datum: 2027-11, wert: 16}]\n"),
    ],
    "rathaus/ziele.yaml": [
        ("ausgangswert: 2140, datum: 2026,", "ausgangswert: 2140, istwerte: [{datum: 2027, wert: 2130}], datum: 2026,"),
    ],
}


def reported(folder: Path) -> Path:
    """The content folder of the plan at the end of the year, its resolved edition 1.0 kept."""
    content = Path(shutil.copytree(SMALL, folder / "content"))
    assert run(["edition", "--content", str(content), "--quiet"]) is ExitCode.OK
    for name, pairs in _REPORTED.items():
        path = content / name
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return content
