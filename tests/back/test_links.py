"""What comes out of Word is written so that it reads back: whatever a link leads to, whatever stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.merge.docx.runs import _nested, _Piece
from pipeline.merge.markdown.blocks import written_lines
from pipeline.merge.markdown.inline import Names, guarded, inline_markdown
from pipeline.merge.markdown.pipe_tables import new_table
from pipeline.merge.markdown.said import Said, plainly, said
from pipeline.merge.markdown.units import CellUnit, Unit
from pipeline.text.markdown import parse
from pipeline.text.markdown_parser import address
from pipeline.text.nodes import Inline, Node
from tests.tiers import examples

NAMES = Names({}, lambda _: "a")
SIGNS = st.text(alphabet=st.sampled_from("ab )(<>[]\"'\\*_`~!^&;#|äß.:/-1{}=+%"), max_size=12)
TARGETS = st.builds(str.__add__, st.sampled_from(("https://x.de/", "https://", "#", "mailto:")), SIGNS)


def linked(words: str, target: str) -> Inline:
    """Words with a link as Word has them, '' for none."""
    return _nested([_Piece(target, (), Node("text", text=words))])


def read_back(content: Inline) -> tuple[Said, ...]:
    """What a reader sees of running text once it is written into a source and parsed; () if it is no paragraph."""
    blocks = parse(guarded(inline_markdown(content, NAMES))).blocks
    return said(blocks[0].children, NAMES) if [block.kind for block in blocks] == ["paragraph"] else ()


PIECES = st.lists(
    st.builds(_Piece, TARGETS | st.just(""), st.just(()), SIGNS.map(lambda words: Node("text", text=words)))
)


@given(PIECES)
@settings(max_examples=examples(400))
def test_whatever_links_lead_to_and_stands_beside_them_reads_back(pieces: list[_Piece]) -> None:
    content = _nested(pieces[:4])
    assert read_back(content) == said(content, NAMES)


@given(TARGETS)
@example("https://:::")
@example("https://x.de::?a:b::")
@example("https://x.de::1")
@example("https://1:1:11")
@example("https://[::1")
@example("https://[::1]:\u0661")
@example("https://x.de: ")
@example("https://x.de:\n")
@example("//1:1:11")
@example("mailto::::")
@example("mailto:1:1111:11")
@settings(max_examples=examples(200))
def test_an_address_reads_the_same_however_often_it_was_written(target: str) -> None:
    assert address(address(target)) == address(target)


@pytest.mark.parametrize(
    ("target", "read"),
    [
        ("https://x.de/ä b", "https://x.de/%C3%A4%20b"),
        ("https://x.de::/", "https://x.de/"),
        ("https://x.de::1", "https://x.de:1"),
        ("https://1:1:11", "https://1%3A1:11"),
        ("https://x.de;a:b:c", "https://x.de;a:b:c"),
        ("https://[v1.fe80::a]:80/", "https://[v1.fe80::a]:80/"),
        ("https://x.de/?u=https://y.de::/", "https://x.de/?u=https://y.de::/"),
        ("mailto:x?u=http://y:1:2", "mailto:x?u=http://y:1:2"),
        ("urn:x://a:b:c", "urn:x://a:b:c"),
        ("https://u:p@x.de:80/", "https://u:p@x.de:80/"),
        ("https://[::1]:80/a:b", "https://[::1]:80/a:b"),
        ("mailto:a@x.de", "mailto:a@x.de"),
    ],
)
def test_what_an_address_reads_as(target: str, read: str) -> None:
    assert address(target) == read


PREPARED = "https://x.de/) **FETT** [Z](https://evil.de"


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("https://x.de/a)b", r"https://x.de/a\)b"),
        ("https://x.de/(a)", r"https://x.de/\(a\)"),
        ("https://x.de/ä b", "https://x.de/%C3%A4%20b"),
        ('https://x.de/<"\\>', "https://x.de/%3C%22%5C%3E"),
        ("https://x.de/\na", "https://x.de/%0Aa"),
        ("https://x.de:::/a", "https://x.de/a"),
        ("https://x.de/?a=1&lt;b", r"https://x.de/?a=1\&lt;b"),
        ("#M1.1) **x**", "#M1.1%29%20**x**"),
        (PREPARED, r"https://x.de/\)%20**FETT**%20%5BZ%5D\(https://evil.de"),
    ],
)
def test_an_address_is_written_so_that_it_ends_nowhere_else(target: str, written: str) -> None:
    content = linked("Wort", target)
    assert inline_markdown(content, NAMES) == f"[Wort]({written})"
    assert read_back(content) == said(content, NAMES)


@pytest.mark.parametrize(("before", "written"), [("Halt!", r"Halt\![a](#x)"), ("2^", r"2\^[a](#x)")])
def test_a_sign_before_a_link_makes_nothing_else_of_it(before: str, written: str) -> None:
    content = (Node("text", text=before), *linked("a", "#x"))
    assert inline_markdown(content, NAMES) == written
    assert read_back(content) == said(content, NAMES)


def test_a_link_that_ends_early_is_seen() -> None:
    """In Markdown both are `[a](https://x.de/a)b)`, were it not for the backslash."""
    whole = linked("a", "https://x.de/a)b")
    broken = (*linked("a", "https://x.de/a"), Node("text", text="b)"))
    assert said(whole, NAMES) != said(broken, NAMES)


@pytest.mark.parametrize("typed", ['Er sagt "ja".', "Wie geht's?", "z.B. 10 % -- 2027-2031", "„so“ – ‚so‘"])
def test_typography_makes_no_difference(typed: str) -> None:
    (block,) = parse(typed).blocks
    assert said(block.children, NAMES) == (Said(plainly(typed)),)


def test_code_cannot_end_itself() -> None:
    (block,) = parse("\n".join(written_lines("a\n```\n# b", Unit("code"), 0, ""))).blocks
    assert (block.kind, block.text) == ("code_block", "a\n```\n# b\n")


@pytest.mark.parametrize("words", ["a|b", "a\\\\|b", "`a|b`"])
def test_a_bar_ends_no_cell(words: str) -> None:
    """`words` in Markdown: the second is typed as a backslash and a bar."""
    row = (CellUnit((words,), (words,), ()), CellUnit(("c",), ("c",), ()))
    (table,) = parse("\n".join(new_table([row, row]))).blocks
    assert [len(line.children) for line in table.children] == [2, 2]
    assert said(table.children[0].children[0].children, NAMES) == said(parse(words).blocks[0].children, NAMES)
