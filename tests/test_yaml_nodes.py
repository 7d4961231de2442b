"""The one tree of a YAML file: each node says what it means, where a reader finds it and which stretch it takes up."""

from __future__ import annotations

import pytest

from pipeline.content.yaml_compose import compose
from pipeline.content.yaml_nodes import Entries, Scalar, YamlNode, entry, key_node, plain, walk

TEXT = """\
# Kopf
plain: zwei Wörter   # Bemerkung
quoted: 'it''s'
literal: |
  erste Zeile

  zweite

folded: >-
  ein Text
  in Zeilen
kept: |+
  mit Leerzeile

list:
  - a
  - {b: c}

# vor dem Klammerpaar
flow: [d, "e"]  # danach
empty:
anchor: &name [f]
alias: *name
"""


def root() -> YamlNode:
    found = compose(TEXT)
    assert found is not None
    return found


def node(key: str) -> YamlNode:
    found = entry(root(), key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "stretch", "says"),
    [
        ("plain", "zwei Wörter", "zwei Wörter"),
        ("quoted", "'it''s'", "it's"),
        ("literal", "|\n  erste Zeile\n\n  zweite", "erste Zeile\n\nzweite\n"),
        ("folded", ">-\n  ein Text\n  in Zeilen", "ein Text in Zeilen"),
        ("kept", "|+\n  mit Leerzeile\n", "mit Leerzeile\n\n"),
        ("list", "- a\n  - {b: c}", ["a", {"b": "c"}]),
        ("flow", '[d, "e"]', ["d", "e"]),
        ("empty", "", None),
        ("anchor", "&name [f]", ["f"]),
        ("alias", "*name", ["f"]),
    ],
)
def test_a_node_takes_up_what_is_written_for_it_and_nothing_behind(key: str, stretch: str, says: object) -> None:
    found = node(key)
    assert TEXT[found.start : found.end] == stretch
    assert plain(found) == says


def test_a_key_has_its_place() -> None:
    found = key_node(root(), "flow")
    assert found is not None
    assert TEXT[found.start : found.end] == "flow"
    assert (found.line, found.column) == (TEXT[: found.start].count("\n") + 1, 1)


def test_an_alias_is_read_where_its_anchor_stands() -> None:
    anchor, alias = node("anchor"), node("alias")
    assert (alias.line, alias.column) == (anchor.line, anchor.column)
    assert (anchor.has_anchor, anchor.is_alias) == (True, False)
    assert (alias.has_anchor, alias.is_alias) == (False, True)
    assert anchor.is_shared
    assert alias.is_shared
    assert not node("flow").is_shared


def test_what_an_alias_repeats_is_walked_through_once() -> None:
    words = [found.value for found in walk(root()) if isinstance(found, Scalar)]
    assert words.count("f") == 1
    assert words.count("alias") == 1


def test_every_node_lies_inside_of_the_one_above_it() -> None:
    for found in walk(root()):
        inner = [part for pair in found.entries for part in pair] if isinstance(found, Entries) else []
        assert all(found.start <= part.start <= part.end <= found.end for part in inner)


def test_a_decimal_comma_in_braces_is_part_of_its_number() -> None:
    """So it is read as one value, and replaced as one."""
    text = "a:\n  - {betrag: 12,5, einheit: euro, anteil: -1.000,50}\n"
    root = compose(text)
    assert root is not None
    assert plain(root) == {"a": [{"betrag": "12,5", "einheit": "euro", "anteil": "-1.000,50"}]}
    for sum_ in ("12.000,-", "12.000,00 €", "12.000,-- Euro", "1,000,000", "1,000,000 €"):
        one = compose(f"{{a: {sum_}, b: c}}")
        assert one is not None
        assert plain(one) == {"a": sum_, "b": "c"}
    (amount,) = (node for node in walk(root) if isinstance(node, Scalar) and node.value == "12,5")
    assert text[amount.start : amount.end] == "12,5"


@pytest.mark.parametrize("text", ["{a: 12, 5}", "{a: 12,5,3}", "{a: '12',5}", "{a: x,5}", "{a: 12,x}", "{a: 12 ,5}"])
def test_other_commas_in_braces_part_what_stands_there(text: str) -> None:
    root = compose(text)
    assert isinstance(root, Entries)
    assert len(root.entries) > 1
