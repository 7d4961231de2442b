"""The blocks of two Word files in, those of the new one out with what differs as tracked changes.

Blocks are compared inside the section that they stand in, so that a measure is held against itself: a section begins
with a paragraph that has a bookmark of its own, as every heading has.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from pipeline.ooxml.bookmarks import MARK_PREFIX, hidden
from pipeline.ooxml.elements import Element, inner, paragraph_style, q, remove, w
from pipeline.text.in_order import in_order
from pipeline.text.likeness import ITEM, PARAGRAPH
from pipeline.text.sequences import stretches
from pipeline.word.redline import paragraphs
from pipeline.word.redline.pieces import words_of
from pipeline.word.redline.side import Side
from pipeline.word.redline.tracked import Change, Tracker

_PARAGRAPH, _TABLE, _ROW, _CELL, _BOOKMARK = (q(name) for name in ("p", "tbl", "tr", "tc", "bookmarkStart"))
_BLOCKS: Final = (_PARAGRAPH, _TABLE)
_OWN_MARK: Final = hidden(MARK_PREFIX)
_CONTENTS: Final = "TOC"  # what the styles of its lines begin with
_THE_SAME: Final = 2.0  # a likeness above any that follows from words


class Blocks:
    """Compares blocks of two files; the new one's are changed in place."""

    def __init__(self, old: Side, new: Side, tracker: Tracker) -> None:
        self._old, self._new, self._tracker = old, new, tracker
        self._keys: dict[Element, Hashable] = {}
        self.lists: dict[str, str] = {}  # the old file's lists that are one with a list of the new file

    def body(self) -> None:
        """Gives the new file's body all that both have; of the contents list it has its own."""
        old = [item for item in self._old.body if item.tag in _BLOCKS and not _is_entry(item)]
        new = [item for item in self._new.body if item.tag in _BLOCKS]
        _refill(self._new.body, list(self._sections(old, new)), _BLOCKS)

    def closed(self, old: Element, new: Element) -> None:
        """Gives a cell or a note what both have; its last paragraph cannot go, so its end is no change.

        What comes behind all that is still there takes the end of that: of "a" that became "a", "b" the end of "a" is
        new, and that of "b" is the one that was there.
        """
        gone, come = old.findall(_PARAGRAPH), new.findall(_PARAGRAPH)
        keys = ([self._key(item, self._old) for item in gone], [self._key(item, self._new) for item in come])
        steps = list(in_order(gone, come, keys, self._likeness))
        last = max((place for place, step in enumerate(steps) if None not in step), default=-1)
        made = [self._block(step, gone, come) for step in steps[: last + 1]]
        left = [gone[at] for at, _ in steps[last + 1 :] if at is not None]
        added = [come[other] for _, other in steps[last + 1 :] if other is not None]
        if left and added:
            made += [self._whole(item, Change.DELETED) for item in left[:-1]]
            made += [self._whole(item, Change.INSERTED) for item in added[:-1]]
            paragraphs.revise(left[-1], added[-1], (self._old, self._new), self._tracker)
            made.append(added[-1])
        else:
            change = Change.DELETED if left else Change.INSERTED
            for item in left or added:
                self._tracker.end(made[-1], change)
                made.append(self._whole(item, change, end=False))
        _refill(new, made, (_PARAGRAPH,))

    # --- sections -----------------------------------------------------------------------------------------------------

    def _sections(self, old: Sequence[Element], new: Sequence[Element]) -> Iterator[Element]:
        before, after = _cut(old), _cut(new)
        for stretch in stretches([name for name, _ in before], [name for name, _ in after]):
            sections = before[stretch.start : stretch.end], after[stretch.first : stretch.last]
            if stretch.same:
                for (_, one), (_, other) in zip(*sections, strict=True):
                    yield from self._apart(self._compared(one, other))
            else:
                one, other = (list(chain.from_iterable(blocks for _, blocks in side)) for side in sections)
                steps = [*((at, None) for at in range(len(one))), *((None, at) for at in range(len(other)))]
                yield from self._apart([self._block(step, one, other) for step in steps])

    def _compared(self, old: Sequence[Element], new: Sequence[Element]) -> list[Element]:
        keys = ([self._key(item, self._old) for item in old], [self._key(item, self._new) for item in new])
        steps = list(in_order(old, new, keys, self._likeness))
        named = {
            place: _names(old[gone]) & _names(new[come])
            for place, ((gone, came), (went, come)) in enumerate(pairwise(steps))
            if came is None and went is None and gone is not None and come is not None
        }
        made = [self._block(step, old, new) for step in steps]
        for place, names in named.items():
            _mark_both(made[place], made[place + 1], names)
        return made

    def _block(self, step: tuple[int | None, int | None], old: Sequence[Element], new: Sequence[Element]) -> Element:
        gone, come = (None if at is None else blocks[at] for at, blocks in zip(step, (old, new), strict=True))
        if gone is None or come is None:
            return self._whole(gone, Change.DELETED) if gone is not None else self._whole(come, Change.INSERTED)  # type: ignore[arg-type]
        self._one_list(gone, come)
        if self._key(gone, self._old) != self._key(come, self._new):
            self._revise(gone, come)
        return come

    def _one_list(self, old: Element, new: Element) -> None:
        numbers = [inner(item, "pPr", "numPr", "numId") for item in (old, new)]
        if None not in numbers:
            was, now = (item.get(q("val"), "") for item in numbers if item is not None)
            self.lists.setdefault(was, now)

    def _apart(self, blocks: Sequence[Element]) -> Iterator[Element]:
        """A table that is gone and one that came in its place would be one: between them stands a paragraph that
        neither file has.
        """
        before: Element | None = None
        for block in blocks:
            if before is not None and before.tag == block.tag == _TABLE:
                between = w("p")
                for change in Change:
                    self._tracker.end(between, change)
                yield between
            yield block
            before = block

    # --- a block ------------------------------------------------------------------------------------------------------

    def _key(self, block: Element, side: Side) -> Hashable:
        if block not in self._keys:
            self._keys[block] = self._key_made(block, side)
        return self._keys[block]

    def _key_made(self, block: Element, side: Side) -> Hashable:
        if block.tag == _PARAGRAPH:
            return paragraphs.key_of(block, side)
        return tuple(self._row_key(row, side) for row in block.findall(_ROW))

    def _row_key(self, row: Element, side: Side) -> Hashable:
        return tuple(
            (_span(cell), *(self._key(item, side) for item in cell.findall(_PARAGRAPH))) for cell in row.findall(_CELL)
        )

    def _likeness(self, old: Element, new: Element) -> float:
        if old.tag != new.tag:
            return 0.0
        if old.tag == _TABLE:
            return self._table_likeness(old, new)
        if paragraphs.form_of(old, self._old) != paragraphs.form_of(new, self._new):
            return 0.0
        return _THE_SAME if _names(old) & _names(new) else paragraphs.likeness(old, new)

    def _table_likeness(self, old: Element, new: Element) -> float:
        if _width(old) != _width(new):
            return 0.0
        if _marks(old) & _marks(new):
            return _THE_SAME
        found = PARAGRAPH.likeness(words_of(old), words_of(new))
        heads = (
            self._row_key(*side) for side in ((old.findall(_ROW)[0], self._old), (new.findall(_ROW)[0], self._new))
        )
        one, other = heads
        return found if found >= PARAGRAPH.at_least or (found and one == other) else 0.0

    def _whole(self, block: Element, change: Change, *, end: bool = True) -> Element:
        side = self._old if change is Change.DELETED else self._new
        if block.tag == _PARAGRAPH:
            return block if _is_entry(block) else paragraphs.whole(block, side, self._tracker, change, end=end)
        made = copy.deepcopy(block)
        rows = [self._whole_row(row, change) for row in block.findall(_ROW)]
        _refill(made, rows, (_ROW,))
        return made

    def _whole_row(self, row: Element, change: Change) -> Element:
        made = copy.deepcopy(row)
        for cell, origin in zip(made.findall(_CELL), row.findall(_CELL), strict=True):
            _refill(cell, [self._whole(item, change) for item in origin.findall(_PARAGRAPH)], (_PARAGRAPH,))
        self._tracker.row(made, change)
        return made

    def _revise(self, old: Element, new: Element) -> None:
        if new.tag == _PARAGRAPH:
            paragraphs.revise(old, new, (self._old, self._new), self._tracker)
            return
        before, after = old.findall(_ROW), new.findall(_ROW)
        keys = ([self._row_key(row, self._old) for row in before], [self._row_key(row, self._new) for row in after])
        made = []
        for at, other in in_order(before, after, keys, _row_likeness):
            if at is None or other is None:
                row, change = (before[at], Change.DELETED) if at is not None else (after[other], Change.INSERTED)  # type: ignore[index]
                made.append(self._whole_row(row, change))
                continue
            for cells in zip(before[at].findall(_CELL), after[other].findall(_CELL), strict=True):
                self.closed(*cells)
            made.append(after[other])
        _refill(new, made, (_ROW,))


def _row_likeness(old: Element, new: Element) -> float:
    """Rows of as many cells, each as wide: the same by their mark, else alike by their letters."""
    if [_span(cell) for cell in old.findall(_CELL)] != [_span(cell) for cell in new.findall(_CELL)]:
        return 0.0
    if _marks(old) & _marks(new):
        return _THE_SAME
    found = ITEM.likeness(words_of(old), words_of(new))
    return found if found >= ITEM.at_least else 0.0


def _cut(blocks: Sequence[Element]) -> list[tuple[str, list[Element]]]:
    """The blocks in sections, each with the bookmark that it begins with; the first has none."""
    found: list[tuple[str, list[Element]]] = [("", [])]
    for block in blocks:
        names = _names(block) if block.tag == _PARAGRAPH else frozenset[str]()
        if names and not _is_entry(block):
            found.append((min(names), []))
        found[-1][1].append(block)
    return found


def _is_entry(block: Element) -> bool:
    """Whether it belongs to the contents list."""
    return block.tag == _PARAGRAPH and paragraph_style(block).startswith(_CONTENTS)


def _names(block: Element) -> frozenset[str]:
    """The bookmarks that are no marks of the way back."""
    names = (item.get(q("name"), "") for item in block.iter(_BOOKMARK))
    return frozenset(name for name in names if not name.startswith(_OWN_MARK))


def _mark_both(gone: Element, come: Element, names: Collection[str]) -> None:
    """Lets bookmarks begin in the paragraph that goes, which end in the one that comes: whichever stays has them.

    A heading that is one of another level is gone and new; references to it lead there, whatever is decided.
    """
    for start in [item for item in come.iter(_BOOKMARK) if item.get(q("name")) in names]:
        remove(start)
        gone.insert(1 if inner(gone, "pPr") is not None else 0, start)


def _marks(block: Element) -> frozenset[str]:
    """The marks of the way back: of a row of the data it names the entity and the field."""
    names = (item.get(q("name"), "") for item in block.iter(_BOOKMARK))
    return frozenset(name for name in names if name.startswith(_OWN_MARK))


def _width(table: Element) -> int:
    grid = inner(table, "tblGrid")
    return 0 if grid is None else len(grid)


def _span(cell: Element) -> str:
    found = inner(cell, "tcPr", "gridSpan")
    return "1" if found is None else found.get(q("val"), "1")


def _refill(holder: Element, made: Sequence[Element], tags: tuple[str, ...]) -> None:
    """Other blocks in the place of those with these tags; what comes before and behind them stays."""
    old = [at for at, child in enumerate(holder) if child.tag in tags]
    behind = list(holder)[old[-1] + 1 :] if old else []
    for child in [child for child in holder if child.tag in tags]:
        holder.remove(child)
    holder.extend(made)
    holder.extend(behind)  # one by one at their places would take thousands of steps each
