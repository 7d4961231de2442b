"""Checking a plan: what is wrong with a content folder, without building anything."""

from __future__ import annotations

from pathlib import Path

from pipeline.outcome import Outcome, Progress
from pipeline.run import examine


def check(content: Path, progress: Progress, *, strict: bool = False, built: Path | None = None) -> Outcome:
    """Everything found in the folder. `strict`: the outcome counts warnings as errors; `built`: the folder of the last
    build, if what is new since then is to be told.

    Raises FileAccessError where the folder cannot be read.
    """
    return examine(content, progress, strict=strict, built=built).outcome
