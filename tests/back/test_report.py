"""The report: complete, readable, and nobody's text can break it."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.merge.outcome.outcome import Change, Conflict, FileOutcome, MergeOutcome, Remark, Signature
from pipeline.merge.outcome.render import difference, lines, markdown, tally

ANNA = Signature("Anna", "2026-11-20T10:00:00Z")
CHANGE = Change("Text „A“", "texte/a.md", "eins zwei drei", "eins vier drei", (ANNA,))
FULL = FileOutcome(
    "a.docx",
    "0.9",
    taken=(CHANGE,),
    conflicts=(Conflict("Text „B“", "texte/b.md", "war", "ist", "soll", (ANNA,), "b.docx"),),
    refused=(Change("Maßnahme 1.1.1, Status", "m.yaml", "alt", "neu", (), "Geht nicht."),),
    generated=(Change("„Zeitplan“", "", "1", "2", (), "Aus den Daten."),),
    lost=(Change("Text „C“", "texte/c.md", "", "verloren", (), "Bitte nachtragen."),),
    comments=(Remark("Text „A“", "zwei", "Stimmt das?", ANNA, answer=True, done=True),),
    hints=("Ein Hinweis.",),
)


def outcome(*files: FileOutcome) -> MergeOutcome:
    return MergeOutcome(files, {}, {}, (), ok=True)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a x c", "a [b → x] c"),
        ("a b", "a b c", "a b [+ c]"),
        ("a b c", "a c", "a [− b] c"),
        ("", "neu", "[+ neu]"),
        ("alt", "", "[− alt]"),
        ("1 2 3 4 5 6 7 8 9 x", "1 2 3 4 5 6 7 8 9 y", "… 5 6 7 8 9 [x → y]"),
        ("a 1 2 3 4 5 6 7 8 9 0 1 b", "x 1 2 3 4 5 6 7 8 9 0 1 y", "[a → x] 1 2 3 4 5 … 7 8 9 0 1 [b → y]"),
    ],
)
def test_only_the_words_that_differ_are_marked(before: str, after: str, told: str) -> None:
    assert difference(before, after) == told


@given(st.text(alphabet="ab ", max_size=30), st.text(alphabet="ab ", max_size=30))
def test_a_difference_never_fails(before: str, after: str) -> None:
    assert difference(before, after) or not (before.split() or after.split())


def test_everything_is_told_in_both_forms() -> None:
    result = outcome(FULL)
    wanted = ("vier", "soll", "Geht nicht.", "Zeitplan", "verloren", "Stimmt das?", "Ein Hinweis.", "b.docx")
    for text in ("\n".join(lines(result)), markdown(result, written=True)):
        assert [word for word in wanted if word not in text] == []
        assert text.count("Anna, 20.11.2026") == 3
    assert tally(result) == "1 Änderung übernommen, 1 Konflikt, 2 nicht übernommen, 1 nicht angekommen, 1 Kommentar"


def test_every_kind_of_entry_has_its_section() -> None:
    names = {each.name for each in fields(FileOutcome)} - {"name", "edition"}
    headings = markdown(outcome(FULL), written=False).count("\n### ")
    assert headings == len(names)


def test_a_file_without_changes_is_told_too() -> None:
    assert "Die Datei enthält keine Änderungen." in markdown(outcome(FileOutcome("leer.docx", "1")), written=False)


@given(st.text(max_size=40))
def test_nobodys_text_becomes_markup(text: str) -> None:
    hostile = Change(text, text, text, "[x](http://example.org) <b> # " + text, (Signature(text, text),), text)
    report = markdown(outcome(FileOutcome(text, text, taken=(hostile,), hints=(text,))), written=True)
    kinds = {token.type for token in MarkdownIt().parse(report)}
    inner = {child.type for token in MarkdownIt().parse(report) for child in token.children or ()}
    assert not kinds & {"html_block", "fence", "code_block", "table_open", "hr", "blockquote_open"}
    assert not inner & {"link_open", "image", "html_inline", "code_inline", "strong_open", "em_open"}
