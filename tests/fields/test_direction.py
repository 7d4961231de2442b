"""Whether a target is a least or a most: said, or following from two numbers, and never turned round by an edit."""

from __future__ import annotations

import pytest

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.indicator_row import target_value
from pipeline.merge.differences.field_edits import edits
from schema.entities import Goal
from schema.values import Indicator
from schema.vocabulary import Direction
from tests.fields.values import NAMES


@pytest.mark.parametrize(
    ("baseline", "stated", "said"),
    [
        ("18", None, "höchstens 10 Läden"),
        ("2", None, "mindestens 10 Läden"),
        ("2", Direction.EXACTLY, "genau 10 Läden"),
        ("10", None, "10 Läden"),
        ("noch zu erheben", None, "10 Läden"),
        ("noch zu erheben", Direction.AT_MOST, "höchstens 10 Läden"),
    ],
)
def test_a_target_is_shown_with_its_direction_and_none_is_guessed(
    baseline: str, stated: Direction | None, said: str
) -> None:
    data = {"name": "Leer", "einheit": "Läden", "ausgangswert": baseline, "zielwert": "10", "richtung": stated}
    indicator = Indicator.model_validate(data)
    assert target_value(indicator) == said


ROW = "Leer\t18 Läden\thöchstens 9 Läden\t–"
ITEM: dict[str, Plain] = {"name": "Leer", "einheit": "Läden", "ausgangswert": "18", "zielwert": "9"}


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        ("Leer\t18 Läden\thöchstens 8 Läden\t–", {"zielwert": "8"}),
        ("Leer\t18 Läden\thöchstens 20 Läden\t–", {"zielwert": "20", "richtung": "hoechstens"}),
        ("Leer\t7 Läden\thöchstens 9 Läden\t–", {"ausgangswert": "7", "richtung": "hoechstens"}),
        ("Leer\t18 Läden\tgenau 9 Läden\t–", {"richtung": "genau"}),
        ("Leer\tnoch zu erheben\thöchstens 9 Läden\t–", {"ausgangswert": "noch zu erheben", "richtung": "hoechstens"}),
    ],
)
def test_an_edit_never_turns_the_direction_round(after: str, changed: dict[str, Plain]) -> None:
    (edit,) = edits("indikatoren", Goal, [ITEM], [ROW], [after], NAMES)  # type: ignore[misc]
    assert edit.value == [{**ITEM, **changed}]
