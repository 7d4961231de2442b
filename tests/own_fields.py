"""A small plan that declares a field of its own of every type there is, and what its first measure says in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.parts import Maker, measure
from tests.plan_strategies import Entry

VALUES: Final[Entry] = {
    "ansprechstelle": "Zimmer 12",
    "nutzen": "Mehr *Läden*.\n\nWeniger Leerstand.\n",
    "stufe": "Stufe 1",
    "wirkt_auf": ["Mitte", "Nord, Ost"],
    "flaeche": "12.5",
    "kosten": "15000",
    "beginn": "2027-03",
    "foerderfaehig": "ja",
    "beirat": ["werk"],
    "orte": ["Markt", "Ring"],
}
DECLARED: Final[Sequence[Entry]] = (
    {"name": "ansprechstelle", "bezeichnung": "Ansprechstelle", "art": "zeile", "offen_wenn_leer": "ja"},
    {"name": "nutzen", "bezeichnung": "Nutzen", "art": "text"},
    {"name": "stufe", "bezeichnung": "Stufe", "art": "auswahl", "werte": ["Stufe 1", "Stufe 2, oben"]},
    {"name": "wirkt_auf", "bezeichnung": "Wirkt auf", "art": "mehrfachauswahl", "werte": ["Mitte", "Nord, Ost", "Süd"]},
    {"name": "flaeche", "bezeichnung": "Fläche", "art": "zahl", "einheit": "Hektar", "offen_wenn_leer": "ja"},
    {"name": "kosten", "bezeichnung": "Kosten im Jahr", "art": "betrag"},
    {"name": "beginn", "bezeichnung": "Baubeginn", "art": "zeitpunkt"},
    {"name": "foerderfaehig", "bezeichnung": "Förderfähig", "art": "ja_nein", "offen_wenn_leer": "ja"},
    {"name": "beirat", "bezeichnung": "Beirat", "art": "akteure"},
    {"name": "orte", "bezeichnung": "Orte", "art": "liste"},
)
IN_REGISTER: Final = ("stufe", "flaeche", "foerderfaehig")


def declared(*names: str) -> list[dict[str, Any]]:
    """The declarations of the names, of all without any."""
    places = {name: ["steckbrief", "verzeichnis"] for name in IN_REGISTER}
    return [
        {"fuer": "massnahme", **entry, **({"zeigen": places[entry["name"]]} if entry["name"] in places else {})}
        for entry in DECLARED
        if not names or entry["name"] in names
    ]


def maker(folder: Path) -> Maker:
    """The plan, to be changed and loaded: M1.1.1 says something in every field, M1.1.2 in none."""
    made = Maker(folder)
    made.files["plan.yaml"]["eigene_felder"] = declared()
    made.files["plan.yaml"]["gliederung"] = [
        {"teil": "handlungsfelder"},
        {"teil": "offene_punkte"},
        {"teil": "verzeichnis"},
    ]
    made.measures("stadt", measure("M1.1.1", "amt", **VALUES), measure("M1.1.2", "amt"))
    return made
