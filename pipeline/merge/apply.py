"""A comparison in, the sources as the editor would have them out, and what of the edit cannot be carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.fields.names import PlanNames
from pipeline.fields.registry import fields_of
from pipeline.merge.differences.compare import Comparison
from pipeline.merge.differences.field_edits import Complaint, comes_back, edits, is_table
from pipeline.merge.differences.new_measures import Newcomer, with_newcomer
from pipeline.merge.differences.rows import ShownEdit
from pipeline.merge.places import NEW
from pipeline.merge.sources import Sources
from pipeline.merge.why import Reason, Repair, RepairKind, Why
from pipeline.merge.with_values import with_all
from pipeline.merge.yaml.edits import Edit
from pipeline.merge.yaml.splices import Unspliceable
from pipeline.text.nodes import Place

_TEXT_EMPTY: Final = Why(
    Reason.TEXT_EMPTY, "Ein Text darf nicht leer werden; bitte schreiben, was stattdessen gelten soll."
)
_SECTION_MISSING: Final = Why(
    Reason.SECTION_MISSING,
    "Der ganze Abschnitt fehlt in der Word-Datei. Soll er wirklich fort, bitte in den Quellen streichen.",
)
_ROW_MISSING: Final = Why(
    Reason.ROW_MISSING,
    "Die Zeile fehlt in der Word-Datei oder hat andere Spalten; die Angabe bleibt, wie sie ist.",
)
_NO_FIELD: Final = Why(
    Reason.NO_FIELD, "Diese Angabe lässt sich aus Word nicht übernehmen; bitte in den Quellen ändern."
)
_NOT_WRITABLE: Final = Why(Reason.NOT_WRITABLE, "")  # the sentence is that of whoever could not write it


@dataclass(frozen=True)
class Refusal:
    """An edit that is not carried out: where, what was and what should be, why not.

    `part_of`: all lines of the value, where all else in them is carried out.
    """

    place: Place
    before: str
    after: str
    why: Why
    part_of: str = ""


@dataclass(frozen=True)
class Theirs:
    """The sources as edited, and what could not be."""

    sources: Sources
    refusals: tuple[Refusal, ...]
    new: Mapping[str, Newcomer]  # by the ID that it got


@dataclass(frozen=True)
class _Asked:
    """What an editor wants of one entity; paths begin at it. `refusal`: what is told where it cannot be written."""

    entity: str
    edits: Sequence[Edit]
    refusal: Refusal


def carry_out(comparison: Comparison, names: PlanNames) -> Theirs:
    """The base's sources with everything in them that was edited."""
    sources = comparison.base.sources
    refusals = [Refusal(Place(name), "", "", why) for name, why in comparison.texts.refused]
    asked: list[_Asked] = []
    gone = _gone(comparison)
    for name, text in comparison.texts.texts.items():
        if name.partition("/")[0] in gone:
            continue
        if not text.strip():
            refusals.append(Refusal(Place(name), sources.texts[name].text, "", _TEXT_EMPTY))
            continue
        entity, _, key = name.rpartition("/")
        if entity in sources.entities:
            asked.append(
                _Asked(
                    entity,
                    [Edit((key,), sources.as_written(name, text))],
                    Refusal(Place(name), "", text, _NOT_WRITABLE),
                )
            )
        else:
            sources = sources.with_prose(name, text)
    refusals += [Refusal(Place(f"{entity}/"), _title(comparison, entity), "", why) for entity, why in gone.items()]
    for value in comparison.values:
        if value.place.source.partition("/")[0] in gone:
            continue
        for outcome in _asked(sources, value, names):
            if isinstance(outcome, Refusal):
                refusals.append(outcome)
            elif outcome.edits:
                asked.append(outcome)
    sources, failed = with_all(sources, [(item.entity, item.edits) for item in asked])
    refusals += [
        replace(asked[number].refusal, why=replace(_NOT_WRITABLE, sentence=told))
        for number, told in sorted(failed.items())
    ]
    new: dict[str, Newcomer] = {}
    behind: dict[str, str] = {}  # of several new ones behind a measure, each comes behind the one before
    for newcomer in comparison.newcomers:
        try:
            placed = replace(newcomer, after=behind.get(newcomer.after, newcomer.after))
            sources, identifier = with_newcomer(sources, placed, names)
            new[identifier] = newcomer
            behind[newcomer.after] = identifier
        except (ValueError, Unspliceable) as error:
            why = Why(Reason.NEW_MEASURE, str(error))
            refusals.append(Refusal(Place(NEW), "", newcomer.words(newcomer.heading), why))
    return Theirs(sources, tuple(refusals), new)


def _gone(comparison: Comparison) -> Mapping[str, Why]:
    """Entities of which title and sheet are there no more: nobody strikes a measure by a key.

    Of an actor a table may show one value: without that row, it is the value that is missing.
    """
    rows: dict[str, list[bool]] = {}
    for value in comparison.values:
        rows.setdefault(value.place.source.partition("/")[0], []).append(value.after is None)
    counts: dict[str, int] = {}
    for place in comparison.base.marks.values():
        if not place.source.startswith("texte/"):
            entity = place.source.partition("/")[0]
            field = comparison.base.sources.field_at(place.source)
            counts[entity] = counts.get(entity, 0) + (comes_back(field) and not is_table(field))
    there = _still_there(comparison)
    return {
        entity: _SECTION_MISSING
        for entity, gone in rows.items()
        if all(gone) and len(gone) >= counts.get(entity, 0) > 1 and entity not in there
    }


def _still_there(comparison: Comparison) -> frozenset[str]:
    """Entities of which anything is in the edited file."""
    kept = (comparison.before.units[index] for index in comparison.pairs.base_of.values())
    return frozenset(place.source.partition("/")[0] for unit in kept for place in unit.places)


def _title(comparison: Comparison, entity: str) -> str:
    """What an entity's sheet begins with."""
    found = (value.before for value in comparison.values if value.place.source.partition("/")[0] == entity)
    return " ".join(next(found, ()))


def _asked(base: Sources, value: ShownEdit, names: PlanNames) -> Iterator[_Asked | Refusal]:
    """What an edited value asks for, and what of it cannot be."""
    entity, _, key = value.place.source.rpartition("/")
    found = base.entities.get(entity)

    def refused(why: Why) -> Refusal:
        return Refusal(value.place, "\n".join(value.before), "\n".join(value.after or ()), why)

    if found is None or not comes_back(fields_of(found.model).get(key)):
        yield refused(_NO_FIELD)
    elif value.after is None:
        row = Repair(RepairKind.RESTORE_ROW, {"entity": entity, "field": key})
        yield refused(replace(_ROW_MISSING, repairs=(row,)))
    else:
        outcome = edits(key, found.model, found.data.get(key), value.before, value.after, names)
        if isinstance(outcome, Complaint):
            refusal = refused(Why(Reason.NOT_UNDERSTOOD, outcome.message))
            if outcome.besides:
                yield _Asked(entity, outcome.besides, refused(_NOT_WRITABLE))
                refusal = replace(refusal, before=outcome.before, after=outcome.after, part_of=refusal.after)
            yield refusal
        else:
            yield _Asked(entity, outcome, refused(_NOT_WRITABLE))
