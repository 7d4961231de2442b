"""A generated plan in, the same with one fault more out: a table of faults by name, each with what it must yield.

A fault takes its victim out of those that are left, so that several can be planted in one plan without touching each
other. Whoever is known by name elsewhere in the plan keeps that name.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.plan_strategies import Entry
from tests.planting import Again, Expected, Files, Steps

ACTORS, FIELDS, TERMS, TEXT = "akteure.yaml", "handlungsfelder.yaml", "glossar.yaml", "texte/anfang.md"
PLAN = "plan.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
LISTS = {"measure": "massnahmen", "goal": "ziele", "actor": "akteure", "field": "handlungsfelder", "term": "begriffe"}


class NoVictimError(Exception):
    """All of a kind have a fault already."""


@dataclass
class Ground:
    """A plan to plant in; `pick` chooses one of several."""

    files: Files
    pick: Callable[[list[Any]], Any]
    taken: set[tuple[str, Steps]] = field(default_factory=set)

    def victim(self, kind: str, *, fresh: bool = False) -> tuple[str, Steps, Entry]:
        """An entity of a kind that no fault has yet: file, path, entity. A fresh one is named nowhere else."""
        free = []
        for file, data in self.files.items():
            if isinstance(data, dict):
                free += [
                    (file, path, entity) for path, entity in _entities(data, kind) if (file, path) not in self.taken
                ]
        choices = [item for item in free if FRESH.search(str(item[2].get("id")))] if fresh else free
        if not choices:
            raise NoVictimError(kind)
        chosen = self.pick(choices)
        self.taken.add(chosen[:2])
        return chosen  # type: ignore[no-any-return]

    def line(self, *lines: str) -> int:
        """Puts lines at the end of the text, after a blank one; the number of the first."""
        text = self.files[TEXT]
        self.files[TEXT] = text + "\n" + "\n".join(lines) + "\n"
        return int(text.count("\n")) + 2


def _entities(data: Entry, kind: str) -> list[tuple[Steps, Entry]]:
    if kind == "proposal":
        return [(("vorschlag",), data["vorschlag"])] if "vorschlag" in data else []
    key = LISTS[kind]
    return [((key, index), entity) for index, entity in enumerate(data.get(key, []))]


Fault = Callable[[Ground], list[Expected]]


# --- what a plan gets before anything is planted --------------------------------------------------------------------


FRESH = re.compile(r"frisch|90[0-9]$")  # generated plans have no such names and do not count that far


def prepared(content: dict[str, Entry]) -> Files:
    """A draft with a text, a picture, and a few entities of each kind that nothing else names and nothing lacks."""
    files: Files = copy.deepcopy(content)
    plan = files[PLAN]
    plan["status"] = "entwurf"
    plan["gliederung"].append({"text": "anfang"})
    plan["beschlussweg"] = [{"schritt": "Beschluss", "gremium": "Rat", "ergebnis": "empfohlen"}]
    files[TEXT] = "# Anfang\n\nWorum es geht.\n\n## Weiter {#weiter}\n\nNoch ein Absatz.\n"
    files["bilder/punkt.svg"] = SVG
    number = files[FIELDS]["handlungsfelder"][0]["nummer"]
    strand = plan["straenge"][0]["id"]
    goals = [_goal(f"Z{number}.{nth}", number) for nth in range(900, 903)]
    files["gemeinsam/alles.yaml"]["ziele"] += goals
    lead = files[ACTORS]["akteure"][0]["id"]
    measures = [_measure(f"M{number}.900.{nth}", goals[0]["id"], lead) for nth in range(900, 910)]
    files[f"{strand}/alles.yaml"]["massnahmen"] += measures
    files[ACTORS]["akteure"] += [
        {"id": f"frisch-{nth}", "name": f"Frische Stelle {nth}", "art": "amt"} for nth in range(3)
    ]
    files[TERMS]["begriffe"] += [
        {"id": f"frisch-{nth}", "begriff": f"Frisch {nth}", "bedeutung": "Neu."} for nth in (1, 2)
    ]
    for nth in range(900, 903):
        proposal = {"id": f"V{nth}", "titel": "Etwas Neues", "beschreibung": "Neu.", "eingang": "2026-11-01"}
        files[f"vorschlaege/V{nth}.yaml"] = {"vorschlag": proposal}
    return files


def _goal(identifier: str, number: int) -> Entry:
    indicator = {
        "name": "Zahl",
        "ausgangswert": 1,
        "datum": "2026",
        "zielwert": 2,
        "zieldatum": "2030",
        "richtung": "genau",
    }
    return {
        "id": identifier,
        "handlungsfeld": number,
        "kurztitel": f"Frisches Ziel {identifier}",
        "zielsatz": "Es gilt etwas Frisches.",
        "indikatoren": [indicator],
    }


def _measure(identifier: str, goal: str, lead: str) -> Entry:
    return {
        "id": identifier,
        "titel": f"Frisches {identifier}",
        "ziel": goal,
        "beschreibung": "Neu.",
        "federfuehrung": lead,
        "zeitraum": {"von": "2028", "bis": "2029"},
        "meilensteine": [{"termin": "2028", "titel": "Da"}],
        "aufwand": [{"betrag": 1, "einheit": "euro", "turnus": "einmalig"}],
        "finanzierung": [{"quelle": "Haushalt", "anteil": 100, "stand": "gesichert"}],
        "zusagen": [{"akteur": lead, "datum": "2026-10-01"}],
        "status": "beschlossen",
    }


# --- how faults are planted ---------------------------------------------------------------------------------------


def put(kind: str, code: str, path: Steps, value: Any, *, at: Steps = (), fresh: bool = False) -> Fault:
    """A wrong value in the place of a right one, or of none; reported where it stands, or `at` what is in it."""

    def plant(ground: Ground) -> list[Expected]:
        file, where, entity = ground.victim(kind, fresh=fresh)
        holder: Any = entity
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
        return [Expected(code, file, (*where, *path, *at))]

    return plant


def add(kind: str, code: str, key: str, value: Any, at: Steps | None = (), *, fresh: bool = False) -> Fault:
    """A wrong entry at the end of a list; reported at the entry, `at` what is in it, or at the whole list for None."""

    def plant(ground: Ground) -> list[Expected]:
        file, where, entity = ground.victim(kind, fresh=fresh)
        entries = [*entity.get(key, []), *(value(entity) if callable(value) else [value])]
        entity[key] = entries
        return [Expected(code, file, (*where, key) if at is None else (*where, key, len(entries) - 1, *at))]

    return plant


def drop(kind: str, code: str, *path: str | int) -> Fault:
    """A field that is missing; reported where it should stand."""

    def plant(ground: Ground) -> list[Expected]:
        file, where, entity = ground.victim(kind, fresh=code[2] == "5" or kind == "proposal")
        holder: Any = entity
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        return [Expected(code, file, (*where, *path))]

    return plant


def double(kind: str, code: str, key: str = "id") -> Fault:
    """An entity that comes a second time; reported at the second one's name."""

    def plant(ground: Ground) -> list[Expected]:
        file, (name, index), entity = ground.victim(kind)
        entries = ground.files[file][name]
        entries.append(copy.deepcopy(entity))
        ground.taken.add((file, (name, len(entries) - 1)))
        assert isinstance(index, int)
        return [Expected(code, file, (name, len(entries) - 1, key))]

    return plant


def unknown_key(kind: str, code: str, key: str) -> Fault:
    """A key that should not be there; reported at the key."""

    def plant(ground: Ground) -> list[Expected]:
        file, where, entity = ground.victim(kind)
        entity[key] = "x"
        return [Expected(code, file, (*where, key), on_key=True)]

    return plant


def key_again(kind: str, key: str) -> Fault:
    """A key that comes twice; reported at the second one."""

    def plant(ground: Ground) -> list[Expected]:
        file, where, entity = ground.victim(kind)
        second = Again(key)
        entity[second] = entity[key]
        return [Expected("P104", file, (*where, second), on_key=True)]

    return plant


def strange(kind: str, key: str, code: str, character: str) -> Fault:
    """A character that may not be there; reported where it stands."""

    def plant(ground: Ground) -> list[Expected]:
        file, where, entity = ground.victim(kind)
        entity[key] = f"Ab{character}cdef ghijkl"
        return [Expected(code, file, (*where, key), shift=3)]

    return plant


def in_text(code: str, offset: int, *lines: str) -> Fault:
    """Lines at the end of the text; reported at one of them."""

    def plant(ground: Ground) -> list[Expected]:
        return [Expected(code, TEXT, place=(ground.line(*lines) + offset, 0))]

    return plant


def in_plan(code: str, key: str, value: Any, at: Steps = (), before: Any = None) -> Fault:
    """An entry at the end of a list in plan.yaml, after another one if that is needed."""

    def plant(ground: Ground) -> list[Expected]:
        entries = ground.files[PLAN].setdefault(key, [])
        entries += [value] if before is None else [before, value]
        return [Expected(code, PLAN, (key, len(entries) - 1, *at))]

    return plant


def plan_value(code: str, path: Steps, value: Any) -> Fault:
    def plant(ground: Ground) -> list[Expected]:
        holder: Any = ground.files[PLAN]
        for step in path[:-1]:
            holder = holder.setdefault(step, {})
        holder[path[-1]] = value
        return [Expected(code, PLAN, path)]

    return plant


def file_with(code: str, name: str, data: str | bytes, place: tuple[int, int] = (0, 0)) -> Fault:
    def plant(ground: Ground) -> list[Expected]:
        ground.files[name] = data
        return [Expected(code, name, place=place)]

    return plant


def homeless(ground: Ground) -> list[Expected]:
    file, (key, index), entity = ground.victim("measure", fresh=True)
    stray = {**copy.deepcopy(entity), "id": f"{entity['id'].rpartition('.')[0]}.999"}
    assert key == "massnahmen", (file, index)
    ground.files["gemeinsam/alles.yaml"].setdefault(key, []).append(stray)
    here = (key, len(ground.files["gemeinsam/alles.yaml"][key]) - 1)
    ground.taken.add(("gemeinsam/alles.yaml", here))
    return [Expected("P410", "gemeinsam/alles.yaml", here)]


def itself(key: str, code: str) -> Fault:
    def plant(ground: Ground) -> list[Expected]:
        file, where, entity = ground.victim("measure", fresh=True)
        listed = key == "abhaengig_von"
        entity[key] = [entity["id"]] if listed else entity["id"]
        return [Expected(code, file, (*where, key, *((0,) if listed else ())))]

    return plant
