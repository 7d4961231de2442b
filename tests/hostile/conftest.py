"""The watched room, as a fixture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.room import Room, watched_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A plan to be attacked, watched until the test's end."""
    with watched_room(tmp_path) as room:
        yield room
