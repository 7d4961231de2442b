"""Rules about the resolution: what bodies are asked to resolve, which bodies those are, what is marked as open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from schema.codes import CODES, MARKED_OPEN, NOT_RESERVED, Nature
from schema.placeholders import figures, placeholders
from schema.plan import ALL_STRANDS, Kind, Plan
from schema.rules.delivery import covered
from schema.rules.entities import entities_of
from schema.rules.finding import Finding, Path, Subject, suggestion
from schema.vocabulary import FundingState, PlanStatus

PLAN: Final = Subject(Kind.PLAN)
_LIKE_AN_ID: Final = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")


def draft_resolution(plan: Plan) -> Iterator[Finding]:
    """A plan that bodies shall resolve says what they are asked to resolve."""
    if plan.meta.route and not plan.meta.drafts and plan.meta.status is not PlanStatus.RESOLVED:
        yield Finding(
            "P252",
            PLAN,
            ("beschlussvorschlag",),
            "Was die Gremien beschließen sollen, steht noch nirgends.",
            "In plan.yaml unter „beschlussvorschlag“ je Gremium einen Text angeben.",
        )


def known_placeholders(plan: Plan) -> Iterator[Finding]:
    """A draft resolution names only figures that there are."""
    known = figures(plan)
    for index, draft in enumerate(plan.meta.drafts):
        for name, line in placeholders(draft.text):
            if name not in known:
                yield Finding(
                    "P213",
                    PLAN,
                    ("beschlussvorschlag", index, "text"),
                    f"Den Platzhalter „{{{name}}}“ gibt es nicht.",
                    f"{suggestion(name, known)}Bekannt sind: {', '.join(known)}.",
                    line=line,
                )


def known_strands(plan: Plan) -> Iterator[Finding]:
    """A step decides on strands that there are, or on all."""
    known = [strand.id for strand in plan.meta.strands]
    for index, step in enumerate(plan.meta.route):
        for strand in step.decides:
            if strand not in (*known, ALL_STRANDS):
                yield Finding(
                    "P214",
                    PLAN,
                    ("beschlussweg", index, "entscheidet"),
                    f"Der Schritt „{step.step}“ entscheidet über „{strand}“; diesen Strang gibt es nicht.",
                    f"{suggestion(strand, known)}Bekannt sind: {', '.join([*known, ALL_STRANDS])}.",
                )


def known_bodies(plan: Plan) -> Iterator[Finding]:
    """A body that is written like an ID is an actor: "Rat der Stadt" may be no actor, "rat" has to be one."""
    for subject, path, called in _bodies(plan):
        if _LIKE_AN_ID.fullmatch(called) and not plan.knows(Kind.ACTOR, called):
            yield Finding(
                "P215",
                subject,
                path,
                f"„{called}“ ist wie eine Kennung geschrieben und steht nicht in akteure.yaml.",
                f"{suggestion(called, plan.known(Kind.ACTOR))}Die Kennung berichtigen oder den Namen ausschreiben.",
            )


def _bodies(plan: Plan) -> Iterator[tuple[Subject, Path, str]]:
    for index, draft in enumerate(plan.meta.drafts):
        yield PLAN, ("beschlussvorschlag", index, "gremium"), draft.body
    for index, report in enumerate(plan.meta.reports):
        yield PLAN, ("berichte", index, "gremium"), report.body
        yield PLAN, ("berichte", index, "vorlage_durch"), report.presenter
    for measure in plan.measures:
        for index, milestone in enumerate(measure.milestones):
            yield Subject(Kind.MEASURE, measure.id), ("meilensteine", index, "gremium"), milestone.body


def open_matters(plan: Plan) -> Iterator[Finding]:
    """What somebody has marked as open is an open point."""
    for subject, entity in entities_of(plan):
        for index, words in enumerate(getattr(entity, "open_matters", ())):
            yield open_matter(subject, ("offen", index), words)


def open_matter(subject: Subject, path: Path, words: str, line: int = 0) -> Finding:
    """An open point in somebody's own words."""
    hint = "Sobald es geklärt ist, den Vermerk löschen."
    return Finding(MARKED_OPEN, subject, path, f"Noch zu klären: {words}", hint, line=line, name=words)


def reservable(plan: Plan) -> Iterator[Finding]:
    """A reservation is about a kind of open point that a resolution may leave open."""
    possible = sorted(code for code in CODES if _may_be_reserved(code))
    for index, item in enumerate(plan.meta.reservations):
        if item.code not in possible:
            yield Finding(
                "P216",
                PLAN,
                ("vorbehalte", index, "code"),
                f"{item.code} lässt sich nicht unter einen Vorbehalt stellen.",
                f"Möglich ist das bei: {', '.join(possible)}.",
            )


def _may_be_reserved(code: str) -> bool:
    return code in CODES and CODES[code].nature is Nature.OPEN and code not in NOT_RESERVED


def reservation(plan: Plan, finding: Finding) -> str:
    """On what condition a resolution leaves something open, '' if it has to be settled first.

    What a measure is reserved for holds for all that it lacks, what its sources of money are reserved for if that is
    all that is not secured, what an indicator is reserved for of that one; else what plan.yaml says of the kind.
    """
    if not _may_be_reserved(finding.code):
        return ""
    own = _own_reservation(plan, finding)
    return own or next((item.text for item in plan.meta.reservations if item.code == finding.code), "")


def _own_reservation(plan: Plan, finding: Finding) -> str:
    if finding.subject.kind is Kind.GOAL:
        goal = plan.goal_by_id.get(finding.subject.id)
        index = next((step for step in finding.path if isinstance(step, int)), None)
        named = finding.path[0] == "indikatoren" and goal is not None and index is not None
        return goal.indicators[index].reservation if named and goal and index is not None else ""
    if finding.subject.kind is not Kind.MEASURE or finding.subject.id not in plan.measure_by_id:
        return ""
    measure = plan.measure_by_id[finding.subject.id]
    if measure.reservation or finding.code != "P454" or not covered(measure):
        return measure.reservation
    unsure = [item.reservation for item in measure.funding if item.state is not FundingState.SECURED]
    return "; ".join(dict.fromkeys(unsure)) if all(unsure) else ""


RULES = (reservable, draft_resolution, known_placeholders, known_strands, known_bodies, open_matters)
