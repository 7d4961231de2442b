"""LibreOffice takes a redline as this program does: all accepted is the new file, all rejected the old one's words."""

from __future__ import annotations

import os

import pytest

from benchmarks.redline_pairs import built, office_faults, pair, settled
from tests.back.office.hand import missing

SEED = 22  # of the pairs that `benchmarks.redline_pairs --office` goes through


def test_all_accepted_it_is_the_new_file_and_all_rejected_the_old_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    old, new = (built(plan).data for plan in pair(SEED))
    ((accepted, rejected),) = settled([(old, new)], tmp_path_factory.mktemp("redline"))
    assert list(office_faults(old, new, accepted, rejected)) == []
    assert len(list(office_faults(new, old, accepted, rejected))) == 2  # what is wrong is seen
