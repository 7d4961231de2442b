"""The open findings in, the annex of open points out: how many of each kind, what stands alone, tables of ticks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.fields.kind import NONE, OPEN
from pipeline.parts.context import Context
from pipeline.parts.open_matters import index_of, kind_of, matters_by_owner, topic
from pipeline.parts.phrases import joined, label, link, muted, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line
from schema.codes import BY_RESOLUTION, CODES
from schema.entities import Goal, Measure
from schema.plan import Kind, PlanMeta
from schema.rules import Finding
from schema.values import Indicator
from schema.vocabulary import PartName

MOST_KINDS: Final = 7  # columns of ticks that leave a title its room
OF_INDICATORS: Final = ("P352", "P353", "P355", "P356")
GIVEN: Final = "liegt vor"
SINGLE: Final = "Einzelnes"
_OF_MEASURES: Final = "Was den Maßnahmen fehlt"
_OF_GOALS: Final = "Was den Indikatoren fehlt"


def open_points(context: Context) -> TablePart | None:
    """The open points and the settled findings; None where there is neither."""
    sections = list(_sections(context)) if context.open_points else []
    if context.plan.meta.settlements:
        sections.append(TableSection(PlanMeta.model_fields["settlements"].title or "", _settlements(context)))
    if not sections:
        return None
    count = len(context.open_points)
    points = "Punkt ist" if count == 1 else "Punkte sind"
    lead = f"{count} {points} bis zum Beschluss zu klären."
    by_resolution = sum(item.code in BY_RESOLUTION for item in context.open_points)
    if by_resolution:
        before = count - by_resolution
        lead = f"{lead[:-1]}: {before or 'keiner'} vorher, {by_resolution} durch den Beschluss selbst."
    return TablePart(
        anchor=PartName.OPEN_POINTS.value,
        title=PartName.OPEN_POINTS.label,
        lead=typeset_line(lead) if count else "",
        sections=tuple(sections),
    )


def overview_of_kinds(context: Context) -> Table | None:
    """How much of each kind is open; None where nothing is, or a single thing."""
    return next((section.table for section in _sections(context) if not section.heading), None)


def _sections(context: Context) -> Iterator[TableSection]:
    of_measures = [item for item in context.open_points if item.subject.kind is Kind.MEASURE]
    counted = Counter(topic(context, item) for item in of_measures)
    kinds = [kind for kind, count in counted.most_common(MOST_KINDS) if count > 1]
    ticked = [item for item in of_measures if topic(context, item) in kinds]
    of_goals = [item for item in context.open_points if item.code in OF_INDICATORS]
    elsewhere = {id(item) for item in (*ticked, *of_goals)}
    single = [item for item in context.open_points if id(item) not in elsewhere]
    if len(context.open_points) > 1:
        yield TableSection("", _overview(context, kinds, ticked, of_goals, single))
    if single:  # first: it is short, and stands nowhere else
        yield TableSection(SINGLE, _single(context, single))
    if ticked:
        yield TableSection(_OF_MEASURES, _of_measures(context, kinds, ticked))
    if of_goals:
        yield TableSection(_OF_GOALS, _of_indicators(context, of_goals))


# --- the kinds ----------------------------------------------------------------------------------------------------


def _overview(
    context: Context,
    kinds: Sequence[str],
    ticked: Sequence[Finding],
    of_goals: Sequence[Finding],
    single: Sequence[Finding],
) -> Table:
    """How much of each kind is open, and where it stands one by one."""
    columns = (
        Column("Zahl", 14, align="right"),
        Column("Was offen ist", 54),
        Column("Wer es klärt", 64),
        Column("Einzeln unter", 36),
    )
    counted = Counter(topic(context, item) for item in ticked)
    whole = len(context.plan.active_measures)
    rows = []
    for kind in kinds:
        count = counted[kind]
        what = f"{kind} bei {'allen' if count == whole else str(count)} Maßnahmen"
        who = _BODIES if kind == CODES["P455"].topic else _LEADS
        rows.append((count, what, who, _OF_MEASURES))
    codes = Counter(kind_of(context, item) for item in of_goals)
    for kind, count in codes.items():
        who = _collectors(context, [item for item in of_goals if kind_of(context, item) == kind])
        rows.append((count, f"{kind} von Indikatoren", who, _OF_GOALS))
    if single:
        settled = sum(item.code in BY_RESOLUTION for item in single)
        what = f"was einzeln zu klären ist{f', davon {settled} durch den Beschluss selbst' if settled else ''}"
        rows.append((len(single), what, "wie jeweils genannt", SINGLE))
    return Table(
        columns,
        (
            RowGroup(
                tuple(
                    Row(
                        (
                            Cell((text(str(count)),), header=True),
                            *(Cell((text(words),)) for words in (what, who, where)),
                        )
                    )
                    for count, what, who, where in rows
                )
            ),
        ),
    )


def _collectors(context: Context, points: Sequence[Finding]) -> str:
    """Who collects the indicators that lack something, with how many: `Bauaufsicht (2), Schulverwaltung`.

    `erhebung` says who, how and how often: of the actors named in it the first one does.
    """
    found: Counter[str] = Counter()
    for item in points:
        collection = context.plan.goal_by_id[item.subject.id].indicators[index_of(item) or 0].collection
        named = [
            (match.start(), -len(name), actor.short)
            for actor in context.plan.actors
            for name in {actor.name, actor.short}
            if (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", collection))
        ]
        found[min(named)[2] if named else _COLLECTOR] += 1
    unknown = found.pop(_COLLECTOR, 0)
    told = [f"{name} ({count})" if count > 1 else name for name, count in found.most_common()]
    return ", ".join([*told, *[_COLLECTOR] * bool(unknown)])


_COLLECTOR: Final = "wer sie erhebt"
_LEADS: Final = "die federführenden Stellen"
_BODIES: Final = "die Gremien"


# --- what many lack alike -----------------------------------------------------------------------------------------


def _tick(*, is_open: bool) -> Inline:
    """A box and a word: nobody has to tell an empty box from a full one."""
    return (Node("checkbox"), text(f" {OPEN}")) if is_open else (muted(GIVEN),)


def _of_measures(context: Context, kinds: Sequence[str], ticked: Sequence[Finding]) -> Table:
    """Measures by who leads them × what they lack."""
    share = min(22.0, 84 / len(kinds))
    columns = (
        Column("Nr.", 14),
        Column("Maßnahme", 126 - share * len(kinds)),
        Column(label(Measure, "leads"), 28),
        *(Column(typeset_line(kind), share) for kind in kinds),
    )
    lacking: dict[str, set[str]] = {}
    for item in ticked:
        lacking.setdefault(item.subject.id, set()).add(topic(context, item))
    leads = {actor.id: place for place, actor in enumerate(context.plan.actors)}
    found = [measure for measure in context.plan.active_measures if measure.id in lacking]
    found.sort(key=lambda measure: leads.get(measure.lead or "", -1))
    return Table(columns, (RowGroup(tuple(_measure_row(context, item, kinds, lacking[item.id]) for item in found)),))


def _measure_row(context: Context, measure: Measure, kinds: Sequence[str], lacking: set[str]) -> Row:
    return Row(
        (
            Cell((link(measure.id, measure.number),), header=True),
            Cell((text(measure.title),)),
            Cell((text(context.lead_text(measure)),)),
            *(Cell(_tick(is_open=kind in lacking)) for kind in kinds),
        )
    )


def _of_indicators(context: Context, of_goals: Sequence[Finding]) -> Table:
    """Indicators × what they lack, with how they are collected: who does has to answer."""
    kinds = list(dict.fromkeys(kind_of(context, item) for item in of_goals))
    share = 22.0
    columns = (
        Column("Ziel", 10),
        Column(label(Indicator, "name"), 72 - share * (len(kinds) - 1) / 2),
        Column(label(Indicator, "collection"), 64 - share * (len(kinds) - 1) / 2),
        *(Column(typeset_line(kind), share) for kind in kinds),
    )
    lacking: dict[tuple[str, int], set[str]] = {}
    for item in of_goals:
        lacking.setdefault((item.subject.id, index_of(item) or 0), set()).add(kind_of(context, item))
    rows = tuple(
        _indicator_row(goal, index, kinds, lacking[goal.id, index])
        for goal in context.plan.goals
        for index in range(len(goal.indicators))
        if (goal.id, index) in lacking
    )
    return Table(columns, (RowGroup(rows),))


def _indicator_row(goal: Goal, index: int, kinds: Sequence[str], lacking: set[str]) -> Row:
    indicator = goal.indicators[index]
    return Row(
        (
            Cell((link(goal.id, goal.number),), header=True),
            Cell((text(indicator.name),)),
            Cell((muted(indicator.collection or NONE),)),
            *(Cell(_tick(is_open=kind in lacking)) for kind in kinds),
        )
    )


# --- what stands alone --------------------------------------------------------------------------------------------


def _single(context: Context, points: Sequence[Finding]) -> Table:
    columns = (Column("Nr.", 24), Column("Worum es geht", 62), Column("Was offen ist", 82))
    groups = tuple(
        RowGroup(
            tuple(
                Row(
                    (
                        Cell(item.number, header=True),
                        Cell((text(item.title),)),
                        Cell(joined([(text(words),) for words in item.topics], "; ")),
                    )
                )
                for item in matters
            ),
            heading=typeset_line(owner),
        )
        for owner, matters in matters_by_owner(context, points)
    )
    return Table(columns, groups)


def _settlements(context: Context) -> Table:
    columns = (Column("Meldung", 20), Column("Betrifft", 40), Column("Begründung", 108))
    rows = tuple(
        Row((Cell((text(item.code),), header=True), Cell((text(item.id),)), Cell((text(item.reason),))))
        for item in context.plan.meta.settlements
    )
    return Table(columns, (RowGroup(rows),))
