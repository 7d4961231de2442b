"""The plan in, effort and funding out: Euro a year, strand, source and field, then what each measure needs and gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.document.model import Cell, Column, PlotPart, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.targets import part_anchor, part_title
from pipeline.fields.amounts import effort_text, funding_text
from pipeline.fields.kind import NONE, OPEN
from pipeline.parts.context import Context
from pipeline.parts.money import Amounts, by_source, by_year, euro_in, in_ranges, in_words, plot, undated
from pipeline.parts.phrases import label, link, sign_node, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import number, typeset_line
from schema.entities import FieldOfAction, Measure
from schema.values import Funding
from schema.vocabulary import PartName

_NOTE = (
    "Einmalige Beträge im genannten Jahr, sonst im Jahr des Beginns; jährliche in jedem Jahr der Maßnahme. "
    "Personentage und Stellen sind nicht umgerechnet."
)
_SOURCES = (
    "Anteile der Quellen an den Euro-Beträgen der Laufzeit, gleich wie sicher sie sind. Noch ohne Quelle ist, wofür "
    "keine Quelle oder kein Anteil genannt ist."
)
WHOLE, NAME, STRAND_MOST, STRANDS_MOST = 168.0, 42.0, 22.0, 62.0  # shares of columns: all; names; a strand, all strands
# Each table of years has a sum of its own, which every document must show alike; so how many years it has is decided
# here, and no writer cuts it otherwise. More columns of amounts are hard to compare anyway.
YEARS_A_TABLE = 8


def funding(context: Context, field: int | None = None) -> TablePart:
    """Effort and funding of the whole plan or of one field of action."""
    plan = context.plan
    fields = [item for item in plan.fields if field in (None, item.number) and plan.measures_in(item.number)]
    years = context.axis.years
    spans = [years[start : start + YEARS_A_TABLE] for start in range(0, len(years), YEARS_A_TABLE)]
    tables = tuple(
        TableSection(
            "Euro je Handlungsfeld und Jahr"
            if len(spans) == 1
            else typeset_line(f"Euro je Handlungsfeld und Jahr, {span[0]} bis {span[-1]}"),
            _by_field(context, fields, span),
        )
        for span in spans
    )
    return TablePart(
        anchor=part_anchor(PartName.FUNDING, field),
        title=typeset_line(part_title(PartName.FUNDING, field)),
        lead="Was die Maßnahmen brauchen, woher es kommt und wie sicher es ist.",
        sections=(
            *_plotted(context, fields),
            *tables,
            TableSection("Aufwand und Finanzierung je Maßnahme", _by_measure(context, fields)),
        ),
    )


def _plotted(context: Context, fields: Sequence[FieldOfAction]) -> Iterator[TableSection]:
    """The totals, plotted: people look before they read."""
    measures = [measure for item in fields for measure in context.plan.measures_in(item.number)]
    years, sources = by_year(context, measures), by_source(context, measures)
    if any(amounts.total for amounts in years):
        yield TableSection("Euro je Jahr", _amounts_table(context, "Jahr", years), note=_NOTE + _left_out(measures))
        yield TableSection(
            "Euro nach Quelle", _amounts_table(context, label(Funding, "source"), sources), note=_SOURCES
        )


def _left_out(measures: Sequence[Measure]) -> str:
    """What the sums lack, named: who reads them must not take them for all."""
    kinds = (
        ("Beträge von Maßnahmen ohne Zeitraum", undated(measures)),
        ("Kosten, die nur in Worten genannt sind", in_words(measures)),
    )
    lacking = [f"{what}: {', '.join(measure.number for measure in found)}" for what, found in kinds if found]
    ranges = " Von Spannen zählt die Mitte." if in_ranges(measures) else ""
    return ranges + (f" Nicht enthalten sind {'; '.join(lacking)}." if lacking else "")


def _amounts_table(context: Context, name: str, amounts: Sequence[Amounts]) -> Table:
    share = min(STRAND_MOST, STRANDS_MOST / len(context.signs))
    columns = (
        Column(name, NAME),
        *(Column("", share, align="right", sign=sign) for sign in context.signs),
        Column("Summe", WHOLE - NAME - share * len(context.signs), kind="plot", align="right"),
    )
    largest = max(item.total for item in amounts)
    rows = tuple(_plotted_row(item, plot(item, context.signs, largest)) for item in amounts)
    sums = tuple(sum(column, Decimal(0)) for column in zip(*(item.by_strand for item in amounts), strict=True))
    return Table(columns, (RowGroup(rows), RowGroup((_plotted_row(Amounts("Gesamt", sums)),), sums=True)))


def _plotted_row(amounts: Amounts, parts: tuple[PlotPart, ...] = ()) -> Row:
    cells = (Cell((text(_euro(value)),)) for value in amounts.by_strand)
    return Row((Cell((text(amounts.name),), header=True), *cells, Cell((text(_euro(amounts.total)),), plot=parts)))


def _euro(value: Decimal) -> str:
    return number(value) if value else NONE


def _by_field(context: Context, fields: Sequence[FieldOfAction], years: Sequence[int]) -> Table:
    share = 128 / (len(years) + 1)
    columns = (
        Column("Handlungsfeld", 40),
        *(Column(str(year), share, align="right") for year in years),
        Column("Summe", share, align="right"),
    )
    amounts = {
        item.number: [
            sum((euro_in(measure, year) for measure in context.plan.measures_in(item.number)), Decimal(0))
            for year in years
        ]
        for item in fields
    }
    rows = tuple(_amounts(f"{item.number} {item.title}", amounts[item.number]) for item in fields)
    totals = [sum(column, Decimal(0)) for column in zip(*amounts.values(), strict=True)] or [Decimal(0)] * len(years)
    return Table(columns, (RowGroup(rows), RowGroup((_amounts("Gesamt", totals),), sums=True)))


def _amounts(name: str, values: Sequence[Decimal]) -> Row:
    shown = [*values, sum(values, Decimal(0))]
    cells = (Cell((text(number(value) if value else NONE),)) for value in shown)
    return Row((Cell((text(name),), header=True), *cells))


def _by_measure(context: Context, fields: Sequence[FieldOfAction]) -> Table:
    columns = (
        Column("Nr.", 18),
        Column("Maßnahme", 58),
        Column(label(Measure, "effort"), 46),
        Column(label(Measure, "funding"), 46),
    )
    groups = tuple(
        RowGroup(
            tuple(_row(context, measure) for measure in context.plan.measures_in(item.number)),
            heading=typeset_line(f"{item.number} {item.title}"),
        )
        for item in fields
    )
    return Table(columns, groups)


def _row(context: Context, measure: Measure) -> Row:
    return Row(
        (
            Cell((link(measure.id, measure.number), text(" "), *sign_node(context.measure_sign(measure))), header=True),
            Cell((text(measure.title),)),
            Cell(_lines([effort_text(item) for item in measure.effort])),
            Cell(_lines([funding_text(item) for item in measure.funding])),
        )
    )


def _lines(values: Sequence[str]) -> Inline:
    result: list[Node] = []
    for value in values or (OPEN,):
        if result:
            result.append(Node("break"))
        result.append(text(value))
    return tuple(result)
