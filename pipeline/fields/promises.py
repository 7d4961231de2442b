"""What is promised for a day: milestones, and commitments of actors; shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.fields.dates import read_day, short_day
from pipeline.fields.kind import NO_ITEM, Item, OpenWhileEmpty, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.periods import begins_with_date, led_by_date, read_period
from pipeline.fields.shown import Unread, bare, shown, typed
from pipeline.fields.words import Piece, Words, words
from pipeline.text.likeness import MISSPELT, nearest
from pipeline.text.typography import typeset_line
from schema import values

_BODY: Final = "entscheidet: "
_DECIDES: Final = ("entscheidet", "gremium")
_BY_BODY: Final = re.compile(r"(.+?) ?\((?:entscheidet|gremium): ?(.+)\)", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\(([^\W\d]+)\b")
_MAY_DECIDE: Final = re.compile(r"[(\[][^()\[\]]*[:;]|\b(?:entscheidet|gremium) ?[:;]", re.IGNORECASE)
_BY_WHEN: Final = re.compile(r"^\s*(?:bis(?: zum)?|im) (?=\S)", re.IGNORECASE)
_COMMITMENT: Final = re.compile(r"(.+?)[,;: (–—-]+(?:(?:am|vom) )?(\d[^,;()]*\d)\)?")


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

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = " ".join(cells)
        due, title = led_by_date(_BY_WHEN.sub("", text, count=1), read_period)
        if not due or not title:
            help_ = "geschrieben wird er so: „Q2 2027 Stelle benannt“."
            raise Unread(f"„{typed(text)}“ ist kein Meilenstein mit Termin und Titel; {help_}")
        termin = read_period(due).key
        if shown(title) == shown(str(was.get("titel") or "")) and not was.get("gremium"):
            return {"termin": termin, "titel": title, "gremium": None}  # whatever it looks like
        match = _BY_BODY.fullmatch(title)
        body = _body(match[2], names, str(was.get("gremium") or "")) if match else None
        title = match[1] if match else title
        if shown(title) != shown(str(was.get("titel") or "")):
            _refuse_more(title, typed(text))
        return {"termin": termin, "titel": title, "gremium": body}


def _refuse_more(title: str, text: str) -> None:
    """Raises Unread for a title that holds another date, or the body that decides, written otherwise."""
    if begins_with_date(title):
        raise Unread(f"„{text}“ nennt zwei Termine; ein Meilenstein hat einen: „Q2 2027 Stelle benannt“.")
    if _MAY_DECIDE.search(title) or any(nearest(bare(word), _DECIDES, MISSPELT) for word in _BRACKET.findall(title)):
        help_ = "am Ende steht „(entscheidet: Rat der Stadt)“."
        raise Unread(f"In „{text}“ ist nicht klar, wer entscheidet; {help_}")


def _body(text: str, names: PlanNames, was: str) -> str:
    """The ID of the actor that a text names, else the text: many a body has no task in the plan.

    Raises Unread for a text with brackets, which no such name may have, and for the misspelt name of the actor that
    decided before: it would lose the date.
    """
    try:
        return names.actor(text)
    except Unread:
        misspelt = nearest(bare(text), [bare(name) for name in names.actors.get(was, ()) if name], MISSPELT)
        if misspelt or "(" in text or ")" in text:
            raise
        return typed(text)


class Commitment(OpenWhileEmpty, Record):
    """Who has committed, and on which day."""

    model = values.Commitment

    def write(self, value: values.Commitment, names: PlanNames) -> tuple[Words, ...]:
        return (words(f"{names.actor_name(value.actor)}, {short_day(value.date)}"),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = typed(" ".join(cells))
        match = _COMMITMENT.fullmatch(text)
        if match is None:
            raise Unread(f"„{text}“ ist keine Zusage mit Akteur und Tag; geschrieben wird sie so: „Rat, 22.11.2026“.")
        return {"akteur": names.actor(match[1]), "datum": read_day(match[2])}
