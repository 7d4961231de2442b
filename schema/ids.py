"""What the IDs of entities look like, and fields that name an entity by its ID."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schema.base import Reference, Slug

GoalId = Annotated[str, Field(pattern=r"^Z[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}$", examples=["Z1.2"])]
MeasureId = Annotated[str, Field(pattern=r"^M[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}$", examples=["M1.1.2"])]
ProposalId = Annotated[str, Field(pattern=r"^V[1-9][0-9]{0,3}$", examples=["V1"])]

# What names another entity.
ActorRef = Annotated[Slug, Reference("actor")]
GoalRef = Annotated[GoalId, Reference("goal")]
MeasureRef = Annotated[MeasureId, Reference("measure")]
