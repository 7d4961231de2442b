"""Figures of the plan that a draft resolution names by a placeholder, so that they are never typed: `{massnahmen}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from schema.plan import COMMON_FOLDER, Plan

_PLACEHOLDER: Final = re.compile(r"\{([a-zäöü_]+(?:\.[a-z0-9-]+)?)\}")


def figures(plan: Plan) -> Mapping[str, str]:
    """What each placeholder stands for. Behind a point stands a strand; joint goals are `{ziele.gemeinsam}`."""
    found = {
        "fassung": plan.meta.edition,
        "laufzeit": f"{plan.meta.term.first} bis {plan.meta.term.last}",
        "handlungsfelder": str(len(plan.fields)),
        "ziele": str(len(plan.goals)),
        "massnahmen": str(len(plan.active_measures)),
        f"ziele.{COMMON_FOLDER}": str(sum(goal.id not in plan.strand_of for goal in plan.goals)),
    }
    for strand in plan.meta.strands:
        measures = sum(plan.strand_of[measure.id] == strand.id for measure in plan.active_measures)
        goals = sum(plan.strand_of.get(goal.id) == strand.id for goal in plan.goals)
        found |= {f"massnahmen.{strand.id}": str(measures), f"ziele.{strand.id}": str(goals)}
    return found


def placeholders(text: str) -> Iterator[tuple[str, int]]:
    """The names of the placeholders of a text, each with its line, counted from 1."""
    for match in _PLACEHOLDER.finditer(text):
        yield match[1], text.count("\n", 0, match.start()) + 1


def filled(text: str, plan: Plan) -> str:
    """The text with the figures in place of the placeholders; an unknown one stays, which the check has told."""
    known = figures(plan)
    return _PLACEHOLDER.sub(lambda match: known.get(match[1], match[0]), text)
