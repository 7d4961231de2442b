"""A typeset part as a value: what a worker returns, what the cache keeps, what the binder joins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Stands where a page number will be printed; the binder writes the number over it. As many digits as a plan has
# pages at the most, so that nothing moves.
PAGE_PLACEHOLDER = "0000"
PAGE_KEY = "PlanPage"  # marks the annotation of such a link inside a fragment


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
    """A part typeset alone: its PDF, its number of pages, where its anchors are, its part of the outline."""

    pdf: bytes
    pages: int
    anchors: Mapping[str, Place]
    bookmarks: tuple[Bookmark, ...]
