"""The design of the plan, styles/tokens.json: colours, type, pages, lengths; read in one place for every writer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

STYLES: Final = Path(__file__).resolve().parents[1] / "styles"
"""The folder of templates, style sheets, fonts and tokens."""

DESIGN_FILE: Final = STYLES / "tokens.json"


@cache
def design() -> Mapping[str, Any]:
    """The tokens as they stand in the file, by section; each writer makes its own units of them."""
    read: Mapping[str, Any] = json.loads(DESIGN_FILE.read_text(encoding="utf-8"))
    return read
