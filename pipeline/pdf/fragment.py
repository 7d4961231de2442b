"""A typeset part and the bound whole as values: what workers return, the cache keeps and the binder joins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

# Stands where a page number will be printed; the binder writes the number over it. As many digits as a plan has
# pages at the most, so that nothing moves.
PAGE_PLACEHOLDER = "0000"
# Mark the annotation of such a link inside a fragment: how the number is aligned, and the marked content it stands in.
PAGE_KEY, PAGE_MARK = "PlanPage", "PlanMark"


@dataclass(frozen=True)
class Place:
    """A point: page within the fragment, counted from 0; x and y in points from the page's lower left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline with what is below it."""

    label: str
    place: Place
    children: tuple[Bookmark, ...]


@dataclass(frozen=True)
class Fragment:
    """A part typeset alone: its PDF, its number of pages, where its anchors are, its part of the outline, its tags.

    `structure` has the structure elements, packed (`structure.py`); the PDF has marked content only.
    """

    pdf: bytes
    pages: int
    anchors: Mapping[str, Place]
    bookmarks: tuple[Bookmark, ...]
    structure: bytes

    def to_bytes(self) -> bytes:
        """A line of JSON, then the structure, then the PDF."""
        anchors = {name: astuple(place) for name, place in self.anchors.items()}
        bookmarks = [astuple(mark) for mark in self.bookmarks]
        head = json.dumps([self.pages, anchors, bookmarks, len(self.structure)])
        return head.encode() + b"\n" + self.structure + self.pdf

    @classmethod
    def from_bytes(cls, data: bytes) -> Fragment:
        """What `to_bytes` made."""
        head, _, rest = data.partition(b"\n")
        pages, anchors, bookmarks, length = json.loads(head)
        places = {name: Place(*place) for name, place in anchors.items()}
        return cls(rest[length:], pages, places, tuple(_bookmark(mark) for mark in bookmarks), rest[:length])


@dataclass(frozen=True)
class Bound:
    """The bound PDF and its number of pages."""

    pdf: bytes
    pages: int

    def to_bytes(self) -> bytes:
        """A line with the number of pages, then the PDF."""
        return b"%d\n" % self.pages + self.pdf

    @classmethod
    def from_bytes(cls, data: bytes) -> Bound:
        """What `to_bytes` made."""
        pages, _, pdf = data.partition(b"\n")
        return cls(pdf, int(pages))


def _bookmark(mark: tuple[str, tuple[Any, ...], list[Any]]) -> Bookmark:
    label, place, children = mark
    return Bookmark(label, Place(*place), tuple(_bookmark(child) for child in children))
