"""Typical mistakes in, what people read about them out: the place they have to change, and words that help."""

from __future__ import annotations

import pytest

from pipeline.budget.limits import ALIASES, DATA_LEVELS, KEYS
from pipeline.content.yaml_compose import YamlFault, compose
from pipeline.content.yaml_nodes import Scalar, cut, plain, walk

# Broken YAML, the place to change, and a word of the sentence.
SYNTAX = {
    "tab": ("a:\n  - id: x\n\tb: c\n", (3, 1), "Tabulatoren"),
    "tab after text": ("a:\n  - id: x\n    b: c\n\td: e\n", (4, 1), "Tabulatoren"),
    "too little indented": ("a:\n  - id: x\n    b: c\n   d: e\n", (4, 4), "anders eingerückt"),
    "too much indented": ("a:\n  - id: x\n    b: c\n      d: e\n", (4, 8), "anders eingerückt"),
    "dash not under dash": ("a:\n  - id: x\n   - id: y\n", (3, 4), "anders eingerückt"),
    "dash without space": ("a:\n  -id: x\n   b: c\n", (2, 3), "fehlt ein Leerzeichen"),
    "colon in a text": ("a: b: c\n", (1, 5), "enthält einen Doppelpunkt"),
    "no colon": ("a:\n  - id: x\n    b c\n    d: e\n", (3, 5), "fehlt ein Doppelpunkt"),
    "quote not closed": ('a: "b\nc: d\ne: f\n', (1, 4), "nicht geschlossen"),
    "text after a quote": ("a: 'it's'\nb: c\n", (1, 8), "steht noch etwas"),
    "bracket not closed": ("a: [b, c\nd: e\n", (1, 4), "nicht geschlossen"),
    "brace not closed": ("a: {b: c\nd: e\n", (1, 4), "nicht geschlossen"),
    "begins with a sign": ("a: @b\n", (1, 4), "nicht beginnen"),
    "backslash": ('a: "C:\\Users"\n', (1, 9), "Schrägstrich"),
    "two commas": ("a: [b,,c]\n", (1, 7), "kein gültiges YAML"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_broken_yaml_is_explained_where_it_is_to_be_changed(name: str) -> None:
    text, place, words = SYNTAX[name]
    fault = refused(text)
    assert (fault.code, fault.line, fault.column) == ("P103", *place)
    assert words in fault.message
    assert fault.hint


def refused(text: str) -> YamlFault:
    with pytest.raises(YamlFault) as caught:
        compose(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("a: " + "[" * (DATA_LEVELS.most - 1) + "]" * (DATA_LEVELS.most - 1), True),
        ("a: " + "[" * DATA_LEVELS.most + "]" * DATA_LEVELS.most, False),
        ("a: &a [[[x]]]\nb: " + "[" * (DATA_LEVELS.most - 4) + "*a" + "]" * (DATA_LEVELS.most - 4), True),
        ("a: &a [[[x]]]\nb: " + "[" * (DATA_LEVELS.most - 3) + "*a" + "]" * (DATA_LEVELS.most - 3), False),
        ("a: &a x\nb: [" + "*a, " * ALIASES.most + "]", True),
        ("a: &a x\nb: [" + "*a, " * (ALIASES.most + 1) + "]", False),
        ("".join(f"a{number}: x\n" for number in range(KEYS.most)), True),
        ("".join(f"a{number}: x\n" for number in range(KEYS.most + 1)), False),
        ("a: !!python/name:os.system x", False),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", True),
        (
            "".join(
                f"k{number}: &k{number} [{', '.join([f'*k{number - 1}'] * 9) if number else 'x'}]\n"
                for number in range(9)
            ),
            False,
        ),
    ],
    ids=[
        "49 levels", "51 levels", "50 levels by alias", "51 levels by alias", "100 aliases", "101 aliases",
        "500 keys", "501 keys", "tag", "aliases of aliases", "billion laughs",
    ],
)  # fmt: skip
def test_limits_of_yaml(text: str, allowed: bool) -> None:
    if allowed:
        assert compose(text) is not None
    else:
        assert refused(text).code == "P113"


@pytest.mark.parametrize("value", ["", " ", "~", "null", "# nichts"])
def test_a_key_without_a_value_counts_as_not_there(value: str) -> None:
    node = compose(f"a: {value}\nb: '{value}'\n")
    assert node is not None
    assert plain(node) == {"a": None, "b": value}


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("a: Flächen #1 und #2", "1"),
        ("a: {b: Straße #7}", "7}"),
        ("a: [Straße #7]", "7]"),
        ("a: x\t#y", "y"),
        ("a: Flächen # eine Bemerkung", ""),
        ("a: Flächen  ## eine Bemerkung", ""),
        ("a: Flächen#1", ""),
        ("a: 'Flächen' #1", ""),
        ("a: 'Flächen #1'", ""),
        ("a: | #1\n  Text #2", ""),
        ("#1 a: x\na: Flächen", ""),
        ("a: Flächen\n#1 b: x", ""),
    ],
)
def test_a_text_that_a_hash_cuts_short_is_noticed(row: str, word: str) -> None:
    try:
        root = compose(row)
    except YamlFault:  # a bracket that is cut off too; that is told anyway
        assert row.startswith(("a: {", "a: ["))
        return
    assert root is not None
    found = [cut(row, node) for node in walk(root) if isinstance(node, Scalar)]
    assert [item for item in found if item] == ([word] if word else [])
