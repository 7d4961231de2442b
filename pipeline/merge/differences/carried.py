"""Edits in parts that are made from the data, in; where they say one thing for certain, the same edits of the data out.

An `F` in the matrix is a role, a date in the schedule a period, a ticked box a milestone reached, a figure in place of
an open one a baseline: each stands once in the data, in a row of a sheet, and is taken as if it had been typed there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.kind import DASHES, NONE, OPEN
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import Field, fields_of
from pipeline.fields.shown import bare, shown, typed
from pipeline.merge.differences.commitment_sheet import is_commitment
from pipeline.merge.differences.field_edits import comes_back, edits, is_table
from pipeline.merge.differences.generated import GeneratedEdit
from pipeline.merge.differences.matrix_roles import (
    ROLE_KEYS,
    TWICE,
    UncertainError,
    is_letters,
    participants,
    roles_after,
)
from pipeline.merge.differences.rows import Shown, ShownEdit
from pipeline.merge.differences.rows import shown as shown_of
from pipeline.merge.markdown.units import Unit
from pipeline.merge.sources import Sources
from pipeline.merge.why import Reason, Why
from schema.plan import Kind
from schema.vocabulary import MilestoneResult, Role

_NUMBER: Final = re.compile(r"(\d+(?:\.\d+)+)\b")
_BOX: Final = re.compile(r"([☐☑☒]|\[[ xX]?\])\s*")
_TICKED: Final = ("☑", "☒", "[x]", "[X]")
_LINES: Final = re.compile(r"\n| / (?=[☐☑☒\[])")
_PARTED: Final = " / "  # between paragraphs that somebody typed into a cell
_ENTRIES: Final = "; "  # between the milestones in the schedule
_SIGN: Final = re.compile(r" [A-ZÄÖÜ]$")  # of a strand, behind an actor's name in the matrix
_MILESTONES, _COMMITMENTS, _INDICATORS = "meilensteine", "zusagen", "indikatoren"
_OF_LEAD: Final = "Zusage der Federführung"  # a column of the open points
_TASKS: Final = "erledigt"  # begins the head of a column of boxes
_DONE: Final = f" – {MilestoneResult.REACHED.label}"
_IN_MATRIX: Final = "So steht es in der Zuständigkeitsmatrix."
_MOVED_ON: Final = "Die bisherige Federführung wirkt nun mit: {}."
_IN_PART: Final = "So steht es unter „{}“."
_INNER: Final = str.maketrans("„“", "‚‘")


@dataclass(frozen=True)
class Carried:
    """All edits of values, and what is left of those in generated parts, some with a better reason."""

    values: tuple[ShownEdit, ...]
    left: tuple[GeneratedEdit, ...]


def carry(
    values: Sequence[ShownEdit], generated: Sequence[GeneratedEdit], units: Sequence[Unit], sources: Sources
) -> Carried:
    """What of the generated edits can be taken goes to the values; `units` are those of the file before editing."""
    if not any(edit.column for edit in generated):
        return Carried(tuple(values), tuple(generated))
    return _Carrier(values, units, sources).carried(generated)


@dataclass(frozen=True)
class _Letter:
    """A cell of the matrix: who has what there now."""

    edit: GeneratedEdit
    actor: str
    after: str


class _Carrier:
    """The rows in which the data are edited, and what of them is asked for elsewhere."""

    def __init__(self, values: Sequence[ShownEdit], units: Sequence[Unit], sources: Sources) -> None:
        self.values, self.sources = values, sources
        self.names = _names(sources)
        self.rows: dict[str, Shown] = {}
        self.heads: dict[str, tuple[str, ...]] = {}
        for unit in units:
            for item in shown_of(unit, sources):
                if not is_commitment(item.label):
                    self.rows.setdefault(item.place.source, item)
                    if not item.label and unit.rows:
                        self.heads.setdefault(item.place.source, tuple(" ".join(cell.plain) for cell in unit.rows[0]))
        self.edited = {edit.place.source for edit in values}
        self.asked: dict[str, ShownEdit] = {}
        self.taken: dict[str, list[GeneratedEdit]] = {}
        self.twice: set[str] = set()

    def carried(self, generated: Sequence[GeneratedEdit]) -> Carried:
        letters: dict[str, list[_Letter]] = {}
        told: dict[int, Why] = {}
        for edit in generated:
            entity = self._entity(edit)
            if not entity:
                continue
            actor = self._actor(edit.column) if entity.startswith("M") and is_letters(edit.before) else ""
            if actor:
                letters.setdefault(entity, []).append(_Letter(edit, actor, edit.after))
            else:
                self._cell(edit, entity)
        for measure, cells in letters.items():
            if why := self._roles(measure, cells):
                told |= {id(cell.edit): why for cell in cells}
        self._spread_twice()
        for source in self.twice:
            self.asked.pop(source)
            why = _ambiguous(TWICE, source.partition("/")[0])
            told |= {id(edit): why for edit in self.taken.pop(source)}
        gone = {id(edit) for taken in self.taken.values() for edit in taken}
        left = (replace(edit, why=told[id(edit)]) if id(edit) in told else edit for edit in generated)
        kept = tuple(edit for was, edit in zip(generated, left, strict=True) if id(was) not in gone)
        return Carried((*self.values, *self.asked.values()), kept)

    def _spread_twice(self) -> None:
        """An edit that asks for several fields, of which one contradicts another edit, asks for none."""
        doubtful = {id(edit) for source in self.twice for edit in self.taken[source]}
        while more := [
            source
            for source, edits_of in self.taken.items()
            if source not in self.twice and any(id(edit) in doubtful for edit in edits_of)
        ]:
            self.twice.update(more)
            doubtful |= {id(edit) for source in more for edit in self.taken[source]}

    def _entity(self, edit: GeneratedEdit) -> str:
        """The measure or goal that a cell's row is about; '' where the cell is none, or of something else."""
        found = _NUMBER.match(edit.row) if edit.column else None
        names = (f"{letter}{found[1]}" for letter in "MZ") if found else ()
        return next((name for name in names if name in self.sources.entities), "")

    def _actor(self, column: str) -> str:
        name = _SIGN.sub("", column)
        return next((self.names.actor(text) for text in (column, name) if self.names.is_actor(text)), "")

    def _ask(self, edit: GeneratedEdit, source: str, after: Sequence[str], said: str) -> None:
        """Asks for other lines in the row of a field, unless somebody edited that row itself."""
        row = self.rows.get(source)
        if row is None or source in self.edited:
            return
        wanted = ShownEdit(row.place, row.label, row.lines, tuple(after), said)
        before = self.asked.setdefault(source, wanted)
        if [bare(line) for line in before.after or ()] != [bare(line) for line in after]:
            self.twice.add(source)
        self.taken.setdefault(source, []).append(edit)

    def _ask_some(self, edit: GeneratedEdit, source: str, changed: Mapping[int, str], said: str) -> None:
        """Asks for some lines of a row of which others may be asked for elsewhere: each may be asked for in one way."""
        row, asked = self.rows[source], self.asked.get(source)
        if asked is None or asked.after is None or len(asked.after) != len(row.lines):
            self._ask(edit, source, [changed.get(at, line) for at, line in enumerate(row.lines)], said)
            return
        lines = list(asked.after)
        for at, line in changed.items():
            if bare(lines[at]) not in (bare(row.lines[at]), bare(line)):
                self.twice.add(source)
            lines[at] = line
        self.asked[source] = replace(asked, after=tuple(lines))
        self.taken[source].append(edit)

    # --- the matrix -----------------------------------------------------------------------------------------------

    def _roles(self, measure: str, cells: Sequence[_Letter]) -> Why | None:
        """Asks for the roles that the matrix says; why not, where it says nothing for certain."""
        rows = {role: f"{measure}/{key}" for role, key in ROLE_KEYS.items()}
        if any(source in self.edited or source not in self.rows for source in rows.values()):
            return None
        try:
            changed = roles_after(self.sources.entities[measure].data, [(cell.actor, cell.after) for cell in cells])
        except UncertainError as uncertain:
            return _ambiguous(str(uncertain), measure)
        said = _IN_MATRIX
        if changed.moved_on:
            names = ", ".join(map(self.names.actor_name, changed.moved_on))
            said += f" {_MOVED_ON.format(names.removesuffix('.'))}"
        for role, actors in changed.roles.items():
            for cell in cells:
                self._ask(cell.edit, rows[role], self._lines(actors), said)
        return None

    def _lines(self, actors: Mapping[str, str]) -> list[str]:
        """As a sheet shows them: on one line, or each by itself where one says what it contributes."""
        named = [(self.names.actor_name(actor), said) for actor, said in actors.items()]
        if not named:
            return [NONE]
        if any(said for _, said in named):
            return [f"{name}: {said}" if said else name for name, said in named]
        return [", ".join(name for name, _ in named)]

    # --- other cells ----------------------------------------------------------------------------------------------

    def _cell(self, edit: GeneratedEdit, entity: str) -> None:
        """Asks for what a cell says in a field's own row, if it said the same before."""
        said = _IN_PART.format(edit.heading.translate(_INNER))
        if entity.startswith("M") and _BOX.match(edit.before) and edit.column.startswith(_TASKS):
            self._ticks(edit, entity, said)
            return
        old, new = (typed(_BOX.sub("", text, count=1)) for text in (edit.before, edit.after))
        if not new or bare(new) in DASHES or shown(old) == shown(new) or _PARTED in edit.after:
            return
        for field in fields_of(self.sources.entities[entity].model).values():
            source = f"{entity}/{field.key}"
            if field.label == edit.column and comes_back(field) and not is_table(field) and source in self.rows:
                self._field(edit, source, field, said)
                return
        if edit.column == _OF_LEAD and bare(old) == OPEN:
            self._commitment(edit, entity, new, said)
        elif entity.startswith("Z"):
            self._indicator(edit, entity, (old, new), said)

    def _field(self, edit: GeneratedEdit, source: str, field: Field, said: str) -> None:
        """The cell of another table is the field's own where it is read as the same value."""
        entity = self.sources.entities[source.rpartition("/")[0]]
        old, new = (_BOX.sub("", text, count=1) for text in (edit.before, edit.after))
        apart: Callable[[str], list[str]] = _entries if field.key == _MILESTONES else str.splitlines
        if edits(field.key, entity.model, entity.data.get(field.key), self.rows[source].lines, apart(old), self.names):
            return
        self._ask(edit, source, apart(new), said)

    def _ticks(self, edit: GeneratedEdit, entity: str, said: str) -> None:
        """Of a list of boxes, dates and milestones: a box ticked is a milestone reached, another date its date."""
        source = f"{entity}/{_MILESTONES}"
        row = self.rows.get(source)
        before, after = (_LINES.split(text) for text in (edit.before, edit.after))
        if row is None or len(before) != len(after):
            return
        changed: dict[int, str] = {}
        for old, new in zip(before, after, strict=True):
            if shown(old) == shown(new):
                continue
            place = _milestone(row.lines, _BOX.sub("", old, count=1))
            line = _ticked(row.lines[place], old, new) if place is not None else ""
            if place is None or not line:
                return
            changed[place] = line
        self._ask_some(edit, source, changed, said)

    def _commitment(self, edit: GeneratedEdit, entity: str, day: str, said: str) -> None:
        """Where that of the lead was open there is a day now."""
        leads = [*participants(self.sources.entities[entity].data.get(ROLE_KEYS[Role.LEAD]))]
        source = f"{entity}/{_COMMITMENTS}"
        if len(leads) == 1 and source in self.rows:
            there = [line for line in self.rows[source].lines if bare(line) not in (OPEN, *DASHES)]
            self._ask(edit, source, [*there, f"{self.names.actor_name(leads[0])}, {day}"], said)

    def _indicator(self, edit: GeneratedEdit, goal: str, texts: tuple[str, str], said: str) -> None:
        """A cell of an indicator's row, in the table of its goal; by the indicator's name, where only one has it."""
        source = f"{goal}/{_INDICATORS}"
        row, head = self.rows.get(source), self.heads.get(source, ())
        name = dict(zip(edit.head, edit.cells, strict=False)).get(head[0] if head else "", "")
        if row is None or edit.column not in head[1:] or not name:
            return
        cells = [line.split("\t") for line in row.lines]
        of_name = [place for place, line in enumerate(cells) if shown(line[0]) == shown(name)]
        column = head.index(edit.column)
        if len(of_name) != 1 or len(cells[of_name[0]]) != len(head):
            return
        cell = cells[of_name[0]][column]
        if bare(texts[0]) != OPEN and shown(cell) != shown(texts[0]):
            return
        typed_in = _BOX.sub("", edit.after, count=1)
        asked = self.asked.get(source)
        if asked is not None and asked.after is not None:  # for other cells of the same table
            cells = [line.split("\t") for line in asked.after]
            if cells[of_name[0]][column] not in (cell, typed_in):
                self.twice.add(source)
            del self.asked[source]
        cells[of_name[0]][column] = typed_in
        self._ask(edit, source, ["\t".join(line) for line in cells], said)


def _ambiguous(sentence: str, measure: str) -> Why:
    return Why(Reason.AMBIGUOUS, sentence.format(measure[1:]))


def _names(sources: Sources) -> PlanNames:
    """What the sources call their actors, goals and measures."""
    found: dict[Kind, dict[str, Mapping[str, Plain]]] = {kind: {} for kind in Kind}
    for name, entity in sources.entities.items():
        if entity.kind is not None:
            found[entity.kind.kind][name] = entity.data
    return PlanNames(
        {
            name: (str(data.get("name", name)), str(data.get("kurzname") or data.get("name", name)), name)
            for name, data in found[Kind.ACTOR].items()
        },
        {name: str(data.get("kurztitel", "")) for name, data in found[Kind.GOAL].items()},
        {name: str(data.get("titel", "")) for name, data in found[Kind.MEASURE].items()},
    )


def _entries(text: str) -> list[str]:
    """The milestones of a cell of the schedule, each with its date: `2028: Zwölf Räume vermittelt`."""
    return text.split(_ENTRIES)


def _milestone(lines: Sequence[str], told: str) -> int | None:
    """Which of a sheet's milestones a line of the to-do list is, by its title; None where several have it."""
    titles = [line.partition("\t")[2] for line in lines]
    found = [place for place, title in enumerate(titles) if title and shown(told).endswith(f" {shown(title)}")]
    return found[0] if len(found) == 1 else None


def _ticked(line: str, old: str, new: str) -> str:
    """A sheet's milestone as the line of the to-do list says it now, '' where that is not certain.

    `☑ Sep. 2027 Liste steht im Netz` of `September 2027 → Liste steht im Netz` gives `… – erreicht`.
    """
    if not all(_BOX.match(text) for text in (old, new)):
        return ""
    date, _, title = line.partition("\t")
    was, now = (typed(_BOX.sub("", text, count=1)) for text in (old, new))
    if shown(was) != shown(now):
        if not shown(now).endswith(f" {shown(title)}"):
            return ""
        date = now[: len(now) - len(title)].strip()
    before, after = (text.startswith(_TICKED) for text in (old, new))
    if before and not after:
        return ""
    done = _DONE if after and not before and _DONE.strip() not in title else ""
    return f"{date}\t{title}{done}"
