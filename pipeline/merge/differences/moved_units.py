"""The units of an edited file that stand elsewhere than before among all others."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.merge.diff.order import kept_order
from pipeline.merge.differences.align_units import Pairs

# What belongs to a text counts a little less. Of a paragraph and a table made from the data that changed places either
# may have been moved. A table cannot be written back, so the edit would be refused; a paragraph can: it was the one.
_TEXT, _OTHER = 2, 3


def wandered(owner: Sequence[str], pairs: Pairs) -> frozenset[int]:
    """The edited units that do not stand where they stood; `owner`: the text of each unit of the base, '' for none."""
    places = sorted(pairs.base_of)
    order = [pairs.base_of[index] for index in places]
    kept = set(kept_order(order, [_TEXT if owner[index] else _OTHER for index in order]))
    return frozenset(index for at, index in enumerate(places) if at not in kept)


def blocks(wandering: frozenset[int], pairs: Pairs) -> list[list[int]]:
    """Of units that wandered those together that still follow each other as they did.

    A heading with its two paragraphs that somebody moved to the end is told as one block, and not as three.
    """
    found: list[list[int]] = []
    for index in sorted(wandering):
        last = found[-1][-1] if found else None
        if last == index - 1 and pairs.base_of[last] == pairs.base_of[index] - 1:
            found[-1].append(index)
        else:
            found.append([index])
    return found
