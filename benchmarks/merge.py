"""Sizes of plans in, how long the way back takes beside the build of the Word file out: ratios of one run.

    .venv/bin/python -m benchmarks.merge --measures 40 400 --repeat 3

All take turns, so that a busy machine is busy for all. Build and merge are whole commands, from reading the content to
the published file or the report; the merge only tells what it would write, so that every turn finds the same sources.
Memory is told twice: of the program alone, and of the largest process, which is pandoc's wherever a Word file is built.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.inputs import CONTENT
from benchmarks.plans import write_plan
from benchmarks.processes import LOG, MIB, RSS_UNIT, Spent, run

ROOT = Path(__file__).resolve().parents[1]
BUILD, UNTOUCHED, EDITED = "Bau der Word-Datei", "Übernahme, nichts geändert", "Übernahme, ein Wort geändert"
EDITED_FILE = "bearbeitet.docx"
LONG = 40  # characters: a text that surely is one, and no label
# Runs a program and says as its last words how much memory it held itself, without what it started.
WEIGHED = """
import atexit, os, resource, runpy, sys
atexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
sys.argv.pop(0)
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass(frozen=True)
class Turn:
    """One run of a command: its time, the memory of its largest process, in MiB the memory of the program alone."""

    spent: Spent
    own: float


def build_command() -> list[str]:
    """The build that all is measured by."""
    return [*_program(), "--quiet", "--format", "docx", "--content", CONTENT, "--output", "output"]


def merge_command(file: str) -> list[str]:
    """A merge that writes nothing; what does not arrive makes it fail, and so the whole run."""
    return [*_program(), "merge", "--quiet", "--dry-run", "--content", CONTENT, file]


def _program() -> list[str]:
    return [sys.executable, "-c", WEIGHED, str(ROOT / "build.py")]


def weighed(command: list[str], folder: Path) -> Turn:
    """Runs a command; its memory is the last that it says."""
    spent = run([command], folder)
    return Turn(spent, int((folder / LOG).read_text(encoding="utf-8").split()[-1]) * RSS_UNIT / MIB)


def edit(source: Path, target: Path) -> None:
    """Writes the Word file with one more word in its first long text."""
    from pipeline.ooxml.bookmarks import MARK_PREFIX, hidden  # noqa: PLC0415  (in a process of its own, see below)
    from pipeline.ooxml.elements import q  # noqa: PLC0415
    from tests.back.draft import Draft, plain  # noqa: PLC0415

    draft = Draft(source.read_bytes())
    marks = hidden(MARK_PREFIX)
    texts = (
        plain(run)
        for paragraph in draft.body.findall(q("p"))
        if any(mark.get(q("name"), "").startswith(marks) for mark in paragraph.iter(q("bookmarkStart")))
        for run in paragraph.findall(q("r"))
    )
    text = next(text for text in texts if len(text) > LONG)
    first, rest = text.split(" ", 1)
    draft.replace(text, f"{first} eben {rest}")
    target.write_bytes(draft.to_bytes())


def measured(measures: int, repeat: int) -> dict[str, list[Turn]]:
    """What each way took in each turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # what this process held would count for the others
            pool.submit(write_plan, folder / CONTENT, measures).result()
            run([build_command()], folder)
            (source,) = (folder / "output").glob("*.docx")
            pool.submit(edit, source, folder / EDITED_FILE).result()
        commands = {
            BUILD: build_command(),
            UNTOUCHED: merge_command(f"output/{source.name}"),
            EDITED: merge_command(EDITED_FILE),
        }
        turns = [{way: weighed(command, folder) for way, command in commands.items()} for _ in range(repeat)]
    return {way: [turn[way] for turn in turns] for way in commands}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.merge",
        description="Vergleicht die Übernahme aus Word mit dem Bau der Word-Datei; alle laufen abwechselnd.",
    )
    parser.add_argument("--measures", metavar="ZAHL", type=int, nargs="+", default=[40, 400], help="Maßnahmen")
    parser.add_argument("--repeat", metavar="ZAHL", type=int, default=3, help="Durchgänge; es zählt der Median")
    arguments = parser.parse_args()
    for size in arguments.measures:
        results = measured(size, arguments.repeat)
        base = median(turn.spent.seconds for turn in results[BUILD])
        print(f"{size} Maßnahmen, Median von {arguments.repeat}")
        for way, turns in results.items():
            seconds = median(turn.spent.seconds for turn in turns)
            own, largest = max(turn.own for turn in turns), max(turn.spent.memory for turn in turns)
            print(f"  {way:28} {seconds:7.2f} s {seconds / base:6.2f} × {own:6.0f} MiB, größter Prozess {largest:.0f}")


if __name__ == "__main__":
    main()
