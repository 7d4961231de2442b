"""Plants faults in the program, one at a time, and says which of them the tests see.

Each fault of `planted/` is planted in a copy of the tree, and the tests named with it are run there, up
to the first that fails. `python -m benchmarks.planted_faults` takes the tree as it is, `--commit REV` the program and
the tests of another commit, without the faults whose stretch is not in it. `--whole` gives faults that their own tests
do not see to the whole suite.
Exit code 1 if a fault is not seen, 2 if it cannot be planted or its tests fail without it.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from benchmarks.planted import FAULTS
from benchmarks.planted.fault import PlantedFault

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ("pipeline", "schema")
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")
HANGING = 900  # seconds after which tests count as failed: a fault may keep a program from ending
FAILED = 1  # pytest's exit code


def main() -> int:
    """Plants what is asked for; prints a line a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commit", metavar="REV", help="program and tests of this commit instead of the tree's")
    parser.add_argument("--only", metavar="NAME", action="append", default=[], help="only faults with this in the name")
    parser.add_argument("--whole", action="store_true", help="run the whole suite for faults that their tests miss")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many faults are tried at once")
    parser.add_argument("--anchors", action="store_true", help="only say whether every fault can be planted")
    wanted = parser.parse_args()
    faults = [item for item in FAULTS if not wanted.only or any(name in item.name for name in wanted.only)]
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        trees = [Path(folder) / f"tree-{number}" for number in range(wanted.jobs)]
        for tree in trees:
            _copy(tree, wanted.commit)
        tree = trees[0]
        lost = not_to_be_planted(faults, tree)
        if lost and wanted.commit and not wanted.anchors:
            print("\n".join(["That program has no such stretch yet:", *lost]), flush=True)
            faults = [item for item in faults if item.name not in lost]
        elif lost or wanted.anchors:
            print("\n".join(["Not to be planted, mend the table:", *lost] if lost else ["Every fault can be planted."]))
            return 2 if lost else 0
        faults = _with_tests_of(tree, faults)
        if not _sound(faults, tree, wanted.jobs):
            return 2
        free: SimpleQueue[Path] = SimpleQueue()
        for tree in trees:
            free.put(tree)
        with ThreadPoolExecutor(wanted.jobs) as pool:
            seen = list(pool.map(lambda fault: _seen(fault, free, whole=wanted.whole), faults))
    print(f"{sum(seen)} of {len(faults)} faults are seen.")
    return 0 if all(seen) else 1


def _copy(tree: Path, commit: str | None) -> None:
    """The files of a commit, or those of the working tree that are not ignored; its tools are linked."""
    if commit:
        tree.mkdir()
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x"], cwd=tree, input=archive, check=True)
    else:
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
        for name in filter(None, names):
            if (ROOT / name).is_file() and name != ".venv":
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, tree / name)
    (tree / ".venv").symlink_to((ROOT / ".venv").resolve())


def not_to_be_planted(faults: Iterable[PlantedFault], tree: Path) -> list[str]:
    """The names of those whose stretch a program does not have, or more than once."""
    texts = _texts(tree)
    return [item.name for item in faults if _place(item, texts) is None]


def _texts(tree: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for folder in PROGRAM for path in (tree / folder).rglob("*.py")}


def _place(fault: PlantedFault, texts: Mapping[Path, str]) -> tuple[Path, str, str] | None:
    """The file in which a fault is planted, its text, and its text with the fault; None where no stretch is found."""
    for old, new in fault.swaps:
        found = [path for path, text in texts.items() if old in text]
        if len(found) == 1 and texts[found[0]].count(old) == 1:
            return found[0], texts[found[0]], texts[found[0]].replace(old, new)
    return None


@contextmanager
def _planted(fault: PlantedFault, tree: Path) -> Iterator[None]:
    """The fault is there inside; what was compiled of its file goes, which may be as old and as long to the second."""
    place = _place(fault, _texts(tree))
    assert place is not None
    path, sound, faulty = place
    try:
        _write(path, faulty)
        yield
    finally:
        _write(path, sound)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def _with_tests_of(tree: Path, faults: Sequence[PlantedFault]) -> list[PlantedFault]:
    """The faults, each with those of its tests that a tree has: an older commit lacks some, or names them otherwise.

    For a test that is not there its whole module stands in; where that is missing, too, it falls away.
    """
    modules = sorted({test.partition("::")[0] for fault in faults for test in fault.tests})
    collect = [*PYTEST, "-n0", "--collect-only", *(module for module in modules if (tree / module).exists())]
    said = subprocess.run(collect, cwd=tree, check=False, capture_output=True, text=True).stdout
    known = {part for line in said.splitlines() for part in (line, line.partition("[")[0], line.partition("::")[0])}
    return [replace(fault, tests=_there(fault, known)) for fault in faults]


def _there(fault: PlantedFault, known: set[str]) -> tuple[str, ...]:
    found = (test if test in known else test.partition("::")[0] for test in fault.tests)
    return tuple(dict.fromkeys(test for test in found if test in known))


def _sound(faults: Iterable[PlantedFault], tree: Path, jobs: int) -> bool:
    """Whether all tests that are to see a fault pass without one."""
    code, told = _run(tree, [f"-n{jobs}", *sorted({test for item in faults for test in item.tests})])
    if code != 0:
        print(f"Without a fault the tests fail or there are none:\n{told}")
    return code == 0


def _seen(fault: PlantedFault, free: SimpleQueue[Path], *, whole: bool) -> bool:
    """Whether its tests fail with the fault, else whether the whole suite does; prints what came of it.

    `free`: copies of the tree in which nobody has planted anything; one is taken meanwhile.
    """
    begun, tree = time.monotonic(), free.get()
    with _planted(fault, tree):
        seen, by = bool(fault.tests) and _run(tree, ["-n0", *fault.tests])[0] == FAILED, "its tests"
        if not seen and whole:
            seen, by = _run(tree, ())[0] == FAILED, "the whole suite"
    free.put(tree)
    took = time.monotonic() - begun
    print(f"{'seen' if seen else 'NOT SEEN':8} {took:5.0f} s  {fault.name}: {fault.breaks} ({by})", flush=True)
    return seen


def _run(tree: Path, arguments: Sequence[str]) -> tuple[int, str]:
    """pytest's exit code and the last it says; FAILED where the tests do not come to an end."""
    try:
        done = subprocess.run(
            [*PYTEST, *arguments], cwd=tree, check=False, capture_output=True, text=True, timeout=HANGING
        )
    except subprocess.TimeoutExpired:
        return FAILED, "No end."
    return done.returncode, done.stdout[-2000:]


if __name__ == "__main__":
    sys.exit(main())
