"""The faults that `planted_faults.py` plants: each breaks an important behaviour and names tests that should see it."""

from __future__ import annotations

from benchmarks.planted.deciding import DECIDING
from benchmarks.planted.documents import DOCUMENT, PDF, WORD
from benchmarks.planted.inputs import CHECK, CONTENT
from benchmarks.planted.typed import TYPED
from benchmarks.planted.ways import CONSOLE, FILES, WAY_BACK

FAULTS = (
    *(*CONTENT, *CHECK, *DOCUMENT, *PDF, *WORD, *DECIDING),
    *(*WAY_BACK, *TYPED, *FILES, *CONSOLE),
)
