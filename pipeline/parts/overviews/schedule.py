"""The plan in, its schedule out: every measure's span in words and as a bar, with its milestones."""

from __future__ import annotations

from pipeline.document.model import Cell, Column, Row, RowGroup, Schedule, Table
from pipeline.document.targets import part_anchor, part_title
from pipeline.fields.dates import day, span_text
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.phrases import joined, label, link, sign_node, text
from pipeline.parts.timing import bar, milestones_text, position
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line
from schema.entities import Measure
from schema.vocabulary import PartName


def schedule(context: Context, field: int | None = None) -> Schedule:
    """The schedule of the whole plan or of one field of action."""
    plan = context.plan
    columns = (
        Column("Nr.", 18),
        Column("Maßnahme", 82),
        Column(label(Measure, "leads"), 26),
        Column(label(Measure, "span"), 33),
        Column(label(Measure, "milestones"), 104, kind="drawing"),
    )
    groups = tuple(
        RowGroup(
            tuple(_row(context, measure) for measure in plan.measures_in(item.number)),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in plan.fields
        if field in (None, item.number) and plan.measures_in(item.number)
    )
    today = position(context.axis, plan.meta.date)
    inside = 0 <= today <= context.axis.quarters
    beside = "" if inside else ", vor dem ersten Jahr" if today < 0 else ", nach dem letzten Jahr"
    return Schedule(
        anchor=part_anchor(PartName.SCHEDULE, field),
        title=typeset_line(part_title(PartName.SCHEDULE, field)),
        axis=context.axis,
        table=Table(columns, groups),
        signs=context.signs,
        milestone_label="Meilenstein",
        continues_label=f"läuft nach {context.axis.years[-1]} weiter",
        today=today if inside else None,
        today_label=f"Stand {day(plan.meta.date)}{beside}",
    )


def _row(context: Context, measure: Measure) -> Row:
    number = (link(measure.id, measure.number), text(" "), *sign_node(context.measure_sign(measure)))
    return Row(
        (
            Cell(number, header=True),
            Cell((text(measure.title), *_needs(context, measure)), header=True),
            Cell((text(context.lead_text(measure)),)),
            Cell((text(span_text(measure.span)),)),
            Cell((text(milestones_text(measure) or NONE),), bar=bar(context, measure)),
        )
    )


def _needs(context: Context, measure: Measure) -> Inline:
    """The measures that have to come first, behind the title: a column of its own would be empty for most measures."""
    if not measure.depends_on:
        return ()
    others = (context.plan.measure_by_id[identifier] for identifier in measure.depends_on)
    needed = joined((link(other.id, other.number),) for other in others)
    return (text(" "), Node("muted", children=(text("nach "), *needed)))
