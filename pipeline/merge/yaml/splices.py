"""A text and what is to replace stretches of it in, the text with these replaced out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class Unspliceable(Exception):  # noqa: N818 - a finding about the content on its way, like YamlFault
    """A change that cannot be made without touching what it must not; line and column count from 1, 0 for none."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


@dataclass(frozen=True)
class Splice:
    """`text` goes where the stretch from `start` to `end` stands; of two at one place the first comes first."""

    start: int
    end: int
    text: str


Splices = list[Splice]


def spliced(text: str, splices: Iterable[Splice], start: int = 0, end: int | None = None) -> str:
    """The stretch of the text from `start` to `end` with the splices made, which lie inside and do not overlap."""
    parts: list[str] = []
    place = start
    for splice in sorted(splices, key=lambda item: (item.start, item.end)):
        if splice.start < place:
            raise AssertionError("splices overlap")
        parts += [text[place : splice.start], splice.text]
        place = splice.end
    return "".join([*parts, text[place:end]])
