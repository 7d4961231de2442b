"""Structure elements of a typeset part as values: what tagging makes, the cache keeps and the binder writes.

They are kept apart from the part's PDF, since a PDF library takes about two kilobytes of memory for each of them, and
a plan with thousands of measures has hundreds of thousands.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Mark = Sequence[int]  # marked content: its page within the fragment, and its number there


@dataclass(slots=True, eq=False)
class Element:
    """A structure element, known by its place in the list of all.

    `kids`: places of elements, marked content, and links as the negative of their key in the parent tree, which is
    never 0. `said` holds Lang, Alt, ID, ActualText, `attributes` what goes to /A, both by their names in PDF. One that
    `continues` goes on with the last element of the unit before.
    """

    place: int
    tag: str
    page: int
    parent: int
    kids: list[int | Mark] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    related: list[int] = field(default_factory=list)
    continues: bool = False

    def last_mark(self) -> int:
        """The number of the last marked content on the page on which the element begins. Raises IndexError."""
        return [kid[1] for kid in self.kids if not isinstance(kid, int) and kid[0] == self.page][-1]


def packed(elements: Iterable[Element]) -> bytes:
    """The elements as a few bytes."""
    rows = [
        [item.tag, item.page, item.parent, item.kids, item.said, item.attributes, item.related, item.continues]
        for item in elements
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), level=1)


def unpacked(data: bytes) -> Sequence[Element]:
    """The elements that `packed` was given."""
    return [
        Element(place, tag, page, parent, kids, said, attributes, related, continues)
        for place, (tag, page, parent, kids, said, attributes, related, continues) in enumerate(
            json.loads(zlib.decompress(data))
        )
    ]
