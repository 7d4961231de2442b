"""Another commit in, whether its program makes of the same plans the same bytes as the one that lies here out.

    .venv/bin/python -m benchmarks.same_output 52cd50b

Both programs build the plans that lie here, without a cache, and check them. Every published file has to be the same
byte for byte, every message the same word for word. The JSON of `check` may have keys that the other commit does not
know; they are named and left out of the comparison. Ends with exit code 1 if anything differs, and names it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.commits import ROOT, unpack

PLANS = ("content", "tests/plans/small", "tests/plans/stress", "tests/plans/tiny")
# How long a stage took, which `check --verbose` tells: „Prüfen: 19 Dateien … 0,1 s“.
_TOOK = re.compile(r"… [\d.,]+ (?:min \d+ )?s$", re.MULTILINE)


def run(program: Path, *arguments: str) -> tuple[int, bytes, bytes]:
    """The exit code, the standard output and the error output of one program's command, in the other folder's plans."""
    command = [sys.executable, str(program / "build.py"), *arguments]
    # Where a set is gone through by accident, two seeds show it.
    environment = {**os.environ, "PYTHONHASHSEED": "1" if program == ROOT else "2"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def made_by(program: Path, plan: str, folder: Path) -> dict[str, bytes]:
    """What a program makes of a plan: its files by name, and what it says while building and checking."""
    code, said, complained = run(
        program, "--content", plan, "--output", str(folder), "--cache", str(folder / "cache"), "--quiet"
    )
    found = {"exit code of build": str(code).encode(), "build says": said + complained}
    found |= {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    code, said, complained = run(program, "check", "--content", plan, "--verbose")
    found |= {"exit code of check": str(code).encode(), "check says": _without_times(said + complained)}
    return {**found, "check --json": run(program, "check", "--content", plan, "--json")[1]}


def _without_times(said: bytes) -> bytes:
    return _TOOK.sub("…", said.decode("utf-8")).encode()


def new_keys(old: Any, new: Any) -> Iterator[str]:
    """The keys of JSON that only the new one has, each by its path without the numbers of lists."""
    if isinstance(old, dict) and isinstance(new, dict):
        yield from (key for key in new if key not in old)
        for key in old.keys() & new.keys():
            yield from (f"{key}.{inner}" for inner in new_keys(old[key], new[key]))
    elif isinstance(old, list) and isinstance(new, list):
        for left, right in zip(old, new, strict=False):
            yield from new_keys(left, right)


def only_known(old: Any, new: Any) -> Any:
    """The new JSON without the keys that the old one does not have."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: only_known(old[key], value) for key, value in new.items() if key in old}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [only_known(left, right) for left, right in zip(old, new, strict=True)]
    return new


def differences(old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    """A line for each thing that the two programs make differently."""
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new:
            yield f"{name}: only made by {'the other commit' if name in old else 'the program here'}"
        elif name == "check --json":
            left, right = json.loads(old[name]), json.loads(new[name])
            if left != only_known(left, right):
                yield f"{name}: differs"
        elif old[name] != new[name]:
            yield f"{name}: differs ({len(old[name])} bytes, here {len(new[name])})"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.same_output",
        description="Baut die vier Pläne mit diesem Programm und mit dem eines anderen Commits und vergleicht alles.",
    )
    parser.add_argument("commit", metavar="COMMIT", help="der andere Commit, zum Beispiel HEAD~3")
    other = parser.parse_args().commit
    different = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = unpack(other, folder)
        for plan in PLANS:
            old = made_by(program, plan, folder / f"old-{Path(plan).name}")
            new = made_by(ROOT, plan, folder / f"new-{Path(plan).name}")
            found = list(differences(old, new))
            different |= bool(found)
            print(f"{plan}: {len(new)} compared, {len(found)} different")
            print(*(f"  {line}" for line in found), sep="\n", end="\n" if found else "")
            if added := sorted(set(new_keys(json.loads(old["check --json"]), json.loads(new["check --json"])))):
                print(f"  keys of check --json that only the program here has: {', '.join(added)}")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
