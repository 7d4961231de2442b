"""What a goal is measured by, a row of four cells: name, value at the start and since, value to reach, who collects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from pydantic import ValidationError

from pipeline.fields import progress
from pipeline.fields.kind import NO_ITEM, NONE, NOTHING, Item, Partly, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import SPACED_NUMBER, number
from pipeline.fields.periods import is_period, read_end, read_period
from pipeline.fields.shown import Unread, bare, shown, typed
from pipeline.fields.units import is_own, unit, until
from pipeline.fields.words import Words, words
from pipeline.text import typography
from schema import values
from schema.values import TO_BE_COLLECTED
from schema.vocabulary import Direction

TO_BE_SET: Final = "noch festzulegen"
_KEYS: Final = (
    ("name",),
    ("ausgangswert", "datum", "einheit", "istwerte"),
    ("zielwert", "richtung", "zieldatum", "einheit"),
    ("erhebung",),
)
"""What each cell says."""
_START, _END = 1, 2  # the cells of the two values
_VALUE: Final = re.compile(rf"({SPACED_NUMBER})(?: (.*)|(%.*)|)")
_IN_BRACKETS: Final = re.compile(r"(.+?) ?\((?:Stand:? )?([^()]+)\)", re.IGNORECASE)
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
    apart = frozenset(("reservation",))

    def write(self, value: values.Indicator, names: PlanNames) -> tuple[Words, ...]:
        lines = ((*baseline_lines(value), *actual_lines(value)), target_lines(value))
        return (words(value.name), *(words("\n".join(pair)) for pair in lines), words(value.collection or NONE))

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        if len(cells) != self.columns:
            expected = "Indikator, Ausgangswert, Zielwert, Erhebung"
            raise Unread(f"Eine Zeile hat {len(cells)} statt {self.columns} Zellen: {expected}.")
        own = str(was.get("einheit") or "")
        ways: tuple[Callable[[str], Values], ...] = (
            _name,
            lambda text: _baseline(text, own),
            lambda text: _target(text, own),
            _collection,
        )
        found: dict[int, Values] = {}
        told: dict[int, str] = {}
        for place, (way, cell) in enumerate(zip(ways, cells, strict=True)):
            try:
                found[place] = way(cell)
            except Unread as error:
                told[place] = str(error)
        _refuse_units(found, told, own)
        values = {key: value for cell in found.values() for key, value in cell.items()}
        if told:
            lacking = {key for place in told for key in _KEYS[place]} - values.keys()
            raise Partly(" ".join(filter(None, told.values())), values, sorted(told), lacking)
        return values

    def seen(self, value: Any) -> Mapping[str, Any]:
        """Its direction, whether somebody said it or it follows; no date and no unit of a value that is still open."""
        indicator: values.Indicator = value
        open_start, open_end = isinstance(indicator.baseline, str), indicator.target is None
        hidden = ["stated_direction"]
        hidden += ["baseline_date"] * open_start + ["target_date"] * open_end + ["unit"] * (open_start and open_end)
        shown = {name: item for name, item in super().seen(value).items() if name not in hidden}
        return {**shown, "direction": None if open_end else indicator.direction}

    def whole(self, item: Item, said: Values) -> dict[str, Any]:
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


def actual_lines(indicator: values.Indicator) -> tuple[str, ...]:
    """What was measured since, a line each: `Ist Q4 2027: 64`."""
    return tuple(progress.actual_text(item) for item in indicator.actuals)


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
    return bare(cell) in NOTHING | {"", bare(TO_BE_SET)}


def _name(text: str) -> Values:
    if _nothing(text):
        raise Unread("Der Name des Indikators fehlt; er darf nicht leer sein.")
    return {"name": typed(text)}


def _collection(text: str) -> Values:
    return {"erhebung": None if _nothing(text) else typed(text)}


def _baseline(text: str, own: str) -> Values:
    """`10 Tage` and, on a line of its own or in brackets behind it, `Q1 2026`; `noch zu erheben`. Below them what was
    measured since, a line each.
    """
    lines = text.replace("\v", "\n").split("\n")
    measured = [progress.read_actual(_without_unit(line, own)) for line in lines if progress.is_actual(line)]
    start = "\n".join(line for line in lines if not progress.is_actual(line))
    if measured and not start.strip():
        raise Unread(f"Vor den Istwerten fehlt der Ausgangswert; möglich sind „10 Tage“ oder „{TO_BE_COLLECTED}“.")
    return {**_value_at_start(start, own), "istwerte": measured or None}


def _without_unit(line: str, own: str) -> str:
    """The same without the indicator's own unit, which somebody may have typed behind the number."""
    return typed(line).removesuffix(own).rstrip() if own else line


def _value_at_start(text: str, own: str) -> Values:
    if _nothing(text) or bare(text) == TO_BE_COLLECTED:
        return {"ausgangswert": TO_BE_COLLECTED}
    value, date = _value_and_date(text)
    if not date and not is_own(value, own) and (match := _IN_BRACKETS.fullmatch(value)) and is_period(match[2]):
        value, date = match[1], match[2]
    amount, counted = _amount(value, own, f"ein Ausgangswert; möglich sind „10 Tage“ oder „{TO_BE_COLLECTED}“.")
    return {"ausgangswert": amount, "datum": read_period(date).key if date else None, "einheit": counted}


def _target(text: str, own: str) -> Values:
    """`höchstens 3 Tage` and, on a line of its own or behind it, `bis Q4 2028`."""
    if _nothing(text):
        return {"zielwert": None}
    value, date = _value_and_date(text)
    match = _DIRECTED.fullmatch(value)
    direction = {"richtung": _DIRECTIONS[bare(match[1])].value} if match else {}
    value = match[2] if match else value
    date = re.sub(r"^bis (?:zum )?", "", date, flags=re.IGNORECASE)
    end = read_end(date) if date else None
    if end is None:
        value, end = until(value, own)
    amount, counted = _amount(value, own, "ein Zielwert; möglich ist „höchstens 3 Tage“, darunter „bis Q4 2028“.")
    return {"zielwert": amount, **direction, "zieldatum": end.key if end else None, "einheit": counted}


def _refuse_units(found: dict[int, Values], told: dict[int, str], own: str) -> None:
    """Both values have one unit: where they do not, or one of them is not understood and the other changes it, neither
    is taken.
    """
    counted = {place: str(values["einheit"] or "") for place, values in found.items() if "einheit" in values}
    if len({*counted.values()}) > 1:
        one, other = (f"„{name}“" if name else "keine" for name in counted.values())
        both = f"({one} und {other})"
        message = f"Ausgangswert und Zielwert haben verschiedene Einheiten {both}; gemeint ist eine."
    elif counted and told.keys() & {_START, _END} and shown(next(iter(counted.values()))) != shown(own):
        message = f"Mit der Einheit „{next(iter(counted.values()))}“ müsste auch die andere Zelle stimmen."
    else:
        return
    for place in counted:
        told[place] = "" if message in told.values() else message
        del found[place]


def _value_and_date(text: str) -> tuple[str, str]:
    value, _, date = text.strip().replace("\v", "\n").partition("\n")
    return typed(value), typed(date)


def _amount(value: str, own: str, no: str) -> tuple[str, str]:
    match = _VALUE.fullmatch(value)
    if match is None:
        raise Unread(f"„{value}“ ist nicht {no}".replace("ist nicht ein", "ist kein"))
    return number(match[1]), unit(match[2] or match[3] or "", own)
