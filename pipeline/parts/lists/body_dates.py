"""The plan in, the dates of its bodies out: when each is asked to advise, to decide or to take notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.fields.kind import NONE
from pipeline.parts.bodies import DECIDES, NO_DATE, Body, Date, Matter, bodies, body_key, body_name, said_of
from pipeline.parts.context import Context
from pipeline.parts.phrases import label, link, muted, page, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line
from schema.plan import Step
from schema.vocabulary import PartName

MOST_YEARS: Final = 8  # of the overview; of more no line of it could be read at a glance


def body_dates(context: Context) -> TablePart | None:
    """The dates of all bodies; None where nothing comes before any."""
    found = bodies(context)
    if not found:
        return None
    sections = [TableSection("Je Gremium", _by_body(context, found))]
    if len(context.axis.years) <= MOST_YEARS and any(date.due for body in found for date in body.dates):
        sections.insert(0, TableSection("Übersicht", _overview(context, found)))
    return TablePart(
        anchor=PartName.BODY_DATES.value,
        title=PartName.BODY_DATES.label,
        lead="Was welches Gremium wann berät, entscheidet oder zur Kenntnis nimmt.",
        sections=tuple(sections),
    )


def _overview(context: Context, found: Sequence[Body]) -> Table:
    years = context.axis.years
    undated = any(date.due is None for body in found for date in body.dates)
    share = (168 - 64 - (18 if undated else 0)) / len(years)
    columns = (
        Column(label(Step, "body"), 64),
        *((Column("ohne Termin", 18),) if undated else ()),
        *(Column(str(year), share) for year in years),
    )
    rows = []
    for body in found:
        times = sorted({when for date in body.dates for when in date.times})
        open_ones = sum(date.due is None for date in body.dates)
        cells = [", ".join(quarter for of, quarter in times if of == year) or NONE for year in years]
        first = [str(open_ones or NONE)] if undated else []
        rows.append(Row((Cell((text(body.name),), header=True), *(Cell((text(cell),)) for cell in (*first, *cells)))))
    return Table(columns, (RowGroup(tuple(rows)),))


def _by_body(context: Context, found: Sequence[Body]) -> Table:
    columns = (
        Column("Termin", 20),
        Column("Worum es geht", 86),
        Column("Art", 24),
        Column("Vorlage durch", 28),
        Column("Seite", 10, kind="where", align="right"),
    )
    groups = tuple(
        RowGroup(
            tuple(_row(context, date) for date in body.dates),
            heading=typeset_line(f"{body.name} · {len(body.dates)} {'Punkt' if len(body.dates) == 1 else 'Punkte'}"),
        )
        for body in found
    )
    return Table(columns, groups)


def _row(context: Context, date: Date) -> Row:
    when = text(date.when) if date.when else text(NO_DATE)
    matter, kind, presenter, target = _said(context, date)
    return Row(
        (
            Cell((when,), header=True),
            Cell(matter),
            Cell(kind),
            Cell((text(presenter or NONE),)),
            Cell((page(target),) if target else (text(NONE),)),
        )
    )


def _said(context: Context, date: Date) -> tuple[Inline, Inline, str, str]:
    """What it is about, what the body does, who presents it, and where more of it stands."""
    meta = context.plan.meta
    if date.measure is not None:
        about: list[Node] = [link(date.measure.id, date.measure.number), text(f" {date.measure.title}")]
        if date.milestone:
            about.append(muted(f": {date.milestone.title}"))
        return tuple(about), DECIDES, context.lead_text(date.measure), date.measure.id
    if date.matter is Matter.STEP:
        status = any(entry.part is PartName.STATUS for entry in meta.outline)
        return *said_of(context, date), "", PartName.STATUS.value if status else ""
    report = meta.reports[date.index]
    presenter = body_name(context, body_key(context, report.presenter)) if report.presenter else ""
    return *said_of(context, date), presenter, ""
