"""What a rule finds: a code, whom it concerns, the field, a German sentence, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from schema.plan import Kind, Plan

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Subject:
    """An entity, by kind and ID; the plan as a whole has the ID ''. `nth` tells doubles of an ID apart."""

    kind: Kind
    id: str = ""
    nth: int = 0


@dataclass(frozen=True)
class Finding:
    """`path` leads from the entity to the field concerned, in the data's keys and indexes; `related` is shown too.

    `line` counts from 1 inside the text of the field, 0 where the field as a whole is meant. `name` is given where
    the entity's ID would not tell one finding from another, such as one about two measures.
    """

    code: str
    subject: Subject
    path: Path
    message: str
    hint: str
    related: Subject | None = None
    line: int = 0
    name: str = ""

    @property
    def settled_as(self) -> str:
        """What a settlement in plan.yaml names it by: its own name, else the entity's ID."""
        return self.name or self.subject.id


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`Meinten Sie „a“ oder „b“?` for what is nearest, '' if nothing is near."""
    near = difflib.get_close_matches(wrong, list(known), n=2, cutoff=0.5)
    return f"Meinten Sie {' oder '.join(f'„{item}“' for item in near)}? " if near else ""


def unknown_actor(plan: Plan, code: str, subject: Subject, path: Path, actor: str) -> Finding:
    """The finding for an actor that akteure.yaml does not know."""
    near = suggestion(actor, plan.known(Kind.ACTOR))
    hint = f"{near}Die Kennungen stehen in akteure.yaml; ein neuer Akteur wird dort ergänzt."
    return Finding(code, subject, path, f"Den Akteur „{actor}“ gibt es nicht.", hint)
