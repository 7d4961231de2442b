"""SVG → PNG in the plan's fonts, for Word, whose older versions show no SVG. Only here rsvg-convert is run."""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
import zlib
from html import escape
from pathlib import Path
from typing import Final

from pipeline.budget.deadline import overdue
from pipeline.budget.limits import DRAWING
from pipeline.design import STYLES, drawn_fonts
from pipeline.errors import MissingToolError, RenderingError
from pipeline.word.tokens import tokens

_ZOOM: Final = 3  # 96 pixels an inch in SVG → 288 in print
_PIXELS_A_METRE: Final = round(96 * _ZOOM / 0.0254)
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER_END: Final = len(_SIGNATURE) + 25  # the header chunk has always 25 bytes


def png_from_svg(name: str, content: bytes) -> bytes:
    """The picture as PNG of the same size on paper. `name` is for messages.

    Raises MissingToolError where rsvg-convert is not there, RenderingError where it fails or says anything.
    """
    program = shutil.which("rsvg-convert")
    if program is None:
        raise MissingToolError("rsvg-convert fehlt, das Bilder für Word umwandelt; bitte `sh setup.sh` ausführen.")
    with tempfile.TemporaryDirectory() as folder:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(_font_configuration(folder), encoding="utf-8")
        try:
            done = subprocess.run(
                [program, f"--zoom={_ZOOM}", "--format=png"],
                input=content,
                capture_output=True,
                timeout=DRAWING.most,
                env={"FONTCONFIG_FILE": str(fonts), "HOME": folder, "LC_ALL": "C.UTF-8"},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise overdue(DRAWING, "Umwandeln für Word", name) from error
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode or said:
        raise RenderingError(f"{name}: Das Bild ließ sich nicht umwandeln; gemeldet wird: {said or done.returncode}")
    from pipeline.pictures.drawn import lighter  # noqa: PLC0415 - many plans have no drawing

    return _with_resolution(lighter(done.stdout))


def _font_configuration(cache: str) -> str:
    """Only the plan's fonts, so that a picture looks the same on every machine."""
    aliases = "".join(
        f"<alias binding='same'><family>{family}</family><accept><family>{real}</family></accept></alias>"
        for family, real in tokens().families.items()
    )
    return (
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<dir>{escape(str(STYLES / 'fonts'))}</dir><cachedir>{escape(cache)}</cachedir>{aliases}"
        f"{drawn_fonts(*tokens().families.values())}</fontconfig>"
    )


def _with_resolution(png: bytes) -> bytes:
    """Say in the PNG how many pixels make a metre; without it every reader assumes another size.

    The chunk `pHYs` must come before the picture's data and is put right behind the header.
    """
    body = b"pHYs" + struct.pack(">IIB", _PIXELS_A_METRE, _PIXELS_A_METRE, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:_HEADER_END] + chunk + png[_HEADER_END:]
