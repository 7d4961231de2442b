"""The plan in, its strands side by side out: per field of action goals, measures, led and committed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.document.model import Cell, Column, Row, RowGroup, Sign, Table, TablePart, TableSection
from pipeline.fields.kind import NONE
from pipeline.parts.context import Context
from pipeline.parts.phrases import link, page, sign_node, text
from pipeline.text.typography import typeset_line
from schema.entities import Goal, Measure
from schema.plan import Plan
from schema.vocabulary import PartName

TWO = 2


def strands(context: Context) -> TablePart:
    """The strands compared, and the goals only one of them works for."""
    plan = context.plan
    sections = [TableSection("", _comparison(context), note=_note(context))]
    alone = [goal for goal in plan.goals if len(_strands_of(plan, goal)) == 1 < len(plan.meta.strands)]
    if alone:
        sections.append(TableSection("Ziele, für die nur ein Strang arbeitet", _alone(context, alone)))
    return TablePart(
        anchor=PartName.STRANDS.value,
        title="Die beiden Stränge" if len(plan.meta.strands) == TWO else PartName.STRANDS.label,
        lead="Was jeder Strang zu den gemeinsamen Zielen beiträgt, je Handlungsfeld.",
        sections=tuple(sections),
    )


_NOTE = (
    "Ziele: denen mindestens eine Maßnahme des Strangs dient, auch als weiterem Ziel. Maßnahmen: die der Strang "
    "verantwortet. Geführt: deren Federführung eine Stelle dieses Strangs hat. Zugesagt: Maßnahmen des Strangs, "
    "deren Federführung zugesagt hat."
)
_PARTNER_NOTE = " Führt ein Partner, so verantwortet doch ein Strang die Maßnahme."


def _note(context: Context) -> str:
    partners = any(_led_by(context, item, None) for item in context.plan.active_measures)
    return _NOTE + _PARTNER_NOTE if partners else _NOTE


def _led_by(context: Context, measure: Measure, strand: str | None) -> bool:
    """Whether a body of a strand leads; None: a partner."""
    lead = context.lead(measure)
    return lead is not None and lead.strand == strand


def _strands_of(plan: Plan, goal: Goal) -> set[str]:
    return {plan.strand_of[item.id] for item in plan.active_measures if goal.id in (item.goal, *item.further_goals)}


def _comparison(context: Context) -> Table:
    plan = context.plan
    columns = (
        Column("Strang", 64),
        *(Column(name, 26, align="right") for name in ("Ziele", "Maßnahmen", "geführt", "zugesagt")),
    )
    groups = [
        RowGroup(
            _rows(context, plan.goals_of(item.number), plan.measures_in(item.number)),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in plan.fields
    ]
    total = RowGroup(_rows(context, plan.goals, plan.active_measures), heading="Gesamt", sums=True)
    return Table(columns, (*groups, total))


def _rows(context: Context, goals: Sequence[Goal], measures: Sequence[Measure]) -> tuple[Row, ...]:
    """A row a strand, and one for the partners where they lead: they set up no measures of their own."""
    plan = context.plan
    rows = []
    for strand, sign in zip(plan.meta.strands, context.signs, strict=True):
        own = [item for item in measures if plan.strand_of[item.id] == strand.id]
        served = sum(strand.id in _strands_of(plan, goal) for goal in goals)
        led = sum(_led_by(context, item, strand.id) for item in measures)
        committed = sum(any(entry.actor == item.lead for entry in item.commitments) for item in own)
        rows.append(_row(sign, (served, len(own), led, committed)))
    if led := sum(_led_by(context, item, None) for item in measures):
        rows.append(_row(context.partner, (0, 0, led, 0)))
    return tuple(rows)


def _row(sign: Sign, counts: Iterable[int]) -> Row:
    cells = (Cell((text(str(count) if count else NONE),)) for count in counts)
    return Row((Cell(sign_node(sign, with_name=True), header=True), *cells))


def _alone(context: Context, goals: Sequence[Goal]) -> Table:
    columns = (
        Column("Ziel", 16),
        Column("Kurztitel", 96),
        Column("Strang", 44),
        Column("Seite", 12, kind="where", align="right"),
    )
    rows = tuple(
        Row(
            (
                Cell((link(goal.id, goal.number),), header=True),
                Cell((text(goal.short_title),)),
                Cell(sign_node(context.sign_of(next(iter(_strands_of(context.plan, goal)))), with_name=True)),
                Cell((page(goal.id),)),
            )
        )
        for goal in goals
    )
    return Table(columns, (RowGroup(rows),))
