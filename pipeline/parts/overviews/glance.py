"""The plan in, its first leaf out: what is to be resolved, what it takes, what comes first, what is to be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil
from typing import Final

from pipeline.document.model import Cell, Column, Glance, ResolutionText, Row, RowGroup, Table, TableSection
from pipeline.fields.dates import day
from pipeline.fields.indicator_row import TO_BE_SET, target_value
from pipeline.fields.kind import NONE, OPEN
from pipeline.parts.bodies import body_key, body_name, decisions
from pipeline.parts.context import Context
from pipeline.parts.money import MONEY, WORK, total_of
from pipeline.parts.needs import needs_note, needs_table
from pipeline.parts.phrases import joined, label, link, muted, sign_node, strong, text
from pipeline.text.markdown import parse
from pipeline.text.nodes import Blocks, Inline, Node
from pipeline.text.typography import NBSP, number, typeset_line
from schema.entities import Goal, Measure
from schema.placeholders import filled
from schema.plan import Step
from schema.time import Period
from schema.values import Indicator, Milestone
from schema.vocabulary import PartName, PlanStatus, Priority, Role, StepResult

LEAST_MEASURES: Final = 5
MOST_MEASURES: Final = 24
MOST_DECISIONS: Final = 6
# A leaf has two pages, and a table's row of one line is what all is counted in. The first page has 46 of them below its
# title, the second 54; a heading with the head of its table takes three. How many characters a line holds is measured
# in the design's columns at its smallest size.
FIRST_PAGE: Final = 46
SECOND_PAGE: Final = 54
HEAD: Final = 3
_DRAFT_LINE: Final = 84
_NOTE_LINE: Final = 118
_TITLE_LINE: Final = 44
_LEAD_LINE: Final = 16
_LEAD_WORDS_LINE: Final = 12  # the same of several words, which leave ends of lines free
_STRAND_LINE: Final = 20
_DATES_LINE: Final = 98
_GOAL_LINES: Final = (30, 38, 19)  # its short title, what it is measured by, its target
_COUNTS: Final = "Die letzten Spalten zählen die Maßnahmen je Strang."


def glance(context: Context) -> Glance:
    """The plan at a glance."""
    plan = context.plan
    measures = plan.active_measures
    needs = needs_table(context, measures)
    resolved = plan.meta.status is PlanStatus.RESOLVED
    texts = tuple(_resolved(context) if resolved else draft_texts(context))
    told = (
        TableSection("Was der Plan braucht und wie sicher es ist", needs, needs_note(context, measures, brief=True))
        if needs
        else TableSection("Was der Plan braucht", None, "Zu keiner Maßnahme ist ein Betrag genannt.")
    )
    room = FIRST_PAGE - _lines_of(texts) - _lines_of_needs(told) - 2 * HEAD
    goals, taken = _goals(context)
    return Glance(
        anchor=PartName.GLANCE.value,
        title=PartName.GLANCE.label,
        lead=scope(context),
        resolution_heading="Was beschlossen ist" if resolved else "Was zu beschließen ist",
        resolution_note=_RESOLVED if resolved else _draft_note(context),
        resolutions=texts,
        sections=tuple(
            section
            for section in (
                told,
                _first_measures(context, room),
                goals,
                _first_dates(context, SECOND_PAGE - taken - HEAD),
            )
            if section
        ),
    )


def rows_of(lines: float) -> float:
    """The height of a row of so many lines, in rows of one line: space above and below it is there but once."""
    return (11 * max(ceil(lines), 1) + 3.2) / 14.2


def _lines_of(texts: Sequence[ResolutionText]) -> float:
    """The height of what is to be resolved, with the name of each body above its text."""
    lines = (1 + sum(ceil(len(line.plain()) / _DRAFT_LINE) for line in _paragraphs(item.blocks)) for item in texts)
    return sum(lines)


def _paragraphs(blocks: Blocks) -> Iterator[Node]:
    for block in blocks:
        if block.kind in ("bullet_list", "ordered_list", "item", "quote"):
            yield from _paragraphs(block.children)
        else:
            yield block


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


def counted(value: int, one: str, many: str) -> str:
    """`1 Ziel`, `13 Ziele`."""
    return f"{value} {one if value == 1 else many}"


# --- what is resolved ---------------------------------------------------------------------------------------------


_RESOLVED: Final = "Diese Fassung ist beschlossen und verbindlich."


def _draft_note(context: Context) -> str:
    if not context.plan.meta.drafts:
        return "Einen Beschlussvorschlag gibt es noch nicht."
    bodies = {body_key(context, draft.body) for draft in context.plan.meta.drafts}
    several = " Jedes Gremium beschließt über seinen Teil; gemeinsame Ziele brauchen alle." if len(bodies) > 1 else ""
    count = len(context.open_points)
    left = f" Vorher zu klären: {counted(count, 'Punkt', 'Punkte')}." if count else ""
    return typeset_line(f"Beschlussvorschlag, noch nicht beschlossen.{several}{left}")


def draft_texts(context: Context) -> Iterator[ResolutionText]:
    """The draft resolutions; their points are counted through, so that one can name them."""
    start = 1
    for draft in context.plan.meta.drafts:
        blocks = parse(filled(draft.text, context.plan)).blocks
        numbered = []
        for block in blocks:
            if block.kind == "ordered_list":
                numbered.append(replace(block, attrs={**block.attrs, "start": start}))
                start += len(block.children)
            else:
                numbered.append(block)
        key = body_key(context, draft.body)
        steps = [step for step in context.plan.meta.route if body_key(context, step.body) == key]
        yield ResolutionText(typeset_line(body_name(context, key)), _when(steps), tuple(numbered))


def _when(steps: Sequence[Step]) -> str:
    days = [day(step.session) for step in steps if step.session]
    return f"Sitzung {', '.join(days)}" if days else "Sitzung offen"


def _resolved(context: Context) -> Iterator[ResolutionText]:
    """Each step that resolved something, with its day and paper."""
    for step in context.plan.meta.route:
        if step.result is StepResult.RESOLVED:
            paper = f", Vorlage {step.paper}" if step.paper else ""
            said = typeset_line(f"{step.step}: beschlossen{paper}.")
            name = body_name(context, body_key(context, step.body))
            when = day(step.session) if step.session else ""
            yield ResolutionText(typeset_line(name), when, (Node("paragraph", children=(text(said),)),))


# --- what comes first ---------------------------------------------------------------------------------------------


def _first_measures(context: Context, room: float) -> TableSection | None:
    """The measures of high priority by their first deadline; where none has a priority, those that begin first.

    `room`: how many lines there are for them.
    """
    measures = context.plan.active_measures
    high = [measure for measure in measures if measure.priority is Priority.HIGH]
    ordered = sorted(high or measures, key=_first_month)
    if not ordered:
        return None
    money = any(map(_money, ordered))
    work = any(map(_work, ordered))
    columns = (
        Column("Nr.", 15),
        Column("Maßnahme", 111 - 21 * money - 26 * work),
        Column(label(Measure, "leads"), 25),
        Column("Erste Frist", 17),
        *((Column("Euro", 21, align="right"),) if money else ()),
        *((Column("Arbeit", 26, align="right"),) if work else ()),
    )
    heights = (
        rows_of(max(len(measure.title) / _TITLE_LINE, _lines_of_lead(context.lead_text(measure))))
        for measure in ordered
    )
    most = min(max(sum(height <= room for height in accumulate(heights)), LEAST_MEASURES), MOST_MEASURES)
    rows = tuple(_measure_row(context, measure, money=money, work=work) for measure in ordered[:most])
    left = len(ordered) - most
    note = f"{left} weitere im Verzeichnis der Maßnahmen." if left > 0 else ""
    heading = "Maßnahmen mit hoher Priorität, nach erster Frist" if high else "Womit begonnen wird"
    return TableSection(heading, Table(columns, (RowGroup(rows),)), typeset_line(note))


def _lines_of_lead(lead: str) -> float:
    return len(lead) / (_LEAD_WORDS_LINE if " " in lead else _LEAD_LINE)


def _first_due(measure: Measure) -> Period | None:
    dues = [milestone.due for milestone in measure.milestones]
    return min(dues, key=lambda due: (due.last, due.first)) if dues else measure.last


def _first_month(measure: Measure) -> tuple[bool, int, int]:
    due = _first_due(measure)
    return (due is None, due.last if due else 0, measure.span.start.first if measure.span else 0)


def _measure_row(context: Context, measure: Measure, *, money: bool, work: bool) -> Row:
    due = _first_due(measure)
    amounts = ([_money(measure)] if money else []) + ([_work(measure)] if work else [])
    return Row(
        (
            Cell((link(measure.id, measure.number), text(" "), *sign_node(context.measure_sign(measure))), header=True),
            Cell((text(measure.title),)),
            Cell((text(context.lead_text(measure)),)),
            Cell((text(due.label if due else OPEN),)),
            *(Cell((text(said or NONE),)) for said in amounts),
        )
    )


def _money(measure: Measure) -> str:
    """`12.000`, `4.000/Jahr`, `12.000 + 4.000/Jahr`; words where no amount is known."""
    once, yearly = (total_of([measure], *kind) for kind in MONEY)
    return " + ".join([number(once)] * bool(once) + [f"{number(yearly)}/Jahr"] * bool(yearly)) or _in_words(measure)


def _work(measure: Measure) -> str:
    """`60 Tage/Jahr`, `40 Tage`, `0,5 Stellen`, several with a plus between."""
    yearly, once, posts = (total_of([measure], *kind) for kind in WORK)
    shown = [f"{number(yearly)} Tage/Jahr"] * bool(yearly) + [f"{number(once)} Tage"] * bool(once)
    return " + ".join([*shown, *[f"{number(posts)} Stellen"] * bool(posts)])


def _in_words(measure: Measure) -> str:
    return "in Worten" if any(item.text for item in measure.effort) else ""


# --- what is to be reached ----------------------------------------------------------------------------------------


def _goals(context: Context) -> tuple[TableSection | None, float]:
    """The goals, each on a row, of too many a row a field; and how many rows of one line that takes."""
    plan = context.plan
    if not plan.goals:
        return None, 0
    fields = sum(bool(plan.goals_of(item.number)) for item in plan.fields)
    in_full = fields + sum(_height_of(goal) for goal in plan.goals) + HEAD + 2
    if in_full <= SECOND_PAGE - HEAD - MOST_DECISIONS:
        return _each_goal(context), in_full
    return _each_field(context), len(plan.fields) + HEAD + 2


def _height_of(goal: Goal) -> float:
    first = goal.indicators[0] if goal.indicators else None
    said = (goal.short_title, f"{first.name} (+ 1)" if first else "", target_value(first) if first else "")
    return rows_of(max(len(words) / room for words, room in zip(said, _GOAL_LINES, strict=True)))


def _strand_columns(context: Context) -> tuple[Column, ...]:
    return tuple(Column("", 6, align="right", sign=sign) for sign in context.signs)


def _counts(context: Context, measures: Sequence[Measure]) -> Iterator[Cell]:
    for strand in context.plan.meta.strands:
        count = sum(context.plan.strand_of[item.id] == strand.id for item in measures)
        yield Cell((text(str(count or NONE)),))


def _each_goal(context: Context) -> TableSection:
    plan = context.plan
    measured = any(goal.indicators for goal in plan.goals)
    room = 168 - 10 - 6 * len(context.signs)
    columns = (
        Column("Ziel", 10),
        Column("Ziel in Kürze", room - sum(item.share for item in _MEASURED) if measured else room),
        *(_MEASURED if measured else ()),
        *_strand_columns(context),
    )
    groups = tuple(
        RowGroup(
            tuple(_goal_row(context, goal, measured=measured) for goal in plan.goals_of(item.number)),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in plan.fields
        if plan.goals_of(item.number)
    )
    return TableSection("Was erreicht sein soll", Table(columns, groups), _goals_note(context, measured=measured))


_MEASURED: Final = (Column("Woran es gemessen wird", 55), Column("Zielwert", 31), Column("bis", 16))


def _goal_row(context: Context, goal: Goal, *, measured: bool) -> Row:
    cells: list[Cell] = []
    if measured:
        first = goal.indicators[0] if goal.indicators else None
        cells = [Cell(_measured_by(goal)), Cell((_target(first),)), Cell((text(_until(first)),))]
    return Row(
        (
            Cell((link(goal.id, goal.number),), header=True),
            Cell((strong(goal.short_title),)),
            *cells,
            *_counts(context, context.plan.measures_of(goal.id)),
        )
    )


def _measured_by(goal: Goal) -> Inline:
    """The first indicator, and how many there are besides: nobody must take it for all."""
    if not goal.indicators:
        return (muted(f"Indikator {TO_BE_SET}"),)
    first, *others = goal.indicators
    if not others:
        return (text(first.name),)
    return (text(first.name), muted(f" (+{NBSP}{len(others)})"))


def _target(indicator: Indicator | None) -> Node:
    if indicator is None:
        return text(NONE)
    return muted(target_value(indicator)) if indicator.target is None else strong(target_value(indicator))


def _until(indicator: Indicator | None) -> str:
    return indicator.target_date.label if indicator and indicator.target_date else NONE


def _goals_note(context: Context, *, measured: bool) -> str:
    indicators = [item for goal in context.plan.goals for item in goal.indicators]
    if not measured:
        return f"Woran die Ziele zu messen sind, ist noch festzulegen. {_COUNTS}"
    unknown = sum(isinstance(item.baseline, str) for item in indicators)
    some = f"Für {unknown} der {len(indicators)}" if unknown < len(indicators) else f"Für keinen der {len(indicators)}"
    missing = "ist der Ausgangswert noch zu erheben" if unknown < len(indicators) else "ist ein Ausgangswert erhoben"
    told = f"{some} Indikatoren {missing}. " if unknown else ""
    more = any(len(goal.indicators) > 1 for goal in context.plan.goals)
    others = "Gezeigt ist der erste Indikator; (+ 1) zählt weitere. " if more else ""
    return typeset_line(f"{others}{told}{_COUNTS}")


def _each_field(context: Context) -> TableSection:
    """One row a field of action, for a plan whose goals nobody could take in at once."""
    plan = context.plan
    columns = (
        Column("Handlungsfeld", 168 - 40 - 6 * len(context.signs)),
        Column("Ziele", 20, align="right"),
        Column("Indikatoren", 20, align="right"),
        *_strand_columns(context),
    )
    rows = []
    for item in plan.fields:
        goals = plan.goals_of(item.number)
        name = (link(item.anchor, str(item.number)), text(f" {item.title}"))
        counts = (len(goals), sum(len(goal.indicators) for goal in goals))
        cells = (Cell((text(str(count or NONE)),)) for count in counts)
        rows.append(Row((Cell(name, header=True), *cells, *_counts(context, plan.measures_in(item.number)))))
    note = f"Die Ziele mit ihren Zielwerten stehen im jeweiligen Handlungsfeld. {_COUNTS}"
    return TableSection("Was erreicht sein soll", Table(columns, (RowGroup(tuple(rows)),)), note)


# --- what comes when ----------------------------------------------------------------------------------------------


def _first_dates(context: Context, room: float) -> TableSection | None:
    """The milestones of the first year that is not over, then the decisions of bodies.

    `room`: how many rows of one line there are. Of more milestones only those of measures of high priority are shown,
    and of these so many as there is room for.
    """
    term = context.plan.meta.term
    year = min(max(term.first, context.plan.meta.date.year), term.last)
    dated = [
        (milestone, measure)
        for measure in context.plan.active_measures
        for milestone in measure.milestones
        if milestone.due.year == year
    ]
    decided = list(_decision_rows(context))
    room -= sum(rows_of(len(row.cells[1].plain()) / _DATES_LINE) for row in decided)
    chosen = dated if _height_of_dates(dated) <= room else [item for item in dated if item[1].priority is Priority.HIGH]
    while chosen and _height_of_dates(chosen) > room:
        chosen = chosen[:-1]
    rows = [*_by_due(chosen), *decided]
    if not rows:
        return None
    left = len(dated) - len(chosen)
    note = (
        f"{counted(left, 'weiterer Meilenstein', 'weitere Meilensteine')} in diesem Jahr im Zeitplan." if left else ""
    )
    columns = (Column("Termin", 22), Column("Was dann vorliegt oder entschieden wird", 146))
    heading = typeset_line(f"Meilensteine {year} und Entscheidungen der Gremien")
    return TableSection(heading, Table(columns, (RowGroup(tuple(rows)),)), typeset_line(note))


def _height_of_dates(dated: Sequence[tuple[Milestone, Measure]]) -> float:
    return sum(rows_of(len(row.cells[1].plain()) / _DATES_LINE) for row in _by_due(dated))


def _by_due(dated: Sequence[tuple[Milestone, Measure]]) -> Iterator[Row]:
    dues = sorted({milestone.due for milestone, _ in dated}, key=lambda due: (due.last, due.first))
    for due in dues:
        items = [
            (Node("strong", children=(link(measure.id, measure.number),)), text(f"{NBSP}{milestone.title}"))
            for milestone, measure in dated
            if milestone.due == due
        ]
        yield Row((Cell((text(due.label),), header=True), Cell(joined(items, "; "))))


def _decision_rows(context: Context) -> Iterator[Row]:
    """A row a measure and day on which bodies decide about it."""
    found: dict[tuple[str, str], list[str]] = {}
    due: dict[tuple[str, str], int] = {}
    for date in decisions(context):
        assert date.measure is not None
        key = (date.when or "Termin offen", date.measure.id)
        found.setdefault(key, []).append(body_name(context, date.body))
        due[key] = date.due.last if date.due else -1
    shown = sorted(found, key=lambda key: due[key])
    for key in shown[:MOST_DECISIONS]:
        when, identifier = key
        measure = context.plan.measure_by_id[identifier]
        who = text(f": {', '.join(found[key])}, ")
        told = (strong(Role.DECISION.label), who, link(measure.id, measure.number), text(f" {measure.title}"))
        yield Row((Cell((text(when),), header=True), Cell(told)))
    if len(shown) > MOST_DECISIONS:
        more = counted(len(shown) - MOST_DECISIONS, "weitere Entscheidung", "weitere Entscheidungen")
        yield Row((Cell((text("später"),), header=True), Cell((muted(f"{more}: siehe {PartName.BODY_DATES.label}"),))))
