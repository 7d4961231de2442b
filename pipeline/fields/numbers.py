"""Numbers: shown in German with points for thousands, read as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pipeline.fields.kind import Single
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, bare, shown, typed
from pipeline.fields.words import Words, words
from pipeline.text import typography

NUMBER: Final = r"[-–−]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[-–−]?\d+(?:[.,]\d+)?"
"""A number as people write it: `12`, `12,5`, `12.5`, `15.000`."""
_COUNTED: Final = re.compile(rf"({NUMBER}) ?([^\d.,].*)")
_EURO: Final = ("€", "eur", "euro")
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")


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
    if not re.fullmatch(NUMBER, found):
        raise Unread(f"„{found}“ ist keine Zahl; möglich sind 12, 12,5 oder 15.000.")
    if _THOUSANDS.fullmatch(found):
        found = found.replace(".", "")
    whole, _, fraction = format(Decimal(found.replace(",", ".")), "f").partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return whole
    # `1.234` and `1,234` could be read two ways; `1.2340` is a fraction to everybody.
    return f"{whole}.{fraction}{'0' * (len(fraction) == 3)}"  # noqa: PLR2004
