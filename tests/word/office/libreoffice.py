"""A DOCX in, what LibreOffice makes of it out: a PDF, or the DOCX saved again. Only the tests know this program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

TIME_LIMIT = 300  # seconds
PROGRAMS = ("soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def missing() -> str:
    """Why nothing can be converted, as the reason of a skip; '' if it can."""
    if program():
        return ""
    return (
        "LibreOffice fehlt (Debian: apt-get install --no-install-recommends libreoffice-writer-nogui). "
        "Ob die Word-Datei sich dort öffnen und speichern lässt, ist nicht geprüft."
    )


def program() -> str:
    """The LibreOffice to use; '' if there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


def convert(source: Path, ending: str, folder: Path) -> Path:
    """The file that LibreOffice writes into the folder."""
    (written,) = convert_all([source], ending, folder)
    return written


def convert_all(sources: Sequence[Path], ending: str, folder: Path) -> list[Path]:
    """The files that LibreOffice writes into the folder. Its settings are new ones, so no open window is in the way."""
    target = folder / ending
    profile = (folder / "profile").as_uri()
    done = subprocess.run(
        [
            program(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            target,
            *sources,
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
    )
    written = [target / f"{source.stem}.{ending}" for source in sources]
    assert all(path.is_file() for path in written), done.stdout + done.stderr
    return written
