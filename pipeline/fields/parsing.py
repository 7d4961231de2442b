"""Words as the documents print them, or as a person writes them, in; values of the data out.

The other half of `wording`: what is printed there is read here. Raises Unread where a text says no such value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from pipeline.fields.shown import Unread, bare, meant, typed
from pipeline.fields.wording import SINGULAR
from schema.entities import TO_BE_COLLECTED
from schema.time import MONTHS, ONGOING, Period, parse_period
from schema.vocabulary import EffortUnit, FundingState, Recurrence, Vocabulary

Values = Mapping[str, str | None]
"""Keys of the data with what they say; None where the documents show that there is nothing. What they do not show at
all, like the date of a value that is still open, has no key."""
Choice = TypeVar("Choice", bound=Vocabulary)

_NUMBER = r"[-–−]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[-–−]?\d+(?:[.,]\d+)?"
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_QUARTER = re.compile(r"q ?([1-4]) ?/? ?(\d{4})|([1-4])\. ?quartal,? ?(\d{4})")
_MONTH_NUMBER = re.compile(r"(\d{1,2})[./](\d{4})")
_MONTH_NAME = re.compile(r"([^\W\d]{3,9})\.? (\d{4})")
_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_DAY_NAME = re.compile(r"(\d{1,2})\. ?([^\W\d]{3,9})\.? (\d{4})")
_SPAN = re.compile(r"(?:von )?(.+?)(?: (?:-|–|—|bis) | ?[–—] ?|(?<=\d{4})-(?=\d{4}|[qQ]))(?:bis )?(.+)")
_ONGOING = re.compile(r"(?:ab |von )?(.+?),?(?: ?(?:-|–|—|bis))? " + ONGOING, re.IGNORECASE)
_EFFORT = re.compile(rf"({_NUMBER}) ?(.+?)(?: \(?(\d{{4}})\)?)?")
_FUNDING = re.compile(rf"(.+?)(?: ({_NUMBER}) ?%)? ?\(([^()]*)\)")
_VALUE = re.compile(rf"({_NUMBER})(?: (.*)|(%.*)|)")
_YEARLY = ("pro jahr", "im jahr", "je jahr", "p. a.", "p.a.")
_EURO = ("€", "eur")

PERIOD_HELP = "möglich sind Q1 2027, 2027-03 oder 2027."


def period(text: str) -> Period:
    """`Q1 2027`, `März 2027`, `2027-03`, `03/2027`, `2027`."""
    words = bare(text)
    try:
        if match := _QUARTER.fullmatch(words):
            return parse_period(f"Q{match[1] or match[3]} {match[2] or match[4]}")
        if (match := _MONTH_NUMBER.fullmatch(words)) and 1 <= int(match[1]) <= len(MONTHS):
            return parse_period(f"{match[2]}-{int(match[1]):02}")
        if (match := _MONTH_NAME.fullmatch(words)) and (month := _month(match[1])):
            return parse_period(f"{match[2]}-{month:02}")
        return parse_period(words)
    except ValueError as error:
        raise Unread(f"„{typed(text)}“ ist kein Zeitpunkt; {PERIOD_HELP}") from error


def _month(name: str) -> int:
    return next((number for number, month in enumerate(MONTHS, 1) if month.casefold().startswith(name)), 0)


def span(text: str) -> tuple[str, str]:
    """The keys of beginning and end: `Q1 2027 – Q4 2029`, `ab Q1 2027, fortlaufend`, `2027`."""
    words = typed(text)
    if match := _ONGOING.fullmatch(words):
        return period(match[1]).key, ONGOING
    if words.casefold().startswith("ab "):
        return period(words[3:]).key, ONGOING
    try:
        single = period(words).key
    except Unread:
        match = _SPAN.fullmatch(words)
        if match is None:
            help_ = "möglich sind „Q1 2027 – Q4 2029“, „ab Q1 2027, fortlaufend“ oder „2027“."
            raise Unread(f"„{words}“ ist kein Zeitraum; {help_}") from None
        return period(match[1]).key, period(match[2]).key
    return single, single


def day(text: str) -> str:
    """`22.11.2026`, `22. November 2026` or `2026-11-22`, as it stands in the data."""
    words = typed(text)
    try:
        if match := _DAY.fullmatch(words):
            return dt.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        if match := _DAY_NAME.fullmatch(words):
            return dt.date(int(match[3]), _month(match[2].casefold()), int(match[1])).isoformat()
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return dt.date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    raise Unread(f"„{words}“ ist kein Tag; möglich sind 22.11.2026 oder 2026-11-22.")


def number(text: str) -> str:
    """`15.000`, `12,5`, as it stands in the data."""
    words = typed(text).translate(str.maketrans("–−", "--"))
    if not re.fullmatch(_NUMBER, words):
        raise Unread(f"„{words}“ ist keine Zahl; möglich sind 12, 12,5 oder 15.000.")
    if _THOUSANDS.fullmatch(words):
        words = words.replace(".", "")
    whole, _, fraction = format(Decimal(words.replace(",", ".")), "f").partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return whole
    comma = len(fraction) == 3  # noqa: PLR2004 - `1.234` could be read two ways, so the data refuse it
    return f"{whole}{',' if comma else '.'}{fraction}"


def choice(text: str, kind: type[Choice], name: str) -> Choice:
    """One of a closed list by its label or its key."""
    words = bare(text)
    for item in kind:
        if words in (bare(item.label), item.value, item.value.replace("_", " ")):
            return item
    labels = [item.label for item in kind]
    hint = meant(text, labels)
    listed = "möglich sind " + ", ".join(labels[:-1]) + f" oder {labels[-1]}"
    joint = f"{hint} {listed[0].upper()}{listed[1:]}." if hint.endswith("?") else f"; {listed}."
    raise Unread(f"„{typed(text)}“ passt nicht zu „{name}“{joint}")


def effort(text: str) -> Values:
    """`15.000 Euro einmalig (2027)`."""
    words = typed(text)
    match = _EFFORT.fullmatch(words)
    unit, recurrence = _effort_words(bare(match[2])) if match else (None, None)
    if match is None or unit is None or recurrence is None:
        help_ = "geschrieben wird er so: „15.000 Euro einmalig (2027)“ oder „20 Personentage jährlich“."
        raise Unread(f"„{words}“ ist kein Aufwand; {help_}")
    return {"betrag": number(match[1]), "einheit": unit.value, "turnus": recurrence.value, "jahr": match[3]}


def _effort_words(words: str) -> tuple[EffortUnit | None, Recurrence | None]:
    names = [(bare(name), unit) for unit in EffortUnit for name in (unit.label, SINGULAR.get(unit, ""), unit.value)]
    names += [(name, EffortUnit.EURO) for name in _EURO]
    often = [(bare(name), item) for item in Recurrence for name in (item.label, item.value)]
    often += [(name, Recurrence.YEARLY) for name in _YEARLY]
    for name, unit in names:
        if name and words.startswith(f"{name} "):
            return unit, dict(often).get(words[len(name) + 1 :])
    return None, None


def funding(text: str) -> Values:
    """`Haushalt 40 % (beantragt)`."""
    words = typed(text)
    match = _FUNDING.fullmatch(words)
    if match is None:
        help_ = "geschrieben wird sie so: „Haushalt 40 % (beantragt)“, am Ende gesichert, beantragt oder offen."
        raise Unread(f"„{words}“ ist keine Finanzierung; {help_}")
    state = choice(match[3], FundingState, "Stand der Finanzierung")
    return {"quelle": match[1], "anteil": number(match[2]) if match[2] else None, "stand": state.value}


def milestone(text: str) -> Values:
    """`Q2 2027 Stelle benannt`, a tab or a colon between."""
    lead, tab, title = text.strip().partition("\t")
    if not tab:
        words = typed(text).split(" ")
        count = next((size for size in (3, 2, 1) if len(words) > size and _is_period(" ".join(words[:size]))), 0)
        lead, title = " ".join(words[:count]), " ".join(words[count:])
    if not lead.strip() or not title.strip():
        help_ = "geschrieben wird er so: „Q2 2027 Stelle benannt“."
        raise Unread(f"„{typed(text)}“ ist kein Meilenstein mit Termin und Titel; {help_}")
    return {"termin": period(lead.strip().rstrip(":")).key, "titel": typed(title)}


def _is_period(text: str) -> bool:
    try:
        period(text.rstrip(":"))
    except Unread:
        return False
    return True


def baseline(text: str) -> Values:
    """`10 Tage` and, on a line of its own, `Q1 2026`; `noch zu erheben`."""
    if bare(text) == TO_BE_COLLECTED:
        return {"ausgangswert": TO_BE_COLLECTED}
    value, date = _value_and_date(text)
    amount, unit = _amount(value, f"ein Ausgangswert; möglich sind „10 Tage“ oder „{TO_BE_COLLECTED}“.")
    return {"ausgangswert": amount, "datum": period(date).key if date else None, "einheit": unit}


def target(text: str) -> Values:
    """`3 Tage` and `bis Q4 2028`; nothing where it is still open."""
    value, date = _value_and_date(text)
    if not date and (match := re.fullmatch(r"(.+) bis (.+)", value)) and _is_period(match[2]):
        value, date = match[1], match[2]
    amount, unit = _amount(value, "ein Zielwert; möglich ist „3 Tage“, darunter „bis Q4 2028“.")
    date = re.sub(r"^bis ", "", date, flags=re.IGNORECASE)
    return {"zielwert": amount, "zieldatum": period(date).key if date else None, "einheit": unit}


def _value_and_date(text: str) -> tuple[str, str]:
    value, _, date = text.strip().replace("\v", "\n").partition("\n")
    return typed(value), typed(date)


def _amount(value: str, no: str) -> tuple[str, str]:
    match = _VALUE.fullmatch(value)
    if match is None:
        raise Unread(f"„{value}“ ist nicht {no}".replace("ist nicht ein", "ist kein"))
    return number(match[1]), match[2] or match[3] or ""
