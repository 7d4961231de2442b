"""The lines around a fault of YAML in, what they may have been meant to be out, the surest first.

Each is tried before anybody is told: a hint that shows a line has made the parser go on. So a guess may be wide here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.content.rows import quoted
from pipeline.diagnostics import CORRECTED
from schema.files import every_key

NEAR = 12  # lines above that are looked at for where keys and dashes begin
LONGEST = 400  # characters of a line that is thought about

_DASHES = "–—−•·‣*"
_WRONG_DASH = re.compile(rf"( *)([{_DASHES}]) *(?=\S)")
_TIGHT_DASH = re.compile(r"( *(?:- +)*)-(?=[^\s-])")
_FIXED = re.compile("[\u00a0\u2007\u202f]")
_TIGHT_KEY = re.compile(r"( *(?:- +)*[A-Za-z_]+):(?=[^\s:])")
_VALUE = re.compile(r"(\s*(?:- +)*[\w-]+: +)(\S.*?)\s*")
_PIECE = re.compile(r"(?<=[{\[,])(\s*(?:[\w-]+: +)?)([^\"'{}\[\],\s][^{}\[\],]*?)(?=\s*(?:,\s|[}\]]))")
_UNPARTED = re.compile(r"(?<=[^\s,:{\[;])(?: *(;) *| +)(?=([a-z_]+): )")
_SUM = re.compile(r"(?<=[:\s])(\d{1,3}(?:\.\d{3})+|\d+),[-–—]{1,2} ?(?:€|EUR\b|[Ee]uro\b)?")
_RESERVED = "@`%*&!|>?-,[{"
_ENTRY = re.compile(r"\s*(?:- |[\w-]+:(?:\s|$))")
_BLOCK = re.compile(r": +[|>][-+0-9]*\s*$")
_BRACKETS = {"{": "}", "[": "]"}


@dataclass(frozen=True)
class Repair:
    """A line as it may be meant: its number and text, the column changed, what is wrong with it, and what to do.

    The column is 0 where the one that the parser noticed says more. What is `certain` is a mistake of its own, whatever
    may be wrong in the lines below.
    """

    line: int
    column: int
    row: str
    message: str
    hint: str
    certain: bool = False


_Guess = Callable[[Sequence[str], int], Iterator[Repair]]


def repairs(rows: Sequence[str], lines: Sequence[int]) -> Iterator[Repair]:
    """What the lines of those numbers, counted from 1, may be meant to be; all of one kind before those of the next."""
    for guess in (_dash, _blank, _colon, _tab, _sum, _text, _comma, _inside, _bracket, _indentation):
        for line in lines:
            if 0 < line <= len(rows) and len(rows[line - 1]) <= LONGEST:
                yield from (item for item in guess(rows, line) if item.row != rows[line - 1])


def _shown(line: int, column: int, row: str, message: str, hint: str, *, certain: bool = False) -> Repair:
    return Repair(line, column, row, message, f"{hint} {CORRECTED}{row.strip()}", certain)


def _dash(rows: Sequence[str], line: int) -> Iterator[Repair]:
    row = rows[line - 1]
    if found := _WRONG_DASH.match(row):
        new = f"{found[1]}- {row[found.end() :]}"
        message = f"Die Zeile beginnt mit „{found[2]}“; das ist kein Strich, wie YAML ihn braucht."
        hint = "Einen einfachen Bindestrich und ein Leerzeichen tippen."
        yield _shown(line, len(found[1]) + 1, new, message, hint, certain=True)
    if found := _TIGHT_DASH.match(row):
        new = f"{found[1]}- {row[found.end() :]}"
        message, hint = "Nach dem Strich fehlt ein Leerzeichen.", "Ein Leerzeichen ergänzen."
        yield _shown(line, len(found[1]) + 1, new, message, hint, certain=True)


def _blank(rows: Sequence[str], line: int) -> Iterator[Repair]:
    row = rows[line - 1]
    if found := _FIXED.search(row):
        message = "Hier steht ein geschütztes Leerzeichen (wie aus Word); YAML braucht ein gewöhnliches."
        new = _FIXED.sub(" ", row)
        if new.lstrip() == row[len(row) - len(new.lstrip()) :]:
            width = len(new) - len(new.lstrip())
            hint = f"Die Zeile mit {width} gewöhnlichen Leerzeichen beginnen."
            yield Repair(line, found.start() + 1, new, message, hint)
        else:
            yield _shown(line, found.start() + 1, new, message, "Das Leerzeichen löschen und neu tippen.")


def _colon(rows: Sequence[str], line: int) -> Iterator[Repair]:
    row = rows[line - 1]
    if found := _TIGHT_KEY.match(row):
        new = f"{found[0]} {row[found.end() :]}"
        hint = "Ein Leerzeichen ergänzen."
        yield _shown(line, found.end(), new, "Nach dem Doppelpunkt fehlt ein Leerzeichen.", hint)


def _tab(rows: Sequence[str], line: int) -> Iterator[Repair]:
    row = rows[line - 1]
    blank = row[: len(row) - len(row.lstrip())]
    if "\t" not in blank:
        return
    message = "Die Zeile ist mit Tabulatoren eingerückt; YAML erlaubt nur Leerzeichen."
    for width in dict.fromkeys([len(blank.replace("\t", "  ")), *_columns(rows, line)]):
        hint = f"Die Zeile mit {width} Leerzeichen statt der Tabulatoren beginnen."
        yield Repair(line, 1, " " * width + row.lstrip(), message, hint)


def _sum(rows: Sequence[str], line: int) -> Iterator[Repair]:
    """`12.000,- €`: behind a comma in braces YAML takes the dash for the sign of a list."""
    row = rows[line - 1]
    if "{" in row and (found := _SUM.search(row)):
        new = f"{row[: found.start()]}{found[1].replace('.', '')}{row[found.end() :]}"
        message = f"„{found[0].strip()}“ steht hier wie auf Papier; eine Zahl hat keinen Strich und keine Einheit."
        yield _shown(line, found.start() + 1, new, message, "Nur die Ziffern schreiben.")


def _text(rows: Sequence[str], line: int) -> Iterator[Repair]:
    """A text that begins with a sign of YAML, or that holds one."""
    row = rows[line - 1]
    found = _VALUE.fullmatch(row)
    if found is None:
        return
    value = found[2]
    if value[0] in _BRACKETS and (value[-1] == _BRACKETS[value[0]] or _BRACKETS[value[0]] not in value):
        return
    new, message, hint = _in_quotes(value)
    yield _shown(line, 0, found[1] + new, message, hint)


def _in_quotes(value: str) -> tuple[str, str, str]:
    """A text in quotes, why it needs them, and what to do."""
    first, is_quoted = value[0], value[0] in "\"'"
    if is_quoted and value.count(first) == 1:
        hint = "Am Ende des Textes dasselbe Anführungszeichen setzen."
        return value + first, "Das Anführungszeichen, das hier beginnt, wird nicht geschlossen.", hint
    inner = value[1:-1] if is_quoted and value[-1] == first else value
    if is_quoted and "\\" in inner:
        message = "Zwischen doppelten Anführungszeichen hat der Schrägstrich \\ eine besondere Bedeutung."
        return quoted(inner), message, "Den Text in einfache Anführungszeichen setzen."
    if is_quoted:
        message = "Nach dem schließenden Anführungszeichen steht noch etwas."
        return quoted(inner), message, "Den ganzen Text in Anführungszeichen setzen, die er nicht selbst enthält."
    message = "Der Text enthält Zeichen, die in YAML etwas bedeuten, und muss deshalb in Anführungszeichen stehen."
    if first in _RESERVED:
        message = f"Mit „{first}“ kann ein Text in YAML nicht beginnen."
    elif ": " in f"{value} ":
        message = "Der Text enthält einen Doppelpunkt und muss deshalb in Anführungszeichen stehen."
    return quoted(inner), message, "Den ganzen Text in Anführungszeichen setzen."


def _inside(rows: Sequence[str], line: int) -> Iterator[Repair]:
    """A text in brackets that holds a sign of YAML."""
    row = new = rows[line - 1]
    first = len(row)
    for piece in reversed(list(_PIECE.finditer(row))):
        if " #" in piece[2] or ": " in f"{piece[2]} ":
            new = f"{new[: piece.start(2)]}{quoted(piece[2])}{new[piece.end(2) :]}"
            first = piece.start(2)
    sign = "#" if " #" in row else "Doppelpunkt"
    message = f"In der Klammer steht ein Text mit {sign}; er muss deshalb in Anführungszeichen stehen."
    yield _shown(line, first + 1, new, message, "Diesen Text in Anführungszeichen setzen.")


def _comma(rows: Sequence[str], line: int) -> Iterator[Repair]:
    row = rows[line - 1]
    found = [found for found in _UNPARTED.finditer(row) if found[2] in every_key()]
    if "{" not in row or not found:
        return
    new = f"{row[: found[0].start()]}, {row[found[0].end() :]}"
    if not found[0][1]:
        yield _shown(line, found[0].start() + 1, new, "In der Klammer fehlt ein Komma.", "Ein Komma ergänzen.")
        return
    for match in reversed(found):  # who writes one writes them all
        row = f"{row[: match.start()]}, {row[match.end() :]}" if match[1] else row
    message = "In der Klammer steht ein Semikolon; zwischen den Angaben braucht sie Kommas."
    yield _shown(line, found[0].start() + 1, row, message, "Kommas statt der Semikolons schreiben.")


def _bracket(rows: Sequence[str], line: int) -> Iterator[Repair]:
    row = rows[line - 1]
    for opening, closing in _BRACKETS.items():
        if row.count(opening) > row.count(closing):
            column = row.index(opening) + 1
            message = "Die Klammer, die hier beginnt, wird nicht geschlossen."
            yield _shown(line, column, f"{row.rstrip()}{closing}", message, "Am Ende die Klammer schließen.")
            end = max(row.rfind(sign) for sign in _BRACKETS.values())  # of "[{a: b]" inside the other one
            if end > 0:
                yield _shown(line, column, row[:end] + closing + row[end:], message, "Die Klammer schließen.")


def _indentation(rows: Sequence[str], line: int) -> Iterator[Repair]:
    row = rows[line - 1]
    own = len(row) - len(row.lstrip(" "))
    above = next((other for other in reversed(rows[: line - 1]) if other.strip()), "")
    if _BLOCK.search(above):
        width = len(above) - len(above.lstrip(" -")) + 2
        message = "Der Text ist nicht weiter eingerückt als der Schlüssel darüber."
        hint = f"Die Zeile mit {width} statt {own} Leerzeichen beginnen, ebenso die Zeilen, die dazugehören."
        yield Repair(line, 0, " " * width + row.lstrip(), message, hint)
    if not _ENTRY.match(row):
        return
    for width in sorted(_columns(rows, line), key=lambda column: abs(column - own)):
        message = "Die Zeile ist anders eingerückt als die Angaben, zu denen sie gehört."
        hint = f"Die Zeile mit {width} statt {own} Leerzeichen beginnen."
        yield Repair(line, 0, " " * width + row.lstrip(), message, hint)


def _columns(rows: Sequence[str], line: int) -> Iterator[int]:
    """Where the lines above begin, and their keys behind a dash."""
    for above in reversed(rows[max(0, line - 1 - NEAR) : line - 1]):
        if above.strip() and not above.lstrip().startswith("#"):
            yield len(above) - len(above.lstrip(" "))
            yield len(above) - len(above.lstrip(" -"))
