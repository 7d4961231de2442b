"""What somebody types behind a key arrives in the plan as it was typed, or the check says at that line that it is not.

YAML has its own ideas of `ja`, `012`, `1.000`, `12:30`, of commas, colons, remarks and of what begins a text. None of
them may change a value that nobody looks at again before the plan is printed.
"""

from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.check.validate import Checked, validate
from pipeline.content.read import read
from tests.cases import apply
from tests.tiers import examples

MEASURES = "stadt/massnahmen.yaml"
TITLE, MILESTONE = "titel: Flächen verzeichnen", "titel: Verzeichnis liegt vor"
FUNDING, EFFORT, BASELINE = "quelle: Haushalt", "betrag: 20", "ausgangswert: 40"


def checked(file: str, find: str, replace: str) -> tuple[Checked, int]:
    """The faultless plan with one value typed anew, and the line it stands in."""
    with tempfile.TemporaryDirectory() as folder:
        apply({"edits": [{"file": file, "find": find, "replace": replace}]}, Path(folder))
        text = (Path(folder) / file).read_text(encoding="utf-8")
        line = text[: text.index(replace)].count("\n") + 1
        return validate(read(Path(folder))), line


def refused(found: Checked, line: int) -> bool:
    """Whether an error stands at a line."""
    return any(item.location.line == line and item.severity == "error" for item in found.diagnostics)


# --- texts --------------------------------------------------------------------------------------------------------

WORDS = ["Halle", "3", "ja", "12", "A", "Ä", "neu", "von: x", "id", "stand"]
SIGNS = [" ", " ", " ", ",", ", ", ":", ": ", "#", " #", " # ", "-", "- ", "–", "&", "*", "!", "|", ">", "%", "@", "`"]
SIGNS += ["{", "}", "[", "]", '"', "'", "\\", "?", "? ", "~", "=", "„", "“", "…", "\u00a0", "\t", "/", "<", "(", ")"]
typed = st.lists(st.sampled_from([*WORDS, *SIGNS]), min_size=1, max_size=6).map("".join)


def as_typed(text: str) -> set[str]:
    """What a text may arrive as: itself; without the quotes around it; without a remark that stands apart."""
    plain = re.sub(r"(?<=\S)[ \t]{2,}#([ \t].*|$)", "", text).strip()
    values = {plain, text.strip()}
    for quote in "\"'":
        if len(plain) > 1 and plain[0] == plain[-1] == quote:
            values.add(plain[1:-1].replace("''", "'") if quote == "'" else plain[1:-1])
        if remark := re.fullmatch(rf"({quote})(.*?)\1[ \t]+#.*", text.strip()):
            values.add(remark[2])
    return {value.strip() for value in values}


@settings(max_examples=examples(400))
@given(typed)
@example("Halle # 3 ausbauen")
@example("&Co Halle")
@example("Halle #\u00a0")
@example('"Halle"#')
@example("ja nein on off")
def test_a_title_arrives_as_typed_or_is_refused(text: str) -> None:
    found, line = checked(MEASURES, TITLE, f"titel: {text}")
    titles = {item.id: item.title for item in found.plan.measures} if found.plan else {}
    assert refused(found, line) or refused(found, line - 1) or titles.get("M1.1.1") in as_typed(text), found.diagnostics


@settings(max_examples=examples(400))
@given(typed.filter(lambda text: "}" not in text))
@example("Zuständigkeiten, Vertretungen benannt")
@example("Stelle, termin")
def test_a_text_in_braces_arrives_as_typed_or_is_refused(text: str) -> None:
    found, line = checked(MEASURES, MILESTONE, f"titel: {text}")
    due = {item.id: item.milestones for item in found.plan.measures} if found.plan else {}
    arrived = [item.title for item in due.get("M1.1.1", ())]
    told = refused(found, line) or not found.plan or any(item.code == "P103" for item in found.diagnostics)
    assert told or (len(arrived) == 1 and arrived[0] in as_typed(text.rstrip(" ,\t"))), found.diagnostics


# --- numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"), ("12.5", "12.5"), ("12,5", "12.5"), ("0,25", "0.25"), ("33,3333", "33.3333"), ("0", "0"),
        ("0,125", "0.125"), ("12,000", None), ("33,333", None), ("12.000,-", None), ("12.000,00 €", None),
        ("12, 5", None), ("12,5 Tage", None), ("1.000", None), ("12.000", None), ("1.000,50", None),
        ("1,000,000", None), ("12 000", None), ("12'000", None), ("1_000", None), ("012", None), ("0o14", None),
        ("0x1F", None), ("1e3", None), ("12:30", None), (".5", None), ("5,", None), ("+5", None), ("-5", None),
        ("−5", None), ("½", None), ("１２", None), ("ca. 12", None), ("12-15", None), ("12 %", None), ("€ 12", None),
        (".nan", None), ("Null", None), ("null", None), ("ja", None), ("2026-11-22", None), ("*a", None),
        ("", None), ("~", None),
    ],
)  # fmt: skip
def test_an_amount_is_the_number_that_is_meant_or_refused(text: str, value: str | None) -> None:
    found, line = checked(MEASURES, EFFORT, f"betrag: {text}")
    assert found.plan is not None
    amounts = [effort.amount for item in found.plan.measures if item.id == "M1.1.1" for effort in item.effort]
    if value is None:
        assert refused(found, line)
    else:
        assert amounts == [Decimal(value)]


@pytest.mark.parametrize("text", ["Null", "NULL", "null"])
def test_zero_in_words_is_not_taken_for_nothing(text: str) -> None:
    found, line = checked("stadt/ziele.yaml", BASELINE, f"ausgangswert: {text}")
    assert refused(found, line)


@settings(max_examples=examples(200))
@given(st.text(st.sampled_from("0123456789.,:_ -e%€"), min_size=1, max_size=7))
def test_no_number_arrives_as_another_one(text: str) -> None:
    found, line = checked(MEASURES, EFFORT, f"betrag: {text}")
    assert found.plan is not None
    amounts = [effort.amount for item in found.plan.measures if item.id == "M1.1.1" for effort in item.effort]
    if not refused(found, line):
        assert re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", text.strip())
        assert amounts == [Decimal(text.strip().replace(",", "."))]


# --- words that YAML has ideas about ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["ja", "nein", "yes", "no", "on", "off", "true", "false", "012", "1_000", "12:30", "1e3", "2026-11-22", "="]
)
def test_words_of_yaml_stay_texts(text: str) -> None:
    found, _ = checked(MEASURES, FUNDING, f"quelle: {text}")
    assert found.plan is not None
    assert [item.funding[0].source for item in found.plan.measures if item.id == "M1.1.1"] == [text]
