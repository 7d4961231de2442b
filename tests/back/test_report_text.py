"""The report's Markdown: nothing left out, and no text of a file, however it is made, becomes markup of the report."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.merge.outcome.outcome import Change, Conflict, Fate, FileOutcome, MergeOutcome, Remark, Signature
from pipeline.merge.outcome.render import lines, markdown, tally
from pipeline.merge.why import Reason, Why

LONG = " ".join(f"wort{number}" for number in range(200))
HOSTILE = (
    "# Titel",
    "a\n\n# Titel\n\n- Punkt",
    "---",
    "===",
    "1. eins",
    "2) zwei",
    "3.",
    "- - tief",
    "+ plus",
    "> Zitat",
    "    vier Leerzeichen",
    "```\nZaun\n```",
    "~~~~\nZaun",
    "<script>alert(1)</script>",
    "<!-- ",
    "[x](http://example.org)",
    "![x](x.png)",
    "[x]: http://example.org",
    "http://example.org www.example.org",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "**fett** _kursiv_ ~~weg~~ `code` &copy; $x$",
    "\x1b[31mrot\u202egewendet\x85\u2028neu\x00",
    "\\",
    "\ttab",
)
PARTS = st.text(alphabet=st.sampled_from("ab \n\t#-+*=_`~<>[]()!|\\&1.):/\u2028\x1b"), max_size=30)


def report(outcome: FileOutcome) -> str:
    return markdown(MergeOutcome((outcome,), {}, {}, (), ok=True), written=True)


def everywhere(text: str) -> FileOutcome:
    """One text in every place that a text of the file, or of the sources, can come to stand in."""
    signature = Signature(text, text)
    changes = (
        Change(fate, text, text, text, f"{text} {text} x", (signature,), Why(Reason.LOST, text))
        for fate in Fate
        if fate not in (Fate.CONFLICT, Fate.REMARK)
    )
    conflict = Conflict(text, text, text, f"{text}1", f"2{text}", (signature,), text)
    return FileOutcome(text, text, (*changes, conflict, Remark(text, text, text, signature)), hints=(text,))


def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"]).parse(text)


def shape(text: str) -> list[str]:
    """The report's blocks without their texts; inside them there is nothing but text."""
    found = tokens(text)
    assert {child.type for token in found for child in token.children or ()} <= {"text", "text_special"}
    return [token.type for token in found]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    assert shape(report(everywhere(text))) == shape(report(everywhere("harmlos")))


@given(PARTS)
def test_no_random_text_does_either(text: str) -> None:
    if text.split():
        assert shape(report(everywhere(text))) == shape(report(everywhere("harmlos")))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_character_is_left(text: str) -> None:
    assert report(everywhere(text)).replace("\n", "").isprintable()


def test_addresses_do_not_become_links_by_themselves() -> None:
    text = report(everywhere("siehe http://example.org/x und www.example.org"))
    blocks = [token.content for token in tokens(text) if token.type == "inline"]  # in fences nothing becomes one
    assert "siehe http:\\//example.org/x und www\\.example.org" in blocks
    assert not [block for block in blocks if "://" in block or "www." in block]


def test_long_texts_stand_whole_in_the_report_and_shortened_on_the_terminal() -> None:
    before, after = f"vorher {LONG}", f"nachher {LONG}"
    outcome = FileOutcome(
        "a.docx",
        "1",
        (
            Change(Fate.TAKEN, "Text", "t.md", before, after),
            Change(Fate.TAKEN, "Text", "t.md", "", f"neu {LONG}"),
            Conflict("Text", "t.md", before, f"eins {LONG}", f"{after} Schluss"),
            Remark("Text", LONG, LONG, Signature("Anna")),
        ),
    )
    text = report(outcome)
    assert text.count(LONG) == 2 + 3 + 2
    shown = list(lines(MergeOutcome((outcome,), {}, {}, (), ok=True)))
    assert max(len(line.split()) for line in shown) < 80
    assert any("nachher] wort0" in line or "[vorher → nachher]" in line for line in shown)


def test_a_conflict_stands_line_by_line() -> None:
    text = report(FileOutcome("a.docx", "1", (Conflict("Text", "t.md", "war\n\n````", "ist", ""),)))
    fences = [token for token in tokens(text) if token.type == "fence"]
    assert [token.content for token in fences] == ["war\n\n````\n", "ist\n", "(nichts)\n"]


def test_a_conflict_late_in_a_long_text_is_seen_on_the_terminal() -> None:
    conflict = Conflict("Text", "t.md", f"{LONG} war {LONG}", f"{LONG} ist {LONG}", f"{LONG} soll {LONG}")
    shown = list(lines(MergeOutcome((FileOutcome("a.docx", "1", (conflict,)),), {}, {}, (), ok=True)))
    around = "… wort195 wort196 wort197 wort198 wort199 {} wort0 wort1 wort2 wort3 wort4 …"
    assert [line.partition(": ")[2] for line in shown[-3:]] == [around.format(word) for word in ("war", "ist", "soll")]


def test_what_is_harmless_stays_readable() -> None:
    text = report(FileOutcome("a.docx", "0.1", hints=("1.200 Euro (2027) sind 5 % mehr - oder nicht?",)))
    assert "Fassung 0.1." in text
    assert "- 1.200 Euro (2027) sind 5 % mehr - oder nicht?" in text


def test_what_is_said_of_one_place_stands_together() -> None:
    there, elsewhere = (Change(Fate.TAKEN, place, "t.md", "a", "b") for place in ("Hier", "Dort"))
    outcome = FileOutcome("a.docx", "1", (there, elsewhere, there))
    for text in (report(outcome), "\n".join(lines(MergeOutcome((outcome,), {}, {}, (), ok=True)))):
        assert text.count("Hier (t.md)") == 1
        assert text.count("a → b") == 3


def test_errors_that_kept_everything_back_stand_in_the_report() -> None:
    error = Diagnostic("P301", Severity.ERROR, Location(PurePosixPath("plan.yaml"), 3, 1), "Das *fehlt*.", "Nennen.")
    note = Diagnostic("P302", Severity.NOTE, Location(PurePosixPath("plan.yaml"), 3, 1), "Nur ein Hinweis.")
    text = markdown(MergeOutcome((), {}, {}, (error, note), ok=False), written=False)
    assert "- plan.yaml, Zeile 3: Fehler P301: Das \\*fehlt\\*. Nennen." in text
    assert "Nur ein Hinweis" not in text
    assert "nichts geändert: Mit diesen Änderungen hätte der Plan Fehler." in text
    kept = markdown(MergeOutcome((), {}, {}, (error,), ok=True), written=True)
    assert "fehlt" not in kept  # it was there before


def test_what_is_told_often_is_told_once_with_where_else() -> None:
    same = [Change(Fate.GENERATED, f"„Matrix“, {number}", "", "M", "F") for number in range(36)]
    outcome = MergeOutcome((FileOutcome("a.docx", "0.1", tuple(same)),), {}, {}, (), ok=True)
    told = list(lines(outcome))
    assert sum("[M → F]" in line for line in told) == 1
    assert any("Ebenso an 35 weiteren Stellen: „Matrix“, 1; „Matrix“, 2; „Matrix“, 3 …" in line for line in told)
    assert "36 nicht übernommen" in tally(outcome)
