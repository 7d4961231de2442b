"""A Plan in, what looks like the same thing twice out: measures of different strands, actors under two names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from schema.entities import Actor, Measure
from schema.plan import Kind, Plan
from schema.rules import Finding, Subject

# Percent of agreement from which two texts are shown to a person, found by trying on real plans: titles of different
# measures stay below 70, the same measure put in other words lies above.
TITLES = 82.0
ALIKE_TITLES, DESCRIPTIONS = 60.0, 75.0
NAMES = 88.0


def similar(plan: Plan) -> Iterator[Finding]:
    """Findings for each pair, at the second of the two; the message shows both and says why."""
    for first, second in combinations(plan.active_measures, 2):
        if plan.strand_of[first.id] != plan.strand_of[second.id] and (why := _same_measure(first, second)):
            yield Finding(
                "P472",
                Subject(Kind.MEASURE, second.id),
                ("titel",),
                f"{first.id} „{first.title}“ ({plan.strand(first).name}) und {second.id} „{second.title}“ "
                f"({plan.strand(second).name}) sehen nach derselben Sache aus: {why}.",
                "Zusammenführen („zusammengefuehrt_mit“) oder unter „hinweise“ in plan.yaml begründen, was sie trennt.",
                related=Subject(Kind.MEASURE, first.id),
                name=f"{first.id}/{second.id}",
            )
    for one, other in combinations(plan.actors, 2):
        if why := _same_actor(one, other):
            yield Finding(
                "P573",
                Subject(Kind.ACTOR, other.id),
                ("name",),
                f"„{one.name}“ ({one.id}) und „{other.name}“ ({other.id}) sehen nach demselben Akteur aus: {why}.",
                "Einen der beiden löschen und überall dieselbe Kennung verwenden, oder unter „hinweise“ begründen.",
                related=Subject(Kind.ACTOR, one.id),
                name=f"{one.id}/{other.id}",
            )


def _same_measure(first: Measure, second: Measure) -> str:
    if _numbers(first.title) != _numbers(second.title):
        return ""
    titles = fuzz.token_sort_ratio(first.title.casefold(), second.title.casefold(), score_cutoff=ALIKE_TITLES)
    if titles >= TITLES:
        return f"die Titel stimmen zu {titles:.0f} % überein"
    if titles:
        texts = fuzz.token_sort_ratio(first.description, second.description, score_cutoff=DESCRIPTIONS)
        if texts:
            return f"die Titel stimmen zu {titles:.0f} %, die Beschreibungen zu {texts:.0f} % überein"
    return ""


def _same_actor(one: Actor, other: Actor) -> str:
    if _numbers(one.name) != _numbers(other.name):
        return ""
    names = {one.name.casefold(), one.short.casefold()} & {other.name.casefold(), other.short.casefold()}
    if names:
        return "sie heißen gleich"
    agreement = fuzz.ratio(one.name.casefold(), other.name.casefold(), score_cutoff=NAMES)
    return f"die Namen stimmen zu {agreement:.0f} % überein" if agreement else ""


def _numbers(text: str) -> str:
    """What tells apart things that are alike on purpose: Bauabschnitt 1 and 2."""
    return "".join(character for character in text if character.isdigit())
