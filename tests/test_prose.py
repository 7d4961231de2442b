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


def shapes(text: str) -> list[tuple[str, str]]:
    """The phrases of a text that is one paragraph, with what each says."""
    return [(node.kind, node.plain()) for node in only(text).children]


def test_letters_stand_below_and_above_the_line() -> None:
    assert shapes("H~2~O, 12 m^2^ und x^a\\ b^") == [
        ("text", "H"),
        ("sub", "2"),
        ("text", "O, 12\u00a0m"),
        ("sup", "2"),
        ("text", " und x"),
        ("sup", "a b"),
    ]
    assert [node.kind for node in only("~~H~2~O~~ und **m^2^**").walk()][1:] == [
        *("strike", "text", "sub", "text", "text", "text", "strong", "text", "sup", "text")
    ]


@pytest.mark.parametrize(
    "text", ["~5 % und ~6 %", "2^10", "a ~ b ~ c", "a ^ b ^ c", "H~ 2~O", "H\\~2\\~O", "x^a b^", "~~", "^^"]
)
def test_single_signs_and_signs_with_spaces_stay_text(text: str) -> None:
    assert [node.kind for node in only(text).children] == ["text"]


def test_items_begin_with_a_box() -> None:
    tasks = only("- [ ] offen\n- [x] **erledigt**\n- [X] ja\n- ☑ kopiert\n- \\[x] so\n- [x]\n- kein [x] Kästchen")
    first = [item.children[0].children[0] for item in tasks.children]
    assert [(node.kind, node.text) for node in first] == [
        *(("task", "☐"), ("task", "☑"), ("task", "☑"), ("task", "☑")),
        *(("text", "[x] so"), ("text", "[x]"), ("text", "kein [x] Kästchen")),
    ]
    assert [item.plain() for item in tasks.children][:2] == ["☐\u00a0offen", "☑\u00a0erledigt"]
    assert only("[x] allein").children[0].kind == "text"


@pytest.mark.parametrize(
    ("text", "words", "target"),
    [
        ("Siehe https://www.bottrop.de.", "https://www.bottrop.de", "https://www.bottrop.de"),
        ("(www.bottrop.de/a_(b))", "www.bottrop.de/a_(b)", "https://www.bottrop.de/a_(b)"),
        ("„https://x.de/2027-2031“", "https://x.de/2027-2031", "https://x.de/2027-2031"),
        ("**https://x.de/~amt/**", "https://x.de/~amt/", "https://x.de/~amt/"),
        ("_http://x.de?a=1&b=2_, ~~alt~~", "http://x.de?a=1&b=2", "http://x.de?a=1&b=2"),
        ("<https://x.de/2027-2031>", "https://x.de/2027-2031", "https://x.de/2027-2031"),
        ("[https://a.de](https://b.de)", "https://a.de", "https://b.de"),
        ("https://müller.de/ä", "https://müller.de/ä", "https://xn--mller-kva.de/%C3%A4"),
        ("Wir:https://x.de!", "https://x.de", "https://x.de"),
    ],
)
def test_an_address_is_a_link_by_itself(text: str, words: str, target: str) -> None:
    (link,) = (node for node in only(text).walk() if node.kind == "link")
    assert (link.plain(), link.attrs["target"]) == (words, target)


@pytest.mark.parametrize(
    "text",
    [
        *("bottrop.de", "amt@www.bottrop.de", "`https://x.de`", "https\\://x.de", "https://", "www.", "xhttps://a.de"),
        *("https://x.de/a*b*", "https://x.de/\\_a", "ftp://x.de", "wwww.x.de", "a/www.x.de"),
    ],
)
def test_what_is_no_address_is_no_link(text: str) -> None:
    assert "link" not in [node.kind for node in only(text).walk()]


def test_a_cell_has_line_breaks_and_a_paragraph_has_not() -> None:
    table = only("| a<br>b | <BR /> |\n|---|---|\n| `<br>` | \\<br> |")
    cells = [[node.kind for node in cell.children] for row in table.children for cell in row.children]
    assert cells == [["text", "break", "text"], ["break"], ["code"], ["text"]]
    assert shapes("a<br>b") == [("text", "a<br>b")]
