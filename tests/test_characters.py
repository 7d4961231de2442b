"""What the fonts of the plan can print: the table that checking goes by, and what is said of all other characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.content.printable import stretches, unprintable
from pipeline.content.read import read
from pipeline.text.symbol_fonts import LETTERS, letter, with_letters
from styles.fonts.characters import FILE, table

CASES = Path(__file__).parent / "cases" / "base"


def test_the_table_is_what_the_fonts_have() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "python styles/fonts/characters.py"


def test_every_letter_of_a_symbol_font_is_in_the_fonts() -> None:
    assert [sign for letters in LETTERS.values() for sign in letters.values() if unprintable(sign)] == []


def test_signs_of_real_plans_are_in_the_fonts() -> None:
    assert unprintable("☑☐●➔Жα₂≥➢✔✓▪★ﬁᵉe\u0301■ŢșşǎạÄöß₿→⇒≈∞Ω①❶⚠›²⅓‰№™ ✔\ufe0f ⚡ ❗ ⬛ ⭐ Ⅳ") == []


@pytest.mark.parametrize(
    ("character", "name", "hint"),
    [
        ("✅", "„✅“ (U+2705, WHITE HEAVY CHECK MARK)", "Stattdessen „✔“ schreiben."),
        ("℃", "„℃“ (U+2103, DEGREE CELSIUS)", "Stattdessen „°C“ schreiben."),
        ("㎡", "„㎡“ (U+33A1, SQUARE M SQUARED)", "Stattdessen „m²“ schreiben."),
        ("🟢", "„🟢“ (U+1F7E2, LARGE GREEN CIRCLE)", "mit Worten sagen"),
        ("ا", "„ا“ (U+0627, ARABIC LETTER ALEF)", "in lateinischen Buchstaben"),
        ("\u2028", "U+2028 (LINE SEPARATOR)", "neu tippen"),
        ("\uf012", "U+F012 (aus einer Symbolschrift)", "ein gewöhnliches Zeichen"),
    ],
)
def test_another_character_is_named_with_what_to_write_instead(character: str, name: str, hint: str) -> None:
    (found,) = unprintable(f"ab{character}c{character}")
    assert (found.index, found.name) == (2, name)
    assert hint in found.hint


def test_a_text_is_parted_where_it_cannot_be_printed() -> None:
    assert stretches("gut 👨\u200d👩 ja\ufe0f") == [("gut ", True), ("👨\u200d👩", False), (" ja\ufe0f", True)]


def test_signs_without_their_symbol_font_are_what_word_writes_with_it() -> None:
    assert with_letters("\uf0b7 a \uf0e0 b \uf012") == "• a → b \uf012"
    assert (letter(0xF0FC, "Wingdings"), letter(0xB7, " symbol "), letter(0x41, "Arial")) == ("✓", "•", "")


def test_what_is_not_printed_may_hold_any_character(tmp_path: Path) -> None:
    """Keys and remarks in YAML, and texts that lie elsewhere; a value written as a number is a value all the same."""
    for path in (path for path in CASES.rglob("*") if path.is_file()):
        (tmp_path / path.relative_to(CASES)).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path.relative_to(CASES)).write_bytes(path.read_bytes())
    (tmp_path / "LIESMICH.md").write_text("# 👍\n", encoding="utf-8")
    (tmp_path / "glossar.yaml").write_text('# 👍\nbegriffe:\n  - {👍: 1, id: "x\\U0001F44D"}\n', encoding="utf-8")
    found = [str(item.location) for item in read(tmp_path).diagnostics]
    assert found == ["glossar.yaml:3:16"]
