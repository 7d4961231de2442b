"""What a goal is measured by, a row of four cells: name, value at the start, value to reach, how it is collected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from pydantic import ValidationError

from pipeline.fields.dates import is_period, read_period
from pipeline.fields.kind import DASHES, NONE, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import NUMBER, number
from pipeline.fields.shown import Unread, bare, typed
from pipeline.fields.words import Words, words
from pipeline.text import typography
from schema import values
from schema.values import TO_BE_COLLECTED
from schema.vocabulary import Direction

TO_BE_SET: Final = "noch festzulegen"
_VALUE: Final = re.compile(rf"({NUMBER})(?: (.*)|(%.*)|)")
_DIRECTIONS: Final = {
    **{name: item for item in Direction for name in (item.label, item.value)},
    **dict.fromkeys(("mind.", "min.", "≥", ">="), Direction.AT_LEAST),
    **dict.fromkeys(("höchst.", "max.", "maximal", "≤", "<="), Direction.AT_MOST),
}
_DIRECTED: Final = re.compile(rf"({'|'.join(map(re.escape, _DIRECTIONS))}) ?(.+)", re.IGNORECASE)


class Indicator(Record):
    """An indicator. Its unit stands behind either value, so that it is not shown where both are still open.

    On what condition it is resolved is told apart from it.
    """

    model = values.Indicator
    columns = 4
    kept = frozenset(("einheit",))

    def write(self, value: values.Indicator, names: PlanNames) -> tuple[Words, ...]:
        lines = (baseline_lines(value), target_lines(value))
        return (words(value.name), *(words("\n".join(pair)) for pair in lines), words(value.collection or NONE))

    def read(self, cells: Sequence[str], names: PlanNames) -> Values:
        if len(cells) != self.columns:
            expected = "Indikator, Ausgangswert, Zielwert, Erhebung"
            raise Unread(f"Eine Zeile hat {len(cells)} statt {self.columns} Zellen: {expected}.")
        name, start, end, collection = cells
        if _nothing(name):
            raise Unread("Der Name des Indikators fehlt; er darf nicht leer sein.")
        first = _baseline(TO_BE_COLLECTED if _nothing(start) else start)
        last = {"zielwert": None} if _nothing(end) else _target(end)
        units = {values["einheit"] for values in (first, last) if "einheit" in values}
        if len(units) > 1:
            one, other = (f"„{values['einheit']}“" if values["einheit"] else "keine" for values in (first, last))
            both = f"({one} und {other})"
            raise Unread(f"Ausgangswert und Zielwert haben verschiedene Einheiten {both}; gemeint ist eine.")
        return {
            "name": typed(name),
            **first,
            **last,
            **({"einheit": units.pop()} if units else {}),
            "erhebung": None if _nothing(collection) else typed(collection),
        }

    def whole(self, item: Mapping[str, Any], said: Values) -> dict[str, Any]:
        """Names the direction where it would follow otherwise from the numbers than the row says.

        "from 18 to at most 9" without a direction in the data: of a new target of 20 follows that it is at least 20. In
        the row still stands "höchstens 20", so that is what it is.
        """
        found = dict(item)
        with suppress(ValidationError):
            follows = values.Indicator.model_validate(found).direction
            if "richtung" in said and (follows.value if follows else None) != said["richtung"]:
                found["richtung"] = said["richtung"]
        return found


def baseline_lines(indicator: values.Indicator) -> tuple[str, ...]:
    """The value at the start, and its date if there is one: `10 Tage`, `Q1 2026`."""
    if isinstance(indicator.baseline, str):
        return (indicator.baseline,)
    value = f"{typography.number(indicator.baseline)} {indicator.unit}".strip()
    return (value, indicator.baseline_date.label) if indicator.baseline_date else (value,)


def target_lines(indicator: values.Indicator) -> tuple[str, ...]:
    """The value to reach, and until when: `höchstens 3 Tage`, `bis Q4 2028`."""
    if indicator.target is None:
        return (TO_BE_SET,)
    value = target_value(indicator)
    return (value, f"bis {indicator.target_date.label}") if indicator.target_date else (value,)


def target_value(indicator: values.Indicator) -> str:
    """The value to reach with its direction: `höchstens 3 Tage`; without one where nobody can know it."""
    if indicator.target is None:
        return TO_BE_SET
    direction = f"{indicator.direction.label} " if indicator.direction else ""
    return f"{direction}{typography.number(indicator.target)} {indicator.unit}".strip()


def _nothing(cell: str) -> bool:
    return bare(cell) in DASHES | {"", bare(TO_BE_SET)}


def _baseline(text: str) -> Values:
    """`10 Tage` and, on a line of its own, `Q1 2026`; `noch zu erheben`."""
    if bare(text) == TO_BE_COLLECTED:
        return {"ausgangswert": TO_BE_COLLECTED}
    value, date = _value_and_date(text)
    amount, unit = _amount(value, f"ein Ausgangswert; möglich sind „10 Tage“ oder „{TO_BE_COLLECTED}“.")
    return {"ausgangswert": amount, "datum": read_period(date).key if date else None, "einheit": unit}


def _target(text: str) -> Values:
    """`höchstens 3 Tage` and, on a line of its own or behind it, `bis Q4 2028`."""
    value, date = _value_and_date(text)
    match = _DIRECTED.fullmatch(value)
    direction = {"richtung": _DIRECTIONS[bare(match[1])].value} if match else {}
    value = match[2] if match else value
    if not date and (match := re.fullmatch(r"(.+) bis (.+)", value)) and is_period(match[2]):
        value, date = match[1], match[2]
    amount, unit = _amount(value, "ein Zielwert; möglich ist „höchstens 3 Tage“, darunter „bis Q4 2028“.")
    date = re.sub(r"^bis ", "", date, flags=re.IGNORECASE)
    return {"zielwert": amount, **direction, "zieldatum": read_period(date).key if date else None, "einheit": unit}


def _value_and_date(text: str) -> tuple[str, str]:
    value, _, date = text.strip().replace("\v", "\n").partition("\n")
    return typed(value), typed(date)


def _amount(value: str, no: str) -> tuple[str, str]:
    match = _VALUE.fullmatch(value)
    if match is None:
        raise Unread(f"„{value}“ ist nicht {no}".replace("ist nicht ein", "ist kein"))
    return number(match[1]), match[2] or match[3] or ""
