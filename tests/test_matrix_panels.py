"""The matrix in panels: which actors stand on which, what stands above them, nothing lost between."""

from __future__ import annotations

import pytest

from pipeline.document import model as d
from pipeline.document.matrix_panels import MatrixPanel, PanelLimits, matrix_panels

SIGN = d.Sign("V", "Verwaltung", "filled")
LIMITS = PanelLimits(columns=3, head_lines=2, head_characters=12)


def matrix(actors: int, name: str = "Amt") -> d.Matrix:
    """A matrix of two measures whose cells say in which column they stand; strands change at every second actor."""
    cells = tuple(str(number) for number in range(actors))
    rows = tuple(d.MatrixRow(f"#M1.1.{n}", f"1.1.{n}", "Titel", SIGN, cells) for n in (1, 2))
    columns = tuple(d.MatrixColumn(name, "kurz", SIGN, opens_group=number % 2 == 0) for number in range(actors))
    sums = (d.MatrixSum("F", "Federführung", tuple(range(actors))),)
    return d.Matrix("m", "Matrix", ("Nr.", "Titel"), (), (), columns, (d.MatrixGroup("Feld", rows),), "Summe", sums)


def panels(actors: int, name: str = "Amt") -> list[MatrixPanel]:
    return list(matrix_panels(matrix(actors, name), LIMITS))


@pytest.mark.parametrize(
    ("actors", "widths"), [(0, []), (1, [1]), (3, [3]), (4, [2, 2]), (7, [3, 3, 1]), (8, [3, 3, 2])]
)
def test_panels_are_as_wide_as_allowed_and_alike(actors: int, widths: list[int]) -> None:
    assert [len(panel.columns) for panel in panels(actors)] == widths


def test_every_column_keeps_its_cells_and_sums() -> None:
    found = panels(4)
    assert [[row.roles for group in panel.groups for row in group.rows] for panel in found] == [
        [("0", "1"), ("0", "1")],
        [("2", "3"), ("2", "3")],
    ]
    assert [total.counts for panel in found for total in panel.sums] == [(0, 1), (2, 3)]


def test_only_several_panels_have_a_caption() -> None:
    assert [panel.caption for panel in panels(3)] == [""]
    assert [panel.caption for panel in panels(4)] == ["Akteure, Teil 1 von 2", "Akteure, Teil 2 von 2"]


def test_every_panel_opens_a_group() -> None:
    opening = [[column.opens_group for column in panel.columns] for panel in panels(8)]
    assert opening == [[True, False, True], [True, True, False], [True, False]]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Amt für Wirtschaft", "Amt für Wirtschaft"),  # two lines: "Amt für", "Wirtschaft"
        ("Amt für Wirtschaft und Standort", "kurz"),  # three
        ("Genehmigungsamt", "kurz"),  # a word that no line holds
        ("Amt\u00a0für Wirtschaft", "Amt\u00a0für Wirtschaft"),
    ],
)
def test_a_name_that_does_not_fit_gives_way_to_the_short_one(name: str, head: str) -> None:
    assert [panel.heads for panel in panels(1, name)] == [(head,)]
