"""A proposal becomes a measure: in the strand that takes it over, with its origin; the proposal says what it became."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.actions.circle.intake import IntakeError, strand_named
from pipeline.files.replace import replace_files
from pipeline.outcome import Outcome, Progress
from pipeline.run import examine
from schema.plan import Plan
from schema.vocabulary import ProposalState

if TYPE_CHECKING:
    from pipeline.content.yaml_nodes import Plain

# What a measure has of the proposal, where that says it.
_KEPT: Final = (
    *("titel", "beschreibung", "ziel", "weitere_ziele", "federfuehrung", "entscheidung", "mitwirkung", "information"),
    *("zeitraum", "meilensteine", "aufwand", "finanzierung", "indikator", "prioritaet", "abhaengig_von"),
)


_TAKEN_OVER: Final = "In den Plan übernommen."


@dataclass(frozen=True)
class Adoption:
    """Which proposal, under which goal ('' for the proposal's own), in which strand, on which day."""

    content: Path
    proposal: str
    goal: str
    strand: str
    today: date
    reason: str = ""
    write: bool = True


@dataclass(frozen=True)
class Adopted:
    """The measure's ID, the plan's findings as it is then, the files written."""

    measure: str
    outcome: Outcome
    written: tuple[Path, ...] = ()


def adopt(request: Adoption, progress: Progress) -> Adopted:
    """Makes the measure, or says why not. Raises IntakeError for a proposal, goal or strand that there is not."""
    from pipeline.actions.circle.added import with_measure
    from pipeline.merge.rebuild import rebuild
    from pipeline.merge.sources import Sources
    from pipeline.merge.yaml.change_text import change
    from pipeline.merge.yaml.edits import Edit
    from schema.files import file_model

    examined = examine(request.content, progress)
    plan = examined.checked.plan
    if plan is None or not examined.outcome.ok:
        return Adopted("", examined.outcome)
    sources = Sources(examined.source.files)
    proposal = next((item for item in plan.proposals if item.id == request.proposal.upper()), None)
    if proposal is None:
        known = ", ".join(item.id for item in plan.proposals) or "keinen"
        raise IntakeError(f"Den Vorschlag „{request.proposal}“ gibt es nicht. Es gibt: {known}.")
    if proposal.state is ProposalState.ADOPTED:
        raise IntakeError(f"{proposal.id} ist schon übernommen, als Maßnahme {(proposal.adopted_as or 'M?')[1:]}.")
    if proposal.state is ProposalState.REJECTED and not request.reason:
        raise IntakeError(f"{proposal.id} ist abgelehnt. Wird er nun doch übernommen, bitte mit --reason sagen, warum.")
    goal, strand = _goal(plan, request.goal or proposal.goal or ""), strand_named(plan, request.strand)
    entity = sources.entities[proposal.id]
    data: dict[str, Plain] = {key: entity.data[key] for key in _KEPT if entity.data.get(key)}
    data |= {"ziel": goal, "status": "vorschlag", "herkunft": f"Vorschlag {proposal.id}"}
    after, identifier, path = with_measure(sources, strand, data)
    said = {
        "stand": ProposalState.ADOPTED.value,
        "uebernommen_als": identifier,
        "bearbeitet": request.today.isoformat(),
        "begruendung": request.reason or str(entity.data.get("begruendung") or _TAKEN_OVER),
    }
    text = after.text(entity.file)
    for key, value in said.items():
        text = change(text, [Edit((*entity.path, key), value)], file_model(entity.file))
    after = after.with_text(entity.file, text)
    rebuilt = rebuild(after, examined.source.editions)
    outcome = replace(examined.outcome, diagnostics=rebuilt.diagnostics, sources=after.files, new=frozenset())
    if not outcome.ok or not request.write:
        return Adopted(identifier, outcome)
    changed = {file: after.files[file] for file in (path, entity.file)}
    with progress.stage("Schreiben", str(request.content)):
        replace_files(changed, request.content, before=examined.source.files)
    return Adopted(identifier, outcome, tuple(request.content / file for file in sorted(changed)))


def _goal(plan: Plan, wanted: str) -> str:
    """A goal's ID, also of its number alone. Raises IntakeError."""
    found = next((goal.id for goal in plan.goals if wanted.upper() in (goal.id, goal.number)), "")
    if not found:
        what = f"Das Ziel „{wanted}“ gibt es nicht." if wanted else "Zu welchem Ziel? Bitte --goal angeben."
        raise IntakeError(f"{what} Es gibt: {', '.join(plan.goal_by_id)}.")
    return found
