"""Builds that are killed: a few moments of what `benchmarks.kill_builds` does many times."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.kill_builds import Workplace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds workers in /proc")


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    return Workplace.prepared(Path(__file__).with_name("plan"), tmp_path_factory.mktemp("killed"))


@pytest.mark.parametrize(("edition", "moment", "worker"), [("A", 0.0, True), ("B", 0.2, False)])
def test_the_next_build_is_right(workplace: Workplace, edition: str, moment: float, worker: bool) -> None:
    assert "killed" in workplace.disturbed(edition, workplace.duration * moment, worker=worker)
