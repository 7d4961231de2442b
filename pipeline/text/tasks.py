"""The boxes that items of a list of tasks begin with: how they are typed, how they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

OPEN: Final = "☐"
DONE: Final = "☑"
OPEN_SIGNS: Final = ("[ ]", OPEN)
TYPED: Final[Mapping[str, str]] = MappingProxyType({OPEN: "[ ]", DONE: "[x]"})
"""How Markdown has each box."""
# `[ ] offen`, `[x] erledigt`, and the boxes themselves, as they are copied from a document.
TASK: Final = re.compile(rf"(\[[ xX]\]|{OPEN}|{DONE})[ \t\u00a0]+(?=\S)")
