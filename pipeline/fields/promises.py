"""What is promised for a day: milestones, and commitments of actors; shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.fields.dates import is_period, read_day, read_period, short_day
from pipeline.fields.kind import OpenWhileEmpty, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, typed
from pipeline.fields.words import Piece, Words, words
from pipeline.text.typography import typeset_line
from schema import values

_BODY: Final = "entscheidet: "
_BY_BODY: Final = re.compile(rf"(.+?) ?\((?:{_BODY.strip()}|gremium:) ?([^()]+)\)", re.IGNORECASE)
_COMMITMENT: Final = re.compile(r"(.+?)[, (]+(\d[^,()]*\d)\)?")


class Milestone(OpenWhileEmpty, Record):
    """What is there by when. The date leads the line; a tab, a colon or just a space stands behind it.

    Where a body decides then, it stands in brackets at the end: `Konzept vorgelegt (entscheidet: Rat der Stadt)`.
    """

    model = values.Milestone

    def write(self, value: values.Milestone, names: PlanNames) -> tuple[Words, ...]:
        title = words(value.title, lead=value.due.label)
        if not value.body:
            return (title,)
        known = value.body in names.actors
        body = Piece(typeset_line(names.actor_name(value.body)), value.body if known else "")
        return (Words((*title.pieces, Piece(typeset_line(f" ({_BODY}")), body, Piece(")")), lead=title.lead),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = " ".join(cells)
        lead, tab, title = text.strip().partition("\t")
        if not tab:  # then the longest beginning that is a point in time leads: „2. Quartal 2027 Stelle benannt“
            pieces = typed(text).split(" ")
            sizes = (size for size in (3, 2, 1) if len(pieces) > size)
            count = next((size for size in sizes if is_period(" ".join(pieces[:size]).rstrip(":"))), 0)
            lead, title = " ".join(pieces[:count]), " ".join(pieces[count:])
        if not lead.strip() or not title.strip():
            help_ = "geschrieben wird er so: „Q2 2027 Stelle benannt“."
            raise Unread(f"„{typed(text)}“ ist kein Meilenstein mit Termin und Titel; {help_}")
        match = _BY_BODY.fullmatch(typed(title))
        return {
            "termin": read_period(lead.strip().rstrip(":")).key,
            "titel": match[1] if match else typed(title),
            "gremium": _body(match[2], names) if match else None,
        }


def _body(text: str, names: PlanNames) -> str:
    """The ID of the actor that a text names, else the text: many a body has no task in the plan."""
    try:
        return names.actor(text)
    except Unread:
        return typed(text)


class Commitment(OpenWhileEmpty, Record):
    """Who has committed, and on which day."""

    model = values.Commitment

    def write(self, value: values.Commitment, names: PlanNames) -> tuple[Words, ...]:
        return (words(f"{names.actor_name(value.actor)}, {short_day(value.date)}"),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = typed(" ".join(cells))
        match = _COMMITMENT.fullmatch(text)
        if match is None:
            raise Unread(f"„{text}“ ist keine Zusage mit Akteur und Tag; geschrieben wird sie so: „Rat, 22.11.2026“.")
        return {"akteur": names.actor(match[1]), "datum": read_day(match[2])}
