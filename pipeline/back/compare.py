"""An edited file's reading and its base in, what was edited out: texts, values of the data, and what cannot go back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.back.base import BaseFile
from pipeline.back.inline import Names
from pipeline.back.newcomers import Newcomer, newcomers
from pipeline.back.notes import label_notes, note_text
from pipeline.back.pairs import Pairs, align
from pipeline.back.reading import Reading
from pipeline.back.rows import ShownEdit, shown, shown_edits
from pipeline.back.sources import is_text
from pipeline.back.texts import Side, TextEdits, edit_texts
from pipeline.back.units import CellUnit, Unit, Units


@dataclass(frozen=True)
class GeneratedEdit:
    """Something edited that is made from the data: under which heading, before and after ('' for nothing)."""

    heading: str
    before: str
    after: str


class Reader:
    """Reads files of one base, so that both sides name links and notes alike."""

    def __init__(self, base: BaseFile) -> None:
        self.base = base
        self._known: Mapping[str, str] = {}

    def side(self, reading: Reading, labels_now: Mapping[str, str] | None = None) -> Side:
        """The units of a file; the base's own is to be read first: by its words a note is known again.

        `labels_now`: what references by their anchor read since the edit; somebody may have changed a title everywhere.
        """
        labels = label_notes(reading, self.base.marks, self.base.sources.texts, self._known)
        if not self._known:
            self._known = {note_text(reading.notes[number]): label for number, label in labels.by_number.items()}
        targets = {
            bookmark: (anchor, (label, (labels_now or {}).get(anchor, label)))
            for bookmark, (anchor, label) in self.base.targets.items()
        }
        units = Units(self.base.marks, Names(targets, labels.of))
        all_units = units.of(reading)
        return Side(
            all_units,
            {label: units.of_note(reading.notes[number], label) for number, label in labels.by_number.items()},
        )


@dataclass(frozen=True)
class Comparison:
    """Base and edited file, unit by unit."""

    base: BaseFile
    before: Side
    after: Side

    @cached_property
    def pairs(self) -> Pairs:
        """Which unit is which."""
        return align(self.before.units, self.after.units)

    @cached_property
    def texts(self) -> TextEdits:
        """The texts as they are edited."""
        return edit_texts(self.before, self.after, self.pairs, self.base.sources.texts, is_text)

    @cached_property
    def values(self) -> tuple[ShownEdit, ...]:
        """The values of the data that are shown otherwise."""
        return tuple(shown_edits(self.before.units, self.after.units, self.pairs))

    @cached_property
    def newcomers(self) -> tuple[Newcomer, ...]:
        """Sheets of new measures."""
        return tuple(newcomers(self.after.units, set(self.texts.unowned)))

    @cached_property
    def generated(self) -> tuple[GeneratedEdit, ...]:
        """What was edited where nothing is taken from, and new paragraphs that belong to no text."""
        return tuple(self._generated())

    def _generated(self) -> Iterator[GeneratedEdit]:
        edited_of = {index: other for other, index in self.pairs.base_of.items()}
        heading = ""
        for index, unit in enumerate(self.before.units):
            heading = unit.plain if unit.kind == "heading" else heading
            other = self.after.units[edited_of[index]] if index in edited_of else None
            if _comes_back(unit):
                if other is not None and any(shown(unit)):
                    yield from (GeneratedEdit(heading, *texts) for texts in _labels(unit, other))
                    yield from (GeneratedEdit(heading, "", text) for text in _further_rows(unit, other))
                continue
            if other is None:
                if index not in self.pairs.joined:
                    yield GeneratedEdit(heading, _all_text(unit), "")
            elif other.key != unit.key:
                yield from _differences(heading, unit, other)
        in_sheets = {index for new in self.newcomers for index in new.units}
        for index in self.texts.unowned:
            if index in in_sheets:
                continue
            yield GeneratedEdit(heading_before(self.after.units, index), "", _all_text(self.after.units[index]))


def heading_before(units: Sequence[Unit], index: int) -> str:
    """The heading that a unit stands under."""
    return next((units[at].plain for at in range(index, -1, -1) if units[at].kind == "heading"), "")


def all_texts(units: Sequence[Unit]) -> frozenset[str]:
    """Everything that units say, tables row by row."""
    rows = (_row_text(row) for unit in units for row in unit.rows)
    return frozenset((*(_all_text(unit) for unit in units), *rows))


def _comes_back(unit: Unit) -> bool:
    """Whether edits of a unit are taken from it."""
    return bool(unit.places)


def _differences(heading: str, before: Unit, after: Unit) -> Iterator[GeneratedEdit]:
    if before.kind != "table" or after.kind != "table":
        yield GeneratedEdit(heading, _all_text(before), _all_text(after))
        return
    old, new = ([_row_text(row) for row in unit.rows] for unit in (before, after))
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    for place in range(max(len(gone), len(come))):
        yield GeneratedEdit(heading, *(side[place] if place < len(side) else "" for side in (gone, come)))


def _labels(before: Unit, after: Unit) -> Iterator[tuple[str, str]]:
    """Labels of rows, and heads of lists, that somebody changed."""
    known = {row[0].places: row[0].plain for row in after.rows if row and row[0].places}
    for index, row in enumerate(before.rows):
        if row[0].places and len(row) == 2:  # noqa: PLR2004 - a label and its value
            now = known.get(row[0].places, row[0].plain)
            if now != row[0].plain:
                yield " ".join(row[0].plain), " ".join(now)
        elif not row[0].places and index == 0 and after.rows and _row_text(row) != _row_text(after.rows[0]):
            yield _row_text(row), _row_text(after.rows[0])


def _further_rows(before: Unit, after: Unit) -> Iterator[str]:
    """Rows that somebody added to a sheet: there is no field for them."""
    if not before.rows or not before.rows[0][0].places:  # a list with a head of its own, in which rows may be added
        return iter(())
    labels = {row[0].plain for row in before.rows}
    return (_row_text(row) for row in after.rows if not any(cell.places for cell in row) and row[0].plain not in labels)


def _all_text(unit: Unit) -> str:
    return unit.plain or unit.text or "\n".join(_row_text(row) for row in unit.rows)


def _row_text(row: Sequence[CellUnit]) -> str:
    return " | ".join(" ".join(cell.plain) for cell in row)
