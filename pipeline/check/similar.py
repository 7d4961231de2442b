"""A Plan in, what looks like the same thing twice out: copies, measures of different strands, actors of two names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from pipeline.text.likeness import ALIKE_TITLE, DESCRIPTION, NAME, TITLE, among
from schema.entities import Actor, Measure
from schema.plan import Kind, Plan
from schema.rules import Finding, Subject


def similar(plan: Plan) -> Iterator[Finding]:
    """Findings for each pair, at the second of the two; the message shows both and says why."""
    yield from _copies(plan)
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


def _copies(plan: Plan) -> Iterator[Finding]:
    """Measures of one strand, and goals, of which somebody copied one and changed nothing but its number."""
    measures = [((plan.strand_of[item.id], item.title, item.description), item) for item in plan.active_measures]
    for first, second in _pairs((key, item.id) for key, item in measures):
        yield _copy("P475", Kind.MEASURE, (first, second), plan.measure_by_id[second].title, "titel")
    goals = ((item.short_title, item.sentence) for item in plan.goals)
    for first, second in _pairs(zip(goals, (item.id for item in plan.goals), strict=True)):
        yield _copy("P372", Kind.GOAL, (first, second), plan.goal_by_id[second].short_title, "kurztitel")


def _pairs(keyed: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[tuple[str, str]]:
    """The IDs of what has the same words as something before it: that of the first such, and its own."""
    first: dict[tuple[str, ...], str] = {}
    for words, identifier in keyed:
        known = first.setdefault(tuple(" ".join(text.casefold().split()) for text in words), identifier)
        if known != identifier:
            yield known, identifier


def _copy(code: str, kind: Kind, pair: tuple[str, str], title: str, key: str) -> Finding:
    message = f"{pair[0]} und {pair[1]} stimmen Wort für Wort überein („{title}“)."
    hint = f"Bei {pair[1]} eintragen, was anders ist, oder den Eintrag löschen, wenn er nur eine Kopie ist."
    return Finding(code, Subject(kind, pair[1]), (key,), message, hint, related=Subject(kind, pair[0]))


def _same_measures(plan: Plan) -> Iterator[tuple[Measure, Measure, str]]:
    """Pairs of measures of different strands, and why they look alike.

    Pairs grow with the square of a plan's size, so the library goes through the titles, each made ready once.
    """
    measures = plan.active_measures
    # With their words in order, so that "Beratung ausbauen" and "Ausbauen der Beratung" are compared word by word.
    titles = [_sorted_words(measure.title.casefold()) for measure in measures]
    for index, first in enumerate(measures):
        rest = titles[index + 1 :]
        for place, agreement in among(titles[index], rest, ALIKE_TITLE):
            second = measures[index + 1 + place]
            if plan.strand_of[first.id] != plan.strand_of[second.id] and (why := _same(first, second, agreement)):
                yield first, second, why


def _same(first: Measure, second: Measure, titles: float) -> str:
    """Why two measures whose titles are so alike look like the same one, '' if they do not."""
    if _numbers(first.title) != _numbers(second.title):
        return ""
    if titles >= TITLE.at_least:
        return f"die Titel stimmen zu {100 * titles:.0f} % überein"
    texts = DESCRIPTION.likeness(*(_sorted_words(measure.description) for measure in (first, second)))
    if texts < DESCRIPTION.at_least:
        return ""
    return f"die Titel stimmen zu {100 * titles:.0f} %, die Beschreibungen zu {100 * texts:.0f} % überein"


@lru_cache(maxsize=1 << 12)
def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split()))


def _same_actor(one: Actor, other: Actor) -> str:
    """Why two actors look like the same one, '' if they do not; a name may be another's short name."""
    if _numbers(one.name) != _numbers(other.name):
        return ""
    names = {one.name.casefold(), one.short.casefold()} & {other.name.casefold(), other.short.casefold()}
    if names:
        return "sie heißen gleich"
    agreement = NAME.likeness(one.name.casefold(), other.name.casefold())
    return f"die Namen stimmen zu {100 * agreement:.0f} % überein" if agreement >= NAME.at_least else ""


@lru_cache(maxsize=1 << 12)
def _numbers(text: str) -> str:
    """The digits of a text, which tell apart what is alike on purpose: Bauabschnitt 1 and Bauabschnitt 2."""
    return "".join(character for character in text if character.isdigit())
