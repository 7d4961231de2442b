"""A comparison in, the sources as the editor would have them out, and what of the edit cannot be carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.back import indicators
from pipeline.back.compare import Comparison
from pipeline.back.edits import Change, Edit
from pipeline.back.indicators import indicator_edits
from pipeline.back.names import PlanNames
from pipeline.back.newcomers import Newcomer, with_newcomer
from pipeline.back.places import NEW, model_at
from pipeline.back.rows import ShownEdit
from pipeline.back.sources import Sources, model_of
from pipeline.back.values import KEYS, Complaint, edits
from pipeline.back.yaml_text import change
from pipeline.back.yaml_tree import Unspliceable
from pipeline.compose import YamlFault
from pipeline.nodes import Place


@dataclass(frozen=True)
class Refusal:
    """An edit that is not carried out: where, what was and what should be, why not."""

    place: Place
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Theirs:
    """The sources as edited, and what could not be."""

    sources: Sources
    refusals: tuple[Refusal, ...]
    new: Mapping[str, Newcomer]  # by the ID that it got


def carry_out(comparison: Comparison, names: PlanNames) -> Theirs:
    """The base's sources with everything in them that was edited."""
    sources = comparison.base.sources
    refusals = [Refusal(Place(name), "", "", reason) for name, reason in comparison.texts.refused]
    gone = _gone(comparison)
    for name, text in comparison.texts.texts.items():
        if name.partition("/")[0] in gone:
            continue
        if not text.strip():
            why = "Ein Text darf nicht leer werden; bitte schreiben, was stattdessen gelten soll."
            refusals.append(Refusal(Place(name), sources.texts[name].text, "", why))
            continue
        try:
            sources = with_text(sources, name, text)
        except (Unspliceable, YamlFault) as error:
            refusals.append(Refusal(Place(name), "", text, str(error)))
    refusals += [Refusal(Place(f"{entity}/"), _title(comparison, entity), "", why) for entity, why in gone.items()]
    for value in comparison.values:
        if value.place.source.partition("/")[0] in gone:
            continue
        sources, refusal = _with_value(comparison.base.sources, sources, value, names)
        refusals += [refusal] if refusal else []
    new: dict[str, Newcomer] = {}
    for newcomer in comparison.newcomers:
        try:
            sources, identifier = with_newcomer(sources, newcomer, names)
            new[identifier] = newcomer
        except (ValueError, Unspliceable) as error:
            refusals.append(Refusal(Place(NEW), "", newcomer.words(newcomer.heading), str(error)))
    return Theirs(sources, tuple(refusals), new)


def _gone(comparison: Comparison) -> Mapping[str, str]:
    """Entities of which title and sheet are there no more: nobody strikes a measure by a key."""
    rows: dict[str, list[bool]] = {}
    for value in comparison.values:
        rows.setdefault(value.place.source.partition("/")[0], []).append(value.after is None)
    counts: dict[str, int] = {}
    for place in comparison.base.marks.values():
        if not place.source.startswith("texte/"):
            entity, _, key = place.source.partition("/")
            counts[entity] = counts.get(entity, 0) + (key in KEYS)
    reason = "Der ganze Abschnitt fehlt in der Word-Datei. Soll er wirklich fort, bitte in den Quellen streichen."
    there = _still_there(comparison)
    return {
        entity: reason
        for entity, gone in rows.items()
        if all(gone) and len(gone) >= counts.get(entity, 0) > 0 and entity not in there
    }


def _still_there(comparison: Comparison) -> frozenset[str]:
    """Entities of which anything is in the edited file."""
    kept = (comparison.before.units[index] for index in comparison.pairs.base_of.values())
    return frozenset(place.source.partition("/")[0] for unit in kept for place in unit.places)


def _title(comparison: Comparison, entity: str) -> str:
    """What an entity's sheet begins with."""
    found = (value.before for value in comparison.values if value.place.source.partition("/")[0] == entity)
    return " ".join(next(found, ()))


def with_text(sources: Sources, name: str, text: str) -> Sources:
    """The sources with another text in a file, or in a field of the data. Raises Unspliceable."""
    file = next((path for path in sources.files if str(path) == name), None)
    if file is not None:
        return sources.with_text(file, text)
    entity, _, key = name.rpartition("/")
    return with_edits(sources, entity, [Edit((key,), text)])


def with_edits(sources: Sources, entity: str, changes: Sequence[Edit]) -> Sources:
    """The sources with values of one entity changed; paths begin at the entity. Raises Unspliceable."""
    found = sources.entities[entity]
    whole: list[Change] = [Edit((*found.path, *edit.path), edit.value) for edit in changes]
    return sources.with_text(found.file, change(sources.text(found.file), whole, model_of(found.file)))


def _with_value(base: Sources, sources: Sources, value: ShownEdit, names: PlanNames) -> tuple[Sources, Refusal | None]:
    entity, _, key = value.place.source.rpartition("/")
    found = base.entities.get(entity)

    def refused(reason: str) -> tuple[Sources, Refusal]:
        return sources, Refusal(value.place, "\n".join(value.before), "\n".join(value.after or ()), reason)

    if found is None or key not in KEYS | {indicators.KEY}:
        return refused("Diese Angabe lässt sich aus Word nicht übernehmen; bitte in den Quellen ändern.")
    if value.after is None:
        return refused("Die Zeile fehlt in der Word-Datei oder hat andere Spalten; die Angabe bleibt, wie sie ist.")
    model = model_at(base, entity)
    if key == indicators.KEY:
        rows = ([line.split("\t") for line in lines] for lines in (value.before, value.after))
        outcome = indicator_edits(found.data.get(key), *rows)
    else:
        outcome = edits(key, model, found.data.get(key), value.before, value.after, names)
    if isinstance(outcome, Complaint):
        return refused(outcome.message)
    try:
        return (with_edits(sources, entity, outcome) if outcome else sources), None
    except (Unspliceable, YamlFault) as error:
        return refused(str(error))
