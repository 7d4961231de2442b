"""A role and the measures in which somebody has it in, the table out of what there is to do and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from pipeline.document.model import Cell, Column, Row, RowGroup, Table
from pipeline.fields.dates import end_text, span_text
from pipeline.fields.promises import result_text
from pipeline.parts.context import Context
from pipeline.parts.parties import Party
from pipeline.parts.phrases import WHERE, label, link, muted, page, strong, text
from pipeline.parts.timing import deadlines_text, short_label
from pipeline.text.nodes import Inline, Node
from schema.entities import Measure
from schema.plan import id_key
from schema.time import Period
from schema.values import Milestone
from schema.vocabulary import Role


def measures_in(context: Context, party: Party, role: Role) -> tuple[Measure, ...]:
    """The measures in which a party has a role; those that it leads by their next deadline."""
    of_each = [context.measures_by_role.get((member.id, role), ()) for member in party.members]
    if len(of_each) > 1:
        named = {measure.id for measures in of_each for measure in measures}
        found = tuple(measure for measure in context.plan.active_measures if measure.id in named)
    else:
        (found,) = of_each
    return tuple(sorted(found, key=partial(_by_deadline, context))) if role is Role.LEAD else found


def tasks(context: Context, party: Party, role: Role, measures: Sequence[Measure]) -> Table:
    """The table of one role. Its first two heads name the role; a row's number and title are its headings."""
    own = role in (Role.LEAD, Role.DECISION)
    columns = _own_columns(role) if own else _others_columns(role)
    rows = tuple(
        Row(
            (
                Cell((link(measure.id, measure.number),), header=True),
                Cell(_with_tasks(measure, party, role), header=True),
                *(_own_cells(context, party, measure, role) if own else _others_cells(context, measure)),
                Cell((page(measure.id),)),
            )
        )
        for measure in measures
    )
    return Table(columns, (RowGroup(rows),))


def due_ahead(context: Context, party: Party) -> Period | None:
    """The first deadline not before the plan's date by which a party has to do something; being told is no task."""
    roles = (Role.LEAD, Role.DECISION, Role.PARTICIPATION)
    held = ((role, measure) for role in roles for measure in measures_in(context, party, role))
    return _ahead(
        context, (item.ahead for role, measure in held for item in _milestones(context, party, measure, role))
    )


def dates_text(measure: Measure) -> str:
    """All deadlines of a measure in few words; without milestones when it runs."""
    return deadlines_text(item.when for item in measure.milestones) or span_text(measure.span)


def _own_columns(role: Role) -> tuple[Column, ...]:
    what = "erledigt · Frist · Meilenstein" if role is Role.LEAD else "erledigt · Termin · Vorlage"
    return (Column("", 12, role=role.letter), Column(role.label, 58), Column(what, 90, kind="check"), WHERE)


def _others_columns(role: Role) -> tuple[Column, ...]:
    return (
        Column("", 12, role=role.letter),
        Column(role.label, 83),
        Column(label(Measure, "leads"), 27),
        Column("Termine", 38),
        WHERE,
    )


def _own_cells(context: Context, party: Party, measure: Measure, role: Role) -> Iterator[Cell]:
    """What is to be ticked off: every milestone of what somebody leads, of a decision when it is to be taken."""
    due = _milestones(context, party, measure, role)
    if due:
        yield Cell(_boxes((short_label(item.when), _with_result(item)) for item in due))
    elif role is Role.LEAD:
        yield Cell(
            _boxes([(end_text(measure.span), f"ohne Meilensteine, {label(Measure, 'span')} {span_text(measure.span)}")])
        )
    else:
        yield Cell(_boxes([("offen", f"Termine der Maßnahme: {dates_text(measure)}")]))


def _boxes(lines: Iterable[tuple[str, str]]) -> Inline:
    """A box to tick, when it is due, what it is; line by line."""
    found: list[Node] = []
    for due, what in lines:
        found += [Node("break")] if found else []
        found += [Node("checkbox"), text(" "), strong(due), text(" "), text(what)]
    return tuple(found)


def _with_result(milestone: Milestone) -> str:
    """Its title, and behind it what became of it."""
    told = result_text(milestone)
    return f"{milestone.title} – {told}" if told else milestone.title


def _others_cells(context: Context, measure: Measure) -> Iterator[Cell]:
    yield Cell((text(context.lead_text(measure)),))
    yield Cell((text(dates_text(measure)),))


def _milestones(context: Context, party: Party, measure: Measure, role: Role) -> tuple[Milestone, ...]:
    """The milestones that concern a role, by their date: of a decision those that its body is named at."""
    found = measure.milestones
    if role is Role.DECISION:
        found = tuple(item for item in found if (body := context.plan.body(item.body)) and body in party.members)
    return tuple(sorted(found, key=lambda item: (item.when.last, item.when.first)))


def _by_deadline(context: Context, measure: Measure) -> tuple[bool, int, tuple[int, ...]]:
    """Led measures by their next deadline, the end of their time where no milestone is ahead; without one last."""
    ahead = _ahead(context, (item.ahead for item in measure.milestones)) or measure.last
    return (ahead is None, ahead.last if ahead else 0, id_key(measure.id))


def _ahead(context: Context, dates: Iterable[Period | None]) -> Period | None:
    """The first of some deadlines that is not before the plan's date, None where all are past."""
    today = context.plan.meta.date.year * 12 + context.plan.meta.date.month - 1
    return min((due for due in dates if due and due.last >= today), key=lambda due: (due.last, due.first), default=None)


def _with_tasks(measure: Measure, party: Party, role: Role) -> Inline:
    """The title, and below it what exactly the actor contributes; of a group who it is."""
    lines: list[Node] = []
    for member in party.in_role(measure, role):
        told = (member.short if not party.alone else "", measure.contribution_of(member.id))
        if any(told):
            lines += [Node("break"), muted(": ".join(filter(None, told)))]
    return (text(measure.title), *lines)
