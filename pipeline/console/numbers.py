"""How numbers, sizes, times and choices are written in German."""

from __future__ import annotations

from collections.abc import Sequence


def decimal(value: float) -> str:
    """One decimal place after a comma, dots between thousands: 1234.56 is „1.234,6“."""
    return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))


def whole(value: int) -> str:
    """Dots between thousands: 1234 is „1.234“."""
    return f"{value:,}".replace(",", ".")


def size(count: int) -> str:
    """A number of bytes in the unit that suits it."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= factor:
            return f"{decimal(count / factor)} {unit}"
    return f"{count} Byte"


def seconds(duration: float) -> str:
    """A duration in seconds, in minutes from one on."""
    minutes, rest = divmod(round(duration), 60)
    return f"{minutes} min {rest} s" if minutes else f"{decimal(duration)} s"


def amount(count: int, one: str, many: str) -> str:
    """The number with the noun in its form: „0 Ziele“, „1 Ziel“, „1.200 Ziele“."""
    return f"{whole(count)} {one if count == 1 else many}"


def listing(words: Sequence[str], link: str = "oder") -> str:
    """The words as a choice: „a“, „a oder b“, „a, b oder c“; `link` stands before the last one."""
    *most, last = words
    return f"{', '.join(most)} {link} {last}" if most else last
