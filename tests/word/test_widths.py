"""Columns of tables are wide enough for what no line break may part, where there is room for it."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn
from lxml import etree

from pipeline.word.look.letters import Letters, width
from pipeline.word.look.styles import margins
from pipeline.word.pages.widths import cells, column_widths, is_turned, needs
from pipeline.word.pages.words import line_count, words_of
from tests.back.trees import par, run, tree
from tests.building import PLANS, Built
from tests.word.reading import words
from tests.word.test_layout import main, tables, value

TABLE = "ZPTabelle"
BESIDE = 8.0  # points
LONGEST = 190.0  # points, some forty letters: a longer word is divided in any column


def rows(*content: tuple[str, ...]) -> list[etree._Element]:
    cells = ("".join(f"<w:tc>{par(run(text), TABLE)}</w:tc>" for text in row) for row in content)
    return list(tree(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>").iter(qn("w:tr")))


def found_widths(table: list[etree._Element], shares: tuple[int, ...], whole: int, *, by_text: bool) -> list[int]:
    return column_widths(needs(table, len(shares), BESIDE), shares, whole, by_text=by_text)


def needed(text: str) -> float:
    return 20 * (width(text, Letters("Plan Sans", 9)) + BESIDE)


def test_a_narrow_column_gets_what_its_longest_word_needs() -> None:
    found = found_widths(rows(("Wirtschaftsförderung", "ja")), (10, 90), 9000, by_text=False)
    assert sum(found) == 9000
    assert needed("Wirtschaftsförderung") <= found[0] < needed("Wirtschaftsförderung") + 40


def test_columns_that_are_wide_enough_keep_their_shares() -> None:
    assert found_widths(rows(("Amt", "ja")), (1, 2), 9000, by_text=False) == [3000, 6000]


def test_where_words_are_too_long_they_give_way_and_amounts_do_not() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    found = found_widths(rows((word, word, word, "1.234.567,89")), (1, 1, 1, 1), 6000, by_text=False)
    assert sum(found) == 6000
    assert found[3] >= needed("1.234.567,89")
    assert max(found[:3]) - min(found[:3]) <= 1


def test_without_shares_the_text_gives_them() -> None:
    short, long = found_widths(rows(("Nr.", "Ein Satz, der mehr Platz braucht.")), (1, 1), 5000, by_text=True)
    assert long > 2 * short
    assert short >= needed("Nr.")


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("ein Wort", 1000.0, 1),
        ("Bau-amt", 20.0, 2),
        ("1.234,56", 10.0, 4),
        ("IHK/HWK ja", 40.0, 2),
        ("", 100.0, 1),
    ],
)
def test_lines_break_where_programs_break_them(text: str, room: float, lines: int) -> None:
    (paragraph,) = tree(par(run(text), TABLE)).iter(qn("w:p"))
    assert line_count(words_of(paragraph), room, room) == lines


def test_no_column_of_any_table_cuts_a_word(built: Built) -> None:
    """But one longer than forty letters, and, in the plan of extremes, where longest words need more than the page."""
    cut = []
    for table, page in tables(main(built)):
        side = 2 * margins(value(table, "tblPr/tblStyle"))[1]
        columns = [int(column.get(qn("w:w"), 0)) / 20 for column in table.iter(qn("w:gridCol"))]
        found = needs(table.findall(qn("w:tr")), len(columns), side)
        assert found.fit(page) or built.content == PLANS["stress"]
        for cell, start, span in cells(table.findall(qn("w:tr"))):
            room = sum(columns[start : start + span]) - side + 0.1
            for paragraph in () if is_turned(cell) else cell.findall(qn("w:p")):
                wide = [word for word in words_of(paragraph) if room < word.width < LONGEST]
                cut += [words(paragraph) for word in wide if found.fit(page)]
    assert cut == []
