"""What a YAML parser says about broken text in, a German sentence and what to do out.

The parser's own words are about its grammar; people need to know which of their marks misled it. Of

    titel: Wege: neu denken

it says "mapping values are not allowed in this context" at the second colon. What people are told is that the text
holds a colon and therefore needs quotes, with the line as it should be: `titel: "Wege: neu denken"`.

What is compared here are libyaml's messages. They come in English whatever the user's locale; a message that is not
known falls through to a sentence that fits any.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from pipeline.content.rows import AS_ENTRY, CELLS, FROM_TABLE
from pipeline.content.yaml_repairs import repairs

Place = tuple[int, int]  # line and column, counted from 1


@dataclass(frozen=True)
class Complaint:
    """What the parser says: while doing what, begun where; what is wrong, noticed where."""

    context: str
    begun: Place
    problem: str
    noticed: Place


@dataclass(frozen=True)
class Explained:
    """A fault for people: the place to look at, what is wrong there, what to do."""

    place: Place
    message: str
    hint: str


MOST_TRIED = 200_000  # characters of a file in which lines are tried
TRIES = 30

_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_KEY = re.compile(r"\s*(?:- +)*[\w-]+")


def explain(text: str, complaint: Complaint, faulty: Callable[[str], int]) -> Explained:
    """Says it in German, at the place where somebody has to change something, with the line as it should be if it can.

    `faulty` gives the line that the parser cannot get over in another text, 0 if there is none. So each line that may
    be meant is tried: what lets the parser go on is told.
    """
    rows = _END.split(text)
    if len(text) <= MOST_TRIED:
        line = complaint.noticed[0]
        before = next((at for at in range(line - 1, 0, -1) if at <= len(rows) and rows[at - 1].strip()), 0)
        for repair in islice(repairs(rows, list(dict.fromkeys((line, before, complaint.begun[0])))), TRIES):
            tried = "\n".join([*rows[: repair.line - 1], repair.row, *rows[repair.line :]])
            fault = faulty(tried)
            if not fault or fault > (repair.line if repair.certain else max(line, repair.line)):
                places = dict([complaint.begun, complaint.noticed])
                column = repair.column or places.get(repair.line, 1)
                return Explained((repair.line, column), repair.message, repair.hint)
    return _in_general(text, complaint)


def _in_general(text: str, complaint: Complaint) -> Explained:
    """What is wrong where no single line mends it.

    Which is not always where the parser noticed: of a quote that is never closed it notices the end of the file, and
    people have to look where the quote begins. Tabs come first, for they are behind several different messages.
    """
    line, column = complaint.noticed
    problem = complaint.problem
    rows = text.splitlines()
    if any("\t" in _indentation(row) for row in rows[max(0, line - 2) : line]) or "a tab character" in problem:
        message = "Die Zeile ist mit Tabulatoren eingerückt; YAML erlaubt nur Leerzeichen."
        hint = "Die Tabulatoren am Zeilenanfang durch je zwei Leerzeichen ersetzen."
        return Explained(complaint.noticed, message, hint)
    pasted = next((at for at in (line, complaint.begun[0]) if at <= len(rows) and CELLS.search(rows[at - 1])), 0)
    if pasted:
        return Explained((pasted, 1), FROM_TABLE, AS_ENTRY)
    if complaint.context == "while scanning a quoted scalar":
        message = "Das Anführungszeichen, das hier beginnt, wird nicht geschlossen."
        return Explained(complaint.begun, message, "Am Ende des Textes dasselbe Anführungszeichen setzen.")
    if problem.startswith("did not find expected ','"):
        message = "Die Klammer, die hier beginnt, wird nicht geschlossen, oder darin fehlt ein Komma."
        return Explained(complaint.begun, message, "Einträge mit Kommas trennen und am Ende die Klammer schließen.")
    if problem == "could not find expected ':'":
        message = "Nach diesem Wort fehlt ein Doppelpunkt, oder der Text ist nicht weit genug eingerückt."
        hint = "Schlüssel: Doppelpunkt und Leerzeichen dahinter setzen. Text aus der Zeile davor: weiter einrücken."
        return Explained(complaint.begun, message, hint)
    before = next((row for row in reversed(rows[: line - 1]) if row.strip() and not row.lstrip().startswith("#")), "")
    message, hint = _sentence_and_hint(problem, rows[line - 1] if 0 < line <= len(rows) else "", column - 1, before)
    return Explained(complaint.noticed, message, hint)


def _sentence_and_hint(problem: str, row: str, column: int, before: str) -> tuple[str, str]:
    """What is wrong in a row, noticed at a column counted from 0; `before` is the row above that says something."""
    # "a: 1", "  b: 2": the first colon of the line is the one that is too much, so it is the indentation that is wrong.
    if problem.startswith("mapping values") and _KEY.fullmatch(row[:column]):
        return (
            "Die Zeile ist weiter eingerückt als die davor, oder davor fehlt ein Leerzeichen.",
            "Ebenso weit einrücken wie die Zeile davor; dort nach Doppelpunkt und Strich ein Leerzeichen setzen.",
        )
    if problem.startswith("mapping values"):
        return (
            "Der Text enthält einen Doppelpunkt und muss deshalb in Anführungszeichen stehen.",
            "Den ganzen Text in Anführungszeichen setzen.",
        )
    if problem in ("did not find expected '-' indicator", "did not find expected key"):
        # Noticed where the line begins, its indentation is wrong ("a:", "  - x", " - y"). Behind that, something comes
        # after a text in quotes (`a: "x" y`).
        if column == len(_indentation(row)):
            return (
                "Die Zeile ist anders eingerückt als die Angaben, zu denen sie gehört.",
                f"{_compared(row, before)}Die Angaben eines Eintrags beginnen genau untereinander, ebenso die Striche.",
            )
        return (
            "Nach dem schließenden Anführungszeichen oder der Klammer steht noch etwas.",
            "Den ganzen Text in Anführungszeichen setzen; Anführungszeichen darin als „…“ schreiben.",
        )
    if problem == "found character that cannot start any token":
        return "Mit diesem Zeichen kann eine Angabe nicht beginnen.", "Den ganzen Text in Anführungszeichen setzen."
    if "escape" in problem or "hexdecimal" in problem:
        return (
            "Zwischen doppelten Anführungszeichen hat der Schrägstrich \\ eine besondere Bedeutung.",
            "Den Text in einfache Anführungszeichen setzen: '…'.",
        )
    return (
        "Ab hier ist die Datei kein gültiges YAML: Einrückung, Klammer, Doppelpunkt oder Anführungszeichen.",
        "Mit den Nachbarzeilen vergleichen; Text, der mit einem Sonderzeichen beginnt, in Anführungszeichen setzen.",
    )


def _compared(row: str, before: str) -> str:
    """How far in the row begins, and how far the one before; '' where that is no help."""
    own, other = len(_indentation(row)), len(before) - len(before.lstrip(" -"))
    if own == other or row.lstrip().startswith("-"):
        return ""
    return f"Vor dieser Zeile stehen {own} Leerzeichen, der Text der Zeile davor beginnt nach {other} Zeichen. "


def _indentation(row: str) -> str:
    return row[: len(row) - len(row.lstrip())]
