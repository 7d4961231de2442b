"""What an SVG's elements use in, how much it becomes out: a small drawing can grow into an enormous one.

Ten groups that each show the one before ten times make ten thousand millions of elements out of a file of some lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(%|[a-z]*)\s*", re.IGNORECASE)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
_LETTER = 16.0  # pixels that are assumed for lengths in sizes of letters
_SMALL = (300.0, 150.0)  # pixels of a drawing that says nothing about its size (CSS 2, 10.3.2)


def area(attributes: Mapping[str, str]) -> float:
    """The square pixels a drawing fills, by the attributes of its root; sides not named follow from the view box.

    At 96 pixels an inch, 100 mm by 50 mm are 71,424. With the view box `0 0 200 100`, a width of 400 alone makes
    80,000; with neither width nor height it is the box itself, 20,000.
    """
    width, height = (_pixels(attributes.get(name, "")) for name in ("width", "height"))
    box = [abs(float(found[1])) for found in _LENGTH.finditer(attributes.get("viewBox", "").replace(",", " "))]
    box_width, box_height = box[2:4] if len(box) == 4 and all(box[2:4]) else _SMALL  # noqa: PLR2004
    if width is None and height is None:
        width = box_width
    if width is None:
        width = (height or 0) * box_width / box_height
    if height is None:
        height = width * box_height / box_width
    return width * height


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    if found is None or found[2] == "%":
        return None
    return abs(float(found[1])) * _PIXELS.get(found[2].lower(), _LETTER)


@dataclass
class _Element:
    """An element: the numbers of those inside it, and the IDs of those it shows from elsewhere."""

    children: list[int] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)


class Weights:
    """Elements as they come; how many there are if each is counted as often as it is used."""

    def __init__(self) -> None:
        self._elements: list[_Element] = []
        self._open: list[int] = []
        self._by_id: dict[str, int] = {}

    def begin(self, identifier: str) -> None:
        """An element begins inside those that are open."""
        number = len(self._elements)
        self._elements.append(_Element())
        if self._open:
            self._elements[self._open[-1]].children.append(number)
        self._open.append(number)
        if identifier:
            self._by_id.setdefault(identifier, number)

    def refer(self, identifier: str) -> None:
        """The innermost open element uses another one."""
        self._elements[self._open[-1]].uses.append(identifier)

    def end(self) -> None:
        """The innermost open element ends."""
        self._open.pop()

    def total(self) -> float:
        """The whole's elements; infinite where something uses itself."""
        weights: dict[int, float] = {}
        begun: set[int] = set()
        pending = [0] if self._elements else []
        while pending:
            number = pending[-1]
            parts = self._parts(number)
            missing = [part for part in parts if part not in weights]
            if not missing:
                weights[number] = 1 + sum(weights[part] for part in parts)
                pending.pop()
            elif number in begun:
                return float("inf")  # a part of it is still waiting for itself
            else:
                begun.add(number)
                pending.extend(missing)
        return weights.get(0, 0)

    def _parts(self, number: int) -> list[int]:
        element = self._elements[number]
        return element.children + [self._by_id[name] for name in element.uses if name in self._by_id]
