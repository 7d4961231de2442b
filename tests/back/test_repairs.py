"""What would settle an edit that cannot be carried out, where no whole run is needed to ask."""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.fields.names import PlanNames
from pipeline.merge.apply import Refusal
from pipeline.merge.outcome.repairs import with_repairs
from pipeline.merge.sources import Sources
from pipeline.merge.why import Reason, RepairKind, Why
from pipeline.text.nodes import Place

NAMES = PlanNames({"rat": ("Rat",), "ihk": ("IHK",)}, {}, {})
PROPOSAL = b"vorschlag: {id: V1, titel: Laden, beschreibung: Ein Laden., federfuehrung: rat}"
MEASURE = b"massnahmen: [{id: M1.1.1, titel: Laden, federfuehrung: rat}]"
SOURCES = Sources({PurePosixPath("vorschlaege/V1.yaml"): PROPOSAL, PurePosixPath("stadt/massnahmen.yaml"): MEASURE})
NOT_UNDERSTOOD = Why(Reason.NOT_UNDERSTOOD, "Nicht zu verstehen.")


def explained(source: str, text: str) -> Why:
    return with_repairs(Refusal(Place(source), "Rat", text, NOT_UNDERSTOOD), SOURCES, NAMES)


def test_of_several_where_one_stands_each_may_lead() -> None:
    found = explained("V1/federfuehrung", "Rat, IHK")
    assert found.code is Reason.SEVERAL_ACTORS
    assert [repair.arguments for repair in found.repairs if repair.kind is RepairKind.ROLES] == [
        {"lead": "rat", "participation": ("ihk",)},
        {"lead": "ihk", "participation": ("rat",)},
    ]


def test_the_only_lead_is_not_dropped() -> None:
    kinds = [[repair.kind for repair in explained("M1.1.1/federfuehrung", text).repairs] for text in ("Ra", "Ra, IHK")]
    assert [RepairKind.DROP_PART in found for found in kinds] == [False, True]
