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


def has_size(attributes: Mapping[str, str]) -> bool:
    """Whether a drawing says how large it is: by its view box, or by width and height that are no shares of a page."""
    box = _LENGTH.findall(attributes.get("viewBox", "").replace(",", " "))
    sides = (_pixels(attributes.get(name, "")) for name in ("width", "height"))
    return len(box) == 4 or all(sides)  # noqa: PLR2004


def corners(attributes: Mapping[str, str]) -> int:
    """At how many points of a line a marker may stand, at most: of `d="M0 0h1h1"` four numbers."""
    return max(1, sum(len(_LENGTH.findall(attributes.get(name, ""))) for name in ("d", "points")))


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    if found is None or found[2] == "%":
        return None
    return abs(float(found[1])) * _PIXELS.get(found[2].lower(), _LETTER)


@dataclass
class _Element:
    """An element: the numbers of those inside it, and the IDs of those it shows from elsewhere, and how often.

    `corners`: how many points its line has, at which markers may stand.
    """

    corners: int = 1
    children: list[int] = field(default_factory=list)
    uses: list[tuple[str, bool]] = field(default_factory=list)


class Weights:
    """Elements as they come; how many there are if each is counted as often as it is used."""

    def __init__(self) -> None:
        self._elements: list[_Element] = []
        self._open: list[int] = []
        self._by_id: dict[str, int] = {}

    def begin(self, identifier: str, corners: int = 1) -> None:
        """An element begins inside those that are open."""
        number = len(self._elements)
        self._elements.append(_Element(corners))
        if self._open:
            self._elements[self._open[-1]].children.append(number)
        self._open.append(number)
        if identifier:
            self._by_id.setdefault(identifier, number)

    def refer(self, identifier: str, *, as_marker: bool = False) -> None:
        """The innermost open element uses another one, as a marker at each corner of its line.

        Where it has no line itself the markers are those of whatever lines there are in the drawing.
        """
        self._elements[self._open[-1]].uses.append((identifier, as_marker))

    def end(self) -> None:
        """The innermost open element ends."""
        self._open.pop()

    def total(self) -> float:
        """The whole's elements; infinite where something uses itself."""
        weights: dict[int, float] = {}
        corners = sum(element.corners for element in self._elements)
        begun: set[int] = set()
        pending = [0] if self._elements else []
        while pending:
            number = pending[-1]
            parts = self._parts(number)
            missing = [part for part in parts if part not in weights]
            if not missing:
                element = self._elements[number]
                own = element.corners if element.corners > 1 else corners
                used = sum(weights[part] * (own if marks else 1) for part, marks in self._used(element))
                weights[number] = 1 + sum(weights[part] for part in element.children) + used
                pending.pop()
            elif number in begun:
                return float("inf")  # a part of it is still waiting for itself
            else:
                begun.add(number)
                pending.extend(missing)
        return weights.get(0, 0)

    def _parts(self, number: int) -> list[int]:
        element = self._elements[number]
        return element.children + [part for part, _ in self._used(element)]

    def _used(self, element: _Element) -> list[tuple[int, bool]]:
        return [(self._by_id[name], marks) for name, marks in element.uses if name in self._by_id]
