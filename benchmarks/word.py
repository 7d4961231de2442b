"""Sizes of plans in, how long our Word file takes beside pandoc alone with the same HTML out: ratios of one run.

    .venv/bin/python -m benchmarks.word --measures 40 400 --repeat 3

Both take turns, so that a busy machine is busy for both. Ours is the whole build of the DOCX, from reading the content
to the published files; pandoc's begins with the finished page of HTML and ends with a DOCX that is not the plan's yet.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.inputs import CONTENT
from benchmarks.plans import write_plan
from benchmarks.processes import Spent, run

ROOT = Path(__file__).resolve().parents[1]
PAGE, OURS, PANDOC = "word.html", "dieses Programm", "pandoc allein"


def write_inputs(folder: Path, measures: int) -> None:
    """The plan, and the page of HTML that pandoc gets of it."""
    from pipeline.check.validate import validate  # noqa: PLC0415
    from pipeline.content.read import read  # noqa: PLC0415
    from pipeline.parts.assemble import assemble  # noqa: PLC0415  (in a process of its own, see below)
    from pipeline.word.html import document_html  # noqa: PLC0415

    write_plan(folder / CONTENT, measures)
    source = read(folder / CONTENT)
    checked = validate(source)
    assert checked.plan is not None
    document = assemble(checked.plan, checked.texts, digest=source.digest, open_points=checked.open_points)
    (folder / PAGE).write_text(document_html(document), encoding="utf-8")


def ways(folder: Path) -> dict[str, list[str]]:
    """The command of each way."""
    import pypandoc  # noqa: PLC0415

    build = [sys.executable, str(ROOT / "build.py"), "--quiet", "--format", "docx"]
    pandoc = Path(pypandoc.__file__).parent / "files" / "pandoc"
    flags = ["--sandbox", "--from=html+epub_html_exts-auto_identifiers", "--to=docx", "--syntax-highlighting=none"]
    return {
        OURS: [*build, "--content", CONTENT, "--output", str(folder / "output")],
        PANDOC: [str(pandoc), *flags, "--output", "pandoc.docx", PAGE],
    }


def measured(measures: int, repeat: int) -> dict[str, list[Spent]]:
    """What each way took in each turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            pool.submit(write_inputs, folder, measures).result()
        commands = ways(folder)
        turns = [{way: run([command], folder) for way, command in commands.items()} for _ in range(repeat)]
    return {way: [turn[way] for turn in turns] for way in commands}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.word",
        description="Vergleicht den Bau der Word-Datei mit pandoc allein; beide laufen abwechselnd.",
    )
    parser.add_argument("--measures", metavar="ZAHL", type=int, nargs="+", default=[40, 400], help="Maßnahmen")
    parser.add_argument("--repeat", metavar="ZAHL", type=int, default=3, help="Durchgänge; es zählt der Median")
    arguments = parser.parse_args()
    for size in arguments.measures:
        results = measured(size, arguments.repeat)
        base = median(spent.seconds for spent in results[PANDOC])
        print(f"{size} Maßnahmen, Median von {arguments.repeat}")
        for way, turns in results.items():
            seconds = median(spent.seconds for spent in turns)
            memory = max(spent.memory for spent in turns)
            print(f"  {way:16} {seconds:7.2f} s {seconds / base:6.2f} × {memory:6.0f} MiB")


if __name__ == "__main__":
    main()
