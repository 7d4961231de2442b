"""What every part is made from: the plan, and what is decided once for all of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.document.model import SHAPES, RoleLegend, Sign, TimeAxis
from pipeline.fields.kind import OPEN
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import Field
from schema.edition import Snapshot
from schema.entities import Actor, Measure
from schema.files import Kinds, kinds_with
from schema.own_fields import OwnField, once
from schema.plan import PARTNER_LETTER, Plan
from schema.rules import Finding
from schema.vocabulary import OwnOwner, OwnPlace, PlanStatus, Role

SHAPE_NAMES = {
    "filled": "gefüllt",
    "open": "offen",
    "half": "halb gefüllt",
    "ring": "mit Kern",
    "split": "geteilt",
}


@dataclass(frozen=True)
class Context:
    """The plan and what is decided once for all parts; `whole`: where that is a part, the one that names come from."""

    plan: Plan
    digest: str = ""
    open_points: tuple[Finding, ...] = ()
    previous: Snapshot | None = None
    chapters: Mapping[str, str] = field(default_factory=dict)  # a text's name → its title
    whole: Plan | None = None

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
    def kinds(self) -> Kinds:
        """What the plan's entities are, its own fields among theirs."""
        return kinds_with(self.plan.meta.own_fields)

    def own_fields(self, owner: OwnOwner, place: OwnPlace) -> tuple[OwnField, ...]:
        """The plan's own fields of a kind of entity that are shown somewhere, as they are declared."""
        fields = once(self.plan.meta.own_fields)
        return tuple(item for item in fields if item.owner is owner and item.shown_in(place))

    @cached_property
    def names(self) -> PlanNames:
        """What the plan calls its entities."""
        return PlanNames.of(self.whole or self.plan)

    @cached_property
    def measures_by_role(self) -> Mapping[tuple[str, Role], tuple[Measure, ...]]:
        """The active measures in which an actor, by ID, has a role, in the plan's order; looked up once for all."""
        found: dict[tuple[str, Role], list[Measure]] = {}
        for measure in self.plan.active_measures:
            for role in Role:
                for actor in dict.fromkeys(measure.actors_in(role)):
                    found.setdefault((actor, role), []).append(measure)
        return {key: tuple(measures) for key, measures in found.items()}

    def measures_of(self, actor: Actor) -> tuple[Measure, ...]:
        """The active measures in which an actor has a role, in the plan's order."""
        found = {measure.id for role in Role for measure in self.measures_by_role.get((actor.id, role), ())}
        return tuple(measure for measure in self.plan.active_measures if measure.id in found)

    @cached_property
    def choices(self) -> dict[Field, tuple[str, ...]]:
        """What one can choose from in a field, as far as somebody has asked: of every measure it is the same."""
        return {}

    def lead(self, measure: Measure) -> Actor | None:
        """Who leads a measure, None while that is open."""
        return self.actor(measure.lead) if measure.lead else None

    def lead_text(self, measure: Measure) -> str:
        """Who leads it or may come to, in few words, for a column."""
        return ", ".join(self.actor(lead).short for lead in measure.leads) or OPEN

    def actor(self, identifier: str) -> Actor:
        """An actor by ID."""
        return self.plan.actor_by_id[identifier]
