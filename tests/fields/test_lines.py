"""A list of lines, as a measure may have some day: what somebody writes in its cell is what the data say then."""

from __future__ import annotations

from typing import Final

import pytest
from pydantic import Field

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.names import PlanNames
from pipeline.merge.differences.field_edits import edits
from pipeline.merge.yaml.edits import REMOVE, Edit
from schema.base import Line, Model

TYPED: Final[list[Plain]] = ["Betriebe, z.B. im Kern", 'Die "Mitte"', "Schulen"]
SHOWN: Final = ["Betriebe, z.\u00a0B. im Kern", "Die „Mitte“", "Schulen"]


class Sheet(Model):
    """A sheet with such a field."""

    lines: tuple[Line, ...] = Field(default=(), alias="zeilen", title="Zeilen")


def edited(value: Plain, before: list[str], after: list[str]) -> object:
    return edits("zeilen", Sheet, value, before, after, PlanNames({}, {}, {}))


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        ([SHOWN[0], "Vereine", *SHOWN[1:]], [TYPED[0], "Vereine", *TYPED[1:]]),
        ([SHOWN[2], SHOWN[0], SHOWN[1]], [TYPED[2], TYPED[0], TYPED[1]]),
        (SHOWN[1:], TYPED[1:]),
        ([SHOWN[0].replace("Kern", "Ort"), *SHOWN[1:]], ["Betriebe, z.B. im Ort", *TYPED[1:]]),
        (["Ganz anderes"], ["Ganz anderes"]),
        (["–", SHOWN[2], ""], [TYPED[2]]),
    ],
    ids=["new", "moved", "gone", "changed", "all anew", "a dash is nothing"],
)
def test_lines_that_stayed_keep_what_was_typed(after: list[str], wanted: list[Plain]) -> None:
    assert edited(TYPED, SHOWN, after) == [Edit(("zeilen",), wanted)]


def test_an_empty_cell_can_be_filled_and_emptied() -> None:
    assert edited(None, ["–"], ["Alle", "Vereine"]) == [Edit(("zeilen",), ["Alle", "Vereine"])]
    assert edited(TYPED, SHOWN, ["—"]) == [Edit(("zeilen",), REMOVE)]
    assert edited(TYPED, SHOWN, [line.replace("\u00a0", " ") for line in SHOWN]) == []
