"""`python -m benchmarks.fuzz_content`: spoilt plans in; out comes whether each ended in findings or in a document.

Most are checked in this process, and put together where nothing is wrong; some by the command line, with limits on
memory and time. A run fails that raises, that takes too long, or whose command ends in anything but 0 or 1. Of those
that the check lets pass, a sample is built: what passes has to become a PDF and a Word file.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.mutations import Files, mutate
from pipeline.check.validate import Checked, validate
from pipeline.content.read import Source, read
from pipeline.diagnostics import has_errors
from pipeline.document.model import Document
from pipeline.errors import BuildError
from pipeline.parts.assemble import assemble
from pipeline.pdf.build import write_pdf
from pipeline.word.build import write_docx
from schema.codes import CODES

ROOT = Path(__file__).resolve().parents[1]
PLANS = (
    ROOT / "content",
    *(ROOT / "tests" / "plans" / name for name in ("small", "tiny")),
    ROOT / "tests" / "cases" / "base",
)
MOST_SECONDS = 10.0
MOST_BYTES = 1_000_000_000


@dataclass
class Tally:
    """What came of the runs so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


def main() -> int:
    """Runs as many as wished; 1 if any failed."""
    parser = argparse.ArgumentParser(description="Prüft verdorbene Pläne: Jeder endet in Meldungen, keiner im Absturz.")
    parser.add_argument("--seed", type=int, default=1, help="Ausgangswert des Zufalls (1)")
    parser.add_argument("--runs", type=int, default=10_000, help="Pläne in diesem Prozess (10000)")
    parser.add_argument("--processes", type=int, default=300, help="Pläne in je einem eigenen Prozess (300)")
    parser.add_argument("--builds", type=int, default=300, help="Pläne ohne Fehler, die auch gebaut werden (300)")
    parser.add_argument("--keep", type=Path, default=None, help="Ordner für Pläne, an denen das Programm scheitert")
    wanted = parser.parse_args()
    plans = [_files(plan) for plan in PLANS]
    inside, outside, built = Tally(), Tally(), Tally()
    for number in range(wanted.runs):
        _run(_spoilt(plans, f"{wanted.seed}/{number}"), f"{wanted.seed}-{number}", inside, wanted.keep)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for number in range(wanted.processes):
        _start(_spoilt(plans, f"{wanted.seed}/p{number}"), f"{wanted.seed}-p{number}", outside, wanted.keep)
    number = 0
    while built.outcomes["gebaut"] + len(built.failures) < wanted.builds:
        _build(_spoilt(plans[1:], f"{wanted.seed}/b{number}"), f"{wanted.seed}-b{number}", built, wanted.keep)
        number += 1
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    _tell("in einem Prozess", inside, peak)
    _tell("in je einem Prozess", outside, largest)
    _tell("zum Bauen", built, largest)
    print(f"Codes gesehen: {len(inside.codes)} von {len(CODES)}")
    failures = inside.failures + outside.failures + built.failures
    for failure in failures[:20]:
        print(failure)
    return 1 if failures or largest > MOST_BYTES else 0


def _files(plan: Path) -> Files:
    return {path.relative_to(plan).as_posix(): path.read_bytes() for path in sorted(plan.rglob("*")) if path.is_file()}


def _spoilt(plans: list[Files], seed: str) -> Files:
    random = Random(seed)
    files = dict(random.choice(plans))
    mutate(files, random)
    return files


def _write(files: Files, folder: Path) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _run(files: Files, name: str, tally: Tally, keep: Path | None) -> None:
    """Reads, checks and puts together in this process."""
    with tempfile.TemporaryDirectory() as folder:
        _write(files, Path(folder))
        begun = time.perf_counter()
        try:
            outcome = _check(Path(folder), tally)
        except Exception:  # noqa: BLE001 - that is what is looked for
            outcome = "gescheitert"
            tally.failures.append(f"{name}: {traceback.format_exc()}")
        seconds = time.perf_counter() - begun
    _note(tally, outcome, seconds, name)
    if keep is not None and (outcome == "gescheitert" or seconds > MOST_SECONDS):
        _write(files, keep / name)


def _check(folder: Path, tally: Tally) -> str:
    source = read(folder)
    checked = validate(source)
    tally.codes.update({item.code for item in checked.diagnostics})
    return "mit Fehlern" if _document(source, checked) is None else "zusammengestellt"


def _document(source: Source, checked: Checked) -> Document | None:
    """What is built of a plan, None where it has errors."""
    if checked.plan is None or has_errors(checked.diagnostics):
        return None
    return assemble(
        checked.plan,
        checked.texts,
        digest=source.digest,
        open_points=checked.open_points,
        previous=checked.previous,
    )


def _build(files: Files, name: str, tally: Tally, keep: Path | None) -> None:
    """Builds both documents of what the check lets pass; what it refuses is only counted."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        _write(files, Path(folder))
        try:
            outcome = "gebaut" if builds(Path(folder)) else "mit Fehlern"
        except BuildError as error:
            outcome = "gescheitert"
            tally.failures.append(f"{name}: geprüft, aber nicht gebaut: {error}")
            if keep is not None:
                _write(files, keep / name)
    tally.outcomes[outcome] += 1
    tally.slowest = max(tally.slowest, time.perf_counter() - begun)


def builds(content: Path) -> bool:
    """Builds both documents of a content folder; False where the check finds errors, so that nothing is built.

    Raises BuildError where the check found none and a document cannot be made all the same.
    """
    source = read(content)
    document = _document(source, validate(source))
    if document is None:
        return False
    write_pdf(document, source.pictures)
    write_docx(document, source.pictures, source.files)
    return True


def _start(files: Files, name: str, tally: Tally, keep: Path | None) -> None:
    """Checks as a user does, with limits."""
    program = (
        f"import os, resource as r, sys; r.setrlimit(r.RLIMIT_AS, ({MOST_BYTES}, {MOST_BYTES}));"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    with tempfile.TemporaryDirectory() as folder:
        _write(files, Path(folder) / "content")
        command = [
            sys.executable,
            "-c",
            program,
            sys.executable,
            str(ROOT / "build.py"),
            "check",
            "--content",
            "content",
        ]
        begun = time.perf_counter()
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=MOST_SECONDS, check=False)
            said = done.stderr.decode("utf-8", "replace")
            fine = done.returncode in (0, 1) and "Traceback" not in said
            outcome = f"Exit-Code {done.returncode}" if fine else "gescheitert"
        except subprocess.TimeoutExpired:
            said, outcome = "", "gescheitert"
        seconds = time.perf_counter() - begun
    if outcome == "gescheitert":
        tally.failures.append(f"{name}: {said[-2000:] or 'zu langsam'}")
        if keep is not None:
            shutil.rmtree(keep / name, ignore_errors=True)
            _write(files, keep / name)
    _note(tally, outcome, seconds, name)


def _note(tally: Tally, outcome: str, seconds: float, name: str) -> None:
    tally.outcomes[outcome] += 1
    tally.slowest = max(tally.slowest, seconds)
    if seconds > MOST_SECONDS and outcome != "gescheitert":
        tally.failures.append(f"{name}: {seconds:.1f} Sekunden")


def _tell(what: str, tally: Tally, peak: int) -> None:
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.outcomes.items()))
    effort = f"der langsamste {tally.slowest:.2f} s, höchstens {peak / 1e6:.0f} MB"
    print(f"{sum(tally.outcomes.values())} {what}: {outcomes or 'nichts'}; {effort}")


if __name__ == "__main__":
    sys.exit(main())
