"""Plan and texts in, everything a reference can point to out: anchor → what the reference reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.text.markdown import Prose
from schema.plan import Plan
from schema.vocabulary import PartName

# The anchors that the program gives to what it numbers itself, and to the sheets of a field of action.
RUNNING = re.compile(r"(fn|tabelle|abbildung)-[0-9]+|HF[0-9]+-massnahmen")


def part_anchor(name: str, field: int | str | None = None) -> str:
    """The anchor of a generated part, by its name and the field of action that it is narrowed to."""
    return str(name) if field is None else f"{name}-{field}"


def part_title(name: PartName, field: int | None = None) -> str:
    """The title of a generated part, which says so where it is narrowed to a field of action."""
    return name.label if field is None else f"{name.label}, Handlungsfeld {field}"


def data_targets(plan: Plan) -> Iterator[tuple[str, str]]:
    """Anchors of entities and parts. Labels carry the kind, so that a sentence can contain them as they are."""
    for field in plan.fields:
        yield field.anchor, f"Handlungsfeld {field.number} „{field.title}“"
    for goal in plan.goals:
        yield goal.id, f"Ziel {goal.number} „{goal.short_title}“"
    for measure in plan.measures:
        yield measure.id, f"Maßnahme {measure.number} „{measure.title}“"
    for proposal in plan.proposals:
        yield proposal.id, f"Vorschlag {proposal.id} „{proposal.title}“"
    for actor in plan.actors:
        yield actor.id, actor.name
    for term in plan.terms:
        yield term.anchor, term.term
    yield from part_targets(plan)


def part_targets(plan: Plan) -> Iterator[tuple[str, str]]:
    """Anchors of all generated parts that there can be, whether or not they stand in the plan."""
    for part in PartName:
        yield part.value, part.label
        if part.by_field:
            for field in plan.fields:
                yield part_anchor(part, field.number), part_title(part, field.number)


def text_targets(texts: Iterable[tuple[str, Prose]]) -> Iterator[tuple[str, str, int]]:
    """Anchors of chapters (their file's stem) and of headings with an ID: anchor, label, line."""
    for stem, prose in texts:
        title = next((heading.text for heading in prose.headings if heading.level == 1), stem)
        yield stem, f"„{title}“", 1
        for heading in prose.headings:
            if heading.anchor:
                yield heading.anchor, f"„{heading.text}“", heading.line
