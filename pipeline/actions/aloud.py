"""Reading a PDF aloud: what a screen reader makes of it, as lines of German text."""

from __future__ import annotations

from pathlib import Path


def read_aloud(place: Path) -> tuple[str, ...]:
    """The lines for a PDF, or for the only one in a folder.

    Raises FileAccessError if it cannot be read or has no tags.
    """
    from pipeline.aloud import read_tree, speak

    return tuple(speak(read_tree(place)))
