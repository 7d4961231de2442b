"""A Plan in, what looks like the same thing twice out: measures of different strands, actors under two names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz, process

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
    for first, second, why in _same_measures(plan):
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


def _same_measures(plan: Plan) -> Iterator[tuple[Measure, Measure, str]]:
    """Pairs of measures of different strands, and why they look alike.

    Pairs grow with the square of a plan's size, so the library goes through the titles, each made ready once.
    """
    measures = plan.active_measures
    titles = [_sorted_words(measure.title.casefold()) for measure in measures]
    for index, first in enumerate(measures):
        rest = titles[index + 1 :]
        for _, agreement, place in process.extract_iter(
            titles[index], rest, scorer=fuzz.ratio, score_cutoff=ALIKE_TITLES
        ):
            second = measures[index + 1 + place]
            if plan.strand_of[first.id] != plan.strand_of[second.id] and (why := _same(first, second, agreement)):
                yield first, second, why


def _same(first: Measure, second: Measure, titles: float) -> str:
    """Why two measures whose titles agree to so many percent look like the same one, '' if they do not."""
    if _numbers(first.title) != _numbers(second.title):
        return ""
    if titles >= TITLES:
        return f"die Titel stimmen zu {titles:.0f} % überein"
    texts = fuzz.token_sort_ratio(first.description, second.description, score_cutoff=DESCRIPTIONS)
    return f"die Titel stimmen zu {titles:.0f} %, die Beschreibungen zu {texts:.0f} % überein" if texts else ""


def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split()))


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
