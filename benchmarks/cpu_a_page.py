"""The shipped plan and a sample of its design in, how much processors work for a page of each out, and their ratio.

    .venv/bin/python -m benchmarks.cpu_a_page --sample FOLDER/render_sample.py

The sample is a script that writes `sample.pdf` into the folder in which it runs. What counts is the same for both: the
seconds that processors work for the whole command with all its processes, on one processor, by the pages of the PDF.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pikepdf

from benchmarks.processes import run

ROOT = Path(__file__).resolve().parents[1]


def plan(folder: Path) -> float:
    """Seconds a page of the shipped plan, without cache and without the DOCX."""
    output, cache = folder / "output", folder / "cache"
    for path in (output, cache):
        shutil.rmtree(path, ignore_errors=True)
    build = [sys.executable, str(ROOT / "build.py"), "--quiet", "--format", "pdf"]
    folders = ["--content", str(ROOT / "content"), "--output", str(output), "--cache", str(cache)]
    spent = run([[*build, *folders]], folder)
    (pdf,) = output.glob("*.pdf")
    return spent.cpu / _pages(pdf)


def sample(script: Path, folder: Path) -> float:
    """Seconds a page of the sample, run in a copy of its folder."""
    copy = folder / "sample"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(script.parent, copy)
    copy.chmod(0o755)  # the folder may be one that only may be read
    spent = run([[sys.executable, script.name]], copy)
    return spent.cpu / _pages(copy / "sample.pdf")


def _pages(file: Path) -> int:
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cpu_a_page", description="Prozessorzeit je Seite.")
    parser.add_argument("--sample", metavar="DATEI", type=Path, help="Skript, das sample.pdf schreibt")
    parser.add_argument("--repeat", metavar="ZAHL", type=int, default=3, help="Durchgänge; es zählt der Median")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # for this process and all that it starts
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(prefix="seiten-") as name:
        folder = Path(name)
        ways: dict[str, Callable[[], float]] = {"Plan": lambda: plan(folder)}
        if arguments.sample:
            ways["Muster"] = lambda: sample(arguments.sample.resolve(), folder)
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(arguments.repeat):
            for way, measure in ways.items():
                spent[way].append(measure())
    for way, seconds in spent.items():
        print(f"{way:8}{median(seconds):8.3f} s Prozessorzeit je Seite")
    if "Muster" in spent:
        print(f"Verhältnis Plan zu Muster: {median(spent['Plan']) / median(spent['Muster']):.2f}")


if __name__ == "__main__":
    main()
