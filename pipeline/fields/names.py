"""What a plan calls its actors, goals and measures, and whom a text names that a person wrote.

Reading raises Unread where a text names nobody, or nobody for certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from pipeline.fields.shown import Unread, bare, meant, typed
from pipeline.fields.words import Piece
from pipeline.text.typography import typeset_line
from schema.entities import Measure
from schema.plan import Plan
from schema.vocabulary import MeasureStatus

_NUMBERED = re.compile(r"(?:ziele?n?|maßnahmen?)? ?[zm]?(\d+(?:\.\d+)+)\b[:.]?(?: ?[-–] | )?(.*)", re.IGNORECASE)
_LISTED = re.compile(r"(?:(?:ziele?n?|maßnahmen?) )?[zm]?\d+(?:\.\d+)+", re.IGNORECASE)
_BETWEEN = re.compile(r" ?[,;/] ?| (?:und|sowie) ")
_FATE = re.compile(
    rf" \((?:{'|'.join(re.escape(bare(item.label)) for item in MeasureStatus)}|"
    r"ersetzt durch [\d.]+|zusammengeführt mit [\d.]+)\)$"
)
_COMMA = re.compile(r" ?[,;] ?")
_BETWEEN_ACTORS = re.compile(r" ?[,;] ?(?:und )?| (?:und|sowie|u\.|&|\+) | ?/ ?")
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

    def is_actor(self, text: str) -> bool:
        """Whether a text is a name of an actor."""
        return bare(text) in self._actor_ids

    def actor_list(self, text: str) -> list[str]:
        """The IDs of actors with commas or an `und` between, which their names may have too."""
        words = typed(text).strip(" ,;")
        pieces = _spans(words)
        best: list[_Way | None] = [*[None] * len(pieces), (0, [])]
        for start in reversed(range(len(pieces))):
            ways: list[_Way] = []
            for end in range(start + 1, len(pieces) + 1):
                rest, name = best[end], words[pieces[start][0] : pieces[end - 1][1]]
                if rest is not None and self.is_actor(name):
                    actor = self.actor(name)
                    ways.append((rest[0] + (actor in self.preferred), [actor, *rest[1]]))
            best[start] = max(ways, key=lambda way: (way[0], -len(way[1])), default=None)
        if best[0] is None:
            for name in self.unknown_in(words) or [words]:
                self.actor(name)
            raise Unread(f"„{words}“ nennt nicht nur Akteure aus akteure.yaml.")
        return best[0][1]

    def unknown_in(self, text: str) -> list[str]:
        """The names in a text that no actor has; a name may hold commas and an `und`.

        Of `Kreis Handel, Handwerk, IHK` the longest known goes first, `Kreis Handel, Handwerk`, and then `IHK` is
        looked for. Of `Amt für Zauberei und Hexerei` all of it is unknown, of `IHK und Rath` only `Rath`.
        """
        words = typed(text).strip(" ,;")
        pieces = _spans(words)
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(pieces):
            ends = range(len(pieces), at, -1)
            known = next((end for end in ends if self.is_actor(words[pieces[at][0] : pieces[end - 1][1]])), None)
            if known is None:
                begun = found[-1] if found and found[-1][1] == at - 1 else None
                joined = begun is not None and not _COMMA.search(words[pieces[at - 1][1] : pieces[at][0]])
                found[len(found) - joined :] = [(begun[0], at) if joined and begun else (at, at)]
            at = known or at + 1
        return [words[pieces[first][0] : pieces[last][1]] for first, last in found]

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

    def _reference(self, text: str, letter: str, known: Mapping[str, str], kind: str) -> str:
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
        # Whoever writes another number may leave the title of what stood there before.
        titles_known = {bare(known[name]) for name in (identifier, *self.preferred) if name in known}
        if tail and bare(tail).removesuffix(tail_of(bare(tail))) not in titles_known and bare(tail) not in titles_known:
            raise Unread(
                f"„{text}“: Hier zählt nur die Nummer {match[1]}; der Titel lässt sich nur an seinem Ort ändern."
            )
        return identifier


def _spans(words: str) -> list[tuple[int, int]]:
    """Where the pieces of a text begin and end that may be names, or parts of them."""
    edges = [(0, 0), *(match.span() for match in _BETWEEN_ACTORS.finditer(words)), (len(words), len(words))]
    spans = [(start, end) for (_, start), (end, _) in pairwise(edges)]
    return [(start, end) for start, end in spans if start < end]


def tail_of(text: str) -> str:
    """What became of a measure, behind its title, in small letters: ` (zurückgestellt)`; '' for other words."""
    match = _FATE.search(text)
    return match[0] if match else ""


def fate(measure: Measure) -> tuple[Piece, ...]:
    """What became of a measure that is no longer active: `zurückgestellt`, `ersetzt durch 1.1.2`."""
    for word, other in (("ersetzt durch ", measure.replaced_by), ("zusammengeführt mit ", measure.merged_with)):
        if other:
            return (Piece(word), Piece(other[1:], other))
    return (Piece(typeset_line(measure.status.label)),)
