"""A plan of many measures and an edition of it in; out: how long comparing them takes beside building the Word file.

    .venv/bin/python -m benchmarks.synopsis --measures 400

Both are done in turns, in one run and without a cache, so that only their ratio counts. It may be 2.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.plans import write_plan
from benchmarks.processes import Spent, run

ROOT = Path(__file__).resolve().parents[1]
BUILD = [sys.executable, str(ROOT / "build.py"), "--quiet"]
ALLOWED = 2.0
CHANGED = 0.1  # of the measures


def changed(content: Path) -> None:
    """Makes the next edition: another title and another first milestone in one measure of ten."""
    chance = random.Random(1)
    plan = content / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(re.sub(r"^fassung: .*$", 'fassung: "9.9"', text, flags=re.MULTILINE), encoding="utf-8")
    for path in sorted(content.rglob("massnahmen.yaml")):
        lines = path.read_text(encoding="utf-8").split("\n")
        lines = [
            f"{line} anders" if re.search(r"\btitel: \w[^}'\"]*$", line) and chance.random() < CHANGED else line
            for line in lines
        ]
        path.write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    """The command line; 1 where it takes longer than allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measures", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    built, compared = list[Spent](), list[Spent]()
    with tempfile.TemporaryDirectory() as name:
        folder, content, output = Path(name), Path(name, "content"), Path(name, "output")
        write_plan(content, given.measures)
        run([[*BUILD, "edition", "--content", str(content)]], folder)
        changed(content)
        folders = ["--content", str(content), "--output", str(output), "--cache", str(folder / "cache")]
        for _ in range(given.repeat):
            for command, found in (([*BUILD, "--format", "docx"], built), ([*BUILD, "compare"], compared)):
                for path in (output, folder / "cache"):
                    shutil.rmtree(path, ignore_errors=True)
                found.append(run([[*command, *folders]], folder))
        size = sum(path.stat().st_size for path in output.glob("*-synopse.*"))
    ratio = median(item.seconds for item in compared) / median(item.seconds for item in built)
    memory = max(item.memory for item in compared)
    sys.stdout.write(
        f"{given.measures} Maßnahmen: vergleichen {ratio:.2f} × Word bauen ({median(i.seconds for i in built):.1f} s), "
        f"größter Prozess {memory:.0f} MiB, beide Dateien {size / 1e6:.1f} MB\n"
    )
    return int(ratio > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
