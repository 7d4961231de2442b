"""The plan in, the proposals that came in out, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.document.model import Fact, FactLine, Proposals, ProposalSheet
from pipeline.parts.context import Context
from pipeline.parts.facts import fact
from pipeline.parts.phrases import blocks, joined, link, place, text
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


# The fields of a sheet in their order, each where it is filled in: what became of it, then what it has like a measure.
_FIELDS: Final = (
    *("reason", "submitter", "received", "handled", "goal", "further_goals"),
    *("lead", "decision", "participation", "information", "span", "milestones", "effort", "funding", "indicator"),
    *("depends_on", "priority"),
)


def _facts(context: Context, item: Proposal) -> Iterator[Fact]:
    state: Inline = (Node("state", text=item.state.label, attrs={"state": item.state.value}),)
    if item.adopted_as:
        other = context.plan.measure_by_id[item.adopted_as]
        state = (*state, text(" als "), link(other.id, f"Maßnahme {other.number}"))
    yield replace(fact(context, item, "state"), lines=(FactLine(state),))
    goals = {"goal": (item.goal,) if item.goal else (), "further_goals": item.further_goals}
    for name in _FIELDS:
        found = fact(context, item, name)
        if found.lines:
            yield replace(found, lines=(_goals(goals[name]),)) if name in goals else found
    if context.in_draft and item.origin:
        yield fact(context, item, "origin", quiet=True)


def _goals(identifiers: Sequence[str]) -> FactLine:
    """Without their titles: a proposal names its goals in passing."""
    return FactLine(joined((link(goal, f"Ziel {goal[1:]}"),) for goal in identifiers))
