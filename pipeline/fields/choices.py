"""One of a closed list: shown by its label, read by its label or its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.fields.kind import Single
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, bare, meant, shown, typed
from pipeline.fields.words import Words, words
from schema.vocabulary import Vocabulary

_BETWEEN = re.compile(r"\s*[,;]\s*")
AnyVocabulary = TypeVar("AnyVocabulary", bound=Vocabulary)


@dataclass(frozen=True)
class Choice(Single):
    """One of `vocabulary`. The field's label may stand before it: `Priorität hoch`."""

    vocabulary: type[Vocabulary]

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(item.label for item in self.vocabulary)

    def write(self, value: Vocabulary, names: PlanNames) -> Words:
        return words(value.label)

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        return self._read(" ".join(lines), label)

    def read_several(self, lines: Sequence[str], names: PlanNames, label: str) -> list[str]:
        """A value a line, or several on one with commas between, which a value may have too."""
        return [value for line in lines for value in self._several(line, label)]

    def _several(self, line: str, label: str) -> list[str]:
        try:
            return [self._read(line, label)]
        except Unread:
            pieces = [piece for piece in _BETWEEN.split(typed(line)) if piece]
            if len(pieces) < 2:  # noqa: PLR2004
                raise
            return [self._read(piece, label) for piece in pieces]

    def _read(self, line: str, label: str) -> str:
        """Of „Priorität hoch“ the label goes; of „Stufe 1“ it is part of the value where the values begin with it."""
        text = typed(line)
        if not any(bare(item.label).startswith(bare(label)) for item in self.vocabulary):
            text = re.sub(rf"^{re.escape(label)}:? ", "", text, flags=re.IGNORECASE)
        return choice(text, self.vocabulary, label).value


def choice(text: str, vocabulary: type[AnyVocabulary], name: str) -> AnyVocabulary:
    """One of a closed list by its label or its key; `name` is what the list is called. Raises Unread."""
    if found := _named(text, vocabulary):
        return found
    labels = [item.label for item in vocabulary]
    hint = meant(text, labels)
    if any("," in label for label in labels):
        labels = [f"„{shown(label)}“" for label in labels]
    last = f" oder {labels[-1]}"
    listed = f"möglich sind {', '.join(labels[:-1])}{last}" if labels[1:] else f"möglich ist nur {labels[0]}"
    end = f"{hint} {listed[0].upper()}{listed[1:]}." if hint.endswith("?") else f"; {listed}."
    raise Unread(f"„{typed(text)}“ passt nicht zu „{name}“{end}")


def _named(text: str, vocabulary: type[AnyVocabulary]) -> AnyVocabulary | None:
    """The one of a closed list that has this label or this key, None where none has."""
    wanted = bare(text)
    for item in vocabulary:
        if wanted in map(bare, (item.label, shown(item.label), item.value, item.value.replace("_", " "))):
            return item
    return None
