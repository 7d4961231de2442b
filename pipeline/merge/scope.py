"""What somebody allows a file to change, as typed, and the plan in; which values and texts that are, out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.errors import UnknownScopeError
from schema.plan import Plan
from schema.rules.finding import suggestion

_STRAND: Final = ("strand", "strang")
_ACTOR: Final = ("actor", "akteur")
_WAYS: Final = "Hinter --only steht eine Kennung wie M1.1.2, strang:… oder akteur:…"


@dataclass(frozen=True)
class Scope:
    """The entities whose values and texts may change; in these strands a new measure may come, too."""

    entities: frozenset[str]
    strands: frozenset[str]

    def holds(self, source: str) -> bool:
        """Whether a place, `M1.1.2/titel` or `texte/ausgangslage.md`, may change."""
        entity, _, _ = source.rpartition("/")
        return entity in self.entities


def scope_of(words: Sequence[str], plan: Plan, known: Collection[str]) -> Scope:
    """What is meant by `M1.1.2`, `strang:rathaus`, `akteur:verein`. Raises UnknownScopeError.

    A strand's are its measures and the goals that it set alone. An actor's are its own entry and the measures that it
    leads, as a report says whose measures a file touches. `known`: all entities' IDs.
    """
    entities: set[str] = set()
    strands: set[str] = set()
    for word in words:
        kind, colon, name = word.strip().partition(":")
        if not colon:
            entities.add(_entity(kind, known))
        elif kind.casefold() in _STRAND:
            strands.add(_known(name, plan.strand_by_id, "Den Strang"))
        elif kind.casefold() in _ACTOR:
            actor = _known(name, plan.actor_by_id, "Den Akteur")
            entities |= {actor, *(measure.id for measure in plan.measures if actor in measure.leads)}
        else:
            raise UnknownScopeError(f"„{word}“ ist nicht zu verstehen. {_WAYS}.")
    entities |= {name for name, strand in plan.strand_of.items() if strand in strands}
    return Scope(frozenset(entities), frozenset(strands))


def _entity(word: str, known: Collection[str]) -> str:
    """The ID; of a measure the number is enough."""
    return f"M{word}" if f"M{word}" in known else _known(word, known, "Die Kennung")


def _known(name: str, known: Collection[str], what: str) -> str:
    if name in known:
        return name
    raise UnknownScopeError(f"{what} „{name}“ gibt es nicht. {suggestion(name, tuple(known))}{_WAYS}.")
