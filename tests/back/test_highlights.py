"""Passages that somebody marked with colour are told like comments, one a passage."""

from __future__ import annotations

from pipeline.merge.docx.highlights import highlighted
from tests.back.trees import MARK, bookmark, par, run, tree

YELLOW = '<w:highlight w:val="yellow"/>'


def test_neighbouring_runs_are_one_passage_with_its_place() -> None:
    body = par(bookmark() + run("Der Rat ") + run("beschließt ", YELLOW) + run("alles", YELLOW) + run(" im Mai."))
    body += par(run("Sofort", '<w:highlight w:val="none"/>') + run(" ", YELLOW))
    (found,) = highlighted([tree(body)])
    assert (found.words, found.mark) == ("beschließt alles", MARK)
    assert found.text == "Diese Stelle ist farbig hervorgehoben."


def test_those_of_two_paragraphs_are_two() -> None:
    body = par(run("Eins", YELLOW)) + par(run("Zwei", YELLOW))
    assert [found.words for found in highlighted([tree(body)])] == ["Eins", "Zwei"]
