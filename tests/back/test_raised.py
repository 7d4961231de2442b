"""What stands above or below the line, boxes and bare addresses: out of Word and back again, whatever stands beside."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.merge.docx.reading import _with_task
from pipeline.merge.docx.runs import _nested, _Piece
from pipeline.merge.markdown.blocks import reads
from pipeline.merge.markdown.inline import inline_markdown
from pipeline.merge.markdown.kept_words import change_words
from pipeline.merge.markdown.said import said
from pipeline.text.markdown import parse
from pipeline.text.nodes import Inline, Node
from tests.back.test_links import NAMES, read_back
from tests.tiers import examples

WORDS = st.text(alphabet=st.sampled_from("ab2 )(<>[]\"'\\*_`~!^&;#|ä.:/-="), max_size=8)
BESIDE = st.sampled_from(
    ("https://x.de", "www.x.de/a", "https://x.de/~a", "www.x", "https:", " ", "(", ")", ".", "*", "~~")
)


def piece(words: str, *formats: str, target: str = "") -> _Piece:
    return _Piece(target, formats, Node("text", text=words))


def shown(*pieces: _Piece) -> Inline:
    """Runs of a paragraph as Word has them."""
    return _nested(pieces)


RUNS = st.lists(st.builds(piece, WORDS) | st.builds(piece, WORDS, st.sampled_from(("sub", "sup"))), max_size=5)
BARE = st.lists(
    st.builds(piece, WORDS | BESIDE)
    | BESIDE.map(lambda words: piece(words, target=words if "://" in words else "https://www.x.de/a")),
    max_size=5,
)


@given(RUNS | BARE)
@example([piece("a~"), piece("b", "sub"), piece("~")])
@example([piece("~5 % und ~6")])
@example([piece("a^", "sup"), piece("^ ^b")])
@example([piece("https://x.de~~https://x.de")])
@settings(max_examples=examples(400))
def test_whatever_stands_beside_it_reads_back(pieces: list[_Piece]) -> None:
    content = shown(*pieces)
    assert read_back(content) == said(content, NAMES)


@pytest.mark.parametrize(
    ("pieces", "written"),
    [
        ((piece("H"), piece("2", "sub"), piece("O")), "H~2~O"),
        ((piece("12 m"), piece("2", "sup"), piece(".")), "12 m^2^."),
        ((piece("m", "strong"), piece("2", "strong", "sup")), "**m^2^**"),
        ((piece("x"), piece("a b ", "sup"), piece("y")), "x^a\\ b^ y"),
        ((piece("~5 % von 2^10, a ~ b"),), "~5 % von 2^10, a ~ b"),
        ((piece("von ~5 bis ~7"),), "von ~5 bis ~7"),
        ((piece("a~b~c und x^2^"),), "a\\~b\\~c und x\\^2\\^"),
        ((piece("Seite https://x.de/a_b."),), "Seite https://x.de/a_b."),
        ((piece("Seite "), piece("https://x.de", target="https://x.de/"), piece(", dort")), "Seite https://x.de, dort"),
        ((piece("https://x.de", target="https://x.de"), piece("a")), "<https://x.de>a"),
        ((piece("www.x.de", target="https://www.x.de"), piece("-Seite")), "[www.x.de](https://www.x.de)-Seite"),
        ((piece("www.x.de", target="https://y.de"),), "[www.x.de](https://y.de)"),
        ((piece("https://x.de", "strong", target="https://x.de"),), "**https://x.de**"),
    ],
)
def test_it_is_written_as_people_write_it(pieces: tuple[_Piece, ...], written: str) -> None:
    assert inline_markdown(shown(*pieces), NAMES) == written


@pytest.mark.parametrize(
    ("source", "after", "written"),
    [
        ("Das H~2~O hier", "Das H~2~O dort", "Das H~2~O dort"),
        ("Mehr <https://x.de> hier", "Mehr https://x.de dort", "Mehr <https://x.de> dort"),
        ("Mehr https://x.de  hier", "Mehr https://x.de/a hier", "Mehr https://x.de/a  hier"),
        ("[ ]  offen", "[x] offen", "[x]  offen"),
        ("[X] ja", "[x] nein", "[X] nein"),
        ("☐ offen", "[ ] zu", "☐ zu"),
    ],
)
def test_the_words_beside_it_stay_as_they_were_typed(source: str, after: str, written: str) -> None:
    (block,) = parse(f"- {source}").blocks
    before = inline_markdown(block.children[0].children[0].children, NAMES)
    assert change_words(source, before, after) == written


def test_a_box_is_a_task_only_where_a_list_has_it() -> None:
    content = (Node("text", text="☑ erledigt"),)
    assert inline_markdown(_with_task(content), NAMES) == "[x] erledigt"
    assert reads("[x] erledigt") == "\\[x\\] erledigt"
    assert inline_markdown(content, NAMES) == "☑ erledigt"
