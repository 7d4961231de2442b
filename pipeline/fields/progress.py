"""What a measure brings and how it stands: effects in figures, dated status notes; shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.fields.dates import is_moment, read_moment, read_period
from pipeline.fields.kind import Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import NUMBER, number
from pipeline.fields.shown import Unread, bare, typed
from pipeline.fields.words import Piece, Words, words
from pipeline.text import typography
from pipeline.text.typography import typeset_line
from schema import values
from schema.vocabulary import NoteState

_EFFECT: Final = re.compile(rf"(.+): ?({NUMBER})(?![\d.,])(?: ?([^:()]*?))?(?: \(bis ([^()]+)\))?")
_LONGEST_DATE: Final = 3  # words: 15. März 2027


class Effect(Record):
    """How much of something a measure brings: `CO₂: -120 t im Jahr (bis 2030)`."""

    model = values.Effect

    def write(self, value: values.Effect, names: PlanNames) -> tuple[Words, ...]:
        amount = f"{typography.number(value.amount)} {value.unit}".strip()
        until = f" (bis {value.until.label})" if value.until else ""
        return (words(f"{value.quantity}: {amount}{until}"),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = typed(" ".join(cells))
        match = _EFFECT.fullmatch(text)
        if match is None:
            help_ = "geschrieben wird sie so: „CO₂: -120 t im Jahr (bis 2030)“."
            raise Unread(f"„{text}“ ist keine Wirkung in Zahlen; {help_}")
        until = read_period(match[4]).key if match[4] else None
        return {"groesse": match[1], "betrag": number(match[2]), "einheit": match[3] or None, "bis": until}


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

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = " ".join(cells)
        date, rest = _dated(text)
        state, rest = _stated(rest)
        if not date or state is None:
            states = ", ".join(item.label for item in NoteState)
            help_ = f"geschrieben wird er so: „15.03.2027 im Plan: Die Stelle ist besetzt.“; möglich sind {states}."
            raise Unread(f"„{typed(text)}“ ist kein Sachstand; {help_}")
        author, said = _authored(rest, names)
        return {"datum": read_moment(date), "zustand": state.value, "text": said or None, "verfasser": author}


def _dated(text: str) -> tuple[str, str]:
    """The date, and what is said of it: behind a tab, else the longest beginning that is a date."""
    lead, tab, rest = text.strip().partition("\t")
    if tab:
        return lead.strip().rstrip(":"), typed(rest)
    pieces = typed(text).split(" ")
    sizes = (size for size in range(_LONGEST_DATE, 0, -1) if len(pieces) > size)
    count = next((size for size in sizes if is_moment(" ".join(pieces[:size]).rstrip(":"))), 0)
    return " ".join(pieces[:count]).rstrip(":"), " ".join(pieces[count:])


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
