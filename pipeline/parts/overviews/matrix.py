"""The plan in, the responsibility matrix out: measures × actors, with sums an actor and role."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document.model import Matrix, MatrixColumn, MatrixGroup, MatrixRow, MatrixSum
from pipeline.document.targets import part_anchor, part_title
from pipeline.parts.context import Context
from pipeline.parts.parties import Party, parties
from pipeline.text.typography import typeset_line
from schema.entities import Measure
from schema.vocabulary import PartName, Role


def matrix(context: Context, field: int | None = None) -> Matrix:
    """The matrix of the whole plan, or of one field of action with the actors concerned."""
    plan = context.plan
    fields = [item for item in plan.fields if field in (None, item.number) and plan.measures_in(item.number)]
    measures = [measure for item in fields for measure in plan.measures_in(item.number)]
    shown = [party for party in _ordered(context) if field is None or _concerned(party, measures)]
    rows = {
        item.number: [_row(context, measure, shown) for measure in plan.measures_in(item.number)] for item in fields
    }
    everything = [row for of_field in rows.values() for row in of_field]
    return Matrix(
        anchor=part_anchor(PartName.MATRIX, field),
        title=typeset_line(part_title(PartName.MATRIX, field)),
        labels=("Nr.", "Maßnahme"),
        roles=context.roles,
        signs=(*context.signs, context.partner),
        columns=_columns(context, shown),
        groups=tuple(
            MatrixGroup(typeset_line(f"{item.number} {item.title}"), tuple(rows[item.number])) for item in fields
        ),
        sums_heading="Summe je Stelle",
        sums=tuple(
            MatrixSum(
                role.letter,
                role.label,
                tuple(sum(role.letter in row.roles[index] for row in everything) for index in range(len(shown))),
            )
            for role in Role
        ),
    )


def _ordered(context: Context) -> list[Party]:
    """Actors and groups of them by strand in the plan's order, partners last."""
    order = {strand.id: index for index, strand in enumerate(context.plan.meta.strands)}
    return sorted(parties(context), key=lambda party: order.get(party.strand or "", len(order)))


def _concerned(party: Party, measures: Sequence[Measure]) -> bool:
    return any(party.letters(measure) for measure in measures)


def _columns(context: Context, shown: Sequence[Party]) -> tuple[MatrixColumn, ...]:
    return tuple(
        MatrixColumn(
            typeset_line(party.name),
            typeset_line(party.short),
            context.sign_of(party.strand),
            opens_group=index == 0 or party.strand != shown[index - 1].strand,
        )
        for index, party in enumerate(shown)
    )


def _row(context: Context, measure: Measure, shown: Sequence[Party]) -> MatrixRow:
    return MatrixRow(
        f"#{measure.id}",
        measure.number,
        typeset_line(measure.title),
        context.measure_sign(measure),
        tuple(party.letters(measure) for party in shown),
    )
