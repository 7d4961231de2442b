"""HTML + reference document + pictures → a DOCX as pandoc writes it. The only module that runs pandoc."""

from __future__ import annotations

import base64
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from markupsafe import escape

from pipeline.errors import MissingToolError, RenderingError
from pipeline.word.raster import png_from_svg

_TIME_LIMIT: Final = 600  # seconds
# A limit; from 5 % of it on, memory is tidied in place: 400 measures take 0.9 GB and not 1.3.
_MEMORY: Final = ("-M3g", "-c5")
_MEDIA_TYPES: Final = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def convert(html: str, reference: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The DOCX of a page of HTML whose pictures' addresses are keys of `pictures` (bytes of SVG, PNG, JPEG, GIF).

    Raises RenderingError where pandoc fails, warns or takes too long, MissingToolError where it is not there.
    """
    for name in sorted(pictures):
        address = f'src="{escape(name)}"'
        # Sandboxed, pandoc reads no file but those named on its command line: pictures travel inside the page.
        if address in html:
            html = html.replace(address, f'src="{_data_address(name, pictures[name])}"')
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


def _data_address(name: str, content: bytes) -> str:
    if name.lower().endswith(".svg"):  # not by its bytes: a photo may carry any text, a drawing any coding
        content = png_from_svg(name, content)
    for start, media_type in _MEDIA_TYPES.items():
        if content.startswith(start):
            return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
    raise RenderingError(
        f"{name}: Das Bildformat ist unbekannt; möglich sind SVG, PNG, JPEG und GIF. Bitte das Bild umwandeln."
    )


def _run(*arguments: str, given: bytes = b"") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        # An empty data folder: what a person keeps for pandoc in the home folder must not change the plan.
        command = [_pandoc(), f"--data-dir={folder}", *arguments, "+RTS", *_MEMORY, "-RTS"]
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, timeout=_TIME_LIMIT, cwd=folder, env={}, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise RenderingError(
                f"Die Word-Datei ist nach {_TIME_LIMIT // 60} Minuten nicht fertig; bitte den Inhalt verkleinern."
            ) from error
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
