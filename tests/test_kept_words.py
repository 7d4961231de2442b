"""Words that nobody touched stay as they were written, whatever a document shows of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.merge.markdown.kept_words import change_words
from pipeline.text.kept_words import SourceWord, Words, Written, found_in, with_words


@pytest.mark.parametrize(
    ("source", "before", "after", "result"),
    [
        ('Sagt "ja"\n z.B. heute.', "Sagt „ja“ z.B. heute.", "Sagt „ja“ z.B. morgen.", 'Sagt "ja"\n z.B. morgen.'),
        ("eins zwei\ndrei", "eins zwei drei", "eins drei", "eins\ndrei"),
        ("eins\nzwei drei", "eins zwei drei", "eins drei", "eins\ndrei"),
        ("eins\nzwei\ndrei", "eins zwei drei", "eins drei", "eins\ndrei"),
        ("eins\nzwei", "eins zwei", "eins neu zwei", "eins\nneu zwei"),
        ("eins\nzwei\n", "eins zwei", "eins zwei drei", "eins\nzwei drei\n"),
        ("eins\nzwei", "eins zwei", "neu eins zwei", "neu eins\nzwei"),
        ("eins\nzwei", "eins zwei", "zwei", "zwei"),
        ("eins\nzwei", "eins zwei", "eins", "eins"),
        ("*a* *b*\nc d", "*a b* c d", "*a b* c e", "*a* *b*\nc e"),
        ("*a* *b*\nc d", "*a b* c d", "*x b* c d", "*x b*\nc d"),
        ("eins {#anker} zwei", "eins zwei", "eins zwei drei", "eins {#anker} zwei drei"),
        ("eins {#anker} zwei", "eins zwei", "eins neu zwei", "eins neu zwei"),
        ("eins zwei", "eins nur gelesen zwei", "eins nur gelesen drei", "eins nur gelesen drei"),
        ("", "", "neu", "neu"),
    ],
)  # fmt: skip
def test_markdown(source: str, before: str, after: str, result: str) -> None:
    assert change_words(source, before, after) == result


def test_a_space_that_means_something_else_is_written_anew() -> None:
    words = ["eins", "zwei"]
    written = [Written(0, 1, 0, 4), Written(1, 2, 7, 11)]
    before, after = Words(words, ["", " ", ""]), Words(words, ["", "\n", ""])
    assert with_words("eins   zwei", written, before, before) == "eins   zwei"
    assert (
        with_words("eins   zwei", written, before, after, space=lambda space: space.replace("\n", "\\n"))
        == "eins\\nzwei"
    )


def test_words_that_are_read_otherwise_belong_together() -> None:
    source = [SourceWord("a", 0, 1), SourceWord("z.B.", 2, 6), SourceWord("b", 7, 8)]
    assert found_in(source, ["a", "z.", "B.", "b"]) == [Written(0, 1, 0, 1), Written(1, 3, 2, 6), Written(3, 4, 7, 8)]
    assert found_in(source[1:2], ["x"], one_by_one=True) == [Written(0, 1, 2, 6)]
    assert found_in(source[:1], ["a", "nirgends"]) == [Written(0, 2, 0, 1)]


WORDS = st.lists(st.sampled_from(["eins", "zwei", "drei", "vier", "fünf"]), min_size=1, max_size=8)


@given(WORDS, WORDS, st.lists(st.sampled_from([" ", "  ", "\n", " \n  "]), min_size=8, max_size=8))
def test_the_result_reads_what_it_shall(old: list[str], new: list[str], gaps: list[str]) -> None:
    source = "".join(word + gap for word, gap in zip(old, gaps, strict=False))
    places = [SourceWord(match[0], *match.span()) for match in re.finditer(r"\S+", source)]
    found = found_in(places, old)
    assert with_words(source, found, Words.spaced(old), Words.spaced(old)) == source
    assert with_words(source, found, Words.spaced(old), Words.spaced(new)).split() == new
