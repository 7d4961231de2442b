"""Texts that are made to keep the parser busy, or that hope to be more than text."""

from __future__ import annotations

import time

import pytest

from pipeline.budget.limits import (
    ADDRESS,
    BRACKETS,
    CELLS,
    COLUMNS,
    EXPANDED,
    PARAGRAPH,
    QUOTES,
    TEXT_LEVELS,
    TEXT_LINES,
)
from pipeline.text.almost_markdown.find import almost_markdown
from pipeline.text.markdown import parse
from pipeline.text.markdown_limits import RefusedTextError
from pipeline.text.nodes import Node
from tests.hostile.room import Room

LONGEST = 5  # seconds of the processor; each takes below two
AT_ONCE = 1  # second, for what is refused
LINE, LINES, LEVELS = PARAGRAPH.most, TEXT_LINES.most, TEXT_LEVELS.most

# What a parser of Markdown finds hard, as much of it as may be written in one file of a plan.
HARD = {
    "brackets": "[" * BRACKETS.most,
    "pictures": "![" * BRACKETS.most,
    "links": "[a](b" * (LINE // 5),
    "nested links": "[" * (LINE // 5) + "](b)" * (LINE // 5),
    "stars": "*a **b " * (LINE // 7),
    "strikes": "~~a ~" * (LINE // 5),
    "letters below the line": "~a " * (LINE // 3),
    "letters above the line": "^a" * (LINE // 2),
    "a line of tildes": "~" * LINE,
    "bare addresses": "https://a.de/(" * (LINE // 14),
    "one bare address": "www.a" + ".b)" * (LINE // 3 - 2),
    "bare addresses between tildes": "www.a.b~~" * (LINE // 9),
    "brackets behind an address": "www.a.b" + ")" * (LINE - 7),
    "beginnings of addresses": "www." * (LINE // 4),
    "tasks": "- [ ] a\n" * min(BRACKETS.most, LINES - 1),
    "breaks in cells": "|a|\n|-|\n|" + "<br>" * (LINE // 4 - 2) + "|",
    "quotes": "\"a ' " * (QUOTES.most // 2),
    "quotes that meet no other": '"a ' * (QUOTES.most // 2) + "a' " * (QUOTES.most // 2),
    "backticks": " ".join("`" * number for number in range(1, 190)),
    "a line of backticks": "`" * LINE,
    "notes that nobody ends": "[^a" * BRACKETS.most,
    "dollars": "$a " + "_b " * (LINE // 4),
    "a picture with blanks": "![a](" + "b " * (LINE // 3),
    "note in note": "x^[" * (BRACKETS.most // 2),
    "notes": "".join(f"[^{number}]: x[^{number + 1}]\n\n" for number in range(BRACKETS.most // 2 - 1)),
    "one note": "[^1]\n\n" * (BRACKETS.most // 2) + "[^1]: x",
    "wide table": "|a" * COLUMNS.most + "\n" + "|-" * COLUMNS.most + "\n" + "|b\n" * (CELLS.most // COLUMNS.most - 1),
    "definitions": "a\n: b\n" * (LINES // 2 - 1),
    "quote that goes on": ">" * 10 + "a\n" + "b\n" * (LINE // 2 - 20),
    "one paragraph": "x\n" * (LINES - 1),
    "anchors": "# a {#" * (LINE // 6),
    "entities": "&amp;" * (LINE // 5),
    "tags": "<a " * (LINE // 3),
    "addresses": "<http://a" * (LINE // 9),
    "directives": ":::{a}\n" * (LINES - 1),
    "one address": f"[r]: http://x.de/{'a' * (ADDRESS.most - 12)}\n\n" + "[r]\n\n" * (EXPANDED.most // 2100),
}
REFUSED = {
    "levels of quotes": (">" * (LEVELS + 1) + " x", 1),
    "levels of lists": ("- " * LEVELS + "x", 1),
    "levels by indentation": ("x\n\n" + "".join("  " * level + "- x\n" for level in range(LEVELS)), None),
    "levels of emphasis": ("*a _b " * LEVELS + "x" + " b_ a*" * LEVELS, None),
    "too many lines": ("x\n" * LINES, LINES + 1),
    "a line too long": ("x\n\n" + "x" * (LINE + 1), 3),
    "a paragraph too long": ("x\n\n" + "x" * LINE + "\nx", 3),
    "deep and long": ("x\n" + ">" * 40 + "x\n" + "x\n" * 5000, 2),
    "deep lists and long": ("- 1. * " * 6 + "x\n" + "x\n" * 7000, 1),
    "quotes": ("x\n\n" + ("\"a 'b \n" * (QUOTES.most // 2)) + '"', 3),
    "brackets": ("x\n" + "[" * (BRACKETS.most + 1), 2),
    "columns": ("x\n\n" + "|a" * (COLUMNS.most + 1) + "\n" + "|-" * (COLUMNS.most + 1), 3),
    "cells": ("|a|b|c|\n|-|-|-|\n" + "|\n" * (CELLS.most // 3), 1),
    "an address": (f"x\n\n[r]: http://x.de/{'a' * ADDRESS.most}\n\n[r]", 3),
    "an address again and again": (f"[r]: http://x.de/{'a' * 1900}\n\n" + "[r]\n\n" * 1100, 2091),
    "a note again and again": ("[^1]\n\n" * 1100 + f"[^1]: {'x' * 1900}", 2101),
}


@pytest.mark.parametrize("name", HARD)
def test_no_text_keeps_the_parser_busy(name: str) -> None:
    begun = time.process_time()
    parse(HARD[name])
    almost_markdown(HARD[name])
    assert time.process_time() - begun < LONGEST


@pytest.mark.parametrize("name", REFUSED)
def test_more_than_that_is_refused_at_its_line(name: str, room: Room) -> None:
    text, line = REFUSED[name]
    begun = time.process_time()
    with pytest.raises(RefusedTextError) as caught:
        parse(text)
    assert time.process_time() - begun < AT_ONCE
    assert line in (None, caught.value.line)
    room.write("texte/einleitung.md", text)
    assert room.codes() == ["P113"]


def test_a_field_is_limited_like_a_text(room: Room) -> None:
    room.replace("glossar.yaml", "bedeutung: Grund und Boden.", f"bedeutung: |\n      x\n\n      {'>' * 60} x")
    (found,) = room.check()
    assert (found.code, found.location.line) == ("P113", 7)


def test_at_the_limits_all_is_read(room: Room) -> None:
    assert parse(">" * (LEVELS - 2) + " x").blocks
    assert parse("x" * LINE).blocks
    assert room.codes() == []


RAW = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<style>@import 'x'</style>",
    "<w:p><w:r/></w:p>",
    "<!-- still -->",
    "<?php x ?>",
    "<![CDATA[x]]>",
    "]]>",
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "{# x #}",
    "${7*7}",
    "\\input{x}",
    "$$x$$",
    "x{.class #id key=value}",
    "[x]{.class}",
    "`x`{=openxml}",
    "@import url(x);",
    "% Titel",
    "&lt;b>",
]


@pytest.mark.parametrize("raw", RAW)
def test_it_is_text_and_nothing_else(raw: str) -> None:
    (block,) = parse(f"Vor {raw} nach").blocks
    assert {node.kind for node in block.walk()} <= {"paragraph", "text", "code"}
    assert "".join(node.plain() for node in (block,)).startswith("Vor ")


def _only(text: str) -> Node:
    (block,) = parse(text).blocks
    return block


def test_raw_blocks_are_code() -> None:
    for info in ("{=openxml}", "{=html}", "{.python .run}", "=openxml"):
        block = _only(f"```{info}\n<w:p/>\n```\n")
        assert (block.kind, block.text, dict(block.attrs)) == ("code_block", "<w:p/>\n", {})


def test_metadata_is_no_metadata(room: Room) -> None:
    room.write("texte/einleitung.md", "---\ntitle: Anderes\nheader-includes: x\n---\n\n# Einleitung\n\nText.\n")
    assert room.codes() == ["P611"]


@pytest.mark.parametrize("name", ["../plan", "{{ 7 }}", "zeitplan}{x", "__class__", "zeitplan\\", "include"])
def test_directives_are_those_that_there_are(name: str, room: Room) -> None:
    room.write("texte/einleitung.md", f"# Einleitung\n\n:::{{{name}}}\n:::\n")
    assert room.codes() == ["P602"]


@pytest.mark.parametrize("option", ["__class__: x", "field: 1", "handlungsfeld: ../1", "handlungsfeld: {{ 1 }}", "x"])
def test_options_are_those_that_there_are(option: str, room: Room) -> None:
    room.write("texte/einleitung.md", f"# Einleitung\n\n:::{{zeitplan}}\n{option}\n:::\n")
    assert room.codes() == ["P603"]


@pytest.mark.parametrize("anchor", ["x y", 'x"y', "<x>", "x'y", "../x", "{{x}}", "%2e", "x/y", "x)y", "x" * 81])
def test_ids_of_headings_are_plain_words(anchor: str, room: Room) -> None:
    """They stand in addresses, in style sheets and in bookmarks, where other signs mean something."""
    room.write("texte/einleitung.md", f"# Einleitung\n\n## Zwei {{#{anchor}}}\n\nText.\n")
    (found,) = room.check()
    assert (found.code, found.location.line) == ("P108", 3)


@pytest.mark.parametrize("anchor", ["zwei", "Größe", "a-b_c.d", "2", "x" * 80])
def test_words_are_fine_as_ids(anchor: str, room: Room) -> None:
    room.write("texte/einleitung.md", f"# Einleitung\n\n## Zwei {{#{anchor}}}\n\nText.\n")
    assert room.codes() == []


@pytest.mark.parametrize("anchor", ["fn-1", "tabelle-1", "abbildung-12"])
def test_ids_that_the_program_gives_cannot_be_taken(anchor: str, room: Room) -> None:
    room.write("texte/einleitung.md", f"# Einleitung\n\n## Zwei {{#{anchor}}}\n\nText.\n")
    room.replace("plan.yaml", "herausgeber: [amt]", f"herausgeber: [{anchor}]")
    room.replace("akteure.yaml", "akteure:\n", f"akteure:\n  - {{id: {anchor}, name: Stelle, art: amt}}\n")
    assert [(item.code, str(item.location)) for item in room.check() if item.code != "P572"] == [
        ("P605", "akteure.yaml:2:10"),
        ("P605", "texte/einleitung.md:3"),
    ]
