"""What the audit makes of what pip-audit says: packages that it could not ask about are no good news."""

from __future__ import annotations

import pytest

from benchmarks.audit import FINE, HOLES, NOT_ASKED, read

SOUND = {"name": "click", "version": "8.5.1", "vulns": []}
UNKNOWN = {"name": "lxml", "skip_reason": "Dependency not found on PyPI and could not be audited: lxml (6.0)"}
HOLE = {"name": "pillow", "version": "9.0", "vulns": [{"id": "PYSEC-2023-175", "fix_versions": ["10.0.1"]}]}


@pytest.mark.parametrize(
    ("packages", "code"),
    [([SOUND], FINE), ([SOUND, HOLE, UNKNOWN], HOLES), ([SOUND, UNKNOWN], NOT_ASKED), ([], NOT_ASKED)],
)
def test_only_what_was_asked_about_is_fine(packages: list[dict[str, object]], code: int) -> None:
    assert read({"dependencies": packages}).code == code


def test_a_hole_is_named_with_its_remedy() -> None:
    assert read({"dependencies": [HOLE]}).holes == ("pillow 9.0: PYSEC-2023-175, mended in 10.0.1",)
