"""Texts: a line as it was typed, and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.fields.kind import Kind, Single
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import typed
from pipeline.fields.words import Words, words


class Text(Single):
    """A line of text. What is shown has its microtypography; what is read has what a person types instead."""

    def write(self, value: str, names: PlanNames) -> Words:
        return words(value)

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        return typed(" ".join(lines))


class Markdown(Kind):
    """Markdown. Documents typeset it and its edits come back block by block; shown as one line it stays unparsed."""

    def show(self, value: Any, names: PlanNames) -> tuple[Words, ...]:
        return (words(" ".join(value.split())),) if value else ()
