"""Sizes of plans in, how our PDF compares with other ways to one out: ratios of one run on one machine.

    .venv/bin/python -m benchmarks.pdf --measures 60 400 --repeat 3

Everything takes turns, so that a busy machine is busy for all. Needs `.venv/bin/python -m pip install -r
requirements/bench.txt` once, for Typst.
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypandoc

from benchmarks.inputs import CONTENT, write_inputs
from benchmarks.processes import MIB, Spent, run

ROOT = Path(__file__).resolve().parents[1]
BUILD = (sys.executable, str(ROOT / "build.py"), "--quiet", "--format", "pdf")
WAIT, PATIENCE = 0.02, 1800.0  # seconds

COLD, EDITED, KEPT, WATCHED = "kalt", "absatz", "unverändert", "watch"
WEASYPRINT, PANDOC, TYPST = "weasyprint", "pandoc-weasyprint", "pandoc-typst"
MEANINGS = {
    COLD: "dieses Programm, ohne Zwischenspeicher",
    EDITED: "nach Änderung eines Absatzes",
    KEPT: "nichts geändert, output/ gelöscht",
    WATCHED: "build.py watch, vom Speichern eines geänderten Absatzes an",
    WEASYPRINT: "python -m weasyprint, dasselbe HTML und CSS in einem",
    PANDOC: "pandoc --pdf-engine=weasyprint",
    TYPST: "pandoc, dann Typst",
}


@dataclass(frozen=True)
class Result:
    """What a way took in each turn, and the size of its file in bytes."""

    spent: Sequence[Spent]
    size: int

    @property
    def seconds(self) -> float:
        return median(item.seconds for item in self.spent)

    @property
    def memory(self) -> float:
        return max(item.memory for item in self.spent)


class Bench:
    """One plan and the ways to its PDF."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.edits = folder, 0
        self.output, self.cache = folder / "output", folder / "cache"
        self.ways: dict[str, Callable[[], Spent]] = {
            COLD: self._cold,
            EDITED: self._edited,
            KEPT: self._kept,
            WATCHED: self._watched,
            WEASYPRINT: lambda: self._run([sys.executable, "-m", "weasyprint", "plan.html", f"{WEASYPRINT}.pdf"]),
            PANDOC: self._pandoc,
            TYPST: self._typst,
        }

    def file(self, way: str) -> Path:
        """The PDF that a way makes."""
        own = way in (COLD, EDITED, KEPT, WATCHED)
        return self.output / "messplan.pdf" if own else self.folder / f"{way}.pdf"

    def _run(self, *commands: Sequence[str]) -> Spent:
        return run(commands, self.folder)

    def _build(self) -> Spent:
        shutil.rmtree(self.output, ignore_errors=True)
        return self._run([*BUILD, *self._folders()])

    def _folders(self) -> list[str]:
        folders = {"--content": self.folder / CONTENT, "--output": self.output, "--cache": self.cache}
        return [str(item) for pair in folders.items() for item in pair]

    def _cold(self) -> Spent:
        shutil.rmtree(self.cache, ignore_errors=True)
        return self._build()

    def _edited(self) -> Spent:
        self._fill_cache()
        self._edit()
        return self._build()

    def _kept(self) -> Spent:
        self._fill_cache()
        return self._build()

    def _fill_cache(self) -> None:
        if not self.cache.exists():
            self._build()

    def _edit(self) -> None:
        """Another sentence at the end of a paragraph that no build has seen."""
        self.edits += 1
        text = self.folder / CONTENT / "texte" / "ausgangslage.md"
        head, _, rest = text.read_text(encoding="utf-8").partition("\n\n## ")
        text.write_text(f"{head} Das ist Änderung {self.edits}.\n\n## {rest}", encoding="utf-8")

    def _watched(self) -> Spent:
        with self._watching():
            before = self._built()
            begin = time.perf_counter()
            self._edit()
            self._wait(lambda: self._built() != before)
            return Spent(time.perf_counter() - begin, 0.0)

    @contextmanager
    def _watching(self) -> Iterator[None]:
        shutil.rmtree(self.output, ignore_errors=True)
        command = [sys.executable, str(ROOT / "build.py"), "watch", "--quiet", *self._folders()]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self._wait(lambda: self._built() != 0)
            yield
        finally:
            process.terminate()
            process.wait()

    def _built(self) -> int:
        """When the manifest was written, which comes last of all; 0 if there is none."""
        manifest = self.output / "manifest.json"
        return manifest.stat().st_mtime_ns if manifest.exists() else 0

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = time.perf_counter() + PATIENCE
        while not done():
            if time.perf_counter() > deadline:
                raise SystemExit("watch baut nicht.")
            time.sleep(WAIT)

    def _pandoc(self) -> Spent:
        engine = f"--pdf-engine={Path(sys.executable).parent / 'weasyprint'}"
        pandoc = pypandoc.get_pandoc_path()
        return self._run([pandoc, "plain.html", "-s", "--css", "plan.css", engine, "-o", f"{PANDOC}.pdf"])

    def _typst(self) -> Spent:
        compile_it = f"import typst; typst.compile('plain.typ', output='{TYPST}.pdf')"
        return self._run(
            [pypandoc.get_pandoc_path(), "plain.html", "-s", "-t", "typst", "-o", "plain.typ"],
            [sys.executable, "-c", compile_it],
        )


def measured(measures: int, ways: Sequence[str], repeat: int) -> dict[str, Result]:
    """What each way takes for a plan of that size."""
    with tempfile.TemporaryDirectory(prefix="messplan-") as name:
        folder = Path(name)
        write_inputs(folder, measures)
        bench, spent = Bench(folder), defaultdict[str, list[Spent]](list)
        sizes: dict[str, int] = {}
        for turn in range(1, repeat + 1):
            for way in ways:
                print(f"  {measures} Maßnahmen, Durchgang {turn} von {repeat}: {way} …", file=sys.stderr, flush=True)
                spent[way].append(bench.ways[way]())
                sizes[way] = bench.file(way).stat().st_size
        return {way: Result(spent[way], sizes[way]) for way in ways}


def table(measures: int, results: dict[str, Result]) -> Iterator[str]:
    """The lines for one size: ratios of time to every way that others are compared with."""
    scales = [way for way in (WEASYPRINT, TYPST, COLD) if way in results]
    yield f"\n{measures} Maßnahmen"
    heads = "".join(f"{'× ' + way:>15}" for way in scales)
    yield f"{'Weg':18}{heads}{'Sekunden':>10}{'MiB':>8}{'Datei MiB':>11}"
    for way, result in results.items():
        ratios = "".join(f"{result.seconds / results[scale].seconds:15.2f}" for scale in scales)
        memory = f"{result.memory:8.0f}" if result.memory else f"{'–':>8}"
        yield f"{way:18}{ratios}{result.seconds:10.2f}{memory}{result.size / MIB:11.2f}"
    if COLD in results and WEASYPRINT in results:
        yield f"Datei zu der des einen Dokuments: {results[COLD].size / results[WEASYPRINT].size:.2f}"


def growth(sizes: Sequence[int], of_size: dict[int, dict[str, Result]]) -> Iterator[str]:
    """With which power of a plan's size time grows, from each size to the next."""
    for small, large in pairwise(sizes):
        for way in of_size[small]:
            ratio = of_size[large][way].seconds / of_size[small][way].seconds
            yield f"Wachstum {small} → {large}, {way}: Exponent {math.log(ratio) / math.log(large / small):.2f}"


def main() -> None:
    """The command line."""
    listed = "\n".join(f"  {way:18} {meaning}" for way, meaning in MEANINGS.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pdf",
        description="Vergleicht Wege zum PDF eines erfundenen Plans; alle laufen abwechselnd.",
        epilog=f"Wege:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--measures", metavar="ZAHL", type=int, nargs="+", default=[60, 400], help="Maßnahmen")
    parser.add_argument("--repeat", metavar="ZAHL", type=int, default=3, help="Durchgänge; es zählt der Median")
    parser.add_argument("--ways", metavar="WEG", nargs="+", choices=list(MEANINGS), default=list(MEANINGS))
    arguments = parser.parse_args()
    sizes = sorted(arguments.measures)
    of_size = {size: measured(size, arguments.ways, arguments.repeat) for size in sizes}
    for size, results in of_size.items():
        print("\n".join(table(size, results)))
    print("\n".join(growth(sizes, of_size)))


if __name__ == "__main__":
    main()
