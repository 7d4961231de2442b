"""Commands in, how long they took and how much memory the largest of their processes held out: whole processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; what the system counts memory in
MIB = 1024 * 1024
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"  # at a user's, programs find their modules compiled
LOG = "log.txt"  # in the folder: what the last command said


@dataclass(frozen=True)
class Spent:
    """Seconds from start to end, and the most MiB that one process held: of the command or of its descendants.

    `cpu`: seconds that processors worked for all of them.
    """

    seconds: float
    memory: float
    cpu: float = 0.0


def run(commands: Sequence[Sequence[str]], folder: Path) -> Spent:
    """Runs commands one after another in a folder. Raises SystemExit, with what it said, for one that fails."""
    begin, memory, cpu = time.perf_counter(), 0.0, 0.0
    for command in commands:
        usage = _run(command, folder)
        memory = max(memory, usage.ru_maxrss * RSS_UNIT / MIB)
        cpu += usage.ru_utime + usage.ru_stime
    return Spent(time.perf_counter() - begin, memory, cpu)


def _run(command: Sequence[str], folder: Path) -> resource.struct_rusage:
    log = folder / LOG
    usual = {name: value for name, value in os.environ.items() if name != UNCOMPILED}
    with log.open("wb") as target:
        process = subprocess.Popen(
            command, cwd=folder, stdout=target, stderr=target, stdin=subprocess.DEVNULL, env=usual
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise SystemExit(f"Gescheitert ({process.returncode}): {' '.join(map(str, command))}\n{said}")
    return usage
