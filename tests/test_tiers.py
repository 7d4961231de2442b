"""What a quick run leaves out is there, and is named."""

from __future__ import annotations

from tests.tiers import EXPENSIVE, ROOT, left_out


def test_what_is_left_out_is_there() -> None:
    assert [name for name in EXPENSIVE if not (ROOT / name).exists()] == []


def test_only_what_is_listed_is_left_out() -> None:
    assert left_out(ROOT / "tests/back/test_edits.py")
    assert left_out(ROOT / "tests/test_rooms.py") == ""
