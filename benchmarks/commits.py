"""Programs of other commits, laid out beside the one that lies here, to be compared with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def unpack(commit: str, folder: Path) -> Path:
    """Writes the tracked files of a commit below a folder, and returns where they lie.

    Raises SystemExit, with git's own words, where there is no such commit.
    """
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        raise SystemExit(archive.stderr.decode("utf-8", errors="replace"))
    program = folder / "program"
    program.mkdir()
    subprocess.run(["tar", "-x", "-C", str(program)], input=archive.stdout, check=True)
    return program
