"""Rules about proposals: what became of them, how long they wait."""

from __future__ import annotations

from collections.abc import Iterator

from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Subject
from schema.vocabulary import ProposalState

PATIENCE = 90  # days


def proposal_states(plan: Plan) -> Iterator[Finding]:
    """An adopted proposal names its measure, and only an adopted one does; a rejected one says why."""
    for proposal in plan.proposals:
        adopted = proposal.state is ProposalState.ADOPTED
        if adopted and proposal.adopted_as is None:
            reason, hint = "ist übernommen, nennt aber keine Maßnahme", "Unter „uebernommen_als“ die Maßnahme nennen."
        elif not adopted and proposal.adopted_as is not None:
            reason = f"nennt die Maßnahme {proposal.adopted_as}, ist aber {proposal.state.label}"
            hint = "„stand: uebernommen“ eintragen oder „uebernommen_als“ löschen."
        elif proposal.state is ProposalState.REJECTED and not proposal.reason:
            reason, hint = "ist abgelehnt, aber niemand sagt warum", "Unter „begruendung“ den Grund nennen."
        else:
            continue
        subject = Subject(Kind.PROPOSAL, proposal.id)
        yield Finding("P423", subject, ("stand",), f"Der Vorschlag {proposal.id} {reason}.", hint)


def waiting_proposals(plan: Plan) -> Iterator[Finding]:
    """A proposal is dealt with within 90 days, counted to the plan's date."""
    for proposal in plan.proposals:
        touched = proposal.handled or proposal.received
        undecided = proposal.state in (ProposalState.RECEIVED, ProposalState.EXAMINED)
        if touched and undecided and (plan.meta.date - touched).days > PATIENCE:
            yield Finding(
                "P473",
                Subject(Kind.PROPOSAL, proposal.id),
                ("bearbeitet",) if proposal.handled else ("eingang",),
                f"Der Vorschlag {proposal.id} liegt seit {(plan.meta.date - touched).days} Tagen unverändert.",
                "Entscheiden und „stand“ mit „begruendung“ eintragen, oder unter „bearbeitet“ den Tag der Befassung.",
            )


RULES = (
    proposal_states,
    waiting_proposals,
)
