"""Two Word files of our own making in; out: the new one, in which what differs from the old one is a tracked change.

Whoever accepts all changes has the new file, whoever rejects them all the words of the old one, paragraph by paragraph.
Not tracked are the contents list, which follows the headings and is made anew by a key, formats, headers and footers.
"""

from __future__ import annotations

from typing import Final

from pipeline.ooxml.elements import q
from pipeline.ooxml.package import Package
from pipeline.word.redline.blocks import Blocks
from pipeline.word.redline.carried import bring_along, kept_notes, number_apart, pair_notes
from pipeline.word.redline.side import Side
from pipeline.word.redline.tracked import Tracker

_NUMBERED: Final = tuple(map(q, ("bookmarkStart", "ins", "del")))


def redline(old: bytes, new: bytes, author: str, day: str) -> bytes:
    """The redline, the same bytes for the same files. The changes are `author`'s, made on a `day` (ISO)."""
    before, after = Side(number_apart(Package(old))), Side(Package(new))
    pair_notes(before, after)
    highest = max((int(item.get(q("id"), "0")) for item in after.body.iter(*_NUMBERED)), default=0)
    tracker = Tracker(author, f"{day}T00:00:00Z", highest + 100_000)
    blocks = Blocks(before, after, tracker)
    blocks.body()
    for was, now in kept_notes(before, after):
        blocks.closed(was, now)
    bring_along(before, after, blocks.lists)
    return after.package.to_bytes()
