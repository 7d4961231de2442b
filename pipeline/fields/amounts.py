"""What a measure costs, and where the money comes from: shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
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
from schema import values
from schema.vocabulary import EffortUnit, FundingState, Recurrence

_SINGULAR: Final[Mapping[EffortUnit, str]] = MappingProxyType(
    {EffortUnit.PERSON_DAYS: "Personentag", EffortUnit.POSTS: "Stelle"}
)
_YEARLY: Final = ("pro jahr", "im jahr", "je jahr", "p. a.", "p.a.")
_EURO: Final = ("€", "eur")
_EFFORT: Final = re.compile(rf"(?:({NUMBER})(?: ?[-–—] ?| bis ))?({NUMBER}) ?([^\d\s].*?)(?: \(?(\d{{4}})\)?)?")
# Half a post is said in words: "0,5 Stellen" is read as a count, and nobody has half of one. "½ Stelle" is typed too.
_HALF: Final = Decimal("0.5")
_HALF_POST: Final = "eine halbe Stelle"
_HALF_TYPED: Final = re.compile(r"(?:(?:eine|1) halbe|halbe|(?:1 )?½) (?=stellen?\b)", re.IGNORECASE)
_NO_AMOUNT: Final = re.compile(r"[^\d\W]")  # what words in place of an amount begin with
# The source may hold numbers and brackets itself: „Förderung 2027 (Land) 40 % (beantragt)“. Only a number with a
# percent sign right before the last brackets is the share.
_FUNDING: Final = re.compile(rf"(.+?)(?: ({NUMBER}) ?%)? ?\(([^()]*)\)")


class Effort(OpenWhileEmpty, Record):
    """What it costs in money or work."""

    model = values.Effort

    def write(self, value: values.Effort, names: PlanNames) -> tuple[Words, ...]:
        return (words(effort_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = typed(" ".join(cells))
        match = _EFFORT.fullmatch(_HALF_TYPED.sub("0,5 ", text, count=1) if _HALF_TYPED.match(text) else text)
        unit, recurrence = _unit_and_recurrence(bare(match[3])) if match else (None, None)
        if match is not None and unit is not None and recurrence is not None:
            least, most = (match[1], match[2]) if match[1] else (match[2], None)
            amounts = {"betrag": number(least), "betrag_bis": number(most) if most else None}
            return {**amounts, "einheit": unit.value, "turnus": recurrence.value, "jahr": match[4], "text": None}
        if _NO_AMOUNT.match(text):
            return {**dict.fromkeys(("betrag", "betrag_bis", "einheit", "turnus", "jahr")), "text": text}
        help_ = "geschrieben wird er so: „15.000 Euro einmalig (2027)“ oder „20 bis 30 Personentage jährlich“."
        raise Unread(f"„{text}“ ist kein Aufwand; {help_}")


def effort_text(effort: values.Effort) -> str:
    """`15.000 Euro einmalig (2027)`, `10 bis 15 Stellen jährlich`, `eine halbe Stelle jährlich`.

    Words where no amount is known.
    """
    if effort.amount is None or effort.unit is None or effort.recurrence is None:
        return typeset_line(effort.text)
    when = f" ({effort.year})" if effort.year else ""
    if effort.unit is EffortUnit.POSTS and effort.amount == _HALF and effort.amount_to is None:
        return typeset_line(f"{_HALF_POST} {effort.recurrence.label}{when}")
    several = f"{typography.number(effort.amount)} bis " if effort.amount_to is not None else ""
    amount = effort.amount if effort.amount_to is None else effort.amount_to
    unit = _SINGULAR.get(effort.unit, effort.unit.label) if amount == 1 else effort.unit.label
    return typeset_line(f"{several}{typography.number(amount)} {unit} {effort.recurrence.label}{when}")


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
    """A source of money, with its share and how sure it is. On what condition it counts is told apart from it."""

    model = values.Funding

    def write(self, value: values.Funding, names: PlanNames) -> tuple[Words, ...]:
        return (words(funding_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        text = typed(" ".join(cells))
        match = _FUNDING.fullmatch(text)
        if match is None:
            help_ = "geschrieben wird sie so: „Haushalt 40 % (beantragt)“, am Ende gesichert, beantragt oder offen."
            raise Unread(f"„{text}“ ist keine Finanzierung; {help_}")
        state = choice(match[3], FundingState, "Stand der Finanzierung")
        return {"quelle": match[1], "anteil": number(match[2]) if match[2] else None, "stand": state.value}


def funding_text(funding: values.Funding) -> str:
    """`Haushalt 40 % (beantragt)`."""
    share = f" {typography.number(funding.share)} %" if funding.share is not None else ""
    return typeset_line(f"{funding.source}{share} ({funding.state.label})")
