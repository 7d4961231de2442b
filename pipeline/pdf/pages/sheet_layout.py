"""A measure's sheet in, what of it stands where on paper out: who and when, the rows below, the rail beside.

The sheet's facts are known by their keys; `PLACES` alone says where each stands and what is called otherwise there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from pipeline.document.model import Fact, FactLine, MeasureSheet
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP
from schema.vocabulary import Role

OWN: Final = "*"  # in place of a key: any field that the plan has of its own
RELATIONS: Final = "Bezüge"


class Spot(Enum):
    """A place on a sheet."""

    BAND = auto()  # above the sheet, where the goal changes
    STANDING = auto()  # in the rail's line on how it stands, which is assembled already
    ROLE = auto()  # who does it
    DATES = auto()  # by when
    RAIL = auto()  # beside it
    ROW = auto()  # below
    RELATION = auto()  # below, in one row with the other relations
    NOTES = auto()  # below, a row each, the newest first


@dataclass(frozen=True)
class Placed:
    """Where a fact stands. `words`: what it is called there, '' for its own label; `each` stands before every line."""

    spot: Spot
    words: str = ""
    each: str = ""


# In the order in which they stand. A fact without a key is what other measures say of this one.
PLACES: Final[Mapping[str, Placed]] = {
    "ziel": Placed(Spot.BAND),
    "status": Placed(Spot.STANDING),
    **{role.value: Placed(Spot.ROLE, role.letter) for role in Role},
    "meilensteine": Placed(Spot.DATES),
    "prioritaet": Placed(Spot.RAIL, each=f"Priorität{NBSP}"),
    "zeitraum": Placed(Spot.RAIL),
    "aufwand": Placed(Spot.RAIL),
    "finanzierung": Placed(Spot.RAIL),
    "ausgaben_ist": Placed(Spot.RAIL, each=f"ausgegeben{NBSP}"),
    "indikator": Placed(Spot.ROW, "Gemessen an"),
    "abhaengig_von": Placed(Spot.RELATION, "baut auf"),
    "weitere_ziele": Placed(Spot.RELATION, "dient auch", f"Ziel{NBSP}"),
    "verwandt": Placed(Spot.RELATION, "verwandt mit"),
    "teil_von": Placed(Spot.RELATION, "Teil von"),
    "": Placed(Spot.RELATION),
    "zielgruppe": Placed(Spot.ROW),
    "wirkungen": Placed(Spot.ROW),
    "ort": Placed(Spot.ROW),
    "zeichen": Placed(Spot.ROW),
    OWN: Placed(Spot.ROW),
    "zusagen": Placed(Spot.ROW),
    "vorbehalt": Placed(Spot.ROW),
    "offen": Placed(Spot.ROW),
    "herkunft": Placed(Spot.ROW),
    "sachstand": Placed(Spot.NOTES, "Stand"),
}
_MONEY: Final = ("aufwand", "finanzierung", "ausgaben_ist")  # set off in the rail


@dataclass(frozen=True)
class SheetRow:
    """A label and what stands beside it, one after the other."""

    label: str
    lines: tuple[Inline, ...]

    def text(self) -> str:
        """What stands beside it, as it is measured."""
        return "; ".join("".join(node.plain() for node in line) for line in self.lines)


@dataclass(frozen=True)
class RoleLine:
    """Who has a role: its letter and its name, then the actors, those with a task of their own a line each."""

    letter: str
    label: str
    lines: tuple[Inline, ...]
    strong: bool


@dataclass(frozen=True)
class RailBlock:
    """Lines of the rail that belong together; money is set off from what stands above."""

    lines: tuple[Inline, ...]
    money: bool


@dataclass(frozen=True)
class SheetLayout:
    """What of a sheet stands where."""

    goal: Fact | None
    roles: tuple[RoleLine, ...]
    dates: tuple[FactLine, ...]
    rail: tuple[RailBlock, ...]
    rows: tuple[SheetRow, ...]


def sheet_layout(sheet: MeasureSheet) -> SheetLayout:
    """What of a sheet stands where; what is empty stands nowhere, since the line on how it stands says what is open.

    But for the lead: where nobody leads yet, that stands where people look for it.
    """
    found = {spot: [pair for pair in _placed(sheet.facts) if pair[1].spot is spot] for spot in Spot}
    given = {spot: [pair for pair in pairs if not pair[0].empty] for spot, pairs in found.items()}
    return SheetLayout(
        goal=next((fact for fact, _ in given[Spot.BAND]), None),
        roles=tuple(_role(fact, placed) for fact, placed in found[Spot.ROLE] if fact.open or not fact.empty),
        dates=tuple(line for fact, _ in given[Spot.DATES] for line in fact.lines),
        rail=tuple(RailBlock(tuple(_lines(fact, placed)), fact.key in _MONEY) for fact, placed in given[Spot.RAIL]),
        rows=tuple(_rows(given)),
    )


def fact_rows(facts: Sequence[Fact]) -> tuple[SheetRow, ...]:
    """The facts of a goal as rows, in their own order."""
    return tuple(row for fact in facts if not fact.empty for row in _fact_rows(fact))


def _fact_rows(fact: Fact) -> Iterator[SheetRow]:
    placed = PLACES.get(fact.key, PLACES[OWN])
    if placed.spot is Spot.NOTES:
        yield from _notes(fact, placed)
    else:
        yield SheetRow(fact.label, tuple(line.content for line in fact.lines))


def _placed(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Placed]]:
    """The facts with their places, in the order of those; of those that are said elsewhere only what is beside."""
    order = list(PLACES)
    keyed = [(order.index(fact.key if fact.key in PLACES else OWN), fact) for fact in facts]
    for place, fact in sorted(keyed, key=lambda pair: pair[0]):
        placed = PLACES[order[place]]
        if placed.spot is not Spot.ROW or fact.rank != "summary":
            yield fact, placed


def _role(fact: Fact, placed: Placed) -> RoleLine:
    return RoleLine(placed.words, fact.label, tuple(_lines(fact, placed)), fact.strong)


def _lines(fact: Fact, placed: Placed) -> Iterator[Inline]:
    for line in fact.brief or fact.lines:
        yield (Node("text", text=placed.each), *line.content) if placed.each else line.content


def _rows(given: Mapping[Spot, Sequence[tuple[Fact, Placed]]]) -> Iterator[SheetRow]:
    """The rows in the order of `PLACES`: the relations stand together where the first of them has its place."""
    relations = given[Spot.RELATION]
    rows = sorted([*given[Spot.ROW], *relations[:1], *given[Spot.NOTES]], key=lambda pair: _rank(pair[0].key))
    for fact, placed in rows:
        if placed.spot is Spot.RELATION:
            yield SheetRow(RELATIONS, (_relations(relations),))
        elif placed.spot is Spot.NOTES:
            yield from _notes(fact, placed)
        else:
            yield SheetRow(placed.words or fact.label, tuple(_lines(fact, placed)))


def _rank(key: str) -> int:
    return list(PLACES).index(key if key in PLACES else OWN)


def _relations(facts: Sequence[tuple[Fact, Placed]]) -> Inline:
    """`baut auf 1.1.1 Stelle; dient auch Ziel 3.2 Anfragen beantworten`."""
    nodes: list[Node] = []
    for fact, placed in facts:
        words = placed.words or f"{fact.label[0].lower()}{fact.label[1:]}"
        nodes.append(Node("text", text=f"{'; ' if nodes else ''}{words} "))
        for index, line in enumerate(_lines(fact, placed)):
            nodes += [Node("text", text=", "), *line] if index else line
    return tuple(nodes)


def _notes(fact: Fact, placed: Placed) -> Iterator[SheetRow]:
    for place in fact.newest or range(len(fact.lines)):
        line = fact.lines[place]
        yield SheetRow(f"{placed.words} {line.lead}", (line.content,))
