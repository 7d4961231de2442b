"""One of a closed list: shown by its label, read by its label or its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.fields.kind import Single
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, bare, meant, typed
from pipeline.fields.words import Words, words
from schema.vocabulary import Vocabulary

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
        text = re.sub(rf"^{re.escape(label)}:? ", "", typed(" ".join(lines)), flags=re.IGNORECASE)
        return choice(text, self.vocabulary, label).value


def choice(text: str, vocabulary: type[AnyVocabulary], name: str) -> AnyVocabulary:
    """One of a closed list by its label or its key; `name` is what the list is called. Raises Unread."""
    wanted = bare(text)
    for item in vocabulary:
        if wanted in (bare(item.label), item.value, item.value.replace("_", " ")):
            return item
    labels = [item.label for item in vocabulary]
    hint = meant(text, labels)
    listed = "möglich sind " + ", ".join(labels[:-1]) + f" oder {labels[-1]}"
    end = f"{hint} {listed[0].upper()}{listed[1:]}." if hint.endswith("?") else f"; {listed}."
    raise Unread(f"„{typed(text)}“ passt nicht zu „{name}“{end}")
