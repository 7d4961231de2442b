"""The plan's actors in, out those that overviews show by themselves, and groups of small ones that they show as one."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.parts.context import Context
from schema.entities import Actor, Measure
from schema.own_fields import once
from schema.vocabulary import OwnOwner, Role


@dataclass(frozen=True)
class Party:
    """An actor, or several of one group and strand that overviews show as one."""

    members: tuple[Actor, ...]

    @property
    def alone(self) -> Actor | None:
        """The actor, None for a group."""
        return self.members[0] if len(self.members) == 1 else None

    @property
    def anchor(self) -> str:
        """What its sheet is called; no actor's ID has a point."""
        return self.alone.id if self.alone else f"gruppe.{self.members[0].id}"

    @property
    def name(self) -> str:
        return self.alone.name if self.alone else self.members[0].group

    @property
    def short(self) -> str:
        return self.alone.short if self.alone else self.members[0].group

    @property
    def strand(self) -> str | None:
        """The strand that all of them belong to, None for partners."""
        return self.members[0].strand

    def in_role(self, measure: Measure, role: Role) -> tuple[Actor, ...]:
        """Those of them that have a role in a measure."""
        named = measure.actors_in(role)
        return tuple([member for member in self.members if member.id in named]) if named else ()

    def letters(self, measure: Measure) -> str:
        """The letters of all roles that they have in a measure: `M`, of a group perhaps `MI`."""
        return "".join(role.letter for role in Role if self.in_role(measure, role))


def parties(context: Context) -> tuple[Party, ...]:
    """All actors in the data's order; a group stands where its first member does.

    With `zusammen_bis: 2` schools that have one or two tasks each are one party, while the one that has five stands
    alone, as does one that says something in a field of the plan's own: on a sheet of several it would have no place.
    """
    groups: dict[tuple[str, str | None], list[Actor]] = {}
    for actor in context.plan.actors:
        if _small(context, actor):
            groups.setdefault((actor.group, actor.strand), []).append(actor)
    found: list[Party] = []
    for actor in context.plan.actors:
        group = groups.get((actor.group, actor.strand), [])
        if actor not in group or len(group) == 1:
            found.append(Party((actor,)))
        elif actor is group[0]:
            found.append(Party(tuple(group)))
    return tuple(found)


def says_more(context: Context, party: Party) -> bool:
    """Whether one of them says something in a field of the plan's own, or what of it has to be settled yet."""
    own = [item.attribute for item in once(context.plan.meta.own_fields) if item.owner is OwnOwner.ACTOR]
    told = (getattr(member, name) for member in party.members for name in (*own, "open_matters"))
    return any(value not in (None, ()) for value in told)


def _small(context: Context, actor: Actor) -> bool:
    if not actor.group or says_more(context, Party((actor,))):
        return False
    return len(context.measures_of(actor)) <= context.plan.meta.options.together_up_to
