"""A Source in, a Plan with findings out: entities checked one by one, then the rules, each finding with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath

from pipeline.check.editions import editions_before
from pipeline.check.entities import Gathered, gather, key_of
from pipeline.check.similar import similar
from pipeline.check.text_forms import form_findings
from pipeline.check.text_rules import text_findings
from pipeline.content.read import Source
from pipeline.content.texts import Texts, read_texts
from pipeline.diagnostics import Diagnostic, Location, Severity, in_order
from schema.codes import CODES, Nature
from schema.edition import Snapshot
from schema.entities import Actor, FieldOfAction, GlossaryTerm, Goal, Measure, Proposal
from schema.plan import Kind, Plan, PlanMeta, id_key
from schema.rules import Finding, Subject, findings
from schema.rules.finding import suggestion
from schema.rules.resolution import open_matter, reservation
from schema.vocabulary import PlanStatus


@dataclass(frozen=True)
class Checked:
    """The outcome: a Plan unless plan.yaml itself is unusable, its texts, and everything found, sorted."""

    plan: Plan | None
    texts: Texts
    diagnostics: tuple[Diagnostic, ...]
    open_points: tuple[Finding, ...] = ()
    previous: Snapshot | None = None


def validate(source: Source) -> Checked:
    """Checks a Source. Never raises for faults of the content; they are findings."""
    gathered = gather(source)
    texts = read_texts(source)
    if gathered.meta is None:
        return Checked(None, texts, in_order(gathered.diagnostics))
    plan = _join(gathered.meta, gathered)
    editions = editions_before(plan, source)
    found: list[Finding] = [*findings(plan), *similar(plan), *editions.findings]
    diagnostics: list[Diagnostic] = []
    for item in chain(text_findings(plan, texts, source), form_findings(plan, texts, source)):
        if isinstance(item, Finding):
            found.append(item)
        else:
            diagnostics.append(item)
    # A settlement in plan.yaml takes its finding away; one that finds none to take away is told itself.
    settled = {(item.code, item.id) for item in plan.meta.settlements}
    kept = [item for item in found if not (_can_be_settled(item) and (item.code, item.settled_as) in settled)]
    kept += _unused_settlements(plan, {(item.code, item.settled_as) for item in found if _can_be_settled(item)})
    open_points = tuple(item for item in kept if CODES[item.code].nature is Nature.OPEN and not _reserved(item, plan))
    placed = [_diagnostic(item, plan, gathered) for item in kept]
    for path, mark in _marked_in_texts(texts):
        severity = severity_of(mark.code, plan.meta.status)
        placed.append(Diagnostic(mark.code, severity, Location(path, mark.line), mark.message, mark.hint))
        open_points += (mark,)
    return Checked(
        plan, texts, in_order([*gathered.diagnostics, *diagnostics, *placed]), open_points, editions.replaced
    )


def _join(meta: PlanMeta, gathered: Gathered) -> Plan:
    """The plan of all valid entities in printed order: measures stand in the order of their goals, then by number."""
    goals = sorted(gathered.of(Kind.GOAL, Goal), key=lambda goal: (goal.field, id_key(goal.id)))
    order = {goal.id: position for position, goal in enumerate(goals)}
    measures = gathered.of(Kind.MEASURE, Measure)
    return Plan(
        meta,
        fields=tuple(sorted(gathered.of(Kind.FIELD, FieldOfAction), key=lambda item: item.number)),
        goals=tuple(goals),
        measures=tuple(sorted(measures, key=lambda item: (order.get(item.goal, len(order)), id_key(item.id)))),
        actors=tuple(gathered.of(Kind.ACTOR, Actor)),
        terms=tuple(sorted(gathered.of(Kind.TERM, GlossaryTerm), key=lambda item: _alphabetical(item.term))),
        proposals=tuple(sorted(gathered.of(Kind.PROPOSAL, Proposal), key=lambda item: id_key(item.id))),
        strand_of=gathered.strand_of,
        ids={kind: tuple(identifiers) for kind, identifiers in gathered.ids.items()},
        partial=frozenset(gathered.partial),
        unread=frozenset(gathered.unread),
        divisions=gathered.divisions,
    )


def _marked_in_texts(texts: Texts) -> Iterator[tuple[PurePosixPath, Finding]]:
    """What is marked as open in the chapters, with the file where it stands."""
    for stem, prose in texts.by_stem.items():
        for mark in prose.open_marks:
            yield texts.paths[stem], open_matter(Subject(Kind.PLAN, stem), ("texte", stem), mark.what, mark.line)


def _alphabetical(text: str) -> str:
    """Order of DIN 5007-1: umlauts like their vowels, ß like ss."""
    return text.casefold().translate(str.maketrans("äöü", "aou"))


# --- findings -----------------------------------------------------------------------------------------------------


def severity_of(code: str, status: PlanStatus) -> Severity:
    """The severity of a finding of that code in a plan of that status; what is open is an error in a resolved one."""
    nature = CODES[code].nature
    if nature is Nature.WRONG:
        return Severity.ERROR
    if nature is Nature.DOUBTFUL:
        return Severity.WARNING
    if nature is Nature.TOLD:
        return Severity.NOTE
    if nature is Nature.JUDGEMENT:
        return Severity.NOTE if status is PlanStatus.DRAFT else Severity.WARNING
    return {
        PlanStatus.DRAFT: Severity.NOTE,
        PlanStatus.PROPOSED: Severity.WARNING,
        PlanStatus.RESOLVED: Severity.ERROR,
    }[status]


def _diagnostic(finding: Finding, plan: Plan, gathered: Gathered) -> Diagnostic:
    message = finding.message
    if finding.related is not None:
        message = f"{message.removesuffix('.')} (zuerst in {gathered.location(finding.related, ()).spoken})."
    location = gathered.location(finding.subject, finding.path, finding.line)
    severity = Severity.NOTE if _reserved(finding, plan) else severity_of(finding.code, plan.meta.status)
    return Diagnostic(
        finding.code, severity, location, message, finding.hint, finding.subject.name, key_of(finding.path)
    )


def _reserved(finding: Finding, plan: Plan) -> bool:
    """Whether it is resolved with the plan, under a condition; before that it stays open."""
    return plan.meta.status is PlanStatus.RESOLVED and bool(reservation(plan, finding))


def _can_be_settled(finding: Finding) -> bool:
    return CODES[finding.code].nature is Nature.JUDGEMENT


def _unused_settlements(plan: Plan, found: set[tuple[str, str]]) -> Iterator[Finding]:
    for index, item in enumerate(plan.meta.settlements):
        if (item.code, item.id) not in found:
            near = suggestion(item.id, [name for code, name in found if code == item.code])
            yield Finding(
                "P271",
                Subject(Kind.PLAN),
                ("hinweise", index),
                f"Der Hinweis zu {item.code} {item.id} passt zu keiner Meldung, die sich so erledigen lässt.",
                f"{near}Code und Kennung prüfen; ist die Sache erledigt, den Hinweis löschen.",
            )
