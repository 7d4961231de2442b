"""What a measure brings, how it stands, what it has cost: effects, dated notes, money spent; each on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.fields.dates import read_moment
from pipeline.fields.kind import NO_ITEM, Item, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import NUMBER, SPACED_NUMBER, Number, number
from pipeline.fields.periods import led_by_date, read_end
from pipeline.fields.shown import Unclear, Unread, bare, shown, typed
from pipeline.fields.units import unit, until
from pipeline.fields.words import Piece, Words, words
from pipeline.text import typography
from pipeline.text.typography import typeset_line
from schema import values
from schema.vocabulary import EffortUnit, NoteState

_EFFECT: Final = re.compile(rf"(.+): ?({SPACED_NUMBER})(?![\d.,])(?: ?([^:()]*?))?(?: \(bis ([^()]+)\))?")
_ACTUAL: Final = re.compile(r"(?:ist(?:wert)?,? )?([^:]+): ?(.+)", re.IGNORECASE)
_SPENT: Final = re.compile(r"((?:19|2[012])\d\d) ?[:–—-] ?(.+)")
_EURO: Final = Number(unit=EffortUnit.EURO.label)
_ANOTHER: Final = re.compile(rf": ?(?:{NUMBER})(?!\w)")  # in what is named before the number: „Läden: 5: 3“


class Effect(Record):
    """How much of something a measure brings: `CO₂: -120 t im Jahr (bis 2030)`."""

    model = values.Effect

    def write(self, value: values.Effect, names: PlanNames) -> tuple[Words, ...]:
        amount = f"{typography.number(value.amount)} {value.unit}".strip()
        end = f" (bis {value.until.label})" if value.until else ""
        return (words(f"{value.quantity}: {amount}{end}"),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text, own = typed(" ".join(cells)), str(was.get("einheit") or "")
        match = _EFFECT.fullmatch(text)
        quantity = match[1] if match else ""
        another = _ANOTHER.search(quantity) and shown(quantity) != shown(str(was.get("groesse") or ""))
        if match is None or another:
            help_ = "geschrieben wird sie so: „CO₂: -120 t im Jahr (bis 2030)“."
            raise Unread(f"„{text}“ ist keine Wirkung in Zahlen; {help_}")
        counted, end = match[3] or "", read_end(match[4]) if match[4] else None
        if end is None:
            counted, end = until(f"{match[2]} {counted}".strip(), own)
            counted = counted.removeprefix(match[2]).strip()
        amounts = {"betrag": number(match[2]), "einheit": unit(counted, own) or None}
        return {"groesse": quantity, **amounts, "bis": end.key if end else None}


class Actual(Record):
    """What an indicator was measured at: `Ist Q4 2027: 64`, in the unit of the indicator."""

    model = values.Actual

    def write(self, value: values.Actual, names: PlanNames) -> tuple[Words, ...]:
        return (words(actual_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        return read_actual(" ".join(cells))


def actual_text(value: values.Actual) -> str:
    """`Ist Q4 2027: 64`."""
    return f"Ist {value.date.label}: {typography.number(value.value)}"


def read_actual(line: str) -> dict[str, str]:
    """What such a line says, as it stands in the data. Raises Unread."""
    text = typed(line)
    match = _ACTUAL.fullmatch(text)
    if match is None:
        raise Unread(f"„{text}“ ist kein Istwert; geschrieben wird er so: „Ist Q4 2027: 64“.")
    return {"datum": read_moment(match[1]), "wert": number(match[2])}


def is_actual(line: str) -> bool:
    """Whether a line says what was measured when: `Ist Q4 2027: 64`, `31.12.2027: 64`."""
    match = _ACTUAL.fullmatch(typed(line))
    if match is None:
        return False
    try:
        read_moment(match[1])
    except Unread:
        return typed(line).casefold().startswith("ist")
    return True


class Spending(Record):
    """What a year has cost: `2027: 12.000 Euro`."""

    model = values.Spending

    def write(self, value: values.Spending, names: PlanNames) -> tuple[Words, ...]:
        return (words(f"{value.year}: {typography.number(value.amount)} Euro"),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = typed(" ".join(cells))
        match = _SPENT.fullmatch(text)
        if match is None:
            raise Unread(f"„{text}“ sagt keine Ausgabe eines Jahres; geschrieben wird sie so: „2027: 12.000 Euro“.")
        return {"jahr": match[1], "euro": _EURO.read([match[2]], names, "Euro")}


class StatusNote(Record):
    """How it stood when. The date leads the line: `15.03.2027 verzögert (Amt): Die Stelle ist unbesetzt.`"""

    model = values.StatusNote

    def write(self, value: values.StatusNote, names: PlanNames) -> tuple[Words, ...]:
        pieces = [Piece(value.state.label)]
        if value.author:
            pieces += [Piece(" ("), Piece(typeset_line(names.actor_name(value.author)), value.author), Piece(")")]
        if value.text:
            pieces.append(Piece(typeset_line(f": {value.text}")))
        return (Words(tuple(pieces), typeset_line(value.date.label)),)

    def entries(self, line: str) -> list[str]:
        """A line that begins with no date goes on with what is said at the one before."""
        found: list[str] = []
        for piece in super().entries(line):
            if found and not _is_dated(piece):
                found[-1] = f"{found[-1]} {piece}"
            else:
                found.append(piece)
        return found

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = " ".join(cells)
        date, rest = led_by_date(text, read_moment)
        state, rest = _stated(rest)
        if not date or state is None:
            states = ", ".join(item.label for item in NoteState)
            help_ = f"geschrieben wird er so: „15.03.2027 im Plan: Die Stelle ist besetzt.“; möglich sind {states}."
            raise Unread(f"„{typed(text)}“ ist kein Sachstand; {help_}")
        author, said = _authored(rest, names)
        second, further = _stated(said)
        if second is not None and further.startswith((":", "(")) and shown(said) != shown(str(was.get("text") or "")):
            raise Unread(f"„{typed(text)}“ nennt zwei Zustände; jeder Sachstand steht in einer eigenen Zeile.")
        return {"datum": read_moment(date), "zustand": state.value, "text": said or None, "verfasser": author}


def _is_dated(text: str) -> bool:
    try:
        return bool(led_by_date(text, read_moment)[0])
    except Unclear:
        return True


def _stated(text: str) -> tuple[NoteState | None, str]:
    """The state that a text begins with, and what follows it."""
    names = [(name, state) for state in NoteState for name in (state.label, state.value, state.value.replace("_", " "))]
    for name, state in sorted(names, key=lambda pair: -len(pair[0])):
        if bare(text[: len(name)]) == bare(name) and not text[len(name) :][:1].isalnum():
            return state, text[len(name) :].strip()
    return None, text


def _authored(text: str, names: PlanNames) -> tuple[str | None, str]:
    """Who says so, in brackets, and what, behind a colon. Of `(A (B)): C` the name is `A (B)`.

    Raises Unread where nobody is called so, or where something else stands between state and colon.
    """
    closings = [match.start() for match in re.finditer(r"\)(?=:|$)", text)] if text.startswith("(") else []
    for end in closings:
        try:
            return names.actor(text[1:end]), typed(text[end + 1 :].removeprefix(":"))
        except Unread:
            if end == closings[-1]:
                raise
    if text and not text.startswith((":", ".", ",", "–", "-")):
        raise Unread(f"„{text}“: Hinter dem Zustand steht ein Doppelpunkt, dann der Text.")
    return None, typed(text[1:])
