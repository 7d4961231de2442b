"""Units in, the values of the data that they show out: rows of sheets, titles, sentences, each by its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.merge.differences.align_units import Pairs
from pipeline.merge.differences.field_edits import is_table
from pipeline.merge.markdown.units import CellUnit, Unit
from pipeline.merge.sources import Sources
from pipeline.text.nodes import Place


@dataclass(frozen=True)
class Shown:
    """A value as a document shows it: its lines; of a list that stands as a table its rows, tabs between the cells.

    `label` is what the row is called, '' where the value stands alone.
    """

    place: Place
    lines: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class ShownEdit:
    """A value that is shown otherwise than before; `after` is None where its row is gone.

    `said`: a sentence on where it stands so, if that is another place than its row.
    """

    place: Place
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...] | None
    said: str = ""


def shown_edits(base: Sequence[Unit], edited: Sequence[Unit], pairs: Pairs, sources: Sources) -> Iterator[ShownEdit]:
    """Every value that was edited, in reading order; `sources` are the base's."""
    edited_of = {index: other for other, index in pairs.base_of.items()}
    everywhere = {item.place: item for unit in edited for item in shown(unit, sources)}
    for index, unit in enumerate(base):
        other = edited[edited_of[index]] if index in edited_of else None
        labelled = _by_label(other) if other else {}
        for item in shown(unit, sources):
            found = everywhere.get(item.place)
            after = found.lines if found else labelled.get(item.label)
            if not item.label and other is not None and (found is None or other.kind != "table"):
                after = _table_lines(other) if other.kind == "table" else (other.plain,)
            if after is None and other is not None and _wider(other, item.place):
                continue  # told as a row for which there is no field
            if after != item.lines:
                yield ShownEdit(item.place, item.label, item.lines, after)


def shown(unit: Unit, sources: Sources) -> Iterator[Shown]:
    """The values that a unit shows, of a file made from these sources."""
    if unit.kind != "table":
        if unit.place and not sources.is_text(unit.place.source):
            yield Shown(unit.place, (unit.plain,))
        return
    if whole := whole_value(unit, sources):
        yield Shown(Place(whole), _table_lines(unit))
        return
    for row in unit.rows:
        place = next((place for cell in row for place in cell.places if not sources.is_text(place.source)), None)
        if place is not None and len(row) == 2:  # noqa: PLR2004 - a label and its value
            yield Shown(place, _cell_lines(row[1]), row[0].plain[0] if row[0].plain else "")
        elif place is not None and place in row[-1].places and 2 < len(row) == len(unit.rows[0]):  # noqa: PLR2004
            yield Shown(place, _cell_lines(row[-1]), " ".join(unit.rows[0][-1].plain))


def whole_value(table: Unit, sources: Sources) -> str:
    """The value that a table shows as a whole, with a head of its own: indicators; '' for rows with a value each."""
    return next((place.source for place in table.places if is_table(sources.field_at(place.source))), "")


def _wider(table: Unit, place: Place) -> bool:
    """Whether the row of a value has more cells than its label and itself: nobody knows which is which."""
    return any(place in cell.places for row in table.rows if len(row) > 2 for cell in row)  # noqa: PLR2004


def _cell_lines(cell: CellUnit) -> tuple[str, ...]:
    return tuple(line for line in cell.plain if line)


def _table_lines(table: Unit) -> tuple[str, ...]:
    """The rows below the head."""
    return tuple("\t".join("\n".join(_cell_lines(cell)).replace("\t", " ") for cell in row) for row in table.rows[1:])


def _by_label(table: Unit) -> Mapping[str, tuple[str, ...]]:
    """Rows whose mark got lost are known by their label."""
    return {
        row[0].plain[0]: _cell_lines(row[1])
        for row in table.rows
        if len(row) == 2 and row[0].plain and not row[0].places  # noqa: PLR2004
    }
