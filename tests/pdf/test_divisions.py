"""Long words are divided where trennungen.yaml says, names of actors nowhere, all others by the patterns."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from pipeline.pdf.divisions import LONGEST_WHOLE, Divisions, positions
from pipeline.pdf.typeset.typeset import Typesetter

DIVIDED = ("Standort-management", "Gewerbe-gebiet", "Einverständnis", "Wirtschafts-förderung")
WHOLE = ("Wirtschaftsförderung", "Grundstücksverkehrsgenehmigungsstelle", "Amt")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Das Standortmanagement", ("standort-management",)),
        ("des Standortmanagements, der GEWERBEGEBIETE", ("gewerbe-gebiete", "standort-managements")),
        ("mit Einverständnis", ("einverständnis",)),
        ("die Wirtschaftsförderungen", ("wirtschaftsförderungen",)),
        ("Grundstücksverkehrsgenehmigungsstelle, Amt, Innenstadthandel", ()),
        ('<p title="Standortmanagement">Markt</p>', ()),
    ],
)
def test_words_are_known_in_all_their_forms(text: str, known: tuple[str, ...]) -> None:
    assert Divisions(DIVIDED, WHOLE).on(text) == known
    assert len("Grundstücksverkehrsgenehmigungsstelle") > LONGEST_WHOLE


def test_a_word_may_be_divided_at_each_of_its_hyphens() -> None:
    assert positions(["stein-kohlen-zeche", "einverständnis"]) == {"steinkohlenzeche": (5, 11), "einverständnis": ()}


STYLES = """@font-face { font-family: "ZP Sans"; src: url(styles:fonts/SourceSans3-Regular.ttf) }
html { font: 12pt "ZP Sans"; hyphenate-character: "-" }
p { hyphens: auto; width: 46mm; hyphenate-limit-chars: 8 3 3 }"""
BODY = "<body><p>Das neue Standortmanagement</p></body>"


@pytest.mark.parametrize(
    ("divisions", "shown"),
    [
        ("", "Das neue Standortma-nagement"),
        ("standort-management", "Das neue Standort-management"),
        ("standortmanagement", "Das neue Standortmanagement"),
    ],
)
def test_a_line_divides_where_it_may(divisions: str, shown: str) -> None:
    """What the glyphs show, since the text says whole words."""
    page = f'<html lang="de"><meta name="divisions" content="{divisions}"><title>x</title>{BODY}</html>'
    fragment = Typesetter(STYLES).typeset(page, {})
    with pikepdf.open(io.BytesIO(fragment.pdf)) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        letters = dict(re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>", font.ToUnicode.read_bytes()))
        glyphs = re.findall(rb"<([0-9a-f]{4})>", pdf.pages[0].Contents.read_bytes())
    drawn = b"".join(letters[glyph] for glyph in glyphs)
    assert bytes.fromhex(drawn.decode()).decode("utf-16-be").replace(" ", "") == shown.replace(" ", "")
