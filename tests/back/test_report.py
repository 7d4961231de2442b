"""The report: complete, readable, and nobody's text can break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.merge.outcome.outcome import (
    Change,
    Conflict,
    Entry,
    Fate,
    FileOutcome,
    MergeOutcome,
    Remark,
    Signature,
    held_back,
)
from pipeline.merge.outcome.render import briefly, difference, lines, markdown, section, tally
from pipeline.merge.why import Reason, Why

ANNA = Signature("Anna", "2026-11-20T10:00:00Z")
FULL = FileOutcome(
    "a.docx",
    "0.9",
    (
        Change(Fate.TAKEN, "Text „A“", "texte/a.md", "eins zwei drei", "eins vier drei", (ANNA,)),
        Change(Fate.JOINT, "Text „D“", "d.md", "a", "b", (), Why(Reason.JOINED, "Zusammengeführt.")),
        Conflict("Text „B“", "texte/b.md", "war", "ist", "soll", (ANNA,), "b.docx"),
        Change(Fate.REFUSED, "Maßnahme 1.1.1, Status", "m.yaml", "alt", "neu", (), Why(Reason.NO_FIELD, "Geht nicht.")),
        Change(Fate.HELD_BACK, "Text „E“", "e.md", "alt", "zurück", (), Why(Reason.PLAN_ERRORS, "Fehler.")),
        Change(Fate.GENERATED, "„Zeitplan“", "", "1", "2", (), Why(Reason.GENERATED, "Aus den Daten.")),
        Change(Fate.LOST, "Text „C“", "texte/c.md", "", "verloren", (), Why(Reason.LOST, "Bitte nachtragen.")),
        Remark("Text „A“", "zwei", "Stimmt das?", ANNA, answer=True, done=True),
    ),
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
    wanted = (
        "vier",
        "soll",
        "Geht nicht.",
        "Zeitplan",
        "verloren",
        "Stimmt das?",
        "Ein Hinweis.",
        "b.docx",
        "Zusammengeführt.",
        "zurück",
    )
    for text in ("\n".join(lines(result)), markdown(result, written=True)):
        assert [word for word in wanted if word not in text] == []
        assert text.count("Anna, 20.11.2026") == 3
    assert tally(result) == (
        "2 Änderungen übernommen, 1 Konflikt, 2 nicht übernommen, 1 zurückgehalten, 1 nicht angekommen, 1 Kommentar"
    )


def test_every_fate_has_its_section() -> None:
    assert {entry.fate for entry in FULL.entries} == {*Fate}
    told = [line.removeprefix("### ") for line in markdown(outcome(FULL), written=False).splitlines() if "### " in line]
    assert told == [*dict.fromkeys(map(section, Fate)), "Hinweise"]


def test_in_brief_everything_that_did_not_arrive_is_told_and_nothing_else() -> None:
    told = list(briefly(outcome(FULL)))
    fates = [entry.fate for entry in FULL.entries if not entry.fate.arrived]
    assert [line.split(": ")[:2] for line in told] == [["a.docx", section(fate)] for fate in fates]
    assert "a.docx: Nicht übernommen: Maßnahme 1.1.1, Status (m.yaml): [alt → neu] · Geht nicht." in told
    assert not list(briefly(outcome(FileOutcome("leer.docx", "1"))))
    (unchecked,) = briefly(outcome(FileOutcome("leer.docx", "1", unchecked="Das ließ sich nicht prüfen.")))
    assert "nicht prüfen" in unchecked


@pytest.mark.parametrize("entry", FULL.entries, ids=lambda entry: entry.fate)
def test_a_file_is_settled_if_all_of_it_arrived(entry: Entry) -> None:
    assert FileOutcome("a.docx", "1", (entry,)).settled is (entry.fate in (Fate.TAKEN, Fate.JOINT, Fate.REMARK))
    assert not FileOutcome("a.docx", "1", (entry,), unchecked="Nein.").settled


def test_nothing_of_a_plan_with_errors_counts_as_taken() -> None:
    there = Change(Fate.JOINT, "D", "d.md", "a", "b", (), Why(Reason.ALREADY_THERE, "Steht schon da."))
    (file,) = held_back(outcome(FileOutcome("a.docx", "1", (*FULL.entries, there)))).files
    assert [entry.fate for entry in file.entries] == [
        Fate.HELD_BACK if entry.fate in (Fate.TAKEN, Fate.JOINT) else entry.fate for entry in FULL.entries
    ] + [Fate.JOINT]


def test_a_file_without_changes_is_told_too() -> None:
    assert "Die Datei enthält keine Änderungen." in markdown(outcome(FileOutcome("leer.docx", "1")), written=False)


@given(st.text(max_size=40))
def test_nobodys_text_becomes_markup(text: str) -> None:
    words, why = "[x](http://example.org) <b> # " + text, Why(Reason.JOINED, text)
    hostile = Change(Fate.JOINT, text, text, text, words, (Signature(text, text),), why)
    report = markdown(outcome(FileOutcome(text, text, (hostile,), hints=(text,))), written=True)
    kinds = {token.type for token in MarkdownIt().parse(report)}
    inner = {child.type for token in MarkdownIt().parse(report) for child in token.children or ()}
    assert not kinds & {"html_block", "fence", "code_block", "table_open", "hr", "blockquote_open"}
    assert not inner & {"link_open", "image", "html_inline", "code_inline", "strong_open", "em_open"}
