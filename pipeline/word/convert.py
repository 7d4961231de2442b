"""HTML + reference document → a DOCX as pandoc writes it. The only module that runs pandoc."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from pipeline.budget.deadline import overdue
from pipeline.budget.limits import CONVERTING
from pipeline.errors import MissingToolError, RenderingError

# A limit, above what the largest plan takes; from 2 % of it on, memory is tidied in place: 400 measures take 0.9 GB
# and not 1.3, 1,100 take 2.4.
_MEMORY: Final = ("-M8g", "-c2")


def convert(html: str, reference: bytes) -> bytes:
    """The DOCX of a page of HTML.

    Sandboxed, pandoc reads no file but those named on its command line: pictures travel inside the page. Raises
    RenderingError where pandoc fails, warns or takes too long, MissingToolError where it is not there.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.docx"
        path.write_bytes(reference)
        return _run(
            "--sandbox",
            # `epub_html_exts` for notes, which HTML has no element for; identifiers only where the templates give one.
            "--from=html+epub_html_exts-auto_identifiers",
            "--to=docx",
            "--syntax-highlighting=none",
            f"--reference-doc={path}",
            "--output=-",
            given=html.encode(),
        )


def default_reference() -> bytes:
    """pandoc's own reference document. Raises MissingToolError where pandoc is not there."""
    return _run("--print-default-data-file=reference.docx")


def _run(*arguments: str, given: bytes = b"") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        # An empty data folder: what a person keeps for pandoc in the home folder must not change the plan.
        command = [_pandoc(), f"--data-dir={folder}", *arguments, "+RTS", *_MEMORY, "-RTS"]
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, timeout=CONVERTING.most, cwd=folder, env={}, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise overdue(CONVERTING, "Umwandeln durch pandoc", "Word-Datei") from error
        except OSError as error:
            raise MissingToolError(_MISSING) from error
    # A warning counts as failure: pandoc warns where it leaves something out, a picture for instance, and goes on.
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode or said:
        raise RenderingError(f"Die Word-Datei ließ sich nicht bauen; pandoc meldet: {said or done.returncode}")
    return done.stdout


_MISSING: Final = "Pandoc fehlt, das die Word-Datei schreibt; bitte `sh setup.sh` ausführen."


def _pandoc() -> str:
    """The pandoc of the wheel, never another one that happens to be on the path."""
    try:
        import pypandoc  # noqa: PLC0415  (only when a DOCX is built: `check` must not pay for it)
    except ImportError as error:
        raise MissingToolError(_MISSING) from error
    path = Path(pypandoc.__file__).parent / "files" / "pandoc"
    if not path.is_file():
        raise MissingToolError(_MISSING)
    return str(path)
