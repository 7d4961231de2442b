"""A Plan in, findings out: every rule of the plan's model, listed in one tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schema.plan import Plan
from schema.rules import actors, delivery, goals, measures, own_fields, proposals, references, resolution, whole
from schema.rules.finding import Finding, Subject

Rule = Callable[[Plan], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *whole.RULES,
    *resolution.RULES,
    *references.RULES,
    *goals.RULES,
    *measures.RULES,
    *delivery.RULES,
    *own_fields.RULES,
    *proposals.RULES,
    *actors.RULES,
)

__all__ = ["RULES", "Finding", "Rule", "Subject", "findings"]


def findings(plan: Plan) -> Iterator[Finding]:
    """The findings of all rules, in the order of the rules."""
    for rule in RULES:
        yield from rule(plan)
