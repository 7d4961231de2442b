"""`check` is for authors who save and look: it starts fast and leaves the typesetters alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = "import click, yaml, markdown_it, rapidfuzz, pydantic.json_schema; from pydantic import BaseModel, Field"
MOST = 2.9  # of the time that importing them takes
HEAVY = {"weasyprint", "pikepdf", "pypandoc", "lxml", "rich"}


def seconds(*arguments: str) -> float:
    """Seconds of the processor that a process takes: those on the clock say what else the machine does."""
    begin = os.times()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    end = os.times()
    return end.children_user + end.children_system - begin.children_user - begin.children_system


def test_check_imports_nothing_heavy() -> None:
    script = (
        "import runpy, sys\n"
        "sys.argv = ['build.py', 'check', '--quiet']\n"
        "try:\n"
        "    runpy.run_path('build.py', run_name='__main__')\n"
        "except SystemExit as end:\n"
        "    print(end.code, *sorted(name.partition('.')[0] for name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    exit_code, *modules = result.stdout.split()
    assert exit_code == "0", result.stderr
    assert "pydantic" in modules
    assert HEAVY.isdisjoint(modules)


def test_check_takes_little_more_than_the_libraries_it_cannot_do_without() -> None:
    """2.5 to 2.7 of what importing those takes, with a Python built as usual and with Debian's own alike, and with some
    40 kinds of mistakes looked for in every text and value. Importing a typesetter alone takes 2.5 to 3.3 of it.
    """
    checks, imports = [], []
    for _ in range(12):  # the best of each, taken in turns: other work on the machine only ever adds
        checks.append(seconds("build.py", "check"))
        imports.append(seconds("-c", NEEDED))
        if len(checks) > 2 and min(checks) <= MOST * min(imports):
            break
    assert min(checks) <= MOST * min(imports)
