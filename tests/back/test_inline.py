"""What somebody types is text, also where Markdown would take a line for something else."""

from __future__ import annotations

import pytest

from pipeline.merge.markdown.blocks import reads
from pipeline.merge.markdown.inline import guarded, plain_text
from pipeline.merge.markdown.source_text import SourceText

SIGNS = ["---", "--", "- x", "+ x", "# x", "> x", ">x", ">>>>>>> b", "1. x", "1) x", ": x", "::: {x}"]


@pytest.mark.parametrize("typed", SIGNS)
def test_a_paragraph_that_begins_with_a_sign_stays_a_paragraph(typed: str) -> None:
    (leaf,) = SourceText(guarded(typed)).flow
    assert leaf.kind == "paragraph"
    assert reads(guarded(typed)) == typed


@pytest.mark.parametrize("typed", [*SIGNS, "===", "="])
def test_so_does_a_line_behind_a_break(typed: str) -> None:
    text = f"Wort\\\n{typed}"
    (leaf,) = SourceText(guarded(text)).flow
    assert leaf.kind == "paragraph"
    assert reads(guarded(text)) == text


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200e", "\u200f", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_are_left_out(unseen: str) -> None:
    assert plain_text(f"{unseen}Wo{unseen}rt{unseen}") == "Wort"


def test_signs_that_change_what_is_seen_stay_to_be_told() -> None:
    assert plain_text("\u202eWo\u200drt") == "\u202eWo\u200drt"


def test_what_is_no_sign_gets_none() -> None:
    text = "-x #y 1.5\\\n=x -5\\\nx - y > z"
    assert guarded(text) == text
