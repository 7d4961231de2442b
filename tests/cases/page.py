"""`python -m tests.cases.page`: the list of codes and their cases in, the authors' page docs/fehler.md out.

Every example on that page is a case that the tests run, so that what it shows is what a user will see.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schema.codes import CODES, Code, Nature
from tests.cases import load, names

PAGE = Path(__file__).resolve().parents[2] / "docs" / "fehler.md"

SHORT = 200  # characters of a file that is shown whole

_NATURES = {
    Nature.WRONG: "Immer ein Fehler: So lange wird nichts veröffentlicht.",
    Nature.DOUBTFUL: "Immer eine Warnung: Der Plan wird gebaut, aber vermutlich ist etwas anderes gemeint.",
    Nature.TOLD: "Immer ein Hinweis: Zu tun ist nichts.",
    Nature.OPEN: "Offen bis zum Beschluss: im Entwurf ein Hinweis, in der Beschlussvorlage eine Warnung, "
    "im beschlossenen Plan ein Fehler.",
    Nature.JUDGEMENT: "Zum Abwägen: im Entwurf ein Hinweis, sonst eine Warnung. Wer es mit Absicht so lässt, "
    "begründet es unter `hinweise` in plan.yaml; die Begründung steht im Anhang des Plans.",
}
_ROOMS = {
    "P1": "Dateien",
    "P2": "Der Plan als Ganzes",
    "P3": "Ziele",
    "P4": "Maßnahmen und Vorschläge",
    "P5": "Akteure",
    "P6": "Texte",
}
_INTRODUCTION = """<!-- Erzeugt aus der Liste der Meldungen und ihren Beispielen: python -m tests.cases.page -->

# Meldungen und was zu tun ist

Jede Meldung nennt ihre Stelle (Datei, Zeile, Spalte), einen Code, einen Satz und einen Rat. Hier steht zu jedem
Code, was er bedeutet, ein Beispiel und wie man es richtigstellt. Die Beispiele stammen aus einem kleinen Musterplan
mit den Strängen „Stadt“ und „Betriebe“.
"""


def page() -> str:
    """The page's text."""
    lines = [_INTRODUCTION]
    room = ""
    for code in CODES.values():
        if _ROOMS[code.code[:2]] != room:
            room = _ROOMS[code.code[:2]]
            lines.append(f"## {room}\n")
        lines.extend(_entry(code))
    return "\n".join(lines).rstrip() + "\n"


def _entry(code: Code) -> Iterator[str]:
    case = load(min(name for name in names() if name.startswith(code.code)))
    yield f"### {code.code}\n"
    yield f"**{code.meaning}** {_NATURES[code.nature]}\n"
    yield f"Beispiel: {case['about']}.\n"
    for edit in case["edits"]:
        yield from _edit(edit)
    message = next(line for line in case["expected"] if f" {code.code}: " in line)
    place, _, rest = message.partition(" ")
    sentence, _, hint = rest.partition(": ")[2].partition(" | ")
    yield f"> {place}: {_escaped(sentence)}\n>\n> {_escaped(hint)}\n"


def _edit(edit: dict[str, Any]) -> Iterator[str]:
    file = edit["file"]
    if "find" in edit:
        wrong = edit["replace"].strip("\n") or "# die Zeilen fehlen"
        yield f"`{file}`, falsch:\n\n{_block(wrong)}\nRichtig:\n\n{_block(edit['find'].strip(chr(10)))}"
    elif "content" in edit and len(edit["content"]) < SHORT:
        yield f"`{file}`:\n\n{_block(edit['content'].rstrip())}"
    elif "content" in edit:
        yield f"`{file}` gibt es zusätzlich.\n"
    elif "link" in edit:
        yield f"`{file}` ist eine Verknüpfung auf `{edit['link']}`.\n"
    elif "bytes" in edit and file.startswith("bilder/"):
        yield f"`{file}` ist ein Foto, in dessen Daten der Standort steht.\n"
    elif "bytes" in edit:
        yield f"`{file}` ist in Latin-1 statt in UTF-8 gespeichert.\n"
    else:
        yield f"`{file}` fehlt.\n"


def _block(text: str) -> str:
    return f"```yaml\n{text}\n```\n"


def _escaped(text: str) -> str:
    return text.replace("*", "\\*").replace("[", "\\[").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
