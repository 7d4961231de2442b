"""A picture in a line of text is a figure between two paragraphs, and the text that says so stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.markdown import parse
from pipeline.text.own_paragraphs import apart, together

MOVED = {
    "Hier ![Karte](k.png) sieht man es.": "Hier\n\n![Karte](k.png)\n\nsieht man es.",
    'Oben\n![Karte](k.png "Die Karte")\nunten': 'Oben\n\n![Karte](k.png "Die Karte")\n\nunten',
    "Siehe ![Karte](k.png).": "Siehe.\n\n![Karte](k.png)",
    "Oben![a](a.png)![b](b.png)": "Oben\n\n![a](a.png)\n\n![b](b.png)",
    "- Punkt ![a](a.png) weiter\n- zwei": "- Punkt\n\n  ![a](a.png)\n\n  weiter\n- zwei",
    "12. Punkt ![a](a.png)": "12. Punkt\n\n    ![a](a.png)",
    "> Zitat ![a](a.png)\n> so": "> Zitat\n>\n> ![a](a.png)\n>\n> so",
    "T[^a]\n\n[^a]: Notiz ![a](a.png) so": "T[^a]\n\n[^a]: Notiz\n\n    ![a](a.png)\n\n    so",
    "Wort\n: Text ![a](a.png)": "Wort\n: Text\n\n  ![a](a.png)",
    "Oben  \n![a](a.png)\\\nunten": "Oben\n\n![a](a.png)\n\nunten",
    "und ![a](<b c.png>)": "und\n\n![a](<b c.png>)",
    "T[^a]\n\n[^a]: N ![a](a.png)\n\nso ![b](b.png)": "T[^a]\n\n[^a]: N\n\n    ![a](a.png)\n\nso\n\n![b](b.png)",
    "eins ![a](a.png)\r\nzwei\r\n": "eins\r\n\r\n![a](a.png)\r\n\r\nzwei\r\n",
    "Ein Satz.[^a] ![a](a.png)[^a]\n\n[^a]: N": "Ein Satz.[^a][^a]\n\n![a](a.png)\n\n[^a]: N",
}
LEFT = (
    "![Karte](k.png)",
    "kein Bild",
    "[![a](a.png)](https://example.org) mit Link",
    "**fett ![a](a.png) fett**",
    '"Das ![a](a.png) Bild"',  # the quotes would not find each other
    "Siehe ![a](a.png) - und mehr",  # a list
    "(![a](a.png))",
    "# Titel ![a](a.png)",
    "| a |\n|---|\n| x ![a](a.png) |",
    "`![a](a.png)` ist Code",
    "`![a](a.png)` und ![b](b.png)",
    "    ![a](a.png) auch",
    "\\![a](a.png) ist ein Link",
    "![a][b] so\n\n[b]: a.png",
)


@pytest.mark.parametrize("text", MOVED)
def test_a_picture_in_a_line_stands_by_itself(text: str) -> None:
    result = apart(text)
    assert result.text == MOVED[text]
    assert apart(result.text).text == result.text
    assert together(text, result.text) == text
    assert len(result.lines) == result.text.replace("\r\n", "\n").count("\n") + 1


@pytest.mark.parametrize("text", LEFT)
def test_what_would_read_otherwise_stays(text: str) -> None:
    assert apart(text).text == text
    assert not apart(text).rows


def test_one_that_stays_does_not_keep_the_others() -> None:
    text = "(![a](a.png))\n\nHier ![b](b.png) so"
    assert apart(text).text == "(![a](a.png))\n\nHier\n\n![b](b.png)\n\nso"
    assert apart(text).rows == {3}


def test_findings_name_the_lines_of_the_author() -> None:
    prose = parse("Eins ![](a.png) zwei\n\n## Drei\n\n[x](#weg) und ![b](b.png)\nso [y](#fort)")
    assert [item.line for item in prose.undescribed] == [1]
    assert [item.line for item in prose.headings] == [3]
    assert [item.line for item in prose.references] == [5, 6]
    assert [item.line for item in prose.pictures] == [1, 5]
    assert [block.kind for block in prose.blocks] == [
        *("paragraph", "figure", "paragraph", "heading"),
        *("paragraph", "figure", "paragraph"),
    ]


def test_only_what_was_edited_is_written_anew() -> None:
    text = "Eins ![a](a.png) zwei\n\nHier ![b](b.png) so\n\nEnde\n"
    edited = apart(text).text.replace("Hier", "Dort").replace("Ende", "Schluss")
    assert together(text, edited) == "Eins ![a](a.png) zwei\n\nDort\n\n![b](b.png)\n\nso\n\nSchluss\n"


SIGNS = [
    *("![a](a.png)", "Wort", " ", "\n", "\n\n", "- ", "> ", "1. ", ": ", "# ", "    "),
    *("**", "`", '"', "[", "](x)", "\\", ".", "[^a]", "[^a]: n"),
]


@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_around_it(text: str) -> None:
    result = apart(text)
    assert together(text, result.text) == text
    assert parse(text).blocks == parse(result.text).blocks
    shown = [item.what for item in parse(text).pictures]
    assert shown == [item.what for item in parse(result.text).pictures]
