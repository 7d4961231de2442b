"""Rules about a plan and the edition it replaces: an ID once published stays, and stays with what it was given to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from schema.edition import Record, Snapshot
from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Subject

# Below this share of common text, title and wording together are taken for those of something else.
SAME_THING = 0.4
COMPARED = 600  # characters of a wording: enough to tell, and quick whatever the text

_NAMES = {Kind.GOAL: "Das Ziel", Kind.MEASURE: "Die Maßnahme"}
_WORDING: Mapping[Kind, tuple[str, str]] = {
    Kind.GOAL: ("kurztitel", "zielsatz"),
    Kind.MEASURE: ("titel", "beschreibung"),
}


def stable_ids(plan: Plan, previous: Snapshot) -> Iterator[Finding]:
    """No goal or measure has vanished; none bears the number of something else."""
    for kind, name in _NAMES.items():
        for identifier, record in previous.records[kind].items():
            if not plan.knows(kind, identifier):
                yield _vanished(kind, f"{name} {identifier}", record, previous, named=plan.meta.replaces is not None)
    for goal in plan.goals:
        old = previous.records[Kind.GOAL].get(goal.id)
        if old and _is_other(Kind.GOAL, old, (goal.short_title, goal.sentence)):
            yield _changed(Kind.GOAL, goal.id, old, previous)
    for measure in plan.measures:
        old = previous.records[Kind.MEASURE].get(measure.id)
        if old is None:
            continue
        strand = str(old.get("strang", ""))
        if strand in plan.strand_by_id and strand != plan.strand_of[measure.id]:
            yield _moved(plan, measure.id, strand, previous)
        elif _is_other(Kind.MEASURE, old, (measure.title, measure.description)):
            yield _changed(Kind.MEASURE, measure.id, old, previous)


def _is_other(kind: Kind, old: Record, now: tuple[str, str]) -> bool:
    before = [str(old.get(key, ""))[:COMPARED] for key in _WORDING[kind]]
    pairs = zip(before, (text[:COMPARED] for text in now), strict=True)
    return all(SequenceMatcher(None, *pair, autojunk=False).ratio() < SAME_THING for pair in pairs)


def _vanished(kind: Kind, name: str, record: Record, previous: Snapshot, *, named: bool) -> Finding:
    """`named`: whether the plan says that it replaces that edition."""
    title = record.get(_WORDING[kind][0], "")
    way_out = (
        "Den Eintrag wiederherstellen und „status: zurueckgestellt“ oder „ersetzt_durch“ eintragen."
        if kind is Kind.MEASURE
        else "Das Ziel wiederherstellen; veröffentlichte Ziele bleiben stehen."
    )
    message = f"{name} („{title}“) aus Fassung {previous.edition} fehlt."
    return Finding("P208", Subject(Kind.PLAN), ("ersetzt" if named else "fassung",), message, way_out)


def _moved(plan: Plan, identifier: str, strand: str, previous: Snapshot) -> Finding:
    before, now = plan.strand_by_id[strand].name, plan.strand_by_id[plan.strand_of[identifier]].name
    message = f"{identifier} gehörte in Fassung {previous.edition} zum Strang {before}, jetzt zu {now}."
    hint = "Die Maßnahme zurücklegen und „ersetzt_durch“ eintragen; im anderen Strang bekommt sie eine neue Nummer."
    return Finding("P209", Subject(Kind.MEASURE, identifier), ("id",), message, hint)


def _changed(kind: Kind, identifier: str, old: Record, previous: Snapshot) -> Finding:
    title = old.get(_WORDING[kind][0], "")
    message = f"{identifier} war in Fassung {previous.edition} „{title}“ und ist jetzt etwas ganz anderes."
    hint = "Dem neuen Eintrag eine neue Nummer geben und den alten stehen lassen."
    return Finding("P209", Subject(kind, identifier), ("id",), message, hint)
