"""A conflict and the sources as every file left them in; whose version stands there out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.merge.sources import Sources
from pipeline.merge.threeway import MOVED, SourceConflict

History = Sequence[tuple[str, Sources]]
"""The sources before any file under the name '', then the sources after each file, under its name."""


def whose(conflict: SourceConflict, history: History) -> str:
    """The file since which the sources say what contradicts, '' where they said so before any."""
    now = _said(conflict, history[-1][1])
    since = len(history) - 1
    while since and _said(conflict, history[since - 1][1]) == now:
        since -= 1
    return history[since][0]


def _said(conflict: SourceConflict, sources: Sources) -> object:
    """What sources say of what a conflict is about; of a text how often the lines are there that stand or are gone."""
    text = sources.texts.get(conflict.name)
    if text is not None and conflict.name.endswith(".md"):
        if conflict.ours.startswith(MOVED):
            return text.text
        return f"\n{text.text}".count(f"\n{conflict.ours or conflict.base}")
    entity, _, key = conflict.name.rpartition("/")
    found = sources.entities.get(entity)
    return None if found is None else found.data.get(key)
