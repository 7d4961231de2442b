"""`python -m tests.mistakes`: writes what the terminal shows today; look at the difference afterwards."""

from __future__ import annotations

from tests.mistakes import GOLDEN, terminal

GOLDEN.write_text(terminal(), encoding="utf-8")
