"""A finished PDF in, what a screen reader makes of it out, as German text: to be read by whoever checks the order."""

from __future__ import annotations

from pipeline.aloud.read_tags import read_tree
from pipeline.aloud.speech import speak

__all__ = ["read_tree", "speak"]
