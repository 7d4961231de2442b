"""The plan in, the proposals that came in out, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.document.model import Fact, FactLine, Proposals, ProposalSheet
from pipeline.fields.wording import effort_text, funding_text, short_day, span_text
from pipeline.parts.context import (
    Context,
    blocks,
    joined,
    line,
    link,
    measure_line,
    milestone_lines,
    muted,
    place,
    text,
)
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line
from schema.entities import Proposal
from schema.vocabulary import PartName


def proposals(context: Context) -> Proposals | None:
    """The proposals; None where there are none."""
    if not context.plan.proposals:
        return None
    return Proposals(
        anchor=PartName.PROPOSALS.value,
        title=PartName.PROPOSALS.label,
        lead="Was vorgeschlagen wurde und was daraus geworden ist. "
        "Ein Vorschlag wird erst Teil des Plans, wenn ein Strang ihn übernimmt.",
        sheets=tuple(
            ProposalSheet(
                anchor=item.id,
                number=item.id,
                title=typeset_line(item.title),
                description=blocks(item.description, place(Proposal, item.id, "description")),
                facts=tuple(_facts(context, item)),
                title_place=place(Proposal, item.id, "title"),
            )
            for item in context.plan.proposals
        ),
    )


def _facts(context: Context, item: Proposal) -> Iterator[Fact]:
    state: Inline = (Node("state", text=item.state.label, attrs={"state": item.state.value}),)
    if item.adopted_as:
        other = context.plan.measure_by_id[item.adopted_as]
        state = (*state, text(" als "), link(other.id, f"Maßnahme {other.number}"))
    yield _fact("state", [FactLine(state)])
    simple = [
        ("reason", item.reason),
        ("submitter", item.submitter),
        ("received", short_day(item.received) if item.received else ""),
        ("handled", short_day(item.handled) if item.handled else ""),
    ]
    for name, value in simple:
        if value:
            yield _fact(name, [line(value)])
    yield from _plan_facts(context, item)
    if context.in_draft and item.origin:
        yield _fact("origin", [FactLine((muted(item.origin),))])


def _plan_facts(context: Context, item: Proposal) -> Iterator[Fact]:
    """What it has like a measure, as far as it is filled in, in the order of a measure's sheet."""
    facts = {
        "goal": _links([(item.goal, f"Ziel {item.goal[1:]}")] if item.goal else []),
        "further_goals": _links([(goal, f"Ziel {goal[1:]}") for goal in item.further_goals]),
        "lead": _actors(context, [item.lead] if item.lead else []),
        "decision": _actors(context, item.decision),
        "participation": _actors(context, item.participation),
        "information": _actors(context, item.information),
        "span": [line(span_text(item.span))] if item.span else [],
        "milestones": milestone_lines(item.milestones),
        "effort": [line(effort_text(entry)) for entry in item.effort],
        "funding": [line(funding_text(entry)) for entry in item.funding],
        "indicator": [line(item.indicator)] if item.indicator else [],
        "depends_on": [measure_line(context, other) for other in item.depends_on],
        "priority": [line(item.priority.label)] if item.priority else [],
    }
    yield from (_fact(name, lines) for name, lines in facts.items() if lines)


def _links(targets: Sequence[tuple[str, str]]) -> list[FactLine]:
    return [FactLine(joined([(link(anchor, words),) for anchor, words in targets]))] if targets else []


def _actors(context: Context, identifiers: Sequence[str]) -> list[FactLine]:
    return _links([(actor, context.actor(actor).name) for actor in identifiers])


def _fact(name: str, lines: list[FactLine]) -> Fact:
    info = Proposal.model_fields[name]
    return Fact(info.title or name, info.alias or name, tuple(lines))
