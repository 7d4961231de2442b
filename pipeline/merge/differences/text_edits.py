"""The units of a base and of an edited file in, the texts that were edited out, and what changed where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.merge.differences.align_units import Pairs
from pipeline.merge.differences.owners import edited_owners, owners
from pipeline.merge.markdown.footnotes import (
    Note,
    definition_as_written,
    definition_lines,
    edit_notes,
    is_defined,
    labels_within,
    own_label,
    with_labels,
)
from pipeline.merge.markdown.source_text import Leaf, SourceText
from pipeline.merge.markdown.units import Unit
from pipeline.merge.markdown.write import Step, edited_text
from pipeline.merge.why import Reason, Why, picture_new
from pipeline.text.markdown_limits import RefusedTextError

_PICTURE_MISSING: Final = Why(
    Reason.PICTURE_MISSING, "Ein Bild fehlt in der Word-Datei, seine Unterschrift nicht; das Bild bleibt."
)


@dataclass(frozen=True)
class Side:
    """A file's units, and its notes by label."""

    units: tuple[Unit, ...]
    notes: Mapping[str, Note]


@dataclass(frozen=True)
class TextEdits:
    """The edited texts by their source, and what was edited but cannot be carried out."""

    texts: Mapping[str, str]
    refused: tuple[tuple[str, Why], ...]  # source, why
    added: tuple[tuple[str, int], ...]  # source, edited unit that is new in it, or comes from another text
    unowned: tuple[int, ...]  # edited units that belong to no text and to nothing of the base


def edit_texts(
    base: Side, edited: Side, pairs: Pairs, sources: Mapping[str, SourceText], is_text: Callable[[str], bool]
) -> TextEdits:
    """What the edited file makes of the texts; those that stay as they are do not come out."""
    of_base = owners(base.units, is_text)
    of_edited = edited_owners(base.units, edited.units, pairs, is_text)
    unowned = tuple(index for index, name in enumerate(of_edited) if not name and not _known(of_base, pairs, index))
    texts, refused = {}, []
    for name in _touched(base, edited, pairs, of_base, of_edited):
        steps, reasons = _steps(name, base, edited, pairs, sources[name], of_edited)
        refused += [(name, why) for why in reasons]
        try:
            text = written(name, steps, base, edited, sources)
        except RefusedTextError as error:
            refused.append((name, Why(Reason.TEXT_LIMITS, f"{error.message} {error.hint}")))
            continue
        if text != sources[name].text:
            texts[name] = text
    added = tuple(
        (of_edited[index], index)
        for index, unit in enumerate(edited.units)
        if of_edited[index] in texts and unit.kind != "empty" and _owner(of_base, pairs, index) != of_edited[index]
    )
    return TextEdits(texts, tuple(refused), added, unowned)


def written(name: str, steps: Sequence[Step], base: Side, edited: Side, sources: Mapping[str, SourceText]) -> str:
    """The text of these blocks with the notes that they call, each as this text calls it; '' names a new text.

    A note that comes from another text is defined as it was there, if it is still what it was in the base. Raises
    RefusedTextError.
    """
    source = sources.get(name, SourceText(""))
    called = {label for label in edited.notes if any(_calls_note(step, label) for step in steps)}
    before = {label for label in base.notes if any(_calls(step.before, label) for step in steps if step.before)}
    own = labels_within(name, source, called | before)
    defined = {leaf.note for leaf in source.leaves}
    new: list[str] = []
    for label in sorted(called):
        if not is_defined(label, name, defined):
            still = edited.notes[label] == base.notes.get(label)
            known = definition_as_written(label, own[label], sources) if still else []
            new += known or definition_lines(own[label], edited.notes[label])
    named = [
        replace(
            step,
            after=with_labels(step.after, own),
            before=with_labels(step.before, own) if step.before else None,
        )
        for step in steps
    ]
    old, now = (
        {own_label(label): note for label, note in side.notes.items() if is_defined(label, name, defined)}
        for side in (base, edited)
    )
    return edit_notes(edited_text(source, named, new), old, now, frozenset(own[label] for label in called))


def _calls_note(step: Step, label: str) -> bool:
    """The heading of a generated part is never written."""
    return _calls(step.after, label) and not (step.leaf and step.leaf.kind == "embedded")


def _calls(unit: Unit, label: str) -> bool:
    return f"[^{label}]" in unit.key_text


def _owner(of_base: Sequence[str], pairs: Pairs, index: int) -> str:
    """The text that an edited unit belonged to, '' if it is new."""
    return of_base[pairs.base_of[index]] if index in pairs.base_of else ""


def _known(of_base: Sequence[str], pairs: Pairs, index: int) -> bool:
    """Whether an edited unit that belongs to no text is of the base; one that was moved out of its text is not."""
    return index in pairs.base_of and not of_base[pairs.base_of[index]]


def _touched(base: Side, edited: Side, pairs: Pairs, of_base: Sequence[str], of_edited: Sequence[str]) -> list[str]:
    """The texts of which anything differs; comparing is cheap, writing is not."""
    before: dict[str, list[object]] = {}
    after: dict[str, list[object]] = {}
    for index, unit in enumerate(base.units):
        if of_base[index]:
            before.setdefault(of_base[index], []).append((index, unit.key, unit.alternative))
    for index, unit in enumerate(edited.units):
        if of_edited[index]:
            after.setdefault(of_edited[index], []).append((pairs.base_of.get(index), unit.key, unit.alternative))
    changed = {label for label in base.notes if base.notes[label] != edited.notes.get(label)}
    names = dict.fromkeys([*before, *after])
    return [
        name
        for name in names
        if before.get(name) != after.get(name) or (changed and _calls_any(base, of_base, name, changed))
    ]


def _calls_any(base: Side, of_base: Sequence[str], name: str, labels: set[str]) -> bool:
    units = (unit for index, unit in enumerate(base.units) if of_base[index] == name)
    return any(_calls(unit, label) for unit in units for label in labels)


def _steps(
    name: str, base: Side, edited: Side, pairs: Pairs, source: SourceText, of_edited: Sequence[str]
) -> tuple[list[Step], list[Why]]:
    leaves = {leaf.start: leaf for leaf in source.flow}
    explains = explains_terms(name, source)
    steps: list[Step] = []
    refused: list[Why] = []
    for index, found in enumerate(edited.units):
        if of_edited[index] != name:
            continue
        unit = found if explains else as_paragraph(found)
        before = base.units[pairs.base_of[index]] if index in pairs.base_of else None
        leaf = _leaf(leaves, before, name)
        if unit.kind == "empty":
            continue
        if leaf is None and unit.kind == "figure":
            refused.append(picture_new(unit.alternative))
            continue
        known = before and (before if explains else as_paragraph(before))
        if known and known.alternative and unit.kind == "figure" and not unit.alternative:
            refused.append(_PICTURE_MISSING)
        steps.append(Step(unit, leaf, known if leaf else None))
    return _with_fixed(name, steps, base, source, refused), refused


def explains_terms(name: str, source: SourceText) -> bool:
    """Whether a text may hold explanations; what the glossary shows as one is a text of its own."""
    return name.endswith(".md") or any(leaf.definition for leaf in source.flow)


def as_paragraph(unit: Unit) -> Unit:
    """A unit of a text that holds none."""
    return replace(unit, kind="paragraph") if unit.kind == "definition" else unit


def _leaf(leaves: Mapping[int, Leaf], before: Unit | None, name: str) -> Leaf | None:
    """The leaf of a unit that stood in this text before."""
    place = next((place for place in before.places if place.source == name), None) if before else None
    return leaves.get(place.start) if place else None


def unseen(name: str, base: Side, source: SourceText) -> list[Leaf]:
    """The blocks of a text that the base shows nowhere, so that nobody can have changed or deleted them.

    A block has lost its place where its words as the base shows them are not believed, such as `CO~2~` in a file of a
    version that printed the tildes.
    """
    shown = {place.start for unit in base.units for place in unit.places if place.source == name}
    return [leaf for leaf in source.flow if leaf.start not in shown]


def _with_fixed(name: str, steps: list[Step], base: Side, source: SourceText, refused: list[Why]) -> list[Step]:
    """Generated parts and the title stay, also where somebody deleted them in Word, and so does what is unseen."""
    place = {id(leaf): index for index, leaf in enumerate(source.flow)}
    there = {id(step.leaf) for step in steps if step.leaf}
    units = {unit.place.start: unit for unit in base.units if unit.place and unit.place.source == name}
    hidden = {id(leaf) for leaf in unseen(name, base, source)}
    for leaf in source.flow:
        title = leaf.kind == "heading" and leaf.level == 1 and leaf is source.flow[0]
        if id(leaf) in there or not (title or id(leaf) in hidden or leaf.kind == "embedded"):
            continue
        unit = units.get(leaf.start) or Unit(leaf.kind if id(leaf) in hidden else "heading", leaf.text)
        if leaf.start in units:
            what = "Der Titel eines Textes" if title else "Ein erzeugter Teil"
            told = f"{what} („{unit.plain}“) lässt sich in Word nicht löschen; er bleibt stehen."
            refused.append(Why(Reason.HEADING_FIXED, told))
        earlier = [at for at, step in enumerate(steps) if step.leaf and place[id(step.leaf)] < place[id(leaf)]]
        steps.insert(earlier[-1] + 1 if earlier else 0, Step(unit, leaf, unit))
    return steps
