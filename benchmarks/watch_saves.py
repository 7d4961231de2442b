"""Saves while `watch` runs in, its memory after each out: it stays up, and what it holds does not grow.

    .venv/bin/python -m benchmarks.watch_saves [--saves 200] [--content content]

Saves in turn an edited paragraph, a fault that cannot be built, and the paragraph mended. Ends with 1 if `watch` ends,
misses a save, or holds over 10 % more than after the first tenth of the saves.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WAITING = "Warte auf das nächste Speichern"
ALLOWED = 1.10
FAULT = "\n\n[](#M9.9.9)\n"


def memory(process: subprocess.Popen[str]) -> int:
    """The kilobytes that a process holds now."""
    (line,) = (
        line for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if line.startswith("VmRSS")
    )
    return int(line.split()[1])


def until_it_waits(process: subprocess.Popen[str]) -> str:
    """All that it says until it waits for the next save. Raises RuntimeError if it ends."""
    said = ""
    assert process.stdout
    for line in process.stdout:
        said += line
        if WAITING in line:
            return said
    raise RuntimeError(f"watch ended:\n{said}")


def measure(content: Path, saves: int) -> list[int]:
    """Kilobytes held after each save."""
    held = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(content, folder / "content")
        command = [sys.executable, "-X", "utf8", str(ROOT / "build.py"), "watch", "--content", "content"]
        process = subprocess.Popen(
            [*command, "--output", "output", "--cache", "cache"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        try:
            until_it_waits(process)
            chapter = min((folder / "content" / "texte").glob("*.md"))
            text = chapter.read_text(encoding="utf-8")
            for number in range(saves):
                faulty = number % 3 == 1
                chapter.write_text(f"{text}\n\nAbsatz {number}.\n{FAULT if faulty else ''}", encoding="utf-8")
                said = until_it_waits(process)
                if faulty != ("Nichts veröffentlicht" in said):
                    raise RuntimeError(f"save {number} was not answered:\n{said}")
                held.append(memory(process))
        finally:
            process.kill()
            process.communicate()
    return held


def main() -> int:
    """Runs the saves and prints the memory of the first and the last tenth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saves", type=int, default=200)
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    given = parser.parse_args()
    held = measure(given.content, given.saves)
    tenth = max(len(held) // 10, 1)
    first, last = statistics.median(held[:tenth]), statistics.median(held[-tenth:])
    print(f"{len(held)} saves: {first / 1000:.1f} MB after the first tenth, {last / 1000:.1f} MB at the end")
    print(f"ratio {last / first:.3f}, largest {max(held) / first:.3f}")
    return 0 if max(held[tenth:]) <= ALLOWED * first else 1


if __name__ == "__main__":
    sys.exit(main())
