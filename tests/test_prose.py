"""Markdown in, node trees out: what the prose of a plan can do, and what it must never do."""

from __future__ import annotations

import pytest

from pipeline.text.markdown import DIRECTIVE, Mention, parse
from pipeline.text.nodes import Node

EVERYTHING = """# Titel {#oben}

Erster Absatz mit *Betonung*, **Nachdruck**, ~~altem~~, `code "x" - y`, [](#M1.2.3) und [Text](#Z1.1).[^a]

Tabelle: Was es gibt

| A | B |
|---|--:|
| 1 | [](#Z1.2) |

Begriff
: Bedeutung

![Alt](../bilder/x.svg "Unter")

:::{zustaendigkeitsmatrix}
handlungsfeld: 1
:::

1. eins
   - innen

> Zitat

---

    Code

## Unter *zwei* {#unten}

[^a]: Erster Absatz.

    Zweiter Absatz.
"""


def kinds(text: str) -> list[str]:
    return [block.kind for block in parse(text).blocks]


def only(text: str) -> Node:
    (block,) = parse(text).blocks
    return block


def test_all_that_prose_can_do() -> None:
    prose = parse(EVERYTHING, "texte")
    assert [block.kind for block in prose.blocks] == [
        "heading",
        "paragraph",
        "table",
        "definition_list",
        "figure",
        DIRECTIVE,
        "ordered_list",
        "quote",
        "rule",
        "code_block",
        "heading",
    ]
    assert [(item.level, item.text, item.anchor, item.line) for item in prose.headings] == [
        (1, "Titel", "oben", 1),
        (2, "Unter zwei", "unten", 29),
    ]
    assert [(item.what, item.line) for item in prose.references] == [("M1.2.3", 3), ("Z1.1", 3), ("Z1.2", 9)]
    assert prose.pictures == (Mention("bilder/x.svg", 14),)
    assert [(item.name, item.options, item.line) for item in prose.directives] == [
        ("zustaendigkeitsmatrix", (("handlungsfeld", "1"),), 16)
    ]
    footnote = next(node for node in prose.blocks[1].walk() if node.kind == "footnote")
    assert [child.plain() for child in footnote.children] == ["Erster Absatz.", "Zweiter Absatz."]


def test_raw_html_is_text() -> None:
    for text in ("<script>alert(1)</script>", "a <b>fett</b> c", "<!-- still -->", "<div>\nx\n</div>"):
        block = only(text)
        assert block.kind == "paragraph"
        assert block.plain() == text.replace("\n", " ")


def test_a_caption_belongs_to_the_table_right_behind_it() -> None:
    assert only("Tabelle: Eins\n\n| A |\n|---|\n| 1 |\n").attrs["caption"] == "Eins"
    assert kinds("Tabelle: Eins\n\nDazwischen\n\n| A |\n|---|\n| 1 |\n") == ["paragraph", "paragraph", "table"]


def test_quotes_are_german_and_code_is_left_alone() -> None:
    assert only('Er sagt "ja" und `"nein" - x`.').plain() == 'Er sagt „ja“ und "nein" - x.'
    assert only('"*betont*"').plain() == "„betont“"


def test_addresses_are_left_alone() -> None:
    """Microtypography would make others of them: dashes, quotes, spaces that do not break."""
    address = "https://example.org/12...15--z.B.?q='a'-5"
    block = only(f'Von "hier" [z. B. - "dort"]({address} "Titel")')
    assert [node.attrs["target"] for node in block.walk() if node.kind == "link"] == [address]
    assert "„hier“" in block.plain()


def test_text_pieces_are_set_out_together() -> None:
    """A soft line break inside `12 Hektar` must not keep the number from its unit."""
    assert only("etwa 12\nHektar").plain() == "etwa 12\u00a0Hektar"


@pytest.mark.parametrize("text", ["x[^a]\n\n[^a]: y[^a]", "x[^a]\n\n[^a]: y[^b]\n\n[^b]: z[^a]", "x[^fehlt]"])
def test_footnotes_in_footnotes_and_into_the_void_are_reported(text: str) -> None:
    assert parse(text).footnotes


def test_a_byte_order_mark_and_nothing_at_all() -> None:
    assert parse("").blocks == ()


def test_dangerous_addresses_are_no_links() -> None:
    block = only("[x](javascript:alert(1))")
    assert not [node for node in block.walk() if node.kind == "link"]
