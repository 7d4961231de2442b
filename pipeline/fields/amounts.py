"""What a measure costs, and where the money comes from: shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from pipeline.fields.choices import choice
from pipeline.fields.kind import NO_ITEM, Item, OpenWhileEmpty, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import NUMBER, SPACED_NUMBER, number
from pipeline.fields.shown import Unread, bare, shown, typed, unclear
from pipeline.fields.words import Words, words
from pipeline.text import typography
from pipeline.text.likeness import MISSPELT, nearest
from pipeline.text.typography import typeset_line
from schema import values
from schema.vocabulary import EffortUnit, FundingState, Recurrence

_SINGULAR: Final[Mapping[EffortUnit, str]] = MappingProxyType(
    {EffortUnit.PERSON_DAYS: "Personentag", EffortUnit.POSTS: "Stelle"}
)
_UNITS: Final = (
    *((name, EffortUnit.EURO, 1) for name in ("€", "eur")),
    *((name, EffortUnit.EURO, 1_000) for name in ("t€", "k€", "teur", "tsd. euro", "tsd. €", "tausend euro")),
    *(
        (name, EffortUnit.EURO, 1_000_000)
        for name in ("mio. euro", "mio. €", "mio euro", "mio €", "million euro", "millionen euro")
    ),
    ("pt", EffortUnit.PERSON_DAYS, 1),
    ("vzä", EffortUnit.POSTS, 1),
    *(
        (name.casefold(), unit, 1)
        for unit in EffortUnit
        for name in (unit.label, _SINGULAR.get(unit, unit.label), unit.value)
    ),
)
"""What people write for a unit, the unit, and how many of it that is."""
_LONG_UNITS: Final = ("euro", "personentag", "personentage", "stelle", "stellen")  # misspelt they are still known
_OFTEN: Final[Mapping[str, Recurrence]] = MappingProxyType(
    {
        **{bare(name): item for item in Recurrence for name in (item.label, item.value)},
        **dict.fromkeys(("pro jahr", "im jahr", "je jahr", "jedes jahr", "/jahr", "/ jahr", "/a"), Recurrence.YEARLY),
        **dict.fromkeys(("p. a.", "p.a."), Recurrence.YEARLY),
    }
)
_SUM: Final = rf"({SPACED_NUMBER})(?:,[-–—]{{1,2}})?"  # 12.000,- too
_EFFORT: Final = re.compile(rf"(?:{_SUM}(?: ?[-–—] ?| bis ))?{_SUM} ?([^\d\s].*?)(?:,? (?:in )?\(?(\d{{4}})\)?)?")
# Half a post is said in words: "0,5 Stellen" is read as a count, and nobody has half of one. "½ Stelle" is typed too.
_HALF: Final = Decimal("0.5")
_HALF_POST: Final = "eine halbe Stelle"
_HALF_TYPED: Final = re.compile(r"(?:(?:eine|1) halbe|halbe|(?:1 )?½) (?=stellen?\b)", re.IGNORECASE)
_NO_AMOUNT: Final = re.compile(r"[^\d\W]")  # what words in place of an amount begin with
_ONE_TO_TWELVE: Final = (
    *("ein", "zwei", "drei", "vier", "fünf", "sechs"),
    *("sieben", "acht", "neun", "zehn", "elf", "zwölf"),
)
_IN_WORDS: Final = re.compile(rf"({'|'.join(_ONE_TO_TWELVE)})(?:(?<=ein)en?)?(?= )", re.IGNORECASE)
_SOME: Final = rf"\b(?:{'|'.join(_ONE_TO_TWELVE)}|eine[nr]?|halbe[nr]?)\b"
# What in words says how many there are of something, and what of: 15 T€, eine halbe Stelle, EUR 15.
_COUNTED: Final = re.compile(rf"(?:{NUMBER}) ?((?:[^\W\d]|€)+)|{_SOME} (\S+(?: \S+)?)", re.IGNORECASE)
_SUM_IN_WORDS: Final = re.compile(r"(?:€|\beuro?) ?\d|\d{1,3}[. ]\d{3}(?!\d)|\d{5}|halbe[nr]?\b", re.IGNORECASE)
_MANY: Final = ("tsd", "tausend", "mio", "million", "millionen", "mrd", "milliarden")
_CENTS: Final = 2  # digits
# The source may hold numbers and brackets itself: „Förderung 2027 (Land) 40 % (beantragt)“. Only a number with a
# percent sign right before the last brackets is the share.
_PERCENT: Final = r"(?:%|Prozent\b|v\. ?H\.|vH\b|vom Hundert\b)"
_SHARE: Final = rf"(\d+(?:[.,]\d+)?) ?{_PERCENT}"
_FUNDING: Final = re.compile(rf"(.+?)(?:(?: ?[,:;–—-])? {_SHARE})? ?\(([^()]*)\)", re.IGNORECASE)
_YEAR: Final = r"(?:19|20|21|22)\d\d"
# A percent sign behind a number, or a number at the end that is no year, with a word behind it or without one.
_SHARE_IN_SOURCE: Final = re.compile(
    rf"\d ?{_PERCENT}|(?<!§ )\b(?!{_YEAR}\b)\d[\d.,]*(?: ?[^\s\d]\S*)?$", re.IGNORECASE
)
_ABOUT: Final = re.compile(
    r"\b(?:ca|circa|rund|etwa|ungefähr|knapp|bis|bis zu|mind|mindestens|max|maximal|höchstens|über|unter|als)\.?$",
    re.IGNORECASE,
)
_MOST: Final = 100  # per cent


class Effort(OpenWhileEmpty, Record):
    """What it costs in money or work."""

    model = values.Effort

    def write(self, value: values.Effort, names: PlanNames) -> tuple[Words, ...]:
        return (words(effort_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = typed(" ".join(cells))
        match = _EFFORT.fullmatch(_in_digits(text))
        found = _unit_and_recurrence(bare(match[3])) if match else None
        if match is not None and found is not None:
            unit, times, recurrence = found
            least, most = (match[1], match[2]) if match[1] else (match[2], None)
            amounts = {"betrag": _times(least, times, unit), "betrag_bis": _times(most, times, unit) if most else None}
            year = match[4]
            if year and bare(match[3]).endswith("im jahr"):  # „20 Personentage im Jahr 2027“
                plain = text[: text.casefold().rindex(" im jahr")]
                raise unclear(text, f"„{plain} einmalig ({year})“", f"„{plain} jährlich“")
            if recurrence is None:
                recurrence, year = _as_it_was(text, unit, year, was)
            return {**amounts, "einheit": unit.value, "turnus": recurrence.value, "jahr": year, "text": None}
        if _NO_AMOUNT.match(text) and (shown(text) == shown(str(was.get("text") or "")) or not _holds_amount(text)):
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


def _in_digits(text: str) -> str:
    """`0,5 Stellen` of `eine halbe Stelle`, `2 Stellen` of `zwei Stellen`."""
    if _HALF_TYPED.match(text):
        return _HALF_TYPED.sub("0,5 ", text, count=1)
    match = _IN_WORDS.match(text)
    return f"{_ONE_TO_TWELVE.index(match[1].casefold()) + 1}{text[match.end() :]}" if match else text


def _unit_and_recurrence(text: str) -> tuple[EffortUnit, int, Recurrence | None] | None:
    """The unit, how many of it are meant, and how often, if that is said; None for other words."""
    for name, unit, times in _UNITS:
        rest = text.removeprefix(name)
        often = rest.strip(" ()")
        if rest != text and not rest[:1].isalnum() and (not often or often in _OFTEN):
            return unit, times, _OFTEN.get(often)
    return None


def _times(text: str, times: int, unit: EffortUnit) -> str:
    """A number of units: 15000 of `15` with the unit `T€`. Raises Unread where nobody can have so many."""
    found = number(text)
    if unit is EffortUnit.EURO and times == 1 and len(found.partition(".")[2]) > _CENTS:
        raise Unread(f"„{text} Euro“ ist kein Betrag; geschrieben wird er so: „15.000 Euro“ oder „12,50 Euro“.")
    return number(str(Decimal(found) * times).replace(".", ",")) if times > 1 else found


def _as_it_was(text: str, unit: EffortUnit, year: str | None, was: Item) -> tuple[Recurrence, str | None]:
    """How often and when, where only the amount was written anew. Raises Unclear where nobody has said it before."""
    if was.get("einheit") == unit.value and was.get("turnus"):
        kept = was.get("jahr")
        return choice(str(was["turnus"]), Recurrence, "Turnus"), year or (str(kept) if kept else None)
    plain = re.sub(r" \(?\d{4}\)?$", "", text)
    raise unclear(text, *(f"„{plain} {item.label}“" for item in Recurrence))


def _holds_amount(text: str) -> bool:
    """Whether words in place of an amount hold one, which would be in no sum: `ca. 15.000 Euro einmalig`.

    A unit may be misspelt, or run into its neighbour. In `Kosten nach Anlage 3` the number is none of anything.
    """
    if _SUM_IN_WORDS.search(text):
        return True
    if re.match(_SOME, text, re.IGNORECASE) and bare(text).endswith(tuple(_OFTEN)):
        return True
    counted = (word for match in _COUNTED.finditer(text) for word in (match[1] or match[2]).split(" "))
    return any(_may_be_unit(bare(word).rstrip(".,;)")) for word in counted)


def _may_be_unit(word: str) -> bool:
    known = [name for name, _, _ in _UNITS]
    return word in (*known, *_MANY) or bool(nearest(word, _LONG_UNITS, MISSPELT))


class Funding(OpenWhileEmpty, Record):
    """A source of money, with its share and how sure it is. On what condition it counts is told apart from it."""

    model = values.Funding
    apart = frozenset(("reservation",))

    def write(self, value: values.Funding, names: PlanNames) -> tuple[Words, ...]:
        return (words(funding_text(value)),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = typed(" ".join(cells))
        match = _FUNDING.fullmatch(text)
        if match is None:
            raise Unread(f"„{text}“ ist keine Finanzierung; {_FUNDING_HELP}")
        source, share, own = match[1].rstrip(), match[2], str(was.get("quelle") or "")
        whole = text[: text.rindex("(")].rstrip()
        if share and own and shown(whole) == shown(own):  # it looks like a share and is the source's name
            source, share = whole, None
        state = choice(match[3], FundingState, "Stand der Finanzierung")
        if shown(source) != shown(own) and (_holds_more(source) or (share and _ABOUT.search(source))):
            raise Unread(f"In „{text}“ ist nicht klar, was Anteil und Stand sind; {_FUNDING_HELP}")
        share = number(share.replace(".", ",")) if share else None
        if share and Decimal(share) > _MOST:
            raise Unread(f"In „{text}“ ist der Anteil größer als das Ganze; möglich sind 0 bis 100 %.")
        return {"quelle": source, "anteil": share, "stand": state.value}


_FUNDING_HELP: Final = "geschrieben wird sie so: „Haushalt 40 % (beantragt)“, am Ende gesichert, beantragt oder offen."


def _holds_more(source: str) -> bool:
    """Whether the name of a source holds what may be its share or its state: `Haushalt 40 Pozent`, `Land (offen)`."""
    states = {bare(item.label) for item in FundingState}
    return _SHARE_IN_SOURCE.search(source) is not None or any(
        bare(found) in states for found in re.findall(r"\(([^()]*)\)?", source)
    )


def funding_text(funding: values.Funding) -> str:
    """`Haushalt 40 % (beantragt)`."""
    share = f" {typography.number(funding.share)} %" if funding.share is not None else ""
    return typeset_line(f"{funding.source}{share} ({funding.state.label})")
