"""Blocks fill pages as a word processor fills them."""

from __future__ import annotations

from pipeline.word.pages.blocks import Block
from pipeline.word.pages.flow import page_numbers
from pipeline.word.tokens import Page

PAGE = Page(1000, 2400, 200, 100, 200, 100)  # 100 points of text, in twentieths
TEN = Block(1, 10.0)


def opened(*blocks: Block) -> list[Block]:
    """A document of these blocks, each named by its place; the first begins a page."""
    named = [block._replace(names=(str(place),)) for place, block in enumerate(blocks)]
    return [named[0]._replace(opens=PAGE), *named[1:]]


def pages(*blocks: Block) -> list[int]:
    return list(page_numbers(opened(*blocks)).values())


def test_what_does_not_fit_goes_onto_the_next_page() -> None:
    assert pages(*[TEN] * 12) == [1] * 10 + [2] * 2


def test_what_begins_a_page_does_so() -> None:
    assert pages(TEN, TEN._replace(opens=PAGE), TEN) == [1, 2, 2]


def test_a_heading_goes_with_what_follows() -> None:
    heading = TEN._replace(kept=True, whole=True)
    assert pages(*[TEN] * 9, heading, TEN) == [1] * 9 + [2, 2]


def test_a_chain_longer_than_a_page_begins_one_and_is_broken() -> None:
    kept = TEN._replace(kept=True, whole=True)
    assert pages(TEN, *[kept] * 14, TEN) == [1] + [2] * 10 + [3] * 5


def test_a_paragraph_leaves_two_lines_at_least_on_either_page() -> None:
    long = Block(5, 10.0)
    assert pages(*[TEN] * 7, long, TEN) == [1] * 8 + [2]
    assert pages(*[TEN] * 9, long) == [1] * 9 + [2]


def test_a_row_on_a_new_page_stands_below_the_head() -> None:
    row = TEN._replace(whole=True, head=20.0)
    assert pages(*[row] * 10, *[row] * 8, TEN) == [1] * 10 + [2] * 8 + [3]


def test_footnotes_take_their_room() -> None:
    assert pages(TEN._replace(notes=20.0), *[TEN] * 8) == [1] * 7 + [2] * 2


def test_a_row_higher_than_a_page_goes_on_over_the_next() -> None:
    row = Block(1, 250.0, whole=True)
    assert pages(TEN, row, TEN) == [1, 2, 4]
