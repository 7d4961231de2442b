"""A fault to be planted: a stretch of the program's text, and what is written instead.

The stretch must occur once in the whole program, whichever file it stands in, so that a module may be moved without a
change here. Where the text itself changes, put the new stretch first and keep the old one behind it: the table then
fits older commits too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlantedFault:
    """`swaps`: texts with what replaces them; the first that is found is used. `tests`: as on pytest's command line."""

    name: str
    breaks: str
    swaps: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]


def fault(
    name: str, breaks: str, old: str, new: str, *tests: str, older: tuple[str, str] | None = None
) -> PlantedFault:
    """A fault with its tests; `older`: the same in a program of an earlier time."""
    return PlantedFault(name, breaks, ((old, new), *((older,) if older else ())), tests)
