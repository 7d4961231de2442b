"""The roles of a measure and cells of the matrix that somebody changed, in; the roles that the matrix says now, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.kind import DASHES
from pipeline.fields.shown import bare
from schema.vocabulary import Role

ROLE_KEYS: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.LEAD: "federfuehrung",
        Role.DECISION: "entscheidung",
        Role.PARTICIPATION: "mitwirkung",
        Role.INFORMATION: "information",
    }
)
_BY_LETTER: Final[Mapping[str, Role]] = MappingProxyType({role.letter: role for role in Role})

# With the measure's number put in.
TWICE: Final = "Das sagt die Datei an zwei Stellen verschieden; bitte im Steckbrief {} eintragen, was gelten soll."
_TWO_LEADS: Final = "Hier stehen zwei neue F; genau eine Stelle führt. Bitte im Steckbrief {} eintragen, welche."
_NO_LEAD: Final = (
    "Ohne dieses F hat die Maßnahme keine Federführung; bitte ein F bei der Stelle eintragen, die nun führt, oder im "
    "Steckbrief {} „offen“."
)
_NO_ROLE: Final = "Das ist keine Rolle: Möglich ist F, E, M oder I, oder nichts; bitte im Steckbrief {} eintragen."

Actors = Mapping[str, str]
"""Who has a role, with what it contributes there, '' for nothing said."""


class UncertainError(ValueError):
    """The cells do not say one thing for certain; str() is a German sentence with {} for the measure's number."""


@dataclass(frozen=True)
class Roles:
    """The roles that are others than before, and who led before and only takes part now without anybody's saying so."""

    roles: Mapping[Role, Actors]
    moved_on: tuple[str, ...] = ()


def roles_after(data: Mapping[str, Plain], cells: Sequence[tuple[str, str]]) -> Roles:
    """What a measure's data say once the cells do: an actor's ID and what stands in its cell now, each.

    Example: `F` typed where the Gewerbering had `M`, and the Amt leads: then the Gewerbering leads, and the Amt, whose
    own `F` nobody touched, takes part; of several that might have led all do. Whoever gets another role keeps what it
    contributes. Raises UncertainError.
    """
    wanted = _wanted(cells)
    held = {role: participants(data.get(key)) for role, key in ROLE_KEYS.items()}
    now = {role: dict(actors) for role, actors in held.items()}
    for actor, role in wanted.items():
        said = [actors.pop(actor) for actors in now.values() if actor in actors]
        if role:
            now[role][actor] = next(filter(None, said), "")
    moved_on: tuple[str, ...] = ()
    if Role.LEAD in wanted.values():
        moved_on = tuple(actor for actor in now[Role.LEAD] if actor not in wanted)
        for actor in moved_on:
            now[Role.PARTICIPATION].setdefault(actor, now[Role.LEAD].pop(actor))
    if held[Role.LEAD] and not now[Role.LEAD]:
        raise UncertainError(_NO_LEAD)
    return Roles({role: actors for role, actors in now.items() if [*actors.items()] != [*held[role].items()]}, moved_on)


def _wanted(cells: Sequence[tuple[str, str]]) -> Mapping[str, Role | None]:
    """The role that each actor is to have, None for none. Raises UncertainError."""
    found: dict[str, Role | None] = {}
    for actor, text in cells:
        letter = "" if bare(text) in DASHES else text.strip().upper()
        if letter and letter not in _BY_LETTER:
            raise UncertainError(_NO_ROLE)
        role = _BY_LETTER.get(letter)
        if found.setdefault(actor, role) is not role:
            raise UncertainError(TWICE)
    if list(found.values()).count(Role.LEAD) > 1:
        raise UncertainError(_TWO_LEADS)
    return found


def participants(value: Plain) -> dict[str, str]:
    """Who has a role, by ID, as the value of its field says: an ID, or a list of IDs and of mappings with `akteur`."""
    found: dict[str, str] = {}
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            found[str(item.get("akteur", ""))] = str(item.get("beitrag") or "")
        elif item:
            found[str(item)] = ""
    return found


def is_letters(text: str) -> bool:
    """Whether a cell is one of the matrix: roles, or nothing."""
    return not text.strip() or bare(text) in DASHES or set(text.split()) <= _BY_LETTER.keys()
