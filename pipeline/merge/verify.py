"""What the edited sources give and the edited file in, what of the edit did not arrive out.

The sources are built once more, and what they show is held against what the editor left: the texts block by block, the
values row by row. Whatever differs did not arrive, for whatever reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from pipeline.fields.names import PlanNames
from pipeline.fields.registry import fields_of
from pipeline.merge.apply import Theirs
from pipeline.merge.differences.compare import Comparison
from pipeline.merge.differences.field_edits import comes_back, edits
from pipeline.merge.differences.generated import heading_before
from pipeline.merge.differences.owners import edited_owners, owners
from pipeline.merge.differences.rows import shown
from pipeline.merge.differences.text_edits import Side, as_paragraph
from pipeline.merge.markdown.units import Unit
from pipeline.merge.sources import Sources, is_text
from pipeline.merge.why import Reason, Why
from pipeline.text.nodes import Place
from schema.files import ENTITY
from schema.plan import Kind

_EXPLAINING: Final = ENTITY[
    Kind.TERM
].begins  # its texts are shown as explanations, whatever their paragraphs look like
_LOST: Final = Why(Reason.LOST, "Diese Änderung ist nicht angekommen; bitte von Hand nachtragen.")
_FORM: Final = Why(
    Reason.LOST_FORM,
    "Der Text ist angekommen, aber in anderer Form: So, wie er in Word steht, lässt er sich nicht schreiben.",
)
_EMBEDDED: Final = Why(
    Reason.LOST_HEADING, "Das ist die Überschrift eines erzeugten Teils; sie lässt sich in Word nicht ändern."
)


@dataclass(frozen=True)
class Missing:
    """What stands in the edited file and not in what its sources give, or the other way round ('' for nothing)."""

    place: Place
    edited: str
    built: str
    why: Why = _LOST
    heading: str = ""  # under which it stands, where no place in the sources is known


def missing(comparison: Comparison, built: Side, theirs: Theirs, names: PlanNames) -> Iterator[Missing]:
    """Everything that did not arrive."""
    now = {item.place: item.lines for unit in built.units for item in shown(unit)}
    wanted = list(_values(comparison))
    for identifier, newcomer in theirs.new.items():
        wanted += [(Place(f"{identifier}/{key}"), lines) for key, lines in newcomer.rows.items()]
    for place, lines in wanted:
        if (
            place in now
            and now[place] != lines
            and not _means_the_same(theirs.sources, place, now[place], lines, names)
        ):
            yield Missing(place, "\n".join(lines), "\n".join(now[place]))
    yield from _texts(comparison, built, theirs.sources)
    yield from _notes(comparison.after, built, frozenset(comparison.before.notes))


Lines = tuple[str, ...]


def _values(comparison: Comparison) -> Iterator[tuple[Place, Lines]]:
    """The values as the editor left them; a value that is a paragraph is the one that this paragraph was."""
    for index, unit in enumerate(comparison.after.units):
        if unit.kind == "table":
            yield from ((item.place, item.lines) for item in shown(unit))
        elif index in comparison.pairs.base_of:
            before = comparison.before.units[comparison.pairs.base_of[index]]
            yield from ((item.place, (unit.plain,)) for item in shown(before) if before.kind != "table")


def _means_the_same(sources: Sources, place: Place, built: Lines, edited: Lines, names: PlanNames) -> bool:
    """Whether a value was only written otherwise than it is printed: `Q1 2027 - 2028`, an empty cell."""
    entity, _, key = place.source.rpartition("/")
    found = sources.entities.get(entity)
    if found is None or not comes_back(fields_of(found.model).get(key)):
        return False
    return edits(key, found.model, found.data.get(key), built, edited, names) == []


def _texts(comparison: Comparison, built: Side, sources: Sources) -> Iterator[Missing]:
    of_edited = edited_owners(comparison.before.units, comparison.after.units, comparison.pairs, is_text)
    of_built = owners(built.units, is_text)
    yield from _beyond_letters(comparison.after.units, of_edited)
    wanted = _by_owner(comparison.after.units, of_edited)
    found = _by_owner(built.units, of_built)
    for name in wanted:
        left, right = wanted[name], found.get(name, [])
        if name.startswith(_EXPLAINING):
            left, right = ([as_paragraph(unit) for unit in units] for units in (left, right))
        if [unit.key for unit in left] == [unit.key for unit in right]:
            continue
        have, want = Counter(unit.key for unit in right), Counter(unit.key for unit in left)
        lost = [unit for unit in left if have[unit.key] < want[unit.key]]
        extra = [unit for unit in right if want[unit.key] < have[unit.key]]
        found_missing = (_missing(name, *both, sources) for both in _side_by_side(lost, extra))
        yield from (item for item in found_missing if item is not None)
        if not lost and not extra:
            yield Missing(Place(name), "Die Reihenfolge der Absätze", "")


def _beyond_letters(after: Sequence[Unit], owner: Sequence[str]) -> Iterator[Missing]:
    """Letters, links and notes in code, which no code can hold."""
    for unit, name in zip(after, owner, strict=True):
        if name and unit.rich:
            yield Missing(Place(name), unit.rich, unit.text)


def _by_owner(units: Sequence[Unit], owner: Sequence[str]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit, name in zip(units, owner, strict=True):
        if name and unit.kind != "empty":
            found.setdefault(name, []).append(unit)
    return found


def _side_by_side(lost: Sequence[Unit], extra: Sequence[Unit]) -> Iterator[tuple[Unit | None, Unit | None]]:
    """What is missing beside what stands there instead: first what reads the same, then in their order."""
    left, right = list(lost), list(extra)
    for unit in lost:
        same = next((other for other in right if other.plain == unit.plain), None)
        if same is not None:
            left.remove(unit)
            right.remove(same)
            yield unit, same
    yield from zip_longest(left, right)


def _missing(name: str, edited: Unit | None, built: Unit | None, sources: Sources) -> Missing | None:
    """Both in words; where they read the same, their letters or their forms differ.

    The heading of a generated part stands on the level that the headings around it give it.
    """
    leaves = sources.texts[name].flow
    if built and built.place and any(leaf.start == built.place.start and leaf.kind == "embedded" for leaf in leaves):
        if edited is not None and edited.text == built.text:
            return None
        same = edited is not None and edited.plain == built.plain
        return Missing(Place(name), edited.key_text if edited and same else _said(edited), _said(built), _EMBEDDED)
    if edited is None or built is None or edited.plain != built.plain:
        return Missing(Place(name), _said(edited), _said(built))
    if edited.key_text != built.key_text:
        return Missing(Place(name), edited.key_text, built.key_text)
    return Missing(Place(name), f"{_said(edited)} ({edited.form})", f"{_said(built)} ({built.form})", _FORM)


def _said(unit: Unit | None) -> str:
    return "" if unit is None else unit.plain or unit.key_text


def _notes(edited: Side, built: Side, known: frozenset[str]) -> Iterator[Missing]:
    """A note that was taken away may still stand in the file; a new one is looked for wherever it is called."""
    there = {tuple(unit.text for unit in note) for note in built.notes.values()}
    for label, note in edited.notes.items():
        call = f"[^{label}]"
        called = label not in known or any(call in unit.key_text + unit.rich for unit in edited.units)
        if called and tuple(unit.text for unit in note) not in there:
            caller = next((at for at, unit in enumerate(edited.units) if call in unit.key_text), None)
            heading = "" if caller is None else heading_before(edited.units, caller)
            yield Missing(Place(""), " ".join(unit.plain for unit in note), "", heading=heading)
