"""Every kind of part becomes HTML on its own, with proper headings and tables."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pipeline.document.model import Chapter, Matrix, Part
from pipeline.errors import RenderingError
from pipeline.pdf.html import document_html, part_html
from pipeline.text.nodes import Node
from tests.pdf.prose import paragraph, text
from tests.pdf.sample import Size, sample

PARTS = sample().parts
HEADING = re.compile(r"<h([1-6])")


def every_part_class(part: type[Part] = Part) -> set[type[Part]]:
    return {part, *(below for child in part.__subclasses__() for below in every_part_class(child))}


def test_the_sample_has_every_kind_of_part() -> None:
    assert {type(part) for part in PARTS} == every_part_class() - {Part}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.anchor)
def test_a_part_stands_alone(part: Part) -> None:
    html = part_html(part)
    assert html.count("<section") == html.count("</section>")
    assert f'id="{part.anchor}"' in html
    assert not re.search(r"\{\{|\{%|Undefined", html)


def test_headings_have_no_gaps() -> None:
    levels = [int(level) for level in HEADING.findall(document_html(sample()))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_embedded_part_begins_below_its_chapter() -> None:
    chapter = next(part for part in PARTS if part.kind == "chapter")
    html = part_html(chapter)
    assert html.count("<h1") == 1
    assert 'class="part part-schedule level-2 embedded wide"' in html


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.anchor)
def test_header_cells_say_what_they_head(part: Part) -> None:
    html = part_html(part)
    assert len(re.findall(r"<th\b", html)) == len(re.findall(r"<th scope=", html))
    assert html.count("<table") == html.count("<colgroup>")


def test_matrix_shows_each_role_once() -> None:
    matrix = next(part for part in sample(Size(actors=7)).parts if isinstance(part, Matrix))
    rows = [row for group in matrix.groups for row in group.rows]
    held = re.findall(r'<td class="held[^"]*">(?:<span[^>]*>)?([FEMI]?)(?:</span>)?</td>', part_html(matrix))
    assert held == [letter for row in rows for letter in row.roles]


def test_text_is_escaped() -> None:
    html = part_html(Chapter("x", "<script>", (paragraph('"<b>&'),)))
    assert "<script>" not in html
    assert "&#34;&lt;b&gt;&amp;" in html


def test_an_unknown_kind_of_text_is_refused() -> None:
    unknown = Node("blink", children=text("a"))  # type: ignore[arg-type]  # what no type checker lets pass
    with pytest.raises(RenderingError, match="blink"):
        part_html(Chapter("x", "X", (Node("paragraph", children=(unknown,)),)))
