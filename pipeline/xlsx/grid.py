"""What a workbook shows, as values: sheets of columns and rows, each cell with the place that it comes from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pipeline.text.nodes import Place

KEY: Final = "Kennung"  # the last column of a sheet, hidden: what the row is about, however it was sorted
MEASURES: Final = "Maßnahmen"
GOALS: Final = "Ziele"
INDICATORS: Final = "Indikatoren"
ACTORS: Final = "Akteure"
MATRIX: Final = "Matrix"
SCHEDULE: Final = "Zeitplan"
OPEN_POINTS: Final = "Offene Punkte"
NUMBER: Final = "Nr."
STRAND: Final = "Strang"
TITLE: Final = "Titel"
DESCRIPTION: Final = "Beschreibung"
LONGEST: Final = 32_000  # characters: a cell of a workbook takes 32,767


_OWN: Final = " (eigenes Feld)"


def head_of(label: str, taken: Collection[str]) -> str:
    """The head of a field's column; one that the plan declares may be called like a head that is there already."""
    return f"{label}{_OWN}" if label in taken else label


def field_label(head: str) -> str:
    """What the field is called that stands below a head."""
    return head.removesuffix(_OWN)


@dataclass(frozen=True)
class GridCell:
    """What a cell says. `place`: where an edit of it goes, None where it is made from the data; `choices`: texts that
    one can choose from.
    """

    text: str = ""
    place: Place | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class GridColumn:
    """A column: its head, its width in letters, whether any of its cells can be edited."""

    label: str
    width: int
    editable: bool = True


@dataclass(frozen=True)
class GridRow:
    """A row; `key` says what it is about: an ID, or an ID and a number."""

    key: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """A sheet. `grows`: rows may be added; `lists`: texts that one can choose from in a whole column, by its head."""

    name: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    grows: bool = False
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The heads of all columns."""
        return tuple(column.label for column in self.columns)
