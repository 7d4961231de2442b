"""How the plans sound: the small one line by line as written down, all of them word by word as the data says."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

from pipeline.actions.aloud import read_aloud
from pipeline.pdf.bind import Piece, bind
from pipeline.pdf.fragment import Bound
from pipeline.pdf.typeset.typeset import Typesetter
from pipeline.text.nodes import Node
from tests.building import Built
from tests.pdf.aloud import GOLDEN
from tests.pdf.sample import sample
from tests.reading.pdf import Pdf

SANS = '@font-face{font-family:"ZP Sans";src:url(styles:fonts/SourceSans3-Regular.ttf)}'
STYLES = f'{SANS}html{{font:12pt "ZP Sans";hyphenate-character:"-"}}@page{{size:60mm 80mm;margin:10mm}}'
SOFT_HYPHEN = "\xad"


def test_the_small_plan_sounds_as_written_down(small: Built) -> None:
    """`python -m tests.pdf.aloud` writes it down anew."""
    assert list(read_aloud(small.output)) == GOLDEN.read_text("utf-8").splitlines()


def test_every_paragraph_is_heard_with_its_words_apart(built: Built) -> None:
    heard = spaced(built.pdf.running_text())
    told = {spaced(node.plain()) for node in paragraphs(built.loaded.document.parts)}
    assert len(told) > 10
    assert sorted(text for text in told if text not in heard) == []


def test_numbers_stand_apart_from_titles(built: Built) -> None:
    titles = [built.pdf.text(element) for level in range(1, 7) for element in built.pdf.marked(f"/H{level}")]
    assert any(re.match(r"Ziel\s\d+\.\d+ ", title) for title in titles)
    assert [title for title in titles if re.search(r"^[\w\s]*\d[^\W\d_]", title)] == []


def test_no_figure_and_no_link_is_without_words(built: Built) -> None:
    lines = list(read_aloud(built.output))
    for wrong in ("ohne Beschreibung", "Verweis:  →", "führt ins Leere", "ohne Sprache"):
        assert [line for line in lines if wrong in line] == []


# --- the ends of words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("<p>Wer hier im Ort wohnt, kauft anderswo ein.</p>", "Wer hier im Ort wohnt, kauft anderswo ein."),
        ("<p>Das<br>Ende</p>", "Das Ende"),
        ("<p>Das Projekt Innenstadt-Entwicklungsgesellschaft</p>", "Das Projekt Innenstadt-Entwicklungsgesellschaft"),
        (
            '<p style="hyphens:manual">Das ist eine Grund\xadstücks\xadverkehrs\xadgenehmigung</p>',
            "Das ist eine Grundstücksverkehrsgenehmigung",
        ),
        ('<p style="overflow-wrap:anywhere">0123456789012345678901234567890</p>', "0123456789012345678901234567890"),
        ('<h1><span style="display:block">Ziel 1</span><span>Mitte</span></h1>', "Ziel 1 Mitte"),
        ('<p><i style="display:inline-block;width:9mm">F</i><i>Mitte</i></p>', "F Mitte"),
        ('<p><i style="display:inline-block">F</i> <i style="display:inline-block">E</i></p>', "F E"),
        (
            '<p>A <i style="display:inline-block;width:30mm">Wer hier im Ort wohnt, kauft anderswo</i></p>',
            "A Wer hier im Ort wohnt, kauft anderswo",
        ),
        ("<p>Wert<b>e</b>, <i>Ziele</i>.</p>", "Werte, Ziele."),
        ('<p style="text-transform:uppercase">noch offen und ungeklärt</p>', "NOCH OFFEN UND UNGEKLÄRT"),
    ],
)
def test_words_end_where_they_end_in_the_source(body: str, heard: str) -> None:
    pdf = Pdf(typeset(f"{body}<p>Und so weiter</p>").pdf)
    assert pdf.text(pdf.root).replace(" Und so", "Und so") == f"{heard}Und so weiter"


def test_a_call_of_a_note_is_no_part_of_a_number() -> None:
    note = '<span class="note" style="float:footnote" data-tag="Note">Zählung.</span>'
    pdf = Pdf(typeset(f"<p>Es sind 18{note} Läden.</p>").pdf)
    assert pdf.running_text().startswith("Es sind 18 1 Läden.")


def typeset(body: str) -> Bound:
    page = f'<!DOCTYPE html><html lang="de"><head><title>x</title></head><body>{body}</body></html>'
    return bind([Piece(Typesetter(STYLES).typeset(page, {}), None)], sample().properties)


def spaced(text: str) -> str:
    """With single spaces, no word divided by a line's end."""
    return " ".join(text.replace(SOFT_HYPHEN, "").replace("\u200b", "").split())


def paragraphs(value: object) -> Iterator[Node]:
    """All paragraphs of running text below a value that end in words and call no note or page."""
    if isinstance(value, Node):
        if value.kind in ("paragraph", "lead"):
            if not {node.kind for node in value.walk()} & {"footnote", "page", "sign", "state", "break"}:
                yield value
            return
        yield from paragraphs(value.children)
    elif isinstance(value, tuple):
        for item in value:
            yield from paragraphs(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from paragraphs(getattr(value, field.name))
