"""Numbers: shown in German with points for thousands, read as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pipeline.fields.kind import Single
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, bare, shown, typed, unclear
from pipeline.fields.words import Words, words
from pipeline.text import typography

NUMBER: Final = r"[-–−]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[-–−]?\d+(?:[.,]\d+)?"
"""A number as people write it: `12`, `12,5`, `12.5`, `15.000`."""
SPACED_NUMBER: Final = rf"[-–−]?\d{{1,3}}(?: \d{{3}})+(?:,\d+)?|{NUMBER}"
"""The same where none can stand before another, so that `15 000` is one number."""
_COUNTED: Final = re.compile(rf"({SPACED_NUMBER}) ?([^\d.,].*)")
_EURO: Final = ("€", "eur", "euro")
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(([. ])\d{3})(\2\d{3})*(,\d+)?")
# `15,000` is English for 15.000, and in `15.00` a digit of 15.000 may be missing. Nobody writes `0.50` for thousands.
_TWO_WAYS: Final = re.compile(r"-?([1-9]\d{0,2})(?:,(\d\d0|0{4,})|\.(\d0|0|0{4,}))")


@dataclass(frozen=True)
class Number(Single):
    """A number, or one of a few words `instead`. `whole`: without a fraction, and without points, as years are.

    `unit`: what it is counted in, which stands behind it; who writes it may leave it out.
    """

    whole: bool = False
    instead: tuple[str, ...] = ()
    unit: str = ""

    def write(self, value: Decimal | int | str, names: PlanNames) -> Words:
        text = str(value) if self.whole or isinstance(value, str) else typography.number(value)
        return words(f"{text} {self.unit}" if self.unit and not isinstance(value, str) else text)

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        text = typed(" ".join(lines))
        word = next((word for word in self.instead if bare(word) == bare(text)), None)
        if word is not None:
            return word
        if self.whole and not re.fullmatch(r"[0-9]+", text):
            raise Unread(f"„{text}“ ist keine ganze Zahl; möglich ist zum Beispiel 2027.")
        return number(self._without_unit(text))

    def _without_unit(self, text: str) -> str:
        """The number alone: `15.000` of `15.000 Euro` and of `15.000 €`. Another unit stays, so that it is refused."""
        found = _COUNTED.fullmatch(text) if self.unit else None
        units = {bare(self.unit), bare(shown(self.unit))}
        units |= set(_EURO) if units & set(_EURO) else set()
        return found[1] if found and bare(found[2]) in units else text


def number(text: str) -> str:
    """`15.000`, `12,5`, as it stands in the data. Raises Unread."""
    found = typed(text).translate(str.maketrans("–−", "--"))
    if not re.fullmatch(SPACED_NUMBER, found):
        raise Unread(f"„{found}“ ist keine Zahl; möglich sind 12, 12,5 oder 15.000.")
    if match := _TWO_WAYS.fullmatch(found):
        fraction = (match[2] or match[3]).rstrip("0")
        small = f"{match[1]},{fraction}" if fraction else match[1]
        raise unclear(found, small, f"{match[1]}.{(match[2] or match[3])[:3].ljust(3, '0')}")
    if _THOUSANDS.fullmatch(found):
        found = found.replace(".", "").replace(" ", "")
    whole, _, fraction = format(Decimal(found.replace(",", ".")), "f").partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return whole
    # `1.234` and `1,234` could be read two ways; `1.2340` is a fraction to everybody.
    return f"{whole}.{fraction}{'0' * (len(fraction) == 3)}"  # noqa: PLR2004
