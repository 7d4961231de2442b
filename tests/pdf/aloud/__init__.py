"""`python -m tests.pdf.aloud`: writes down how the small plan sounds today; look at the difference afterwards."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).with_name("small.txt")
