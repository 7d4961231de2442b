"""What the terminal shows of twenty typical mistakes is what somebody has read and found clear."""

from __future__ import annotations

from tests.mistakes import GOLDEN, terminal


def test_what_the_terminal_shows_has_been_read() -> None:
    assert terminal() == GOLDEN.read_text(encoding="utf-8"), "python -m tests.mistakes"
