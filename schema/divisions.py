"""Where a line may divide long words: what trennungen.yaml holds."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from schema.base import Model

MOST_DIVISIONS: Final = 2000  # entries, more than the compounds of a plan of five hundred pages
LONGEST_DIVISION: Final = 80  # characters

Division = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-zÄÖÜäöüß]{2,}(-[a-zäöüß]{2,})*$",
        max_length=LONGEST_DIVISION,
        examples=["Standort-management", "Einverständnis"],
    ),
]
"""A word with a hyphen wherever a line may divide it, and nowhere else; without one it is not divided."""


def bare(division: str) -> str:
    """The word itself, in small letters: by it a division is looked up."""
    return division.replace("-", "").lower()


def _once(divisions: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError where a word stands twice, since nobody knows which of them is meant."""
    known: dict[str, str] = {}
    for division in divisions:
        if (other := known.setdefault(bare(division), division)) is not division:
            raise ValueError(f"Ein Wort steht zweimal da, als „{other}“ und „{division}“; eines davon löschen")
    return divisions


class DivisionsFile(Model):
    """What trennungen.yaml holds."""

    divisions: Annotated[tuple[Division, ...], AfterValidator(_once)] = Field(
        alias="trennungen",
        title="Trennungen",
        max_length=MOST_DIVISIONS,
        description="Lange Wörter, je Zeile eines, mit Bindestrich dort, wo das PDF sie trennen darf.",
    )
