"""Another commit in, how long the program here takes beside the one of that commit out: ratios of one run.

    .venv/bin/python -m benchmarks.two_programs 52cd50b --measures 60 400 --repeat 3

Both take turns, so that a busy machine is busy for both. Told are the medians of the seconds that processors worked,
which other work on the machine changes least, and of the seconds from start to end; each as new / old.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.commits import ROOT, unpack
from benchmarks.inputs import CONTENT
from benchmarks.merge import EDITED_FILE, edit
from benchmarks.plans import write_plan
from benchmarks.processes import Spent, run


class Program:
    """One of the programs and its own copy of the plan, its output, its cache and the Word file that it built.

    A program knows its own files; what another built it first has to build once more to be sure of it.
    """

    def __init__(self, program: Path, folder: Path, plan: Path) -> None:
        self.program, self.folder, self.edits = program, folder, 0
        self.word = folder / "word"
        shutil.copytree(plan, folder / CONTENT)
        self._run("--quiet", "--format", "docx", "--output", str(self.word), "--cache", "cache")

    def ways(self) -> dict[str, Callable[[], Spent]]:
        """What is measured, by its name; in this order, since the second and third need the cache of the first."""
        return {
            "check": lambda: self._run("check", "--quiet"),
            "PDF, kein Zwischenspeicher": self._cold,
            "PDF, ein Absatz geändert": self._edited,
            "PDF, nichts geändert": lambda: self._build("pdf"),
            "Word": lambda: self._build("docx"),
            "Übernahme, nichts geändert": lambda: self._merge("messplan.docx"),
            "Übernahme, ein Wort geändert": lambda: self._merge(EDITED_FILE),
        }

    def _run(self, *arguments: str) -> Spent:
        return run([[sys.executable, str(self.program / "build.py"), *arguments, "--content", CONTENT]], self.folder)

    def _build(self, name: str) -> Spent:
        shutil.rmtree(self.folder / "output", ignore_errors=True)
        return self._run("--quiet", "--format", name, "--output", "output", "--cache", "cache")

    def _cold(self) -> Spent:
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return self._build("pdf")

    def _edited(self) -> Spent:
        """Another sentence at the end of a paragraph that no build has seen."""
        self.edits += 1
        text = self.folder / CONTENT / "texte" / "ausgangslage.md"
        head, _, rest = text.read_text(encoding="utf-8").partition("\n\n## ")
        text.write_text(f"{head} Das ist Änderung {self.edits}.\n\n## {rest}", encoding="utf-8")
        return self._build("pdf")

    def _merge(self, file: str) -> Spent:
        return self._run("merge", "--quiet", "--dry-run", str(self.word / file))


def measured(commit: str, measures: int, repeat: int, only: str) -> dict[str, list[tuple[Spent, Spent]]]:
    """What each way with `only` in its name took in each turn: of the other commit's program, of the one here."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        other = unpack(commit, folder)
        programs = []
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # what this process held would count for the others
            pool.submit(write_plan, folder / "plan", measures).result()
            for label, program in (("old", other), ("new", ROOT)):
                (folder / label).mkdir()
                one = Program(program, folder / label, folder / "plan")
                pool.submit(edit, one.word / "messplan.docx", one.word / EDITED_FILE).result()
                programs.append({way: turn for way, turn in one.ways().items() if only in way})
        old, new = programs
        turns = [{way: (old[way](), new[way]()) for way in old} for _ in range(repeat)]
    return {way: [turn[way] for turn in turns] for way in turns[0]}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.two_programs",
        description="Vergleicht die Zeiten dieses Programms mit denen eines anderen Commits; beide laufen abwechselnd.",
    )
    parser.add_argument("commit", metavar="COMMIT", help="der andere Commit, zum Beispiel HEAD~3")
    parser.add_argument("--measures", metavar="ZAHL", type=int, nargs="+", default=[60, 400], help="Maßnahmen")
    parser.add_argument("--repeat", metavar="ZAHL", type=int, default=3, help="Durchgänge; es zählt der Median")
    parser.add_argument("--only", metavar="WEG", default="", help="nur Wege mit diesem Wort im Namen")
    arguments = parser.parse_args()
    for size in arguments.measures:
        print(f"{size} Maßnahmen, Median von {arguments.repeat}: neu / alt")
        for way, turns in measured(arguments.commit, size, arguments.repeat, arguments.only).items():
            cpu = [median(turn[side].cpu for turn in turns) for side in (0, 1)]
            wall = [median(turn[side].seconds for turn in turns) for side in (0, 1)]
            print(
                f"  {way:28} Prozessor {cpu[1] / cpu[0]:5.2f} ({cpu[1]:.2f} s / {cpu[0]:.2f} s)   "
                f"Uhr {wall[1] / wall[0]:5.2f} ({wall[1]:.2f} s / {wall[0]:.2f} s)",
                flush=True,
            )


if __name__ == "__main__":
    main()
