"""Edits as data in, the Word files that LibreOffice saved after making them out. Only the tests know this program."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from pipeline.ooxml.elements import q
from pipeline.ooxml.package import Package
from tests.word.office import libreoffice

ROOT = Path(__file__).resolve().parents[3]
TIME_LIMIT = 1800  # seconds, for all jobs together
PYTHONS = ("/usr/bin/python3", "python3", "/Applications/LibreOffice.app/Contents/Resources/python")


@dataclass(frozen=True)
class Job:
    """A Word file, what is to be done in it, whether changes are tracked, where it is saved."""

    source: str
    operations: tuple[tuple[str, ...], ...]
    tracked: bool
    target: str


def missing() -> str:
    """Why nothing can be edited in LibreOffice, as the reason of a skip; '' if it can."""
    if reason := libreoffice.missing():
        return reason
    if python():
        return ""
    return (
        "LibreOffices Verbindung zu Python fehlt (Debian: apt-get install --no-install-recommends python3-uno). "
        "Ob in LibreOffice gemachte Änderungen zurückkommen, ist nicht geprüft."
    )


@cache
def python() -> str:
    """A Python that can speak to LibreOffice; '' if there is none."""
    for name in PYTHONS:
        try:
            subprocess.run([name, "-c", "import uno"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return name
    return ""


def type_all(jobs: Sequence[Job], folder: Path) -> dict[int, str]:
    """Does all jobs in one LibreOffice; why a job could not be done, by its number."""
    listed, pipe = folder / "jobs.json", f"typist-{uuid4().hex}"
    listed.write_text(json.dumps([asdict(job) for job in jobs]), encoding="utf-8")
    profile = (folder / "profile").as_uri()
    office = subprocess.Popen(
        [
            libreoffice.program(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        done = subprocess.run(
            [python(), "-m", "tests.back.office.typist", listed, pipe],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
        )
    finally:
        office.terminate()
        office.wait()
    assert done.returncode == 0, done.stderr
    return {int(number): reason for number, reason in json.loads(done.stdout).items()}


def without_fonts(data: bytes) -> bytes:
    """A Word file without the fonts inside, which take most of the time to open and to save."""
    package = Package(data)
    for font in package.tree("word/fontTable.xml").findall(q("font")):
        for child in [child for child in font if "embed" in str(child.tag)]:
            font.remove(child)
    fonts = [name for name in package.parts if name.startswith("word/fonts/")]
    for name in [*fonts, "word/_rels/fontTable.xml.rels"]:
        package.parts.pop(name)
    return package.to_bytes()
