"""What a plan calls its actors, goals and measures, and whom a text names that a person wrote.

Reading raises Unread where a text names nobody, or nobody for certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.fields.shown import Unread, bare, meant, typed
from pipeline.fields.words import Piece
from pipeline.text.typography import typeset_line
from schema.entities import Measure
from schema.plan import Plan

_NUMBERED = re.compile(r"(?:ziel|maßnahme)? ?[zm]?(\d+(?:\.\d+)+)\b[:.]?(?: ?[-–] | )?(.*)", re.IGNORECASE)
_LISTED = re.compile(r"(?:(?:ziele?n?|maßnahmen?) )?[zm]?\d+(?:\.\d+)+", re.IGNORECASE)
_BETWEEN = re.compile(r" ?[,;] ?| und ")
_PIECE = re.compile(r"[^,;\s](?:[^,;]*[^,;\s])?")
_Way = tuple[int, list[str]]  # how many of the actors are preferred, and all of them


@dataclass(frozen=True)
class PlanNames:
    """By ID: every name of an actor, the full one first; the short title of a goal; the title of a measure.

    `fates` has what became of the measures that are no longer active. `preferred` are IDs of actors: of several actors
    that share a name one of these is meant.
    """

    actors: Mapping[str, tuple[str, ...]]
    goals: Mapping[str, str]
    measures: Mapping[str, str]
    fates: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    preferred: frozenset[str] = frozenset()

    @classmethod
    def of(cls, plan: Plan) -> PlanNames:
        return cls(
            {actor.id: (actor.name, actor.short, actor.id) for actor in plan.actors},
            {goal.id: goal.short_title for goal in plan.goals},
            {measure.id: measure.title for measure in plan.measures},
            {measure.id: fate(measure) for measure in plan.measures if not measure.active},
        )

    def preferring(self, actors: Iterable[str]) -> PlanNames:
        """The same names, of which those of some actors are meant rather than others."""
        return replace(self, preferred=frozenset(actors))

    @cached_property
    def _actor_ids(self) -> dict[str, list[str]]:
        """By name, those first whose full name it is."""
        found: dict[str, list[str]] = {}
        for place in range(3):
            for actor, names in self.actors.items():
                if place < len(names) and actor not in found.setdefault(bare(names[place]), []):
                    found[bare(names[place])].append(actor)
        return found

    # --- actors ---------------------------------------------------------------------------------------------------

    def actor_name(self, identifier: str) -> str:
        """The full name of an actor, the ID of one that the plan does not know."""
        return next(iter(self.actors.get(identifier, ())), identifier)

    def actor(self, text: str) -> str:
        """The ID of the actor that a text names."""
        found = self._actor_ids.get(bare(text), [])
        if not found:
            full = [names[0] for names in self.actors.values()]
            hint = meant(text, [*full, *(name for names in self.actors.values() for name in names[1:2])])
            raise Unread(f"„{typed(text)}“ steht nicht in akteure.yaml{hint}")
        return next((actor for actor in found if actor in self.preferred), found[0])

    def actor_list(self, text: str) -> list[str]:
        """The IDs of actors with commas between, which their names may have too."""
        words = typed(text)
        pieces = [match.span() for match in _PIECE.finditer(words)]
        best: list[_Way | None] = [*[None] * len(pieces), (0, [])]
        for start in reversed(range(len(pieces))):
            ways: list[_Way] = []
            for end in range(start + 1, len(pieces) + 1):
                rest, name = best[end], words[pieces[start][0] : pieces[end - 1][1]]
                if rest is not None and bare(name) in self._actor_ids:
                    actor = self.actor(name)
                    ways.append((rest[0] + (actor in self.preferred), [actor, *rest[1]]))
            best[start] = max(ways, key=lambda way: (way[0], -len(way[1])), default=None)
        if best[0] is None:
            unknown = (words[slice(*piece)] for piece in pieces if bare(words[slice(*piece)]) not in self._actor_ids)
            self.actor(next(unknown, words))
            raise Unread(f"„{words}“ nennt nicht nur Akteure aus akteure.yaml.")
        return best[0][1]

    # --- goals and measures ---------------------------------------------------------------------------------------

    def goal_list(self, text: str) -> list[str]:
        """`1.1 Kurztitel`, `Ziel 1.1, Ziel 1.2`, `Z1.1`."""
        return self._references(text, "Z", self.goals, "Das Ziel")

    def measure_list(self, text: str) -> list[str]:
        """`1.1.1 Titel`, `1.1.1, 1.1.2`, `M1.1.1`."""
        return self._references(text, "M", self.measures, "Die Maßnahme")

    def _references(self, text: str, letter: str, known: Mapping[str, str], kind: str) -> list[str]:
        words = typed(text).strip(" ,;")
        parts = _BETWEEN.split(words)
        if len(parts) > 1 and all(_LISTED.fullmatch(part) for part in parts):
            return [self._reference(part, letter, known, kind) for part in parts]
        return [self._reference(words, letter, known, kind)]

    @staticmethod
    def _reference(text: str, letter: str, known: Mapping[str, str], kind: str) -> str:
        match = _NUMBERED.fullmatch(text)
        if match is None:
            titles = {bare(title): identifier for identifier, title in known.items()}
            if bare(text) in titles:
                return titles[bare(text)]
            example = next(iter(known), f"{letter}1.1")[1:]
            raise Unread(
                f"„{text}“ nennt keine Nummer; geschrieben wird sie so: „{example}“{meant(text, known.values())}"
            )
        identifier, tail = letter + match[1], match[2]
        if identifier not in known:
            raise Unread(f"{kind} „{match[1]}“ gibt es nicht{meant(identifier, known)}")
        titles_known = {bare(title) for title in known.values()}
        if tail and not any(bare(tail) in (title, title + tail_of(bare(tail))) for title in titles_known):
            raise Unread(
                f"„{text}“: Hier zählt nur die Nummer {match[1]}; der Titel lässt sich nur an seinem Ort ändern."
            )
        return identifier


def tail_of(text: str) -> str:
    """` (zurückgestellt)` behind a title, '' if there is none."""
    match = re.search(r" \([^()]*\)$", text)
    return match[0] if match else ""


def fate(measure: Measure) -> tuple[Piece, ...]:
    """What became of a measure that is no longer active: `zurückgestellt`, `ersetzt durch 1.1.2`."""
    for word, other in (("ersetzt durch ", measure.replaced_by), ("zusammengeführt mit ", measure.merged_with)):
        if other:
            return (Piece(word), Piece(other[1:], other))
    return (Piece(typeset_line(measure.status.label)),)
