"""A Plan and its Document in, what is counted and added up out, beside the same worked out from the data alone."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal

from pipeline.document import model as d
from schema.entities import Measure
from schema.plan import Plan
from schema.values import Indicator

NONE = "–"
TERM = "Laufzeit"
Pair = tuple[object, object]


def compared(
    plan: Plan, document: d.Document, measures: list[Measure], with_sheets: list[Measure]
) -> Mapping[str, Pair]:
    """What it is about → what the Document shows, what it should show. Parts that are not there are left out.

    `measures` are the active ones, `with_sheets` those that have a sheet.
    """
    pairs: dict[str, Pair] = {"sheets": (_sheets(document), [_sheet(measure) for measure in with_sheets])}
    for part in document.parts:
        if isinstance(part, d.Overview):
            pairs["overview"] = (_overview(part), _marks(plan, measures))
            measured = [goal.measured for field in part.fields for goal in field.goals]
            pairs["directions in the overview"] = ([_directions(text) for text in measured], _first_directions(plan))
        elif isinstance(part, d.Glossary):
            pairs["terms"] = (sorted(term.anchor for term in part.terms), sorted(f"glossar-{t.id}" for t in plan.terms))
        elif isinstance(part, d.Proposals):
            pairs["proposals"] = ([sheet.anchor for sheet in part.sheets], [item.id for item in plan.proposals])
        elif part.anchor == "straenge" and isinstance(part, d.TablePart):
            pairs["strands"] = (_last_group(part.sections[0]), _strands(plan, measures))
        elif part.anchor == "aufwand_und_finanzierung" and isinstance(part, d.TablePart):
            by_year = [_euro(measures, year) for year in plan.meta.term.years]
            pairs["euro"] = (_euro_shown(part) or [Decimal(0)] * len(by_year), by_year)
            pairs["euro by strand"] = (_euro_needed(part), _euro_by_strand(plan, measures))
            pairs["euro by source"] = (sum(row[-1] for row in _sources(part)), sum(by_year))
            pairs["certainty"] = ([sum(row[1:-1]) for row in _sources(part)], [row[-1] for row in _sources(part)])
        elif isinstance(part, d.Glance):
            shown = _euro_needed(part)
            pairs["glance"] = (shown, _as_far_as_shown(shown, _euro_by_strand(plan, measures)))
            if (targets := _targets(part)) is not None:
                pairs["directions at a glance"] = (targets, _first_directions(plan))
    return pairs


def _directions(text: str) -> list[str]:
    """The words in a text that say on which side of a target a value has to lie."""
    return [word for word in text.replace("\u00a0", " ").split() if word in ("mindestens", "höchstens", "genau")]


def _first_directions(plan: Plan) -> list[list[str]]:
    """A goal's first target with its direction, as far as anybody can know it."""
    return [_direction(goal.indicators[0]) if goal.indicators else [] for goal in plan.goals]


def _direction(indicator: Indicator) -> list[str]:
    if indicator.target is None:
        return []
    if indicator.stated_direction is not None:
        return [indicator.stated_direction.value.replace("oe", "ö")]
    if isinstance(indicator.baseline, str) or indicator.baseline == indicator.target:
        return []
    return ["mindestens" if indicator.target > indicator.baseline else "höchstens"]


def _targets(part: d.Glance) -> list[list[str]] | None:
    """What the table of goals says of their targets; None where it shows fields of action or no targets."""
    table = next((item.table for item in part.sections if item.heading == "Was erreicht sein soll"), None)
    place = next((at for at, column in enumerate(table.columns) if column.label == "Zielwert"), None) if table else None
    if table is None or place is None:
        return None
    return [_directions(row.cells[place].plain()) for row in table.rows()]


def _sheet(measure: Measure) -> tuple[int, ...]:
    """How much of everything a sheet lists."""
    lists = (measure.milestones, measure.effort, measure.funding, measure.depends_on, measure.commitments)
    passages = (measure.reason, measure.effect, measure.risks, measure.resolved_wording)
    least = int(measure.active)  # of what is missing, the sheet of an active measure says so in a line
    if_given = (measure.audience, measure.related)
    return (
        *(len(items) or least for items in lists),
        *(len(items) for items in if_given),
        sum(item is not None for item in passages),
    )


def _sheets(document: d.Document) -> list[tuple[int, ...]]:
    labels = ("Meilensteine", "Aufwand", "Finanzierung", "Abhängig von", "Zusagen", "Zielgruppe", "Verwandt mit")
    sheets = [sheet for part in document.parts if isinstance(part, d.MeasureSheets) for sheet in part.sheets]
    by_label = [
        ({fact.label: fact for fact in sheet.facts}, len(sheet.passages) + bool(sheet.reason)) for sheet in sheets
    ]
    return [(*(_lines(facts.get(label)) for label in labels), passages) for facts, passages in by_label]


def _lines(fact: d.Fact | None) -> int:
    return len(fact.lines) if fact else 0


def _marks(plan: Plan, measures: list[Measure]) -> list[tuple[int, ...]]:
    """A row a goal: its measures a strand, and those that serve it besides."""
    return [
        (
            *(
                sum(item.goal == goal.id and plan.strand_of[item.id] == strand.id for item in measures)
                for strand in plan.meta.strands
            ),
            sum(goal.id in item.further_goals for item in measures),
        )
        for goal in plan.goals
    ]


def _overview(part: d.Overview) -> list[tuple[int, ...]]:
    return [(*goal.counts, _further(goal.measured)) for field in part.fields for goal in field.goals]


def _further(measured: str) -> int:
    """From `…; dazu 2 Maßnahmen`."""
    _, found, further = measured.rpartition("; dazu ")
    return int(further.split()[0]) if found else 0


def _strands(plan: Plan, measures: list[Measure]) -> list[tuple[str, ...]]:
    """Over the whole plan, a row a strand: goals, measures, led, committed; partners only lead."""
    strand_by_actor = {actor.id: actor.strand for actor in plan.actors}
    rows = []
    for strand in plan.meta.strands:
        own = [item for item in measures if plan.strand_of[item.id] == strand.id]
        goals = {goal for item in own for goal in (item.goal, *item.further_goals)}
        led = [item for item in measures if item.lead and strand_by_actor[item.lead] == strand.id]
        committed = [item for item in own if item.lead in {entry.actor for entry in item.commitments}]
        rows.append((len(goals), len(own), len(led), len(committed)))
    if partners := sum(bool(item.lead) and strand_by_actor[str(item.lead)] is None for item in measures):
        rows.append((0, 0, partners, 0))
    return [tuple(str(count or NONE) for count in row) for row in rows]


def _last_group(section: d.TableSection) -> list[tuple[str, ...]]:
    assert section.table is not None
    return [tuple(cell.plain() for cell in row.cells[1:]) for row in section.table.groups[-1].rows]


def _euro(measures: list[Measure], year: int) -> Decimal:
    """What all measures cost in a year."""
    total = Decimal(0)
    for item in measures:
        first = item.span.start.first // 12 if item.span else 0
        last = (item.span.last.last // 12 if item.span.last else year) if item.span else -1
        for effort in item.effort:
            due = first <= year <= last if effort.recurrence == "jaehrlich" else (effort.year or first) == year
            least = effort.amount or Decimal(0)
            amount = least if effort.amount_to is None else (least + effort.amount_to) / 2
            total += amount if due and effort.unit == "euro" else 0
    return total


def _euro_by_strand(plan: Plan, measures: list[Measure]) -> list[dict[str, Decimal]]:
    """What all measures cost a year and together, then those of each strand; no row where none costs anything."""
    of_strands = [[item for item in measures if plan.strand_of[item.id] == each.id] for each in plan.meta.strands]
    rows = [{str(year): _euro(own, year) for year in plan.meta.term.years} for own in (measures, *of_strands)]
    return [{**row, TERM: sum(row.values(), Decimal(0))} for row in rows if any(row.values())]


def _as_far_as_shown(shown: list[dict[str, Decimal]], wanted: list[dict[str, Decimal]]) -> list[dict[str, Decimal]]:
    """Of many years the first ones are enough at a glance, with the sum of all."""
    years = shown[0].keys() if shown else set()
    return [{name: value for name, value in row.items() if name in years} for row in wanted]


def _euro_shown(part: d.TablePart) -> list[Decimal]:
    """The totals of the years, over all tables of fields and years: the last column sums up each."""
    tables = [item.table for item in part.sections if item.table and item.heading.startswith("Je Handlungsfeld")]
    return [
        _decimal(cell)
        for table in tables
        for column, cell in zip(table.columns, table.groups[-1].rows[0].cells, strict=True)
        if column.label.isdigit()
    ]


def _sources(part: d.TablePart) -> list[list[Decimal]]:
    """The rows of the sources: how many measures, what is how sure, the sum."""
    tables = [item.table for item in part.sections if item.table and item.heading == "Euro nach Quelle"]
    return [[_decimal(cell) for cell in row.cells[1:]] for table in tables for row in table.groups[0].rows]


def _euro_needed(part: d.TablePart | d.Glance) -> list[dict[str, Decimal]]:
    """The row of all Euro and those of the strands below it: years, and the term. Many years are in several tables."""
    found: list[dict[str, Decimal]] = []
    for table in (item.table for item in part.sections if item.table and item.table.columns[0].label == "Bedarf"):
        rows = list(table.rows())
        if rows[0].cells[0].plain() != "Euro":
            continue
        for index, row in enumerate([rows[0], *itertools.takewhile(lambda row: not row.whole, rows[1:])]):
            if index == len(found):
                found.append({})
            pairs = zip(table.columns, row.cells, strict=True)
            found[index] |= {of.label: _decimal(cell) for of, cell in pairs if of.label.isdigit() or of.label == TERM}
    return found


def _decimal(cell: d.Cell) -> Decimal:
    shown = cell.plain()
    return Decimal(0) if shown == NONE else Decimal(shown.replace(".", "").replace(",", "."))
