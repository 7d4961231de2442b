"""What the handbook promises about writing: each sentence stands in it, and holds for the faultless plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.document.model import Chapter
from pipeline.text.nodes import Node
from schema.plan import Plan
from tests.cases import apply
from tests.loading import load

HANDBOOK = Path(__file__).resolve().parents[1] / "docs" / "handbuch.md"
MEASURES, GOALS, PLAN, TEXT = "stadt/massnahmen.yaml", "stadt/ziele.yaml", "plan.yaml", "texte/einleitung.md"
DESCRIPTION = "beschreibung: Das Amt verzeichnet alle Flächen."
SECURED = "anteil: 100, stand: gesichert}"
THIRD = """  - id: M1.1.3
    titel: Sprechzeiten
    ziel: Z1.1
    beschreibung: Zweimal im Jahr.
    federfuehrung: amt
    zeitraum: {von: Q2 2028, bis: fortlaufend}
"""
TAKEN = THIRD.replace("M1.1.3", "M1.1.1")
OPEN = ("P451", "P452", "P453", "P454", "P455")  # what the new measure leaves open


@dataclass(frozen=True)
class Promise:
    """A sentence of the handbook, what is written, the codes that must come, and what the plan must then say."""

    sentence: str
    edits: tuple[tuple[str, str, str], ...] = ()
    codes: tuple[str, ...] = ()
    value: str = ""  # an attribute's path in the measure M1.1.1, and what it must be
    equals: object = None


def written(find: str, replace: str, file: str = MEASURES) -> tuple[tuple[str, str, str], ...]:
    return ((file, find, replace),)


PROMISES = (
    Promise("Nach dem Doppelpunkt kommt ein Leerzeichen.", written("    ziel: Z1.1", "    ziel:Z1.1"), ("P103",)),
    Promise(
        "Was zusammengehört, ist **gleich weit eingerückt**, mit Leerzeichen, nie mit der Tabulatortaste.",
        written("    federfuehrung: amt", "\tfederfuehrung: amt"),
        ("P103",),
    ),
    Promise(
        "Ein Strich `- ` beginnt einen **Eintrag einer Liste**.", written("  - id: M1.1.1", "  -id: M1.1.1"), ("P103",)
    ),
    Promise(
        "Längerer Text beginnt nach `|` in der nächsten Zeile, eingerückt.",
        written(
            "beschreibung: Das Amt verzeichnet alle Flächen.", "beschreibung: |\n      Das Amt.\n\n      Und mehr."
        ),
        value="description",
        equals="Das Amt.\n\nUnd mehr.",
    ),
    Promise(
        "Nach `>-` werden die Zeilen zu einem einzigen Absatz.",
        written(DESCRIPTION, "beschreibung: >-\n      Das Amt\n      und mehr."),
        value="description",
        equals="Das Amt und mehr.",
    ),
    Promise(
        "Eine Bemerkung, die nicht gedruckt wird, steht nach einem `#` in einer eigenen Zeile.",
        written("    ziel: Z1.1", "    # Noch zu klären.\n    ziel: Z1.1"),
        value="title",
        equals="Flächen verzeichnen",
    ),
    Promise(
        "Gehört ein `#` zum Text („Halle # 3“), steht der ganze Text in Anführungszeichen",
        written("titel: Flächen verzeichnen", 'titel: "Halle # 3 ausbauen"'),
        value="title",
        equals="Halle # 3 ausbauen",
    ),
    Promise(
        "vergessen Sie sie, sagt es die Prüfung (P116).",
        written("titel: Flächen verzeichnen", "titel: Halle # 3 ausbauen"),
        ("P116",),
    ),
    Promise(
        '`{quelle: "Haushalt der Stadt, Amt 80", anteil: 100}`',
        written("quelle: Haushalt,", 'quelle: "Haushalt der Stadt, Amt 80",'),
        value="funding.0.source",
        equals="Haushalt der Stadt, Amt 80",
    ),
    Promise(
        "Vergessen Sie sie, sagt es die Prüfung (P121).",
        written("quelle: Haushalt,", "quelle: Haushalt der Stadt, Amt 80,"),
        ("P121",),
    ),
    Promise(
        "Nur **Schlüssel und Kennungen haben keine Umlaute**",
        written("    federfuehrung: amt", "    federführung: amt"),
        ("P106",),
    ),
    Promise("genau einer**, ohne Klammern", written("federfuehrung: amt", "federfuehrung: amt, verein"), ("P108",)),
    Promise(
        "Die letzten drei sind Listen, also in eckigen Klammern, auch wenn nur einer darin steht",
        written("mitwirkung: [verein]", "mitwirkung: verein"),
        ("P105",),
    ),
    Promise(
        "hat in einer Maßnahme genau eine Rolle",
        written("mitwirkung: [verein]", "mitwirkung: [verein, amt]"),
        ("P404",),
    ),
    Promise(
        "Ein Zeitpunkt ist ein Quartal (`Q2 2027`), ein Monat (`2027-05`) oder ein Jahr (`2027`).",
        written("{von: Q1 2027, bis: Q4 2028}", "{von: 2027-05, bis: 2028}"),
        value="span.start.label",
        equals="Mai 2027",
    ),
    Promise("Meilensteine liegen innerhalb des Zeitraums.", written("termin: Q2 2028", "termin: Q2 2029"), ("P408",)),
    Promise(
        "Die Anteile ergeben zusammen höchstens 100.",
        written(
            "anteil: 100, stand: gesichert}",
            "anteil: 100, stand: gesichert}\n      - {quelle: Land, anteil: 1, stand: gesichert}",
        ),
        ("P409",),
    ),
    Promise("`12.000` wird als nicht eindeutig zurückgewiesen.", written("betrag: 20,", "betrag: 12.000,"), ("P108",)),
    Promise(
        "auch in geschweiften Klammern: `{betrag: 12,5, …}`",
        written("betrag: 20,", "betrag: 12,5,"),
        value="effort.0.amount",
        equals="12.5",
    ),
    Promise("Hinter dem Komma steht kein Leerzeichen", written("betrag: 20,", "betrag: 12, 5,"), ("P121",)),
    Promise("und die Zahl hat keine Einheit.", written("betrag: 20,", "betrag: 12,5 Tage,"), ("P121",)),
    Promise(
        "Ist sie schon vergeben, nennt die Prüfung die nächste freie.",
        written("massnahmen:\n  - id: M1.1.2", f"massnahmen:\n{TAKEN}  - id: M1.1.2", "betriebe/massnahmen.yaml"),
        ("P401", *OPEN, "P471"),
    ),
    Promise(
        "Zwingend sind nur die ersten sechs Angaben",
        (
            *written("massnahmen:\n  - id: M1.1.1", f"massnahmen:\n{THIRD}  - id: M1.1.1"),
            (PLAN, "status: beschlossen", "status: entwurf"),
        ),
        ("P252", *OPEN),
    ),
    Promise(
        "Der `zielsatz` ist ein Satz, höchstens 400 Zeichen lang",
        written("zielsatz: Bis", f"zielsatz: {'x' * 400} Bis", GOALS),
        ("P110",),
    ),
    Promise(
        "Das `zieldatum` liegt in der Laufzeit des Plans.",
        written("zieldatum: Q4 2028", "zieldatum: 2050", GOALS),
        ("P303",),
    ),
    Promise(
        "Der `kurzname` (höchstens 24 Zeichen)",
        written("name: Wirtschaftsamt,", f"name: Wirtschaftsamt, kurzname: {'x' * 25},", "akteure.yaml"),
        ("P110",),
    ),
    Promise(
        "Jede Datei hat genau eine Überschrift mit einem `#`, ganz oben.",
        written("Der Plan", "# Noch eine\n\nDer Plan", TEXT),
        ("P606",),
    ),
    Promise(
        "Darunter kommt `##`, erst darunter `###`.", written("Der Plan", "### Zu tief\n\nDer Plan", TEXT), ("P606",)
    ),
    Promise(
        "Ohne diese Beschreibung meldet die Prüfung einen Fehler.", written("![Ein Punkt]", "![]", TEXT), ("P608",)
    ),
    Promise(
        "Führt in einem Text noch ein Verweis auf ihn (`[](#zeitplan)`), ist das ein Fehler (P601)",
        written("[](#M1.1.1)", "[](#M1.1.1), [](#zeitplan)", TEXT),
        ("P601",),
    ),
    Promise(
        "**Derselbe Teil darf im ganzen Plan nur einmal vorkommen:**",
        written("  - teil: titel", "  - teil: titel\n  - teil: titel", PLAN),
        ("P204",),
    ),
    Promise(
        "Der Name besteht aus Kleinbuchstaben, Ziffern und Bindestrichen, ohne Umlaute",
        written("text: einleitung", "text: Größe", PLAN),
        ("P108",),
    ),
    Promise(
        "Vergessen Sie die Zeile in der Gliederung, erinnert Sie die Prüfung",
        written("  - text: einleitung\n", "", PLAN),
        ("P272",),
    ),
    Promise("`status: beschlossen` verlangt außerdem", written("    vorlage: 2026/117\n", "", PLAN), ("P201",)),
)


def sentences() -> str:
    """The handbook's text with its line breaks as blanks."""
    return re.sub(r"\s+", " ", HANDBOOK.read_text(encoding="utf-8"))


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.sentence[:50])
def test_a_promise_of_the_handbook_holds(promise: Promise, tmp_path: Path) -> None:
    assert promise.sentence in sentences()
    edits = [{"file": file, "find": find, "replace": replace} for file, find, replace in promise.edits]
    apply({"edits": edits}, tmp_path)
    checked = validate(read(tmp_path))
    assert sorted({item.code for item in checked.diagnostics}) == sorted(promise.codes)
    if promise.value:
        assert checked.plan is not None
        assert str(_at(checked.plan, promise.value.split("."))).rstrip("\n") == promise.equals


def _at(plan: Plan, path: Sequence[str]) -> Any:
    value: Any = plan.measure_by_id["M1.1.1"]
    for step in path:
        value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value


def test_references_to_sheets_that_are_not_printed_stay_as_text(tmp_path: Path) -> None:
    sentence = (
        "Verweise auf Ziele, Maßnahmen und Handlungsfelder, deren Blätter nicht gedruckt werden, bleiben als Text"
    )
    assert sentence in sentences()
    apply({"edits": [{"file": PLAN, "find": "  - teil: handlungsfelder\n", "replace": ""}]}, tmp_path)
    loaded = load(tmp_path)
    (chapter,) = (part for part in loaded.document.parts if isinstance(part, Chapter))
    nodes = (node for block in chapter.blocks if isinstance(block, Node) for node in block.walk())
    (reference,) = (node for node in nodes if "Maßnahme 1.1.1" in node.text.replace("\u00a0", " "))
    assert reference.kind == "text"
    assert {item.code for item in loaded.diagnostics} == {"P273"}
