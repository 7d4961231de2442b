"""The faults that show how strong these tests are fit the program as it is: a stretch that went would be no fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.planted import FAULTS
from benchmarks.planted_faults import not_to_be_planted

ROOT = Path(__file__).resolve().parents[1]


def test_every_fault_can_be_planted() -> None:
    assert not_to_be_planted(FAULTS, ROOT) == []
    gone = replace(FAULTS[0], swaps=(("no program says this", ""),))
    assert not_to_be_planted([gone], ROOT) == [gone.name]
