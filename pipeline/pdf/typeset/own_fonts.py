"""Nothing in; for a while, a machine that has no fonts but the plan's out.

Pango asks fontconfig for a font where the one that is asked for lacks a character, where a drawing names another one
and, before any other, where a sign has a coloured look. Whatever fonts a machine has would then stand in the plan.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pipeline.design import drawn_fonts
from pipeline.pdf.tokens import tokens

_VARIABLE: Final = "FONTCONFIG_FILE"


@contextmanager
def only_own_fonts() -> Iterator[None]:
    """What reads fontconfig's settings meanwhile finds none of the machine's fonts; those of style sheets are added."""
    families = (tokens().family[name][0] for name in ("sans", "serif", "symbols"))
    before = os.environ.get(_VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fonts.conf"
        rules = f"<fontconfig>{drawn_fonts(*families)}</fontconfig>"
        file.write_text(f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'>{rules}", encoding="utf-8")
        os.environ[_VARIABLE] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ[_VARIABLE]
            else:
                os.environ[_VARIABLE] = before
