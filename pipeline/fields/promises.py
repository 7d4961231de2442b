"""What is promised for a day: milestones, and commitments of actors; shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.fields.dates import is_period, read_day, read_period, short_day
from pipeline.fields.kind import OpenWhileEmpty, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, typed
from pipeline.fields.words import Words, words
from schema import values

_COMMITMENT: Final = re.compile(r"(.+?)[, (]+(\d[^,()]*\d)\)?")


class Milestone(OpenWhileEmpty, Record):
    """What is there by when. The date leads the line; a tab, a colon or just a space stands behind it."""

    model = values.Milestone

    def write(self, value: values.Milestone, names: PlanNames) -> tuple[Words, ...]:
        return (words(value.title, lead=value.due.label),)

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
        return {"termin": read_period(lead.strip().rstrip(":")).key, "titel": typed(title)}


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
