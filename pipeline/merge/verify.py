"""What the edited sources give and the edited file in, what of the edit did not arrive out.

The sources are built once more, and what they show is held against what the editor left: the texts block by block, the
values row by row. Whatever differs did not arrive, for whatever reason; and what did not arrive is not written either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from pipeline.fields.names import PlanNames
from pipeline.merge.apply import Refusal, Theirs
from pipeline.merge.differences.arrived_values import has_value, means_the_same
from pipeline.merge.differences.compare import Comparison
from pipeline.merge.differences.generated import heading_before
from pipeline.merge.differences.owners import edited_owners, owners
from pipeline.merge.differences.rows import shown
from pipeline.merge.differences.text_edits import Side, as_paragraph, unseen
from pipeline.merge.markdown.footnotes import Note
from pipeline.merge.markdown.said import Said, plainly
from pipeline.merge.markdown.source_text import Leaf
from pipeline.merge.markdown.units import Unit
from pipeline.merge.places import NEW
from pipeline.merge.sources import Sources
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


_NEW: Final = Why(
    Reason.NEW_MEASURE,
    "So, wie der Steckbrief in Word steht, lässt er sich nicht schreiben; bitte von Hand nachtragen.",
)


@dataclass(frozen=True)
class Missing:
    """What stands in the edited file and not in what its sources give, or the other way round ('' for nothing).

    `units` are the edited file's units that it is about, `note` the label of the note; `whole`: nobody can tell what of
    the text it is about.
    """

    place: Place
    edited: str
    built: str
    why: Why = _LOST
    heading: str = ""  # under which it stands, where no place in the sources is known
    units: tuple[int, ...] = ()
    note: str = ""
    whole: bool = False

    @property
    def undone(self) -> bool:
        """Whether nothing of it may be in the sources; of the rest, its sentence says what is."""
        return self.why.code is Reason.LOST


def missing(comparison: Comparison, built: Side, theirs: Theirs, names: PlanNames) -> Iterator[Missing]:
    """Everything that did not arrive."""
    sources = comparison.base.sources
    now = {item.place: item.lines for unit in built.units for item in shown(unit, sources)}
    edited = {value.place: value for value in comparison.values if value.after is not None}
    wanted = list(_values(comparison))
    for identifier, newcomer in theirs.new.items():
        wanted += [(Place(f"{identifier}/{key}"), lines) for key, lines in newcomer.rows.items()]
    for place, lines in wanted:
        if place not in now or place.source in comparison.kept:
            continue
        if place in edited:
            arrived = has_value(comparison, edited[place], now[place], theirs.sources, names)
        else:
            arrived = now[place] == lines or means_the_same(theirs.sources, place, now[place], lines, names)
        if not arrived:
            yield Missing(place, "\n".join(lines), "\n".join(now[place]))
    yield from _texts(comparison, built, theirs.sources)
    yield from missing_notes(comparison, built)


def differing(comparison: Comparison, names: PlanNames) -> frozenset[Place]:
    """The places whose value or block the second side shows otherwise than the first, and not only in other words."""
    sources = comparison.base.sources
    first, second = (
        {place for unit in side.units for place in unit.places} for side in (comparison.before, comparison.after)
    )
    found = second - first  # and what the first does not show at all
    for value in comparison.own_values:
        after = value.after
        if after is None or not means_the_same(sources, value.place, value.before, after, names):
            found.add(value.place)
    after_of = {index: other for other, index in comparison.pairs.base_of.items()}
    for index, unit in enumerate(comparison.before.units):
        if unit.place is None or not sources.is_text(unit.place.source):
            continue
        other = comparison.after.units[after_of[index]] if index in after_of else None
        if other is None or other.words != unit.words:
            found.update(unit.places)
    return frozenset(found)


def without_lost(comparison: Comparison, lost: Sequence[Missing], theirs: Theirs) -> Comparison:
    """The same without the edits that did not arrive: what is told as not taken is not written.

    What of a text nobody can tell apart stays as a whole, and a new measure of which a field is missing is left out.
    """
    is_text = comparison.base.sources.is_text
    gone = [item for item in lost if item.undone]
    units = {index for item in gone for index in item.units}
    kept = {item.place.source for item in gone if item.whole or not is_text(item.place.source)} - {""}
    new = {theirs.new[entity].heading for entity in (name.partition("/")[0] for name in kept) if entity in theirs.new}
    return comparison.without(units, {item.note for item in gone if item.note}, kept | new)


def dropped(before: Theirs, after: Theirs) -> Mapping[str, Refusal]:
    """The new measures, by the ID that they got at first, that are not written because they did not arrive whole."""
    headings = {new.heading for new in after.new.values()}
    gone = {entity: new for entity, new in before.new.items() if new.heading not in headings}
    return {entity: Refusal(Place(NEW), "", new.words(new.heading), _NEW) for entity, new in gone.items()}


Lines = tuple[str, ...]


def _values(comparison: Comparison) -> Iterator[tuple[Place, Lines]]:
    """The values as the editor left them; a value that is a paragraph is the one that this paragraph was."""
    sources = comparison.base.sources
    for index, unit in enumerate(comparison.after.units):
        if unit.kind == "table":
            yield from ((item.place, item.lines) for item in shown(unit, sources))
        elif index in comparison.pairs.base_of:
            before = comparison.before.units[comparison.pairs.base_of[index]]
            yield from ((item.place, (unit.plain,)) for item in shown(before, sources) if before.kind != "table")


def _texts(comparison: Comparison, built: Side, sources: Sources) -> Iterator[Missing]:
    of_edited = edited_owners(comparison.before.units, comparison.after.units, comparison.pairs, sources.is_text)
    of_built = owners(built.units, sources.is_text)
    yield from _beyond_letters(comparison.after.units, of_edited)
    words = _apart(comparison.after.notes, built.notes)
    wanted = _by_owner(comparison.after.units, of_edited)
    found = _by_owner(built.units, of_built)
    for name in wanted:
        if name in comparison.kept:
            continue
        left, right = wanted[name], found.get(name, [])
        if len(left) < len(right) and (source := comparison.base.sources.texts.get(name)):
            right = _without(right, unseen(name, comparison.before, source))
        if name.startswith(_EXPLAINING):
            left, right = ([replace(item, unit=as_paragraph(item.unit)) for item in side] for side in (left, right))
        seen, there = ([_seen(item.unit, words) for item in side] for side in (left, right))
        yield from _pictures(name, left, right)
        if seen == there:
            continue
        have, want = Counter(there), Counter(seen)
        lost = [item for item, key in zip(left, seen, strict=True) if have[key] < want[key]]
        extra = [item for item, key in zip(right, there, strict=True) if want[key] < have[key]]
        found_missing = (_missing(name, *both, sources) for both in _side_by_side(lost, extra))
        yield from (item for item in found_missing if item is not None)
        if not lost and not extra:
            yield Missing(Place(name), "Die Reihenfolge der Absätze", "", whole=True)


_Words = tuple[tuple[object, ...], ...]


def _words_of(note: Note) -> _Words:
    """What a reader sees of a note."""
    return tuple(unit.words for unit in note)


def _apart(edited: Mapping[str, Note], built: Mapping[str, Note]) -> Mapping[str, _Words]:
    """The words of the notes that only one side has under their label: in the text they came into they are called
    otherwise.
    """
    return {
        label: _words_of(note) for label, note in {**edited, **built}.items() if (label in edited) != (label in built)
    }


def _seen(unit: Unit, words: Mapping[str, _Words]) -> tuple[object, ...]:
    """What a reader sees of a unit; of a call of a note the note's `words`, where its label is none of both sides."""

    def named(value: object) -> object:
        if isinstance(value, Said):
            return words.get(value.words, value) if "footnote" in value.formats else value
        return tuple(map(named, value)) if isinstance(value, tuple) else value

    return tuple(map(named, unit.seen)) if words else unit.seen


def _without(placed: Sequence[_Placed], kept: Sequence[Leaf]) -> list[_Placed]:
    """The units of what was built, but for those that were kept since the edited file does not show them."""
    left = Counter((leaf.text, leaf.rows) for leaf in kept)
    result = []
    for item in placed:
        key = (item.unit.text, tuple(tuple(cell.text for cell in row) for row in item.unit.rows))
        if left[key] > 0:
            left[key] -= 1
        else:
            result.append(item)
    return result


def _beyond_letters(after: Sequence[Unit], owner: Sequence[str]) -> Iterator[Missing]:
    """Letters, links and notes in code, which no code can hold."""
    for index, (unit, name) in enumerate(zip(after, owner, strict=True)):
        if name and unit.rich:
            yield Missing(Place(name), unit.rich, unit.text, units=(index,))


@dataclass(frozen=True)
class _Placed:
    """A unit and its place among all units of its file."""

    unit: Unit
    index: int


def _by_owner(units: Sequence[Unit], owner: Sequence[str]) -> dict[str, list[_Placed]]:
    found: dict[str, list[_Placed]] = {}
    for index, (unit, name) in enumerate(zip(units, owner, strict=True)):
        if name and unit.kind != "empty":
            found.setdefault(name, []).append(_Placed(unit, index))
    return found


def _pictures(name: str, edited: Sequence[_Placed], built: Sequence[_Placed]) -> Iterator[Missing]:
    """Pictures whose description is another; one without any is gone in Word, and told as that."""
    there = Counter(plainly(item.unit.alternative) for item in built)
    for item in edited:
        words = plainly(item.unit.alternative)
        if words and item.unit.kind == "figure":
            there[words] -= 1
            if there[words] < 0:
                yield Missing(Place(name), item.unit.alternative, "", units=(item.index,))


def _side_by_side(lost: Sequence[_Placed], extra: Sequence[_Placed]) -> Iterator[tuple[_Placed | None, _Placed | None]]:
    """What is missing beside what stands there instead: first what reads the same, then in their order."""
    left, right = list(lost), list(extra)
    for item in lost:
        same = next((other for other in right if _same_words(other.unit, item.unit)), None)
        if same is not None:
            left.remove(item)
            right.remove(same)
            yield item, same
    yield from zip_longest(left, right)


def _same_words(one: Unit, other: Unit) -> bool:
    return plainly(one.plain) == plainly(other.plain)


def _missing(name: str, edited: _Placed | None, built: _Placed | None, sources: Sources) -> Missing | None:
    """Both in words; where they read the same, their letters or their forms differ.

    The heading of a generated part stands on the level that the headings around it give it.
    """
    leaves = sources.texts[name].flow
    want, have = edited.unit if edited else None, built.unit if built else None
    units = (edited.index,) if edited else ()
    if have and have.place and any(leaf.start == have.place.start and leaf.kind == "embedded" for leaf in leaves):
        if want is not None and want.text == have.text:
            return None
        same = want is not None and want.plain == have.plain
        return Missing(
            Place(name), want.key_text if want and same else _said(want), _said(have), _EMBEDDED, units=units
        )
    if want is None or have is None or not _same_words(want, have):
        return Missing(Place(name), _said(want), _said(have), units=units, whole=not units)
    if want.words != have.words:
        return Missing(Place(name), want.key_text, have.key_text, units=units)
    return Missing(Place(name), f"{_said(want)} ({want.form})", f"{_said(have)} ({have.form})", _FORM, units=units)


def _said(unit: Unit | None) -> str:
    return "" if unit is None else unit.plain or unit.key_text


def staying_notes(comparison: Comparison, built: Side) -> Iterator[Missing]:
    """The notes that were taken away with their calls and are called still."""
    edited, before = comparison.after, comparison.before
    for label, note in before.notes.items():
        call = f"[^{label}]"
        caller = next((at for at, unit in enumerate(before.units) if call in unit.key_text), None)
        if caller is None or any(call in unit.key_text + unit.rich for unit in edited.units):
            continue
        if any(f"[^{name}]" in unit.key_text for unit in built.units for name in _names_of(label, note, edited, built)):
            heading = heading_before(before.units, caller)
            yield Missing(Place(""), "", " ".join(unit.plain for unit in note), heading=heading, note=label)


def _names_of(label: str, note: Note, edited: Side, built: Side) -> Sequence[str]:
    """What a note of the base is called in what was built."""
    if label in built.notes:
        return (label,)
    return [
        name for name, other in built.notes.items() if name not in edited.notes and _words_of(other) == _words_of(note)
    ]


def missing_notes(comparison: Comparison, built: Side) -> Iterator[Missing]:
    """The notes that did not arrive.

    One that was taken away may still stand in the file; a new one is looked for wherever it is called.
    """
    edited, known, is_text = comparison.after, comparison.before.notes, comparison.base.sources.is_text
    there = set(map(_words_of, built.notes.values()))
    for label, note in edited.notes.items():
        call = f"[^{label}]"
        called = label not in known or any(call in unit.key_text + unit.rich for unit in edited.units)
        if called and _words_of(note) not in there:
            caller = next((at for at, unit in enumerate(edited.units) if call in unit.key_text), None)
            heading = "" if caller is None else heading_before(edited.units, caller)
            new = caller is not None and label not in known
            of_text = new and all(is_text(place.source) for place in edited.units[caller or 0].places)
            units = (caller,) if caller is not None and of_text else ()  # of a table of the data nothing is written
            words = " ".join(unit.plain for unit in note)
            yield Missing(Place(""), words, "", heading=heading, units=units, note=label)
