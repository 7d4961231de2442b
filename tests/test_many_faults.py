"""A plan of 400 measures with a fault in each: all are told in one run, and that takes less than twice as long."""

from __future__ import annotations

import copy
import time
from pathlib import Path

import pytest

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.diagnostics import Severity
from schema.rules.finding import nearest
from tests.parts import FILES, measure
from tests.plan_strategies import Entry
from tests.planting import write

MEASURES = 400
MOST = 2.0  # times as long as the check of the same plan without faults
ROUNDS = 5  # at most, of which the fastest counts: whatever else the machine does only makes a round slower


def fault(number: int) -> Entry:
    """Faults of all kinds by turns, among them the dearest: names that are no other's and nearly those of many."""
    return (
        {"federfuehrung": f"stelle-{number}x"},
        {"mitwirkung": [f"amtt-{number}"]},
        {"ziel": f"Z{number + 2}.9"},
        {"abhaengig_von": [f"M1.9.{number + 1}"]},
        {"ersetzt_durch": f"M{number + 2}.1.1"},
        {"titel": "x" * 201},
        {"status": f"beschlosen{number}"},
        {"zeitraum": {"von": "2029", "bis": "2028"}},
        {"beschreibung": f"Siehe [](#M2.1.{number + 1}) und weiter."},
        {f"prioritet{number}": "hoch"},
    )[number % 10]


def plan() -> dict[str, Entry]:
    """400 measures of two strands, thirty offices, without any fault."""
    files = copy.deepcopy(FILES)
    people = [{"id": f"stelle-{number}", "name": f"Stelle {number}", "art": "amt"} for number in range(30)]
    files["akteure.yaml"]["akteure"] += people
    for number in range(MEASURES):
        strand = ("stadt", "firmen")[number % 2]
        entry = measure(f"M1.{number // 100 + 1}.{number % 100 + 1}", people[number % 30]["id"], ziel="Z1.1")
        entry["beschreibung"] = f"Was in Fall {number} geschieht. " * 8
        files[f"{strand}/massnahmen.yaml"]["massnahmen"].append(entry)
    return files


def faulty(files: dict[str, Entry]) -> dict[str, Entry]:
    """The same with a fault in every measure."""
    spoilt = copy.deepcopy(files)
    measures = [item for name in ("stadt", "firmen") for item in spoilt[f"{name}/massnahmen.yaml"]["massnahmen"]]
    for number, entry in enumerate(measures):
        entry.update(fault(number))
    return spoilt


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The plan without faults and the one with them."""
    clean, spoilt = tmp_path_factory.mktemp("clean"), tmp_path_factory.mktemp("spoilt")
    write(plan(), clean)
    write(faulty(plan()), spoilt)
    return clean, spoilt


def test_all_faults_are_told_in_one_run(folders: tuple[Path, Path]) -> None:
    clean, spoilt = (
        [item for item in validate(read(folder)).diagnostics if item.severity is Severity.ERROR] for folder in folders
    )
    assert clean == []
    assert len(spoilt) == MEASURES
    assert len({item.location for item in spoilt}) == MEASURES
    assert all(item.hint for item in spoilt)


def test_faults_cost_less_than_the_check_itself(folders: tuple[Path, Path]) -> None:
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):  # by turns, so that a busy spell falls on both
        for index, folder in enumerate(folders):
            nearest.cache_clear()
            begun = time.process_time()
            validate(read(folder))
            best[index] = min(best[index], time.process_time() - begun)
        if best[1] < MOST * best[0]:
            break
    assert best[1] < MOST * best[0], f"{best[1] / best[0]:.2f} times as long"
