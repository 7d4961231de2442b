"""The form for people: the line of each finding with a mark below the field, cut to fit, and nothing hidden in it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check.validate import validate
from pipeline.console.findings import for_people
from pipeline.console.screen import Look, width
from pipeline.console.snippet import Lines, snippet
from pipeline.content.read import read
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.text.characters import harmless
from tests.cases import apply, load, names

YAML, TEXT = PurePosixPath("plan.yaml"), PurePosixPath("texte/anfang.md")
PLAIN = Look()


def finding(column: int, line: int = 1, path: PurePosixPath = YAML, message: str = "Das geht nicht.") -> Diagnostic:
    return Diagnostic("P108", Severity.ERROR, Location(path, line, column), message, "Es ändern.")


def shown(content: str | bytes, item: Diagnostic, columns: int = 80) -> list[str]:
    """The line and its mark; the mark's line is left out where there is none."""
    data = content.encode() if isinstance(content, str) else content
    piece = snippet(item, Lines({item.location.path: data}), columns)
    return [] if piece is None else [line for line in (piece.text, piece.mark) if line]


def test_a_block_of_one_finding() -> None:
    source = {YAML: b"fassung: 1\nherausgeber: [amt, ant]\n"}
    item = finding(20, 2, message="Den Akteur „ant“ gibt es nicht.")
    assert for_people([item], Lines(source), Path("content"), PLAIN).splitlines() == [
        "content/plan.yaml:2:20: Fehler P108: Den Akteur „ant“ gibt es nicht.",
        "     2 | herausgeber: [amt, ant]",
        "       |                    ^~~",
        "    Es ändern.",
    ]


def test_an_empty_line_between_two() -> None:
    item = Diagnostic("P101", Severity.WARNING, Location(YAML), "Sie fehlt.")
    line = "x/plan.yaml: Warnung P101: Sie fehlt."
    assert for_people([item, item], Lines({}), Path("x"), PLAIN) == f"{line}\n\n{line}"
    assert for_people([], Lines({}), Path("x"), PLAIN) == ""


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("  ‹federfuerung›: amt", "a key without its value"),
        ("  - ‹id›: M1.1.1", "a key of a list"),
        ("status: ‹beschlosen›", "a value"),
        ("status: ‹beschlosen›  # bald", "a value before a remark"),
        ("titel: ‹Uhr 12:30 und C#›", "a value with a colon and a hash"),
        ('titel: ‹"Neu: \\"ab\\" # 1"› # x', "a text in quotes"),
        ("titel: ‹'a''b: c'›", "a text in single quotes"),
        ("rollen: [amt, ‹ant›, rat]", "an entry of a list"),
        ("zeit: {von: Q1 2027, bis: ‹Q5 2028›}", "a value of a group"),
        ("zeit: {‹vom›: Q1 2027}", "a key of a group"),
        ('rollen: ‹[a, [b], "]"]› # x', "a whole list"),
        ("rollen: ‹[a, b,›", "a list that goes on"),
        ("   ‹b›, c]", "an entry of a list that began above"),
        ("titel: Neu‹:› Tag", "where reading went wrong"),
        ("text: ‹>-›", "the sign of a block"),
        ("- ‹{von: 2027}›", "a group"),
        ("titel:‹ › ja", "a blank"),
    ],
)
def test_what_is_marked(line: str, what: str) -> None:
    before, field, _ = re.split("[‹›]", line)
    text, mark = shown(re.sub("[‹›]", "", line), finding(len(before) + 1))
    assert text == re.sub("[‹›]", "", line)
    assert mark == " " * len(before) + "^" + "~" * (len(field) - 1), what


def test_tabs_and_wide_letters_keep_the_mark_in_its_place() -> None:
    assert shown("\tbegriff: x", finding(1)) == ["→   begriff: x", "^~~~"]
    assert shown("\tbegriff: x", finding(2)) == ["→   begriff: x", "    ^~~~~~~"]
    assert shown("漢字: [漢, e\u0301e, x]", finding(9)) == ["漢字: [漢, e\u0301e, x]", "           ^~"]
    assert shown("漢字: [漢字, x]", finding(6)) == ["漢字: [漢字, x]", "       ^~~~"]


def test_hidden_characters_are_shown_and_never_printed() -> None:
    assert shown("name: a\u202eb\x1b[31m\x00", finding(7)) == [
        "name: a<U+202E>b<U+001B>[31m<U+0000>",
        "      ^" + "~" * 29,
    ]
    item = finding(0, message="Den Wert „\x1b]0;x\x07\u2066“ gibt es nicht\nund basta.")
    text = for_people([item], Lines({}), Path("con\ntent\x9b"), PLAIN)
    assert text.splitlines()[0] == (
        "con<U+000A>tent<U+009B>/plan.yaml:1: Fehler P108: Den Wert „<U+001B>]0;x<U+0007><U+2066>“ gibt es nicht "
        "und basta."
    )


def test_bytes_that_are_no_text_are_marked_whatever_the_column() -> None:
    content = "grün: ".encode() + "größe".encode("latin-1")
    assert shown(content, finding(10)) == ["grün: gr<F6><DF>e", "        ^~~~"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_lines_end_as_those_count_who_find_the_places(end: str) -> None:
    assert shown(f"a: 1{end}b: 2{end}", finding(1, 2)) == ["b: 2", "^"]
    in_text = shown(f"eins{end}zwei", finding(1, 2, TEXT))
    assert in_text == (["zwei", "^"] if end in ("\n", "\r\n", "\r") else [])


def test_a_mark_of_order_at_the_beginning_counts_for_nothing() -> None:
    assert shown(b"\xef\xbb\xbfstatus: x", finding(9)) == ["status: x", "        ^"]


@pytest.mark.parametrize(("line", "column"), [(0, 0), (3, 1), (9, 1), (2, 1)])
def test_a_place_where_there_is_nothing_to_see(line: int, column: int) -> None:
    assert shown("a: 1\n   \n", finding(column, line)) == []
    assert snippet(finding(1), Lines({}), 80) is None


def test_a_column_behind_the_end_is_marked_there() -> None:
    assert shown("a: 1", finding(99)) == ["a: 1", "    ^"]


def test_in_running_text_the_quoted_words_are_marked_where_they_stand_once() -> None:
    item = finding(0, 1, TEXT, "Der Verweis „#M9“ führt ins Leere.")
    assert shown("Siehe [](#M9).", item) == ["Siehe [](#M9).", "         ^~~"]
    assert shown("Siehe [](#M9) und [](#M9).", item) == ["Siehe [](#M9) und [](#M9)."]
    assert shown("Ein\u200bWort", finding(4, 1, TEXT)) == ["Ein<U+200B>Wort", "   ^~~~~~~~"]


def test_long_lines_are_cut_around_the_place() -> None:
    line = "text: " + "a" * 300 + " hier " + "b" * 300
    text, mark = shown(line, finding(308, 1, TEXT), 40)
    assert text == "…" + "a" * 11 + " hier " + "b" * 21 + "…"
    assert mark == " " * 13 + "^"
    text, mark = shown(line, finding(7), 40)
    assert text == "text: " + "a" * 32 + "…"
    assert mark == " " * 6 + "^" + "~" * 31
    text, mark = shown(line, finding(len(line), 1, TEXT), 40)
    assert text == "…" + "b" * 38
    assert mark == " " * 38 + "^"


LETTERS = st.text(st.sampled_from("ab:, []{}\"'#\t\u202e\x1b漢é\u0301ß-|>"), max_size=200)


@given(line=LETTERS, column=st.integers(0, 220), columns=st.integers(10, 120), path=st.sampled_from([YAML, TEXT]))
def test_whatever_the_line_it_fits_and_the_mark_is_below_it(
    line: str, column: int, columns: int, path: PurePosixPath
) -> None:
    piece = snippet(finding(column, 1, path), Lines({path: line.encode()}), columns)
    if piece is None:
        assert not line.strip()
        return
    assert width(piece.text) <= columns
    assert width(piece.mark) <= columns
    assert (piece.mark == "") == (column == 0)
    assert re.fullmatch(r" *\^~*|", piece.mark)
    assert not [sign for sign in piece.text if unicodedata.category(sign) in ("Cc", "Cf")]


@given(text=st.text(), column=st.integers(0, 50))
def test_any_text_is_harmless(text: str, column: int) -> None:
    item = finding(column, message=text)
    block = for_people([item], Lines({YAML: text.encode("utf-8", "surrogatepass")}), Path("c"), PLAIN)
    assert all(sign == "\n" or sign.isprintable() or unicodedata.category(sign) == "Zs" for sign in block)
    assert harmless(harmless(text)) == harmless(text)


def test_a_file_of_one_line_is_shown_at_once() -> None:
    lines = Lines({YAML: ("[" + "[äb, 'c'], " * 400_000).encode()})
    for column in range(1, 4_400_000, 10_000):
        piece = snippet(finding(column), lines, 100)
        assert piece is not None
        assert len(piece.text) <= 100


@pytest.mark.parametrize("name", [name for name in names() if not name.startswith(("P101", "P111", "P112", "P114"))])
def test_every_case_shows_its_line(name: str, tmp_path: Path) -> None:
    apply(load(name), tmp_path)
    source = read(tmp_path)
    for item in validate(source).diagnostics:
        piece = snippet(item, Lines(source.files), 100)
        assert (piece is not None) == bool(item.location.line), item
        if piece is not None and item.location.column:
            assert piece.mark, item
