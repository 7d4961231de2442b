"""The open findings in, the annex of open points out: grouped by who has to settle them, one row a matter."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.document import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.nodes import Inline
from pipeline.parts.context import Context, link, text
from pipeline.typography import typeset_line
from schema.codes import CODES
from schema.plan import Kind, PlanMeta
from schema.rules import Finding, Subject
from schema.vocabulary import PartName

JOINT = "Herausgeber gemeinsam"


def open_points(context: Context) -> TablePart | None:
    """The open points and the settled findings; None where there is neither."""
    sections = []
    if context.open_points:
        sections.append(TableSection("", _table(context)))
    if context.plan.meta.settlements:
        sections.append(TableSection(PlanMeta.model_fields["settlements"].title or "", _settlements(context)))
    if not sections:
        return None
    count = len(context.open_points)
    points = "Punkt ist" if count == 1 else "Punkte sind"
    lead = f"{count} {points} bis zum Beschluss zu klären, geordnet nach der Stelle, die sie klärt."
    return TablePart(
        anchor=PartName.OPEN_POINTS.value,
        title=PartName.OPEN_POINTS.label,
        lead=typeset_line(lead) if count else "",
        sections=tuple(sections),
    )


def _table(context: Context) -> Table:
    columns = (Column("Nr.", 16), Column("Worum es geht", 80), Column("Was offen ist", 72))
    groups = tuple(
        RowGroup(
            tuple(_row(context, subject, items) for subject, items in matters.items()), heading=typeset_line(owner)
        )
        for owner, matters in _by_owner(context).items()
    )
    return Table(columns, groups)


def _by_owner(context: Context) -> Mapping[str, Mapping[Subject, list[Finding]]]:
    """Owner → matter → findings: publishers first, then actors in the order of the data."""
    owners = (JOINT, *(actor.name for actor in context.plan.actors))
    grouped: dict[str, dict[Subject, list[Finding]]] = {owner: {} for owner in owners}
    for finding in context.open_points:
        grouped[_owner(context, finding)].setdefault(finding.subject, []).append(finding)
    return {owner: matters for owner, matters in grouped.items() if matters}


def _owner(context: Context, finding: Finding) -> str:
    if finding.subject.kind is Kind.MEASURE:
        return context.actor(context.plan.measure_by_id[finding.subject.id].lead).name
    return JOINT


def _row(context: Context, subject: Subject, items: list[Finding]) -> Row:
    number, title = _matter(context, subject)
    topics = ", ".join(dict.fromkeys(_topic(context, item) for item in items))
    return Row((Cell(number, header=True), Cell((text(title),)), Cell((text(topics),))))


def _matter(context: Context, subject: Subject) -> tuple[Inline, str]:
    if subject.kind is Kind.MEASURE:
        measure = context.plan.measure_by_id[subject.id]
        return (link(measure.id, measure.number),), measure.title
    if subject.kind is Kind.GOAL:
        goal = context.plan.goal_by_id[subject.id]
        return (link(goal.id, f"Ziel {goal.number}"),), goal.short_title
    return (text("Plan"),), PlanMeta.model_fields["route"].title or ""


def _topic(context: Context, finding: Finding) -> str:
    """What is open, with its name where one subject has several of it."""
    topic = CODES[finding.code].topic
    index = next((step for step in finding.path if isinstance(step, int)), None)
    if index is None:
        return topic
    if finding.subject.kind is Kind.GOAL:
        return f"{topic} „{context.plan.goal_by_id[finding.subject.id].indicators[index].name}“"
    return f"{topic} „{context.plan.meta.route[index].step}“"


def _settlements(context: Context) -> Table:
    columns = (Column("Meldung", 20), Column("Betrifft", 40), Column("Begründung", 108))
    rows = tuple(
        Row((Cell((text(item.code),), header=True), Cell((text(item.id),)), Cell((text(item.reason),))))
        for item in context.plan.meta.settlements
    )
    return Table(columns, (RowGroup(rows),))
