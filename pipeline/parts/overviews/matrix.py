"""The plan in, the responsibility matrix out: measures × actors, with sums an actor and role."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document.model import Matrix, MatrixColumn, MatrixGroup, MatrixRow, MatrixSum
from pipeline.document.targets import part_anchor, part_title
from pipeline.parts.context import Context
from pipeline.text.typography import typeset_line
from schema.entities import Actor, Measure
from schema.vocabulary import PartName, Role


def matrix(context: Context, field: int | None = None) -> Matrix:
    """The matrix of the whole plan, or of one field of action with the actors concerned."""
    plan = context.plan
    fields = [item for item in plan.fields if field in (None, item.number) and plan.measures_in(item.number)]
    measures = [measure for item in fields for measure in plan.measures_in(item.number)]
    actors = [actor for actor in _ordered(context) if field is None or _concerned(actor, measures)]
    rows = {
        item.number: [_row(context, measure, actors) for measure in plan.measures_in(item.number)] for item in fields
    }
    everything = [row for of_field in rows.values() for row in of_field]
    return Matrix(
        anchor=part_anchor(PartName.MATRIX, field),
        title=typeset_line(part_title(PartName.MATRIX, field)),
        labels=("Nr.", "Maßnahme"),
        roles=context.roles,
        signs=(*context.signs, context.partner),
        columns=_columns(context, actors),
        groups=tuple(
            MatrixGroup(typeset_line(f"{item.number} {item.title}"), tuple(rows[item.number])) for item in fields
        ),
        sums_heading="Summe je Stelle",
        sums=tuple(
            MatrixSum(
                role.letter,
                role.label,
                tuple(sum(row.roles[index] == role.letter for row in everything) for index in range(len(actors))),
            )
            for role in Role
        ),
    )


def _ordered(context: Context) -> list[Actor]:
    """Actors by strand in the plan's order, partners last."""
    order = {strand.id: index for index, strand in enumerate(context.plan.meta.strands)}
    return sorted(context.plan.actors, key=lambda actor: order.get(actor.strand or "", len(order)))


def _concerned(actor: Actor, measures: Sequence[Measure]) -> bool:
    return any(measure.role_of(actor.id) for measure in measures)


def _columns(context: Context, actors: Sequence[Actor]) -> tuple[MatrixColumn, ...]:
    return tuple(
        MatrixColumn(
            typeset_line(actor.name),
            typeset_line(actor.short),
            context.sign_of(actor.strand),
            opens_group=index == 0 or actor.strand != actors[index - 1].strand,
        )
        for index, actor in enumerate(actors)
    )


def _row(context: Context, measure: Measure, actors: Sequence[Actor]) -> MatrixRow:
    roles = [measure.role_of(actor.id) for actor in actors]
    return MatrixRow(
        f"#{measure.id}",
        measure.number,
        typeset_line(measure.title),
        context.measure_sign(measure),
        tuple(role.letter if role else "" for role in roles),
    )
