"""Finished pages, measured: nothing is too small, overflows or lies over something else, no page is near empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from pipeline.document.model import Actors
from pipeline.pdf.tokens import tokens
from tests.building import Built
from tests.reading.layout import LaidOut, Word, laid_out, text_sizes
from tests.reading.pdf import walk

POINTS = 72 / 25.4  # a millimetre
SMALLEST = 8.0
SLACK = 1.0  # points that a serif or an italic may stick out
TOUCHING = 0.25  # of the smaller box: descenders and ascenders of tight lines meet
QUARTER = 0.25
HEADING = re.compile("/H[1-6]")
WITHIN = ("/Span", "/Link", "/Reference", "/Lbl")  # parts of a line


@pytest.fixture(params=["shipped", "small", "stress", "tiny"])
def built(request: pytest.FixtureRequest, build_once: Callable[[str], Built]) -> Built:
    """The three plans that all is read back of, and that of one actor and one year."""
    return build_once(request.param)


@cache
def pages_of(file: Path) -> tuple[LaidOut, ...]:
    return tuple(laid_out(file))


def box(page: LaidOut) -> Word:
    """The type area."""
    margins = tokens().page["landscape" if page.width > page.height else "portrait"]
    left, top, right, bottom = (margins[side] * POINTS for side in ("left", "top", "right", "bottom"))
    return Word("", left, top, page.width - right, page.height - bottom)


def body(page: LaidOut) -> Iterator[Word]:
    """What stands in the type area: neither head nor foot nor thumb tab."""
    area = box(page)
    for word in page.words:
        if word.bottom > area.top - SLACK and word.top < area.bottom and word.left < area.right:
            yield word


def test_no_text_is_smaller_than_eight_points(built: Built) -> None:
    with pikepdf.open(built.file(".pdf")) as pdf:
        sizes = [size for page in pdf.pages for size in text_sizes(page)]
    assert len(sizes) > 200
    assert min(sizes) > SMALLEST - 0.01


def test_all_text_keeps_to_the_type_area(built: Built) -> None:
    outside = []
    for number, page in enumerate(pages_of(built.file(".pdf"))[1:], 2):  # the cover has an area of its own
        area = box(page)
        outside += [
            (number, word.text)
            for word in body(page)
            if word.left < area.left - SLACK or word.right > area.right + SLACK or word.bottom > area.bottom + SLACK
        ]
    assert outside == []


def test_the_covers_text_keeps_to_the_page(built: Built) -> None:
    cover = pages_of(built.file(".pdf"))[0]
    assert cover.words
    assert all(word.left > 0 and word.right < cover.width - 10 * POINTS for word in cover.words)


def test_no_words_lie_over_each_other(built: Built) -> None:
    meeting = []
    for number, page in enumerate(pages_of(built.file(".pdf")), 1):
        words = sorted(page.words, key=lambda word: word.top)
        for index, word in enumerate(words):
            for other in words[index + 1 :]:
                if other.top > word.bottom:
                    break
                if word.overlap(other) > TOUCHING:
                    meeting.append((number, word.text, other.text))
    assert meeting == []


def test_every_page_is_filled_to_a_quarter(built: Built) -> None:
    """But for the cover, the last page of a part or an actor's sheet, and the turn to a wide page inside a chapter."""
    pages = pages_of(built.file(".pdf"))
    last = set(last_pages(built)) | {n for n in range(len(pages) - 1) if pages[n].width != pages[n + 1].width}
    short = []
    for number, page in enumerate(pages):
        area = box(page)
        lowest = max((word.bottom for word in body(page)), default=0.0)
        if number not in last and lowest < area.top + QUARTER * (area.bottom - area.top):
            short.append((number + 1, round(lowest)))
    assert short == []


@pytest.mark.parametrize("name", ["shipped", "stress"])
def test_the_plan_at_a_glance_is_one_leaf(build_once: Callable[[str], Built], name: str) -> None:
    """Whatever its names and notes are like: what has no room on its two pages is counted."""
    built = build_once(name)
    entries = zip(built.pdf.outline(), built.pdf.outline_pages(), strict=True)
    parts = [(title, page) for (depth, title), page in entries if depth == 1]
    place = next(at for at, (title, _) in enumerate(parts) if title == "Auf einen Blick")
    assert parts[place + 1][1] - parts[place][1] <= 2


def last_pages(built: Built) -> Iterator[int]:
    """The last page of every part and of every actor's sheet, which is one to hand out; counted from 0."""
    with pikepdf.open(built.file(".pdf")) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        names = pdf.Root.Names.Dests.Names
        found = {str(names[i]): numbers[names[i + 1][0].objgen] for i in range(0, len(names), 2)}
        total = len(pdf.pages)
    for part in built.loaded.document.parts[1:]:
        yield found[part.anchor] - 1
        if isinstance(part, Actors):
            yield from (found[sheet.anchor] - 1 for sheet in part.sheets)
    yield total - 1


def test_no_heading_is_left_alone_at_a_pages_foot(built: Built) -> None:
    """What follows a heading stands on its page; but for the turn to a wide page, which begins with its own heading.

    Nothing follows that of an empty text.
    """
    pages = pages_of(built.file(".pdf"))
    numbers = {page.obj.objgen: index for index, page in enumerate(built.pdf.file.pages)}
    alone, headings = [], 0
    found = [element for element in walk(built.pdf.root) if "/Pg" in element]
    for element, follower in pairwise(item for item in found if str(item.S) not in WITHIN):
        if not HEADING.fullmatch(str(element.S)) or len(element.P.K) == 1:
            continue
        headings += 1
        page, next_page = (numbers[item.Pg.objgen] for item in (element, follower))
        if page != next_page and pages[page].width == pages[next_page].width:
            alone.append((page + 1, built.pdf.text(element)))
    assert headings > 15
    assert alone == []


def test_no_line_of_a_paragraph_is_alone_on_a_page(built: Built) -> None:
    """Neither widows nor orphans: of a paragraph over a page's end there are two lines at least on either side."""
    lines = {page.obj.objgen: baselines(page) for page in built.pdf.file.pages}
    numbers = {page.obj.objgen: index for index, page in enumerate(built.pdf.file.pages, 1)}
    alone = []
    for paragraph in built.pdf.marked("/P"):
        on_page: dict[tuple[int, int], set[float]] = {}
        for page, content in marks(paragraph):
            on_page.setdefault(page, set()).update(lines[page].get(content, ()))
        if len(on_page) > 1:
            alone += [numbers[page] for page, found in on_page.items() if len(found) == 1]
    assert alone == []


def marks(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], int]]:
    """The marked content of an element without that of its notes: page, number."""
    for kid in element.K:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif "/MCID" in kid:
            yield kid.Pg.objgen, int(kid.MCID)
        elif "/S" in kid and kid.S != "/Note":
            yield from marks(kid)


def baselines(page: pikepdf.Page) -> dict[int, set[float]]:
    """How high each marked content has lines, by its number."""
    found: dict[int, set[float]] = {}
    content = -1
    for instruction in pikepdf.parse_content_stream(page):
        if not isinstance(instruction, pikepdf.ContentStreamInstruction):
            continue  # a picture inside the stream
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            content = int(operands[1].MCID)
        elif str(operator) == "Tm":
            found.setdefault(content, set()).add(float(operands[5]))
    return found
