"""A plan's Document in, the same as a release out: with a page on what is released, and places for its signatures.

What a release says of itself travels with the packed sources, so that it can be built again from them alone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from pipeline.document.model import (
    Cell,
    Column,
    Document,
    Row,
    RowGroup,
    SignaturePlace,
    Table,
    TablePart,
    TableSection,
)
from pipeline.fields.dates import day
from pipeline.parts.phrases import label, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.plan import Plan, PlanMeta
from schema.vocabulary import PlanStatus

RECORD: Final = PurePosixPath(".nachbau/freigabe.json")  # in the packed sources
FIELD: Final = "unterschrift-"  # what the names of the fields begin with, before the publisher's
_ROOM: Final = 4  # lines that a signature has


@dataclass(frozen=True)
class Release:
    """What a release says besides the plan: the edition that it replaces, and why; '' for what is not to be said."""

    replaces: str = ""
    reason: str = ""

    def to_json(self) -> bytes:
        return (json.dumps(asdict(self), ensure_ascii=False, sort_keys=True) + "\n").encode()

    @classmethod
    def from_json(cls, data: bytes) -> Release:
        """Raises ValueError for what is no such record."""
        found = json.loads(data)
        if not isinstance(found, dict) or not all(isinstance(item, str) for item in found.values()):
            raise ValueError("no record of a release")
        return cls(found.get("replaces", ""), found.get("reason", ""))


def released(document: Document, plan: Plan, release: Release) -> Document:
    """The Document with the page of its release at the end."""
    meta = plan.meta
    names = [plan.actor_by_id[publisher].name for publisher in meta.publishers]
    places = tuple(
        SignaturePlace(f"{FIELD}{publisher}", typeset_line(name), f"freigabe-{publisher}")
        for publisher, name in zip(meta.publishers, names, strict=True)
    )
    room: Inline = tuple(node for _ in range(_ROOM - 1) for node in (Node("text", text=NBSP), Node("break")))
    rows = tuple(
        Row((Cell((text(name),), header=True), Cell((*room, Node("text", text=NBSP)))), anchor=place.anchor)
        for name, place in zip(names, places, strict=True)
    )
    columns = (Column(label(PlanMeta, "publishers"), SIGNED_FROM), Column("Unterschrift", 168 - SIGNED_FROM))
    part = TablePart(
        anchor="freigabe",
        title="Freigabe",
        lead=typeset_line(_told(meta, release)),
        sections=(TableSection("Unterschriften", Table(columns, (RowGroup(rows),)), _HOW),),
    )
    return replace(document, properties=replace(document.properties, signatures=places), parts=(*document.parts, part))


SIGNED_FROM: Final = 62  # of a table's 168: where the room for a signature begins
_HOW: Final = typeset_line(
    "Elektronische Unterschriften stehen in den Feldern und lassen sich in jedem Programm ansehen, das PDF prüft. Ob "
    "die Datei die freigegebene ist, wer unterschrieben hat und ob seither etwas geändert wurde, sagt der Befehl "
    "verify mit den gepackten Quellen; das Handbuch erklärt ihn."
)


def _told(meta: PlanMeta, release: Release) -> str:
    resolved = meta.status is PlanStatus.RESOLVED
    what = "beschlossen und endgültig" if resolved else f"als {meta.status.label} freigegeben, nicht beschlossen"
    words = f"Fassung {meta.edition}, Stand {day(meta.date)}, ist {what}."
    if release.replaces:
        words += f" Sie ersetzt die Freigabe der Fassung {release.replaces}."
    return f"{words} Grund: {release.reason}" if release.reason else words
