"""The plan in, its first leaf out: what is to be resolved, what it takes, what comes first, what is to be reached."""

from __future__ import annotations

from math import ceil
from typing import Final

from pipeline.document.model import Glance, TableSection
from pipeline.parts.context import Context
from pipeline.parts.glance.first_dates import MOST_DECISIONS, first_dates
from pipeline.parts.glance.first_measures import first_measures
from pipeline.parts.glance.goals_reached import goals_reached
from pipeline.parts.glance.resolution import RESOLVED, draft_note, draft_texts, lines_of_texts, resolved_texts
from pipeline.parts.glance.room import FIRST_PAGE, HEAD, SECOND_PAGE, rows_of
from pipeline.parts.needs import needs_note, needs_table
from pipeline.parts.phrases import counted, text
from pipeline.text.typography import typeset_line
from schema.vocabulary import PartName, PlanStatus

_NOTE_LINE: Final = 118  # characters
_STRAND_LINE: Final = 20
_RAIL_LINE: Final = 22  # of the note beside the resolution


def glance(context: Context) -> Glance:
    """The plan at a glance."""
    plan = context.plan
    measures = plan.active_measures
    needs = needs_table(context, measures)
    resolved = plan.meta.status is PlanStatus.RESOLVED
    texts = tuple(resolved_texts(context) if resolved else draft_texts(context))
    told = (
        TableSection("Was der Plan braucht und wie sicher es ist", needs, needs_note(context, measures, brief=True))
        if needs
        else TableSection("Was der Plan braucht", None, "Zu keiner Maßnahme ist ein Betrag genannt.")
    )
    note = (text(RESOLVED),) if resolved else draft_note(context)
    beside = rows_of(1 + sum(len(node.plain()) for node in note) / _RAIL_LINE)
    room = FIRST_PAGE - max(lines_of_texts(texts), beside) - _lines_of_needs(told) - 2 * HEAD
    goals, taken = goals_reached(context, HEAD + MOST_DECISIONS)
    return Glance(
        anchor=PartName.GLANCE.value,
        title=PartName.GLANCE.label,
        lead=scope(context),
        resolution_heading="Was beschlossen ist" if resolved else "Was zu beschließen ist",
        resolution_note=note,
        resolutions=texts,
        sections=tuple(
            section
            for section in (
                told,
                first_measures(context, room),
                goals,
                first_dates(context, SECOND_PAGE - taken - HEAD),
            )
            if section
        ),
    )


def _lines_of_needs(section: TableSection) -> float:
    rows = section.table.rows() if section.table else ()
    height = sum(rows_of(len(row.cells[0].plain()) / _STRAND_LINE) for row in rows)
    return height + ceil(len(section.note) / _NOTE_LINE) * rows_of(1)


def scope(context: Context) -> str:
    """`4 Handlungsfelder, 13 Ziele, 34 Maßnahmen: 17 Rathaus, 17 Betriebe.`"""
    plan = context.plan
    measures = plan.active_measures
    strands = [plan.strand(measure).id for measure in measures]
    counts = [f"{strands.count(strand.id)} {strand.name}" for strand in plan.meta.strands]
    told = [
        counted(len(plan.fields), "Handlungsfeld", "Handlungsfelder"),
        counted(len(plan.goals), "Ziel", "Ziele"),
        counted(len(measures), "Maßnahme", "Maßnahmen"),
    ]
    return typeset_line(f"{', '.join(told)}: {', '.join(counts)}.")
