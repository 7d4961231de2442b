"""An edited file's reading and its base in, what was edited out: texts, values of the data, and what cannot go back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.merge.base import BaseFile
from pipeline.merge.differences.align_units import Pairs, align
from pipeline.merge.differences.carried import Carried, carry
from pipeline.merge.differences.commitment_sheet import with_commitments
from pipeline.merge.differences.contents_list import as_built, entries
from pipeline.merge.differences.generated import (
    NO_FIELD,
    REPEATED,
    GeneratedEdit,
    all_texts,
    generated_edits,
    moved_edits,
    told_text,
)
from pipeline.merge.differences.moved_units import wandered
from pipeline.merge.differences.new_measures import Newcomer, newcomers
from pipeline.merge.differences.new_parts import heading_above, together, why_new
from pipeline.merge.differences.owners import edited_owners, owners
from pipeline.merge.differences.rows import ShownEdit, shown_edits
from pipeline.merge.differences.text_edits import Side, TextEdits, edit_texts, written
from pipeline.merge.docx.reading import Reading
from pipeline.merge.markdown.footnotes import label_notes, note_text
from pipeline.merge.markdown.inline import Names
from pipeline.merge.markdown.units import Unit, Units
from pipeline.merge.markdown.write import Step
from schema.plan import Kind


class Reader:
    """Reads files of one base, so that both sides name links and notes alike."""

    def __init__(self, base: BaseFile) -> None:
        self.base = base
        self._known: Mapping[str, str] = {}
        self._contents: tuple[Unit, ...] | None = None

    def side(self, reading: Reading, labels_now: Mapping[str, str] | None = None) -> Side:
        """The units of a file; the base's own is to be read first: by its words a note is known again,
        and by its contents list one that was made anew.

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
        if self._contents is None:
            self._contents = entries(all_units)
        return Side(
            as_built(all_units, self._contents),
            {label: units.of_note(reading.notes[number], label) for number, label in labels.by_number.items()},
        )


@dataclass(frozen=True)
class Comparison:
    """Base and edited file, unit by unit."""

    base: BaseFile
    before: Side
    after: Side
    kept: frozenset[str] = frozenset()  # texts and values that stay as they are, whatever was edited there

    def without(self, units: Collection[int], notes: Collection[str], kept: Collection[str]) -> Comparison:
        """The same as if nobody had edited some units of the edited file, some notes, by label, and what is `kept`."""
        after = [
            self.before.units[self.pairs.base_of[index]] if index in units else unit
            for index, unit in enumerate(self.after.units)
            if index not in units or index in self.pairs.base_of
        ]
        known = {label: note for label, note in self.before.notes.items() if label in notes}
        told = {label: note for label, note in self.after.notes.items() if label not in notes} | known
        return Comparison(self.base, self.before, Side(tuple(after), told), self.kept.union(kept))

    def as_it_was(self, names: Collection[str]) -> Comparison:
        """The same with the texts and values of these names as they were."""
        return replace(self, kept=self.kept.union(names))

    @cached_property
    def pairs(self) -> Pairs:
        """Which unit is which."""
        return align(self.before.units, self.after.units)

    @cached_property
    def away(self) -> frozenset[int]:
        """The units of the edited file that were moved."""
        return wandered(owners(self.before.units, self.base.sources.is_text), self.pairs)

    @property
    def moves(self) -> frozenset[tuple[str, str]]:
        """From which text into which other something was moved."""
        is_text = self.base.sources.is_text
        before = owners(self.before.units, is_text)
        after = edited_owners(self.before.units, self.after.units, self.pairs, is_text)
        both = ((before[origin], after[index]) for index, origin in self.pairs.base_of.items())
        return frozenset(move for move in both if all(move) and move[0] != move[1])

    def with_moved(self, texts: Iterable[str]) -> list[str]:
        """The texts, and those between which and them something was moved.

        Where a text stays as it was, a paragraph that came into it stays in the other, or it would be in neither; and
        one that went from it would be in both.
        """
        found = dict.fromkeys(texts)
        moves = self.moves
        while more := {name for move in moves if not found.keys().isdisjoint(move) for name in move} - found.keys():
            found |= dict.fromkeys(sorted(more))
        return [*found]

    @cached_property
    def texts(self) -> TextEdits:
        """The texts as they are edited."""
        edits = edit_texts(self.before, self.after, self.pairs, self.base.sources.texts, self.base.sources.is_text)
        texts = {name: text for name, text in edits.texts.items() if name not in self.kept}
        return replace(edits, texts=texts)

    @cached_property
    def own_values(self) -> tuple[ShownEdit, ...]:
        """The values of the data that are shown otherwise in their own rows."""
        edits = shown_edits(self.before.units, self.after.units, self.pairs, self.base.sources)
        return tuple(with_commitments(edits, self.before.units, self.base.sources))

    @cached_property
    def _carried(self) -> Carried:
        units, sources = self.before.units, self.base.sources
        generated = tuple(generated_edits(units, self.after.units, self.pairs, sources))
        return carry(self.own_values, generated, units, sources)

    @cached_property
    def values(self) -> tuple[ShownEdit, ...]:
        """The values of the data that are to be another, wherever the file says so."""
        return tuple(edit for edit in self._carried.values if edit.place.source not in self.kept)

    @cached_property
    def _sheets(self) -> tuple[Newcomer, ...]:
        """Sheets of new measures, those that stay out too."""
        model = self.base.sources.kinds[Kind.MEASURE].model

        def write(steps: Sequence[Step]) -> str:
            return written("", steps, self.before, self.after, self.base.sources.texts)

        return tuple(newcomers(self.after.units, set(self.texts.unowned), model, write))

    @cached_property
    def newcomers(self) -> tuple[Newcomer, ...]:
        """Sheets of new measures."""
        return tuple(new for new in self._sheets if new.heading not in self.kept)

    @cached_property
    def generated(self) -> tuple[GeneratedEdit, ...]:
        """What was edited where nothing is taken from, and new paragraphs that belong to no text."""
        return tuple(self._generated())

    def _generated(self) -> Iterator[GeneratedEdit]:
        yield from self._carried.left
        yield from moved_edits(
            self.after.units, self.pairs, owners(self.before.units, self.base.sources.is_text), self.away
        )
        told = all_texts(self.before.units)  # a sheet was copied with what others say of its measure
        for new in self.newcomers:
            yield from (GeneratedEdit(new.heading, "", row, NO_FIELD) for row in new.beside if row not in told)
            yield from (GeneratedEdit(new.heading, "", row, REPEATED) for row in new.repeated)
        in_sheets = {index for new in self._sheets for index in new.units}
        rails = {unit.plain for unit in self.before.units if unit.rail}  # they follow their sheets
        units = self.after.units
        follows = {at for at, unit in enumerate(units) if unit.rail and unit.plain in rails}
        left = [index for index in self.texts.unowned if index not in in_sheets | follows]
        for start, end in together(self.after.units, left):
            text = "\n".join(told_text(self.after.units[index]) for index in range(start, end))
            yield GeneratedEdit(heading_above(self.after.units, start), "", text, why_new(self.after.units[start]))
