"""The plan in, effort and funding out: what is needed a year, who pays, who works, then what each measure needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from pipeline.document.model import Cell, Column, PlotPart, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.targets import part_anchor, part_title
from pipeline.fields.amounts import funding_text
from pipeline.fields.kind import NONE, OPEN
from pipeline.parts.context import Context
from pipeline.parts.money import EFFORTS, WORK, Sourced, Work, amount, by_source, euro_in, total_of
from pipeline.parts.needs import needs_note, needs_table, year_spans
from pipeline.parts.phrases import label, link, muted, sign_node, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import number, typeset_line
from schema.entities import FieldOfAction, Measure
from schema.values import Funding
from schema.vocabulary import FundingState, PartName

_SOURCES: Final = (
    "Anteile der Quellen an den Euro-Beträgen der Laufzeit. Noch ohne Quelle ist, wofür keine Quelle oder kein Anteil "
    "genannt ist; das gilt als offen. Der Balken: gefüllt gesichert, halb gefüllt beantragt, leer offen."
)
_LEADS: Final = "Der Aufwand steht bei der federführenden Stelle; was Mitwirkende davon übernehmen, klären die Zusagen."
_SHAPES: Final[Mapping[FundingState, str]] = {
    FundingState.SECURED: "filled",
    FundingState.APPLIED: "half",
    FundingState.OPEN: "open",
}
# Each table of years has a sum of its own, which every document must show alike; so how many years it has is decided
# here, and no writer cuts it otherwise. More columns of amounts are hard to compare anyway.
YEARS_A_TABLE: Final = 8


def funding(context: Context, field: int | None = None) -> TablePart:
    """Effort and funding of the whole plan or of one field of action."""
    plan = context.plan
    fields = [item for item in plan.fields if field in (None, item.number) and plan.measures_in(item.number)]
    measures = [measure for item in fields for measure in plan.measures_in(item.number)]
    nothing = not any(measure.effort or measure.funding for measure in measures)
    return TablePart(
        anchor=part_anchor(PartName.FUNDING, field),
        title=typeset_line(part_title(PartName.FUNDING, field)),
        lead="Zu keiner Maßnahme sind Aufwand oder Finanzierung genannt."
        if nothing
        else "Was an Geld und Arbeit nötig ist, woher es kommt und wie sicher es ist.",
        sections=()
        if nothing
        else (
            *_needs(context, measures),
            *sources(context, measures),
            *_sources_by_year(context, measures),
            *_fields(context, fields),
            *_leads(context, measures),
            TableSection("Je Maßnahme", *_by_measure(context, fields)),
        ),
    )


def _needs(context: Context, measures: Sequence[Measure]) -> Iterator[TableSection]:
    """People look at the whole before they read the rest."""
    table = needs_table(context, measures)
    if table is None:
        return
    yield TableSection("Geld und Arbeit je Jahr", table, needs_note(context, measures))
    for span in year_spans(context, measures)[1:]:
        heading = f"Geld und Arbeit je Jahr, {span[0]} bis {span[-1]}"
        yield TableSection(typeset_line(heading), needs_table(context, measures, years=span))


def sources(context: Context, measures: Sequence[Measure]) -> Iterator[TableSection]:
    """Who pays, and how sure that is; nothing where nothing costs Euro."""
    found = by_source(context, measures)
    if not found:
        return
    columns = (
        Column(label(Funding, "source"), 42),
        Column("Maßnahmen", 20, align="right"),
        *(Column(state.label, 20, align="right") for state in FundingState),
        Column("Summe", 46, kind="plot", align="right"),
    )
    largest = max(item.total for item in found)
    rows = tuple(_source_row(item, _plot(item, largest)) for item in found)
    sums = {state: sum((item.by_state[state] for item in found), Decimal(0)) for state in FundingState}
    numbers = frozenset(number for item in found for number in item.measures)
    total = _source_row(Sourced("Gesamt", sums, numbers))
    yield TableSection("Euro nach Quelle", Table(columns, (RowGroup(rows), RowGroup((total,), sums=True))), _SOURCES)


def _sources_by_year(context: Context, measures: Sequence[Measure]) -> Iterator[TableSection]:
    """Who pays how much in which year: whoever decides on a budget decides on one of a year."""
    found = by_source(context, measures)
    if len(found) < 2:  # noqa: PLR2004 - of one source the first table says it
        return
    years = context.axis.years
    of_year = {year: {item.name: item.total for item in by_source(context, measures, (year,))} for year in years}
    for start in range(0, len(years), YEARS_A_TABLE):
        span = years[start : start + YEARS_A_TABLE]
        share = 126 / len(span)
        columns = (Column(label(Funding, "source"), 42), *(Column(str(year), share, align="right") for year in span))
        rows = [(item.name, [of_year[year].get(item.name, Decimal(0)) for year in span]) for item in found]
        total = ("Gesamt", [sum(of_year[year].values(), Decimal(0)) for year in span])
        groups = (RowGroup(tuple(map(_year_row, rows))), RowGroup((_year_row(total),), sums=True))
        heading = f"Euro nach Quelle und Jahr{f', {span[0]} bis {span[-1]}' if len(span) < len(years) else ''}"
        yield TableSection(typeset_line(heading), Table(columns, groups))


def _year_row(row: tuple[str, Sequence[Decimal]]) -> Row:
    name, amounts = row
    return Row((Cell((text(name),), header=True), *(Cell((text(amount(value)),)) for value in amounts)))


def _source_row(item: Sourced, parts: tuple[PlotPart, ...] = ()) -> Row:
    cells = [str(len(item.measures)), *(amount(item.by_state[state]) for state in FundingState)]
    return Row(
        (
            Cell((text(item.name),), header=True),
            *(Cell((text(cell),)) for cell in cells),
            Cell((text(amount(item.total)),), plot=parts),
        )
    )


def _plot(item: Sourced, largest: Decimal) -> tuple[PlotPart, ...]:
    """A stretch for each state of which there is anything, in proportion to the largest total."""
    return tuple(
        PlotPart(shape, round(float(item.by_state[state] / largest), 4))
        for state, shape in _SHAPES.items()
        if item.by_state[state]
    )


# --- a field of action, a lead ------------------------------------------------------------------------------------


def _fields(context: Context, fields: Sequence[FieldOfAction]) -> Iterator[TableSection]:
    """Euro a field and year, of many years in several tables; the first has the work, too. Nothing if all is nought."""
    if not any(total_of(context.plan.measures_in(item.number), *kind) for item in fields for kind in EFFORTS):
        return
    years = context.axis.years
    spans = [years[start : start + YEARS_A_TABLE] for start in range(0, len(years), YEARS_A_TABLE)]
    for span in spans:
        heading = "Je Handlungsfeld" if len(spans) == 1 else f"Je Handlungsfeld, {span[0]} bis {span[-1]}"
        yield TableSection(typeset_line(heading), _by_field(context, fields, span, with_work=span is spans[0]))


def _by_field(context: Context, fields: Sequence[FieldOfAction], years: Sequence[int], *, with_work: bool) -> Table:
    work = WORK if with_work else ()
    share = (128 - _WORK_SHARE * len(work)) / (len(years) + 1)
    columns = (
        Column("Handlungsfeld", 40),
        *(Column(str(year), share, align="right") for year in years),
        Column("Euro", share, align="right"),
        *(Column(name, _WORK_SHARE, align="right") for name, _, _ in work),
    )
    rows = [
        (f"{item.number} {item.title}", _values(context.plan.measures_in(item.number), years, work)) for item in fields
    ]
    whole = [sum(column, Decimal(0)) for column in zip(*(values for _, values in rows), strict=True)]
    sums = (_amounts("Gesamt", whole or [Decimal(0)] * (len(columns) - 1)),)
    return Table(columns, (RowGroup(tuple(_amounts(*row) for row in rows)), RowGroup(sums, sums=True)))


_WORK_SHARE: Final = 14


def _values(measures: Sequence[Measure], years: Sequence[int], work: Sequence[Work]) -> list[Decimal]:
    """Euro a year, all of them, then the work."""
    euros = [sum((euro_in(measure, year) for measure in measures), Decimal(0)) for year in years]
    return [*euros, sum(euros, Decimal(0)), *(total_of(measures, *kind) for kind in work)]


def _amounts(name: str, values: Sequence[Decimal]) -> Row:
    return Row((Cell((text(name),), header=True), *(Cell((text(amount(value)),)) for value in values)))


def _leads(context: Context, measures: Sequence[Measure]) -> Iterator[TableSection]:
    """The work of each who leads; with no work in the plan there is no table."""
    if not any(total_of(measures, *kind) for kind in WORK):
        return
    by_lead: dict[str, list[Measure]] = {}
    for measure in measures:
        by_lead.setdefault(measure.lead or "", []).append(measure)
    columns = (
        Column(label(Measure, "leads"), 96),
        Column("führt", 18, align="right"),
        *(Column(name, 18, align="right") for name, _, _ in WORK),
    )
    rows = []
    for lead, led in by_lead.items():
        values = [total_of(led, *kind) for kind in WORK]
        actor = context.plan.actor_by_id.get(lead)
        name = (*sign_node(context.sign_of(actor.strand)), text(f" {actor.name}")) if actor else (text(OPEN),)
        cells = [str(len(led)), *map(amount, values)]
        order = (not lead, *(-value for value in values))
        rows.append((order, Row((Cell(name, header=True), *(Cell((text(cell),)) for cell in cells)))))
    ordered = tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))
    yield TableSection("Arbeit je federführender Stelle", Table(columns, (RowGroup(ordered),)), _LEADS)


# --- a measure ----------------------------------------------------------------------------------------------------

MOST_SOURCES: Final = 4  # of which each has a column of its own


def _by_measure(context: Context, fields: Sequence[FieldOfAction]) -> tuple[Table, str]:
    """A row a measure; with few sources a column each, and a note on how sure they are where all are alike."""
    measures = [measure for item in fields for measure in context.plan.measures_in(item.number)]
    funded = [item for measure in measures for item in measure.funding]
    sources = tuple(dict.fromkeys(item.source for item in funded))
    shared = all(item.share is not None for item in funded) and 0 < len(sources) <= MOST_SOURCES
    states = {item.state for item in funded}
    share = 50 / len(sources) if shared else 50
    paid = tuple(Column(f"{name} %", share, align="right") for name in sources) if shared else (_FUNDING,)
    efforts = tuple(kind for kind in EFFORTS if total_of(measures, *kind))
    columns = (
        Column("Nr.", 15),
        Column("Maßnahme", 103 - 12 * len(efforts)),
        *(Column(name, 12, align="right") for name, _, _ in efforts),
        *paid,
    )
    groups = tuple(
        RowGroup(
            tuple(
                _row(context, measure, efforts, _paid(measure, sources if shared else (), states))
                for measure in context.plan.measures_in(item.number)
            ),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in fields
    )
    alike = f"Quellen in Prozent; alle sind {next(iter(states)).label}." if shared and len(states) == 1 else ""
    return Table(columns, groups), typeset_line(alike)


_FUNDING: Final = Column(label(Measure, "funding"), 50)


def _paid(measure: Measure, sources: Sequence[str], states: Collection[FundingState]) -> Iterator[Cell]:
    """What each source pays, with how sure that is unless all are alike; without columns of sources one cell."""
    if not sources:
        yield Cell(_lines([funding_text(item) for item in measure.funding]))
    for source in sources:
        items = [item for item in measure.funding if item.source == source]
        shown = [(number(item.share), item.state.label) for item in items if item.share is not None]
        lines = [figure if len(states) == 1 else f"{figure} {state}" for figure, state in shown]
        yield Cell(_lines(lines or [NONE]))


def _row(context: Context, measure: Measure, efforts: Sequence[Work], paid: Iterable[Cell]) -> Row:
    """Its amounts in figures; costs in words below the title, since no column of figures holds them."""
    told = [item.text for item in measure.effort if item.text]
    told = told or ([] if measure.effort else [f"{label(Measure, 'effort')} {OPEN}"])
    title: list[Node] = [text(measure.title)]
    for words in told:
        title += [Node("break"), muted(words)]
    return Row(
        (
            Cell((link(measure.id, measure.number), text(" "), *sign_node(context.measure_sign(measure))), header=True),
            Cell(tuple(title)),
            *(Cell((text(amount(total_of([measure], *kind))),)) for kind in efforts),
            *paid,
        )
    )


def _lines(values: Sequence[str]) -> Inline:
    result: list[Node] = []
    for value in values or (OPEN,):
        if result:
            result.append(Node("break"))
        result.append(text(value))
    return tuple(result)
