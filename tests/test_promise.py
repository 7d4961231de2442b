"""What the check lets pass is built: a small sample of spoilt plans, of which `benchmarks.fuzz_content` tries many."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks.fuzz_content import builds
from benchmarks.mutations import Files, mutate
from tests.building import PLANS
from tests.cases import BASE
from tests.tiers import examples

SAMPLE = examples(3)  # built of each plan
TRIED = 60


@pytest.mark.parametrize("plan", [BASE, PLANS["tiny"]], ids=["cases", "tiny"])
def test_what_passes_is_built(plan: Path, tmp_path: Path) -> None:
    """A plan that is refused proves nothing here; so plans are spoilt until some pass."""
    whole: Files = {path.relative_to(plan).as_posix(): path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    built = 0
    for number in range(TRIED):
        files, folder = dict(whole), tmp_path / str(number)
        mutate(files, Random(f"{plan.name}/{number}"))
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        built += builds(folder)
        if built == SAMPLE:
            return
    pytest.fail(f"only {built} of {TRIED} spoilt plans passed the check")
