"""What a rule finds: a code, whom it concerns, the field, a German sentence, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest

from schema.files import ENTITY
from schema.plan import Kind, Plan

Path = tuple[str | int, ...]

_NEAR = 0.5  # how like two names are of which one may be meant for the other; 1 is the same
_OFFERED = 2
_COMPARED = 50
_NUMBER = re.compile(r"[A-Za-z]+ ?\d+(?:[.,-]\d+)*|\d+(?:\.\d+)+")
_SAYING = 2  # digits of a number from which on two that differ in one are alike


@dataclass(frozen=True)
class Subject:
    """An entity, by kind and ID; the plan as a whole has the ID '', one of its texts its name.

    `nth` tells doubles of an ID apart.
    """

    kind: Kind
    id: str = ""
    nth: int = 0

    @property
    def name(self) -> str:
        """What references and programs call it: `M1.1.1`, `HF1`, `glossar-leerstand`, `plan`."""
        if self.kind is Kind.PLAN:
            return self.kind.value
        return f"{ENTITY[self.kind].before}{self.id}" if self.id else ""

    @property
    def called(self) -> str:
        """What a sentence calls it: `M1.1.1`, whose letter says what it is; `Handlungsfeld 1`, `Akteur rat`."""
        kind = ENTITY[self.kind]
        speaks = bool(kind.begins) and self.id.startswith(kind.begins)
        return self.id if speaks else f"{kind.label} {self.id}"


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
    near = nearest(wrong, tuple(known))
    return f"Meinten Sie {' oder '.join(f'„{item}“' for item in near)}? " if near else ""


@lru_cache(maxsize=1024)  # the same name is often wrong in many places
def nearest(wrong: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The two that are nearest, as difflib.get_close_matches finds them among those that look most promising.

    A plan has hundreds of IDs that look alike, and may have hundreds of faults: few can be compared to the end. Of
    numbers nothing is meant that differs in more than a slip of the keyboard, and none of many is: `M4.4.9` may be any
    of `M4.4.1` to `M4.4.6`, and `M1.11` is `M1.1.1`.
    """
    if _NUMBER.fullmatch(wrong):
        near = tuple(sorted(item for item in known if _NUMBER.fullmatch(item) and _is_slip(wrong, item)))
        return near if len(near) <= _OFFERED else ()
    matcher = SequenceMatcher(None, "", wrong)
    best: list[tuple[float, str]] = []
    for bound, _, item in nlargest(_COMPARED, _bounds(matcher, wrong, known)):
        if len(best) == _OFFERED and bound < best[-1][0]:
            break  # none that follows can be nearer
        matcher.set_seq1(item)
        likeness = matcher.ratio()
        if likeness >= _NEAR:
            best = sorted([*best, (likeness, item)], reverse=True)[:_OFFERED]
    return tuple(item for _, item in best)


@lru_cache(maxsize=1 << 14)  # of hundreds of wrong numbers each is held against all known ones
def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _is_slip(wrong: str, item: str) -> bool:
    """Whether two numbers have the same digits, or one digit too many, too few, another, or two in another order."""
    one, other = _digits(wrong), _digits(item)
    letter = wrong[:1].upper() if wrong[:1].isalpha() else item[:1]
    if letter != item[:1] or len(other) < _SAYING:
        return letter == item[:1] and one == other
    if len(one) == len(other):
        places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        return len(places) < _OFFERED or (len(places) == len("ab") and sorted(one) == sorted(other))
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def _bounds(matcher: SequenceMatcher[str], wrong: str, known: Iterable[str]) -> Iterator[tuple[float, bool, str]]:
    """How near a name can be at most and whether it begins alike, for those that may be near."""
    beginning = wrong[:3]
    for item in known:
        matcher.set_seq1(item)
        if matcher.real_quick_ratio() >= _NEAR:
            bound = matcher.quick_ratio()
            if bound >= _NEAR:
                yield bound, item.startswith(beginning), item


def unknown_actor(plan: Plan, code: str, subject: Subject, path: Path, actor: str) -> Finding:
    """The finding for an actor that akteure.yaml does not know."""
    named = [item.id for item in plan.actors if actor.casefold() in (item.name.casefold(), item.short.casefold())]
    near = f"Meinten Sie „{named[0]}“? " if named else suggestion(actor, plan.known(Kind.ACTOR))
    hint = f"{near}Die Kennungen stehen in akteure.yaml; ein neuer Akteur wird dort ergänzt."
    return Finding(code, subject, path, f"Den Akteur „{actor}“ gibt es nicht.", hint)
