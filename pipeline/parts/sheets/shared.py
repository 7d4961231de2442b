"""A field of action in, what holds for all of its goals and measures out: said once where the field opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.parts.context import Context
from pipeline.parts.phrases import label
from pipeline.text.typography import typeset_line
from schema.entities import FieldOfAction
from schema.values import Indicator


def common_origin(context: Context, item: FieldOfAction) -> str:
    """The origin that most goals and measures of a field have, in a draft; '' where none may stand for the others.

    Of nine measures eight are "Arbeitsvorschlag", one comes from a workshop: its sheet says so, the others' opening
    does. If one had no origin at all, the opening would give it one that nobody has said.
    """
    goals, measures = context.plan.goals_of(item.number), context.plan.sheets_in(item.number)
    origins = Counter([*(goal.origin for goal in goals), *(measure.origin for measure in measures)])
    if not context.in_draft or "" in origins or not origins:
        return ""
    origin, times = origins.most_common(1)[0]
    return origin if times > 1 else ""


def has_baselines(context: Context, item: FieldOfAction) -> bool:
    """Whether any indicator of the field's goals has a value at the start or was measured since."""
    return any(not isinstance(each.baseline, str) or each.actuals for each in _indicators(context, item))


def shared_by_all(context: Context, item: FieldOfAction) -> Iterator[str]:
    """What the opening of a field says for its goals and measures, in sentences."""
    if any(True for _ in _indicators(context, item)) and not has_baselines(context, item):
        yield "Die Ausgangswerte aller Indikatoren dieses Handlungsfelds sind noch zu erheben."
    if origin := common_origin(context, item):
        whose = "" if origin == item.origin else " der Ziele und Maßnahmen"
        said = f"{label(FieldOfAction, 'origin')}{whose}, soweit dort nichts anderes steht: {origin}"
        yield typeset_line(said if said.endswith((".", "!", "?")) else f"{said}.")


def _indicators(context: Context, item: FieldOfAction) -> Iterator[Indicator]:
    for goal in context.plan.goals_of(item.number):
        yield from goal.indicators
