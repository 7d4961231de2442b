"""Rules about proposals: what they name, what became of them, how long they wait."""

from __future__ import annotations

from collections.abc import Iterator

from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Path, Subject, suggestion
from schema.vocabulary import ProposalState

PATIENCE = 90  # days


def proposals(plan: Plan) -> Iterator[Finding]:
    """A proposal names measures, goals and actors that exist."""
    for proposal in plan.proposals:
        named: list[tuple[Path, Kind, str | None]] = [
            (("uebernommen_als",), Kind.MEASURE, proposal.adopted_as),
            (("ziel",), Kind.GOAL, proposal.goal),
            (("federfuehrung",), Kind.ACTOR, proposal.lead),
        ]
        for key, kind, values in (
            ("entscheidung", Kind.ACTOR, proposal.decision),
            ("mitwirkung", Kind.ACTOR, proposal.participation),
            ("information", Kind.ACTOR, proposal.information),
            ("weitere_ziele", Kind.GOAL, proposal.further_goals),
            ("abhaengig_von", Kind.MEASURE, proposal.depends_on),
        ):
            named += [((key, index), kind, value) for index, value in enumerate(values)]
        for path, kind, identifier in named:
            if identifier is not None and not plan.knows(kind, identifier):
                yield Finding(
                    "P422",
                    Subject(Kind.PROPOSAL, proposal.id),
                    path,
                    f"Der Vorschlag {proposal.id} nennt „{identifier}“; das gibt es nicht.",
                    f"{suggestion(identifier, plan.known(kind))}Angabe berichtigen oder löschen.",
                )


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
    proposals,
    proposal_states,
    waiting_proposals,
)
