"""The pinned packages in, known holes in them out, as the Python Package Index knows them.

    .venv/bin/python -m benchmarks.audit [requirements/run.txt …]

Needs the network, for pip-audit too, which is installed for this run alone. Ends with 1 if a package has a known hole,
with 3 if any could not be asked about: who works offline, or behind a mirror that keeps no such list, learns nothing,
and that is no good news. pip-audit itself ends with 0 then.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIP_AUDIT = "pip-audit==2.10.1"
USUAL = ("requirements/run.txt", "requirements/test.txt")
FINE, HOLES, NOT_ASKED = 0, 1, 3


@dataclass(frozen=True)
class Found:
    """Known holes in a line each, the packages that were asked about, and those that were not."""

    holes: tuple[str, ...]
    asked: tuple[str, ...]
    skipped: tuple[str, ...]

    @property
    def code(self) -> int:
        """How the run ends."""
        if self.holes:
            return HOLES
        return NOT_ASKED if self.skipped or not self.asked else FINE


def read(report: Mapping[str, Sequence[Mapping[str, object]]]) -> Found:
    """What pip-audit's JSON says."""
    holes: list[str] = []
    asked: list[str] = []
    skipped: list[str] = []
    for package in report["dependencies"]:
        name = str(package["name"])
        if "skip_reason" in package:
            skipped.append(name)
            continue
        asked.append(name)
        holes += [_line(package, hole) for hole in package.get("vulns", ())]  # type: ignore[attr-defined]
    return Found(tuple(holes), tuple(asked), tuple(skipped))


def _line(package: Mapping[str, object], hole: Mapping[str, object]) -> str:
    mended = hole.get("fix_versions")
    remedy = f"mended in {', '.join(mended)}" if isinstance(mended, list) and mended else "not mended yet"
    return f"{package['name']} {package['version']}: {hole['id']}, {remedy}"


def audited(files: Sequence[str]) -> Found:
    """What is known of the packages of these files. Raises CalledProcessError if pip-audit cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", PIP_AUDIT], check=True)
        wanted = [word for name in files for word in ("-r", name)]
        options = ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        done = subprocess.run(
            [python, "-m", "pip_audit", *wanted, *options], cwd=ROOT, capture_output=True, text=True, check=False
        )
    if not done.stdout.startswith("{"):
        print(done.stderr.strip().rpartition("\n")[2], file=sys.stderr)
        return Found((), (), ())
    return read(json.loads(done.stdout))


def main() -> int:
    """Asks and says what came of it."""
    try:
        found = audited(sys.argv[1:] or USUAL)
    except subprocess.CalledProcessError:
        print(f"{PIP_AUDIT} could not be installed: nothing is known.")
        return NOT_ASKED
    for line in found.holes:
        print(line)
    print(f"{len(found.asked)} packages asked about, {len(found.holes)} known holes.")
    if found.code == NOT_ASKED:
        print(f"Not asked about, so nothing is known of them: {', '.join(found.skipped) or 'all'}.")
    return found.code


if __name__ == "__main__":
    sys.exit(main())
