"""Blocks in, the page that each begins on out, as a word processor fills pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.word.look.stylesheet import TWIPS_A_POINT
from pipeline.word.pages.blocks import Block

_FEWEST: Final = 2  # lines of a paragraph at the end and at the beginning of a page
_ABOVE_NOTES: Final = 10.0  # points for the line above a page's notes and the space around it


def page_numbers(blocks: Sequence[Block]) -> Mapping[str, int]:
    """The page of every bookmark, the first being 1."""
    pages = _Pages()
    found: dict[str, int] = {}
    for chain in _chains(blocks):
        for block, page in pages.placed(chain):
            found.update(dict.fromkeys(block.names, page))
    return found


def _chains(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that stay with each other; a block that begins a page begins a chain."""
    chain: list[Block] = []
    for block in blocks:
        if chain and (not chain[-1].kept or block.opens):
            yield chain
            chain = []
        chain.append(block)
    if chain:
        yield chain


class _Pages:
    """The page that is being filled: its number and height, how much of it is used, and the space below that."""

    def __init__(self) -> None:
        self._number, self._height = 0, 0.0
        self._used = self._below = self._notes = 0.0

    def placed(self, chain: Sequence[Block]) -> Iterator[tuple[Block, int]]:
        """Puts a chain onto this page or the next, its blocks with their pages."""
        opens = chain[0].opens
        if opens is not None:
            self._height = (opens.height - opens.top - opens.bottom) / TWIPS_A_POINT
            self._turn()
        elif not self._fits(chain) and self._used > 0:  # LibreOffice does so also where no page has room for all of it
            self._turn(chain[0].head)
        for block in chain:
            yield block, self._put(block)

    def _turn(self, head: float = 0.0) -> None:
        self._number, self._used, self._below, self._notes = self._number + 1, head, 0.0, 0.0

    def _fits(self, chain: Sequence[Block]) -> bool:
        notes = sum(block.notes for block in chain)
        above = _ABOVE_NOTES if notes and not self._notes else 0.0
        return self._used + _least(chain, self._below) + notes + above <= self._room()

    def _room(self) -> float:
        return self._height - self._notes

    def _put(self, block: Block) -> int:
        """Puts a block down, its lines over as many pages as they need; the page of its first line."""
        if self._used > 0 and self._used + _least([block], self._below) > self._room():
            self._turn(block.head)
        self._used += max(self._below, block.before)
        page, left = self._number, block.lines
        while not block.whole and self._used + left * block.line > self._room():
            fit = int((self._room() - self._used) // block.line)
            if left - fit < _FEWEST:
                fit = left - _FEWEST
            if fit < 1:
                break
            left -= fit
            self._turn()
        self._used, self._below = self._used + left * block.line, block.after
        while self._used > max(self._height, 1.0):  # a row that is higher than a page goes on over the next
            self._number, self._used = self._number + 1, self._used - self._height + block.head
        if block.notes:
            self._notes += block.notes + (0.0 if self._notes else _ABOVE_NOTES)
        return page


def _least(chain: Sequence[Block], below: float) -> float:
    """How much room a chain needs at least: all of it, but of its last block only the first lines.

    Between two blocks the larger of the spaces below the first and above the second counts.
    """
    *others, last = chain
    total = 0.0
    for block in others:
        total += max(below, block.before) + block.height
        below = block.after
    lines = last.lines if last.whole or last.lines <= 2 * _FEWEST - 1 else _FEWEST
    return total + max(below, last.before) + lines * last.line
