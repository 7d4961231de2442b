"""The watch sees what it is there to see; without this, its silence would prove nothing."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.room import CANARY, Room, watched_room


def _read_outside(room: Room) -> None:
    room.outside("geheim.md").read_bytes()


def _read_through_a_link(room: Room) -> None:
    link = room.content / "harmlos.md"
    link.symlink_to("../geheim.md")
    link.read_bytes()


def _call(room: Room) -> None:
    with contextlib.closing(socket.socket()) as caller:
        caller.connect(("127.0.0.1", room.port))


def _call_from_another_program(room: Room) -> None:
    program = f"import socket; socket.create_connection(('127.0.0.1', {room.port}))"
    subprocess.run([sys.executable, "-c", program], check=True)


def _tell(room: Room) -> None:
    room.write("glossar.yaml", f"{CANARY}: x\n")
    room.check()


def _trespass(folder: Path, how: Callable[[Room], None]) -> None:
    with watched_room(folder) as room:
        how(room)


@pytest.mark.parametrize(
    ("how", "seen"),
    [
        (_read_outside, r"opened: .*geheim\.md"),
        (_read_through_a_link, r"opened: .*harmlos\.md"),
        (_call, "called: .*socket"),
        (_call_from_another_program, "called the address"),
        (_tell, f"told: .*{CANARY}"),
    ],
)
def test_trespassing_is_seen(how: Callable[[Room], None], seen: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=seen):
        _trespass(tmp_path, how)
