"""Processes that typeset: however many and however they start, the result is the same, and none outlives its work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import RenderingError
from pipeline.pdf.fragment import Fragment
from pipeline.pdf.typeset import pool
from pipeline.pdf.typeset.pool import typeset_all

ROOT = Path(__file__).resolve().parents[2]
STYLES = '@font-face{font-family:"ZP Sans";src:url(styles:fonts/SourceSans3-Regular.ttf)}html{font-family:"ZP Sans"}'
PAGES = [
    f'<html lang="de"><head><title>x</title></head><body><h1 id="t{number}">Teil {number}</h1></body></html>'
    for number in range(4)
]
# Typesets one page after another for a minute, long enough to be killed in the middle.
BUSY = "from tests.pdf.test_pool import *; list(typeset_all(PAGES * 2000, STYLES, {}))"


def in_order(workers: int = 0, start_method: str = pool.START_METHOD) -> list[Fragment]:
    done = dict(typeset_all(PAGES, STYLES, {}, workers=workers, start_method=start_method))
    return [done[index] for index in range(len(PAGES))]


@cache
def by_one() -> list[Fragment]:
    """What one process makes, made once."""
    return in_order(1)


@pytest.mark.parametrize(("workers", "start_method"), [(1, "fork"), (3, "fork"), (2, "spawn"), (2, "forkserver")])
def test_the_same_fragments_however_processes_start(workers: int, start_method: str) -> None:
    found = in_order(workers, start_method)
    assert found == by_one()
    assert [mark.label for fragment in found for mark in fragment.bookmarks] == [f"Teil {n}" for n in range(4)]


def test_batches_hold_every_page_once_the_longest_first() -> None:
    pages = ["x" * length for length in (5, 400, 30, 30, 30, 1, 1)]
    batches = list(pool._batches(pages, 8))
    assert sorted(index for batch in batches for index, _ in batch) == list(range(len(pages)))
    assert [[len(page) for _, page in batch] for batch in batches] == [[400], [30, 30], [30, 5, 1, 1]]


@pytest.mark.parametrize("workers", [1, 2])
def test_no_process_is_started_for_a_few_words(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    expected = by_one()
    started: list[pool.Batch] = []
    begin = pool._started

    def counted(*arguments: Any) -> Any:
        started.append(arguments[1])
        return begin(*arguments)

    monkeypatch.setattr(pool, "_started", counted)
    assert in_order(workers) == expected
    assert len(started) == workers


def test_a_page_that_cannot_be_typeset_is_told_and_stops_the_others() -> None:
    with pytest.raises(RenderingError, match="nicht laden"):
        list(typeset_all([*PAGES, PAGES[0].replace("Teil", '<img alt="" src="file:///etc/hostname">')], STYLES, {}))


def start_busy(folder: Path) -> subprocess.Popen[bytes]:
    """A process that typesets with two workers, and its workers are at it."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    process = subprocess.Popen([sys.executable, "-c", BUSY], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    while len(children(process.pid)) < min(2, len(os.sched_getaffinity(0))):
        assert process.poll() is None
        time.sleep(0.02)
    time.sleep(0.3)
    return process


def children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() and "Z" not in _state(pid) for pid in pids)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    process = start_busy(tmp_path)
    workers = children(process.pid)
    process.kill()
    process.wait()
    assert process.stderr
    process.stderr.close()  # without waiting for its end, which workers that go on would hold up
    end = time.monotonic() + 10
    while not gone(workers) and time.monotonic() < end:
        time.sleep(0.05)
    left = not gone(workers)
    for worker in workers if left else ():
        os.kill(worker, signal.SIGKILL)
    assert not left


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_killed_worker_is_told(tmp_path: Path) -> None:
    process = start_busy(tmp_path)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "RenderingError: Beim Setzen des PDF ist ein Prozess beendet worden" in said.decode()


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_no_fonts_are_left_behind(tmp_path: Path, start_method: str) -> None:
    script = (
        "from tests.pdf.test_pool import *\n"
        f"if __name__ == '__main__': print(len(list(typeset_all(PAGES, STYLES, {{}}, start_method='{start_method}'))))"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    main = tmp_path / "main.py"
    main.write_text(script)
    done = subprocess.run([sys.executable, str(main)], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stdout == b"4\n"
    assert [path.name for path in tmp_path.iterdir()] == ["main.py"]
