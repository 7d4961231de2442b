"""Checking a plan: what is wrong with a content folder, without building anything."""

from __future__ import annotations

from pathlib import Path

from pipeline.outcome import Outcome, Progress
from pipeline.run import examine


def check(content: Path, progress: Progress, *, strict: bool = False) -> Outcome:
    """Everything found in the folder. `strict`: the outcome counts warnings as errors.

    Raises FileAccessError where the folder cannot be read.
    """
    return examine(content, progress, strict=strict).outcome
