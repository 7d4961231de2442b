"""What is told of edits that nothing is taken from: with the links that are new, a table row by row."""

from __future__ import annotations

import pytest

from pipeline.merge.differences.align_units import align
from pipeline.merge.differences.generated import generated_edits, told_text
from pipeline.merge.markdown.units import CellUnit, Unit
from pipeline.merge.sources import Sources

ADDRESS = "https://example.org"


def paragraph(markdown: str, plain: str) -> Unit:
    return Unit("paragraph", markdown, plain=plain)


@pytest.mark.parametrize(
    ("markdown", "plain", "told"),
    [
        (
            f"Der [Rat]({ADDRESS}) der Stadt tagt im Mai",
            "Der Rat der Stadt tagt im Mai",
            f"Der [Rat]({ADDRESS}) der Stadt tagt im Mai (Absatz)",
        ),
        (
            f"Der [Rat]({ADDRESS}) der Stadt tagt im Mai oft",
            "Der Rat der Stadt tagt im Mai oft",
            f"Der Rat der Stadt tagt im Mai oft\n[Rat]({ADDRESS})",
        ),
        (
            "Der [Rat](#rat) der Stadt tagt im Mai oft",
            "Der Rat der Stadt tagt im Mai oft",
            "Der Rat der Stadt tagt im Mai oft",
        ),
    ],
)
def test_where_a_new_link_leads_is_told(markdown: str, plain: str, told: str) -> None:
    before, after = (
        [paragraph("Der Rat der Stadt tagt im Mai", "Der Rat der Stadt tagt im Mai")],
        [paragraph(markdown, plain)],
    )
    edits = generated_edits(before, after, align(before, after), Sources({}))
    assert [edit.after for edit in edits] == [told]


def test_a_link_that_was_there_is_not_told_with_new_words() -> None:
    before = [paragraph(f"Der [Rat]({ADDRESS}) der Stadt tagt im Mai", "Der Rat der Stadt tagt im Mai")]
    after = [paragraph(f"Der [Rat]({ADDRESS}) der Stadt tagt im Mai oft", "Der Rat der Stadt tagt im Mai oft")]
    edits = generated_edits(before, after, align(before, after), Sources({}))
    assert [edit.after for edit in edits] == ["Der Rat der Stadt tagt im Mai oft"]


def test_a_paragraph_that_reads_the_same_is_the_same() -> None:
    """All of "Stadtsportbund" became a link: nothing was taken away, and nothing is new."""
    before = [paragraph(name, name) for name in ("Rat", "Stadtsportbund", "Amt")]
    after = [before[0], paragraph(f"[Stadtsportbund]({ADDRESS}/wer-wir-sind)", "Stadtsportbund"), before[2]]
    assert align(before, after).base_of == {0: 0, 1: 1, 2: 2}


def test_a_table_is_told_row_by_row() -> None:
    rows = [("Kosten", "Dauer"), ("Nebenkosten", "**drei** Monate")]
    table = Unit("table", rows=tuple(tuple(CellUnit((text,), (text,), ()) for text in row) for row in rows))
    assert table.key_text == "Kosten | Dauer\nNebenkosten | **drei** Monate"


def test_a_new_paragraph_is_told_with_its_links() -> None:
    assert told_text(paragraph(f"Mehr [hier]({ADDRESS})", "Mehr hier")) == f"Mehr hier\n[hier]({ADDRESS})"


def test_a_cell_is_told_with_what_its_row_and_its_column_are_called() -> None:
    def rows(letter: str) -> Unit:
        shown = [["Nr.", "Maßnahme", "Amt", "Werk"], ["1.1.2", "Läden", "F", letter]]
        cells = (tuple(CellUnit((text,), (text,), ()) for text in row) for row in shown)
        return Unit("table", rows=tuple(cells))

    before, after = [rows("")], [rows("M")]
    (edit,) = generated_edits(before, after, align(before, after), Sources({}))
    assert (edit.before, edit.after, edit.row, edit.column) == ("", "M", "1.1.2 Läden", "Werk")
    assert edit.whole == ("1.1.2 | Läden | F | ", "1.1.2 | Läden | F | M")
