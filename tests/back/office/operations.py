"""Operations as data in, done in a document that is open in LibreOffice. Runs in LibreOffice's own Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Operations:
    """One open document in the hands of an editor."""

    def __init__(self, document: Any, dispatcher: Any) -> None:
        self.document, self.dispatcher = document, dispatcher
        self.view = document.getCurrentController()

    def edit(self, operations: Sequence[Sequence[str]]) -> None:
        """A method's name and its arguments each."""
        for name, *arguments in operations:
            getattr(self, name)(*arguments)
