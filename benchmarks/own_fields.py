"""A plan of many measures with five fields of its own and without, in, what they add to the time of a build out.

    .venv/bin/python -m benchmarks.own_fields --measures 400

Both are built in turns, in one run and without a cache, so that only their ratio counts. It may be 1.1.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

import yaml

from benchmarks.plans import write_plan
from benchmarks.processes import run

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = 1.1
DECLARED = (
    {"name": "ansprechstelle", "bezeichnung": "Ansprechstelle", "art": "zeile"},
    {"name": "stufe", "bezeichnung": "Stufe", "art": "auswahl", "werte": ["erste", "zweite", "dritte"]},
    {"name": "flaeche", "bezeichnung": "Fläche", "art": "zahl", "einheit": "Hektar", "offen_wenn_leer": "ja"},
    {"name": "foerderfaehig", "bezeichnung": "Förderfähig", "art": "ja_nein", "zeigen": ["steckbrief", "verzeichnis"]},
    {"name": "orte", "bezeichnung": "Orte", "art": "liste"},
)


def with_own_fields(folder: Path) -> None:
    """Declares five fields in a plan and fills them in nine measures of ten."""
    chance = random.Random(len(DECLARED))
    plan = folder / "plan.yaml"
    data = yaml.safe_load(plan.read_text(encoding="utf-8"))
    data["eigene_felder"] = [{"fuer": "massnahme", **entry} for entry in DECLARED]
    _write(plan, data)
    for path in sorted(folder.rglob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for measure in data.get("massnahmen", ()):
            if chance.random() < 0.9:
                measure |= {
                    "ansprechstelle": f"Zimmer {chance.randint(1, 400)}",
                    "stufe": chance.choice(("erste", "zweite", "dritte")),
                    "flaeche": str(chance.randint(1, 90)),
                    "foerderfaehig": chance.choice(("ja", "nein")),
                    "orte": ["Markt", "Ring"],
                }
        _write(path, data)


def _write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")


def seconds(content: Path, folder: Path) -> float:
    """How long a build of both documents takes, without a cache."""
    output, cache = folder / "output", folder / "cache"
    for path in (output, cache):
        shutil.rmtree(path, ignore_errors=True)
    build = [sys.executable, str(ROOT / "build.py"), "--quiet"]
    folders = ["--content", str(content), "--output", str(output), "--cache", str(cache)]
    return run([[*build, *folders]], folder).seconds


def main() -> None:
    """The command line; 1 where it takes longer than allowed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.own_fields", description="Was eigene Felder kosten.")
    parser.add_argument("--measures", metavar="ZAHL", type=int, default=400, help="wie viele Maßnahmen der Plan hat")
    parser.add_argument("--repeat", metavar="ZAHL", type=int, default=3, help="Durchgänge; es zählt der Median")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="felder-") as name:
        folder = Path(name)
        plans = {"ohne": folder / "ohne", "mit": folder / "mit"}
        for content in plans.values():
            write_plan(content, arguments.measures)
        with_own_fields(plans["mit"])
        spent: dict[str, list[float]] = {way: [] for way in plans}
        for _ in range(arguments.repeat):
            for way, content in plans.items():
                spent[way].append(seconds(content, folder))
    ratio = median(spent["mit"]) / median(spent["ohne"])
    for way, times in spent.items():
        print(f"{way:5}{median(times):8.1f} s")
    print(f"Verhältnis: {ratio:.2f} (erlaubt {ALLOWED})")
    sys.exit(ratio > ALLOWED)


if __name__ == "__main__":
    main()
