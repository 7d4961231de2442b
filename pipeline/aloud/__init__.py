"""A finished PDF in, what a screen reader makes of it out, as German text: to be read by whoever checks the order."""

from __future__ import annotations

from pipeline.aloud.speech import speak
from pipeline.aloud.tree import read_tree

__all__ = ["read_tree", "speak"]
