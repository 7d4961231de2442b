"""A base and an edited file in, the edited file without the marks that stand at something else than they mark out.

A mark says which value stands there. In a file from outside it may have been moved: the mark of the plan's title to the
heading of a measure. What a reader sees counts then: nobody changed the title, somebody changed the heading.

    base      [plan/titel] Wirtschaftsplan     …  [M1.1.2/titel] 1.1.2 Bedarf melden
    edited                 Wirtschaftsplan     …  [plan/titel]   1.1.2 Bedarf sammeln
    believed               Wirtschaftsplan     …                 1.1.2 Bedarf sammeln

Without its mark the heading is known again by its words, as one is whose mark got lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.merge.differences.text_edits import Side
from pipeline.merge.markdown.units import CellUnit, Unit
from pipeline.merge.sources import Sources
from pipeline.text.likeness import PARAGRAPH
from pipeline.text.nodes import Place


def believed(before: Side, after: Side, sources: Sources) -> Side:
    """The edited side with the marks that can be believed; `sources` are the base's."""
    seen = _Seen(before.units, sources)
    unmarked = {unit.key for unit in after.units if not unit.places}
    headings = _headings(after.units)
    units = tuple(
        _without(unit, set(seen.wandered(unit, above, unmarked)))
        for unit, above in zip(after.units, headings, strict=True)
    )
    return replace(after, units=units)


@dataclass(frozen=True)
class _Home:
    """Where a place stands in the base: its unit, the heading above, what its row is called."""

    unit: Unit
    heading: str
    label: str = ""


class _Seen:
    """What the base shows at its marks."""

    def __init__(self, units: Sequence[Unit], sources: Sources) -> None:
        self._is_text = sources.is_text
        above = _headings(units)
        self._headings = set(above)
        self._homes: dict[Place, _Home] = {}
        for unit, heading in zip(units, above, strict=True):
            for place in unit.places:
                self._homes.setdefault(place, _Home(unit, heading))
            for label, places in _rows(unit):
                self._homes.update({place: _Home(unit, heading, label) for place in places})
        self._tables = [unit for unit in units if unit.rows]
        self._single = [unit for unit in units if not unit.rows and unit.places]

    def wandered(self, unit: Unit, heading: str, unmarked: Collection[tuple[object, ...]]) -> Iterator[Place]:
        """The places of an edited unit whose marks do not belong there. `unmarked`: the keys of units without marks."""
        labels = {place: label for label, places in _rows(unit) for place in places}
        for place in unit.places:
            home = self._homes.get(place)
            if home is None or home.unit.key == unit.key:
                continue
            if bool(home.unit.rows) != bool(unit.rows):
                if not self._is_text(place.source) or self._is_table(unit):  # a row is no heading and no paragraph
                    yield place
            elif unit.rows:
                if not self._is_text(place.source) and self._elsewhere(home, heading, labels.get(place, home.label)):
                    yield place
            elif (not self._is_text(place.source) or home.unit.key in unmarked) and self._another(unit, home.unit):
                yield place

    def _is_table(self, unit: Unit) -> bool:
        """Whether a unit is a table that was there, into which somebody moved a paragraph; else it became a table."""
        words = unit.key_text
        return bool(unit.rows) and any(
            PARAGRAPH.likeness(table.key_text, words) >= PARAGRAPH.at_least for table in self._tables
        )

    def _elsewhere(self, home: _Home, heading: str, label: str) -> bool:
        """Whether a row stands under another heading of the base, or is called like another row of its table."""
        other = heading != home.heading and heading in self._headings
        known = {label for label, _ in _rows(home.unit)}
        return other or (label != home.label and label in known)

    def _another(self, unit: Unit, own: Unit) -> bool:
        """Whether a unit is more like another marked one of the base than like the one whose mark it bears."""
        least = max(PARAGRAPH.likeness(own.text, unit.text), PARAGRAPH.at_least)
        return any(PARAGRAPH.likeness(other.text, unit.text) > least for other in self._single if other is not own)


def _headings(units: Sequence[Unit]) -> list[str]:
    """Of each unit the heading above it, '' for none."""
    found, last = [], ""
    for unit in units:
        found.append(last)
        last = unit.plain if unit.kind == "heading" else last
    return found


def _rows(unit: Unit) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Of each row of a table that has marks what it is called, and its places."""
    for row in unit.rows:
        places = tuple(place for cell in row for place in cell.places)
        if places:
            yield (row[0].plain[0] if row[0].plain else ""), places


def _without(unit: Unit, places: Collection[Place]) -> Unit:
    if not places:
        return unit
    rows = tuple(tuple(_cell(cell, places) for cell in row) for row in unit.rows)
    return replace(unit, places=tuple(place for place in unit.places if place not in places), rows=rows)


def _cell(cell: CellUnit, places: Collection[Place]) -> CellUnit:
    return replace(cell, places=tuple(place for place in cell.places if place not in places))
