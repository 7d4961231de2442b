"""Measures and goals as data in, what their sheets show of them out, as an edited document is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.document.model import Fact
from pipeline.parts.context import Context
from pipeline.parts.sheets.fields_of_action import field_opener
from pipeline.parts.sheets.measures import measure_sheets
from pipeline.text.nodes import Node
from schema.entities import Actor, FieldOfAction, Goal, Measure
from schema.plan import Plan, PlanMeta
from tests.parts import FILES

Data = dict[str, Any]
FIELD = FieldOfAction.model_validate({"nummer": 1, "titel": "Feld", "vorspann": "Worum es geht."})


def as_read(value: Any) -> Any:
    """The data as `compose` reads them: texts only."""
    if isinstance(value, Mapping):
        return {key: as_read(inner) for key, inner in value.items()}
    return (
        [as_read(inner) for inner in value]
        if isinstance(value, Sequence) and not isinstance(value, str)
        else str(value)
    )


def plan_of(actors: Sequence[Data], goals: Sequence[Data], measures: Sequence[Data] = ()) -> Plan:
    """A plan with one field of action."""
    strand = next(iter(FILES["plan.yaml"]["straenge"]))["id"]
    return Plan(
        PlanMeta.model_validate(FILES["plan.yaml"]),
        (FIELD,),
        tuple(map(Goal.model_validate, goals)),
        tuple(map(Measure.model_validate, measures)),
        tuple(Actor.model_validate({**actor, "strang": None}) for actor in actors),
        strand_of={entry["id"]: strand for entry in (*goals, *measures)},
    )


def with_measure(plan: Plan, data: Data) -> Plan:
    """The plan with this measure in the place of the one with its ID."""
    new = Measure.model_validate(data)
    return replace(plan, measures=tuple(new if item.id == new.id else item for item in plan.measures))


def fields(plan: Plan, identifier: str) -> dict[str, list[str]]:
    """By key the lines that a measure's sheet shows, its title too."""
    for sheet in measure_sheets(Context(plan), FIELD).sheets:
        if sheet.anchor == identifier:
            title = f"{sheet.number} {sheet.title}"
            return {"titel": [title]} | {fact.key: _lines(fact) for fact in sheet.facts}
    raise KeyError(identifier)


def indicator_rows(plan: Plan, identifier: str) -> list[list[str]]:
    """The rows of a goal's table."""
    (goal,) = (goal for goal in field_opener(Context(plan), FIELD).goals if goal.anchor == identifier)
    return (
        [["".join(map(read, cell.content)) for cell in row.cells] for row in goal.indicators.rows()]
        if goal.indicators
        else []
    )


def _lines(fact: Fact) -> list[str]:
    return [(f"{line.lead}\t" if line.lead else "") + "".join(map(read, line.content)) for line in fact.lines]


def read(node: Node) -> str:
    """What a reader sees, line breaks too."""
    return "\n" if node.kind == "break" else node.text + "".join(map(read, node.children))
