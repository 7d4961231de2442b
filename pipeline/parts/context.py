"""What every part is made from: the plan, its signs and time axis, and small builders of text that parts share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipeline.document.model import SHAPES, FactLine, RoleLegend, Sign, TimeAxis
from pipeline.fields.names import PlanNames
from pipeline.text.markdown import parse
from pipeline.text.nodes import Blocks, Inline, Node, Place
from pipeline.text.typography import NBSP, typeset_line
from schema.base import Model
from schema.edition import Snapshot
from schema.entities import Actor, Measure
from schema.plan import PARTNER_LETTER, Plan
from schema.rules import Finding
from schema.vocabulary import EffortUnit, PlanStatus, Recurrence, Role

SHAPE_NAMES = {
    "filled": "gefüllt",
    "open": "offen",
    "half": "halb gefüllt",
    "ring": "mit Kern",
    "split": "geteilt",
}


@dataclass(frozen=True)
class Context:
    """The plan and what is decided once for all parts."""

    plan: Plan
    digest: str = ""
    open_points: tuple[Finding, ...] = ()
    previous: Snapshot | None = None

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """The strands' signs in their order; the first strand's is filled, the second's open."""
        return tuple(
            Sign(strand.letter, strand.name, SHAPES[index % len(SHAPES)])
            for index, strand in enumerate(self.plan.meta.strands)
        )

    @cached_property
    def partner(self) -> Sign:
        """The sign of actors without a strand."""
        return Sign(PARTNER_LETTER, "Partner", "none")

    @cached_property
    def axis(self) -> TimeAxis:
        """The years of the plan's term."""
        return TimeAxis(self.plan.meta.term.years)

    @cached_property
    def in_draft(self) -> bool:
        """Whether origins and open points are shown."""
        return self.plan.meta.status is not PlanStatus.RESOLVED

    @cached_property
    def roles(self) -> tuple[RoleLegend, ...]:
        """The roles with their letters, for legends."""
        return tuple(RoleLegend(role.letter, role.label, role.hint) for role in Role)

    def sign_of(self, strand: str | None) -> Sign:
        """The sign of a strand's ID; without one, the partners'."""
        for candidate, sign in zip(self.plan.meta.strands, self.signs, strict=True):
            if candidate.id == strand:
                return sign
        return self.partner

    def measure_sign(self, measure: Measure) -> Sign:
        """The sign of the strand a measure stands in."""
        return self.sign_of(self.plan.strand_of[measure.id])

    @cached_property
    def names(self) -> PlanNames:
        """What the plan calls its entities."""
        return PlanNames.of(self.plan)

    def actor(self, identifier: str) -> Actor:
        """An actor by ID."""
        return self.plan.actor_by_id[identifier]


# --- text ---------------------------------------------------------------------------------------------------------


def text(value: str) -> Node:
    """A string of the data as running text."""
    return Node("text", text=typeset_line(value))


def muted(value: str) -> Node:
    """The same, of secondary weight."""
    return Node("muted", children=(text(value),))


def strong(value: str) -> Node:
    """The same, bold."""
    return Node("strong", children=(text(value),))


def link(anchor: str, value: str) -> Node:
    """A link into the document."""
    return Node("link", children=(text(value),), attrs={"target": f"#{anchor}"})


def page(anchor: str) -> Node:
    """Where an anchor stands in the document, for a writer that can tell: its page number."""
    return Node("page", attrs={"target": f"#{anchor}"})


def sign_node(sign: Sign, *, with_name: bool = False) -> Inline:
    """A strand's sign, with its name if wanted."""
    mark = Node("sign", text=sign.letter, attrs={"shape": sign.shape, "name": sign.name})
    return (mark, Node("text", text=f"{NBSP}{sign.name}")) if with_name else (mark,)


def joined(items: Iterable[Inline], separator: str = ", ") -> Inline:
    """Pieces of text with a separator between them."""
    result: list[Node] = []
    for item in items:
        if result:
            result.append(Node("text", text=separator))
        result.extend(item)
    return tuple(result)


def line(value: str) -> FactLine:
    """One line of a fact."""
    return FactLine((text(value),))


def blocks(markdown: str, place: Place) -> Blocks:
    """A Markdown field of the data as blocks; references are filled in when the document is finished."""
    return parse(markdown, source=place.source).blocks


def place(model: type[Model], identifier: str, name: str, item: int = 0) -> Place:
    """Where a field's value stands: its owner's ID, its key; in a list, the item's place."""
    return Place(f"{identifier}/{model.model_fields[name].alias or name}", item)


def label(model: type[Model], name: str) -> str:
    """The label of a field, as the schema gives it."""
    return model.model_fields[name].title or name


# --- values -------------------------------------------------------------------------------------------------------


def euro_in(measure: Measure, year: int) -> Decimal:
    """What a measure costs in Euro in one year: yearly effort while it runs, one-off effort in its year."""
    total = Decimal(0)
    last = measure.span.last
    runs = measure.span.start.year <= year and (last is None or year <= last.year)
    for effort in measure.effort:
        if effort.unit is not EffortUnit.EURO:
            continue
        if effort.recurrence is Recurrence.YEARLY:
            total += effort.amount if runs else 0
        elif (effort.year or measure.span.start.year) == year:
            total += effort.amount
    return total
