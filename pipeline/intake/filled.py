"""What a form that came back says: which form it is, and what stands in each field, by the field's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TEXTS_ALONE: Final = "bitte Bilder und Anlagen getrennt schicken und nur Text eintragen"
NO_FORM: Final = "Das ist keines der Formulare, die „forms“ schreibt"
FILL_AGAIN: Final = "bitte das Formular noch einmal ausfüllen"


@dataclass(frozen=True)
class Filled:
    """A form's name and its answers, a line each; remarks are German sentences on what was left alone."""

    form: str
    answers: Mapping[str, str]
    remarks: tuple[str, ...] = ()
