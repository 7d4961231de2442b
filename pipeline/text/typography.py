"""German microtypography: text as authors type it in, text as it is set out. Pure, and stable when applied twice.

Quotes „…“, spaced en dashes, non-breaking spaces where a line must not break. Sources: DIN 5008 (spaces in
abbreviations, numbers with units, dates), Duden „Textverarbeitung“ (dashes, quotes).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

NBSP = "\u00a0"
NB_HYPHEN = "\u2011"

# "z. B.", "z.B." and "i. d. R.", with spaces that do not break (DIN 5008).
_ABBREVIATIONS = re.compile(r"\b(z|u|d|i|o|v|s)\. ?(B|a|h|d|T|ä|g|o|Chr)\.(?: (R)\.)?")
_UNITS = (
    "%|‰|€|Euro|Mio\\.|Mrd\\.|Millionen|Milliarden|Prozent|Prozentpunkte|Hektar|ha|km|m²|m|kW|MW|Megawatt|Stellen?|"
    "Personentage?|Tagen?|Wochen?|Monaten?|Jahren?|Stunden?|Minuten?|Uhr|Betrieben?|Plätzen?"
)
# "20 %" and "3 Stellen", but not the "m" of "20 mal".
_NUMBER_UNIT = re.compile(rf"(\d) ({_UNITS})(?!\w)")
_MILLION = re.compile(r"(Mio\.|Mrd\.|Millionen|Milliarden) (Euro|€)")
_QUARTER = re.compile(r"\b(Q[1-4]) (\d{4})")
# "Maßnahme 3", "§ 5", "Seite 12": the number alone at the beginning of a line says nothing.
_NUMBERED_WORDS = (
    "Nr\\.|Abs\\.|Art\\.|S\\.|Seite|Ziel|Zielen|Maßnahme|Maßnahmen|"
    "Handlungsfeld|Fassung|Tabelle|Abbildung|Anlage|Tel\\."
)
_NUMBERED = re.compile(rf"(§§?|\b(?:{_NUMBERED_WORDS})) (?=\d)")
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DATE = re.compile(rf"(\d{{1,2}}\.) ({_MONTHS})\b")
_HANGING_HYPHEN = re.compile(r"(?<=[ \u00a0(])-(?=[a-zäöüß])")  # "-sicherung" must not leave its hyphen behind
_DASH = re.compile(r" (?:-|–|--) ")
# A straight quote opens before a word and behind a space, a bracket or a dash; every other one closes.
_OPENING = re.compile(r'(^|[\s(\[{/–—„‚])"(?=\S)')
# "2027-2031", years only: "12-14" may be anything.
_RANGE = re.compile(r"\b(\d{4}) ?- ?(\d{4})\b")
_LAST_WORD = re.compile(r" (\S{1,6})$")
LONG_LINE = 60  # characters; below, a bound last word only narrows the line
_DIGEST_GROUP = 8  # hex digits; eye and voice keep up with eight


def typeset_text(text: str) -> str:
    """Running text with everything but its quotes (markdown-it sets those, since they span emphasis).

    In "10 % von 3 Mio. Euro" numbers and units are kept on one line by spaces that do not break; "2027-2031" gets the
    dash that reads "to", and " - " becomes a dash that cannot begin a line.
    """
    text = _HANGING_HYPHEN.sub(NB_HYPHEN, text)
    text = _ABBREVIATIONS.sub(_abbreviation, text)
    text = _RANGE.sub(r"\1–\2", text)
    text = _DASH.sub(f"{NBSP}– ", text)
    text = _NUMBER_UNIT.sub(rf"\1{NBSP}\2", text)
    text = _MILLION.sub(rf"\1{NBSP}\2", text)
    text = _QUARTER.sub(rf"\1{NBSP}\2", text)
    text = _NUMBERED.sub(rf"\1{NBSP}", text)
    return _DATE.sub(rf"\1{NBSP}\2", text)


@lru_cache(maxsize=1 << 16)
def typeset_line(text: str) -> str:
    """A string of its own, such as a title or a field of the data: quotes too, and the last short word bound.

    Remembered: a measure's title, an actor's name stand in many places of a document.
    """
    text = _OPENING.sub(r"\1„", " ".join(text.split(" ")))
    text = typeset_text(text.replace('"', "“"))
    return _LAST_WORD.sub(rf"{NBSP}\1", text) if len(text) > LONG_LINE else text


def _abbreviation(match: re.Match[str]) -> str:
    return NBSP.join(f"{letter}." for letter in match.groups() if letter)


def number(value: Decimal | int) -> str:
    """A number in German: `1.234,5`; no trailing zeros."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    whole, _, fraction = text.partition(".")
    whole = whole.replace(",", ".")
    fraction = fraction.rstrip("0")
    sign = "−" if whole.startswith("-") else ""
    return sign + whole.lstrip("-") + (f",{fraction}" if fraction else "")


def grouped(digest: str) -> str:
    """A checksum as a person compares it: `8af8b4b9 31346252 …`."""
    return " ".join(digest[start : start + _DIGEST_GROUP] for start in range(0, len(digest), _DIGEST_GROUP))


def plain_hyphens(text: str) -> str:
    """The text with hyphens that people can type, and that a line may break behind."""
    return text.replace(NB_HYPHEN, "-")
