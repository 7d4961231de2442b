"""What a measure costs, and where the money comes from: shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pipeline.fields.choices import choice
from pipeline.fields.kind import OpenWhileEmpty, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import NUMBER, number
from pipeline.fields.shown import Unread, bare, typed
from pipeline.fields.words import Words, words
from pipeline.text import typography
from pipeline.text.typography import typeset_line
from schema import entities
from schema.vocabulary import EffortUnit, FundingState, Recurrence

_SINGULAR: Final[Mapping[EffortUnit, str]] = MappingProxyType(
    {EffortUnit.PERSON_DAYS: "Personentag", EffortUnit.POSTS: "Stelle"}
)
_YEARLY: Final = ("pro jahr", "im jahr", "je jahr", "p. a.", "p.a.")
_EURO: Final = ("€", "eur")
_EFFORT: Final = re.compile(rf"({NUMBER}) ?(.+?)(?: \(?(\d{{4}})\)?)?")
# The source may hold numbers and brackets itself: „Förderung 2027 (Land) 40 % (beantragt)“. Only a number with a
# percent sign right before the last brackets is the share.
_FUNDING: Final = re.compile(rf"(.+?)(?: ({NUMBER}) ?%)? ?\(([^()]*)\)")


class Effort(OpenWhileEmpty, Record):
    """What it costs in money or work."""

    model = entities.Effort

    def write(self, value: entities.Effort, names: PlanNames) -> tuple[Words, ...]:
        return (words(effort_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = typed(" ".join(cells))
        match = _EFFORT.fullmatch(text)
        unit, recurrence = _unit_and_recurrence(bare(match[2])) if match else (None, None)
        if match is None or unit is None or recurrence is None:
            help_ = "geschrieben wird er so: „15.000 Euro einmalig (2027)“ oder „20 Personentage jährlich“."
            raise Unread(f"„{text}“ ist kein Aufwand; {help_}")
        return {"betrag": number(match[1]), "einheit": unit.value, "turnus": recurrence.value, "jahr": match[3]}


def effort_text(effort: entities.Effort) -> str:
    """`15.000 Euro einmalig (2027)`."""
    unit = _SINGULAR.get(effort.unit, effort.unit.label) if effort.amount == 1 else effort.unit.label
    when = f" ({effort.year})" if effort.year else ""
    return typeset_line(f"{typography.number(effort.amount)} {unit} {effort.recurrence.label}{when}")


def _unit_and_recurrence(text: str) -> tuple[EffortUnit | None, Recurrence | None]:
    names = [(bare(name), unit) for unit in EffortUnit for name in (unit.label, _SINGULAR.get(unit, ""), unit.value)]
    names += [(name, EffortUnit.EURO) for name in _EURO]
    often = [(bare(name), item) for item in Recurrence for name in (item.label, item.value)]
    often += [(name, Recurrence.YEARLY) for name in _YEARLY]
    for name, unit in names:
        if name and text.startswith(f"{name} "):
            return unit, dict(often).get(text[len(name) + 1 :])
    return None, None


class Funding(OpenWhileEmpty, Record):
    """A source of money, with its share and how sure it is."""

    model = entities.Funding

    def write(self, value: entities.Funding, names: PlanNames) -> tuple[Words, ...]:
        return (words(funding_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = typed(" ".join(cells))
        match = _FUNDING.fullmatch(text)
        if match is None:
            help_ = "geschrieben wird sie so: „Haushalt 40 % (beantragt)“, am Ende gesichert, beantragt oder offen."
            raise Unread(f"„{text}“ ist keine Finanzierung; {help_}")
        state = choice(match[3], FundingState, "Stand der Finanzierung")
        return {"quelle": match[1], "anteil": number(match[2]) if match[2] else None, "stand": state.value}


def funding_text(funding: entities.Funding) -> str:
    """`Haushalt 40 % (beantragt)`."""
    share = f" {typography.number(funding.share)} %" if funding.share is not None else ""
    return typeset_line(f"{funding.source}{share} ({funding.state.label})")
