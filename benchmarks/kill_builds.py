"""Builds that are killed at random moments in, a tally out: no file is broken, and the next build is right.

    .venv/bin/python -m benchmarks.kill_builds [--kills 50] [--seed 1] [--content tests/plans/tiny]

Half of the runs are to kill a worker instead of the build. Ends with 1 if a file is neither of the previous build nor
of this one, or if the build after the kill does not make exactly what an undisturbed one makes.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EDITIONS = ("A", "B")  # two states of the content, so that every run has something to do
LIMIT = 120.0  # seconds a build may take


@dataclass(frozen=True)
class Workplace:
    """A folder with content, output and cache, and what an undisturbed build makes of each state of the content."""

    folder: Path
    expected: dict[str, dict[str, bytes]]
    duration: float

    @classmethod
    def prepared(cls, content: Path, folder: Path) -> Workplace:
        """Copies the content and builds each state once without a cache."""
        expected, longest = {}, 0.0
        for edition in EDITIONS:
            shutil.copytree(content, folder / f"content-{edition}")
            with (folder / f"content-{edition}" / "plan.yaml").open("a", encoding="utf-8") as file:
                file.write(f"# Stand {edition}\n")
            begin = time.monotonic()
            output = folder / f"expected-{edition}"
            _start(folder, edition, output, folder / f"cache-{edition}").wait(LIMIT)
            longest = max(longest, time.monotonic() - begin)
            expected[edition] = _files(output)
            assert expected[edition], "the undisturbed build failed"
        return cls(folder, expected, longest)

    def disturbed(self, edition: str, delay: float, *, worker: bool) -> str:
        """Kills a build or one of its workers after `delay` seconds, then builds again; says what was met.

        Raises AssertionError for a broken file, a build that does not end and a wrong build afterwards.
        """
        output, cache = self.folder / "output", self.folder / "cache"
        process = _start(self.folder, edition, output, cache)
        time.sleep(delay)
        victim = _some_worker(process) if worker else process.pid
        if process.poll() is not None:
            victim = None
        if victim is not None:
            with suppress(ProcessLookupError):  # a worker ends after its batch, perhaps just now
                os.kill(victim, signal.SIGKILL)
        process.wait(LIMIT)
        for name, data in _files(output).items():
            known = [self.expected[state].get(name) for state in EDITIONS]
            assert data in known, f"{name} is broken after {delay:.2f} s"
        after = _start(self.folder, edition, output, cache)
        assert after.wait(LIMIT) == 0, f"the build after a kill at {delay:.2f} s failed"
        assert _files(output) == self.expected[edition], f"the build after a kill at {delay:.2f} s is wrong"
        what = "worker" if worker else "build"
        return f"{what} killed, exit code {process.returncode}" if victim is not None else f"{what} had ended already"


def _start(folder: Path, edition: str, output: Path, cache: Path) -> subprocess.Popen[bytes]:
    folders = ("--content", str(folder / f"content-{edition}"), "--output", str(output), "--cache", str(cache))
    command = [sys.executable, str(ROOT / "build.py"), "--quiet", *folders]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _files(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(output.glob("*")) if path.is_file()}


def _some_worker(process: subprocess.Popen[bytes]) -> int | None:
    """The next process that a build starts (pandoc too), None if it ends without."""
    while process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if children:
            return int(children[0])
        time.sleep(0.005)
    return None


def main() -> int:
    """Runs the campaign."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--content", type=Path, default=ROOT / "tests" / "plans" / "tiny")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        workplace = Workplace.prepared(given.content, Path(folder))
        run = 0
        while sum(count for what, count in seen.items() if "killed" in what) < given.kills:
            cold = run % 3 > 0
            if cold:
                shutil.rmtree(workplace.folder / "cache", ignore_errors=True)
            delay = chance.uniform(0, workplace.duration * (0.6 if cold else 0.3))
            try:
                seen[workplace.disturbed(EDITIONS[run % 2], delay, worker=run % 4 > 1)] += 1
            except AssertionError as error:
                print(f"run {run}: {error}")
                return 1
            run += 1
    for what, count in sorted(seen.items()):
        print(f"{count:4} × {what}")
    print(f"{given.kills} kills, no broken file, every next build right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
