"""Actors of one group that have little to do: one column of the matrix and one sheet, on which each is found."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import model as d
from pipeline.document.references import anchors
from pipeline.pdf.html import part_html
from pipeline.word.html import document_html
from tests.loading import Loaded
from tests.parts import Maker, measure, part_of, rows

SCHOOLS = ("gymnasium", "realschule", "berufsschule")


def made(folder: Path, together: int) -> Loaded:
    maker = Maker(folder)
    maker.files["plan.yaml"]["optionen"] = {"zusammen_bis": together}
    maker.files["plan.yaml"]["gliederung"] = [
        {"teil": name} for name in ("handlungsfelder", "zustaendigkeitsmatrix", "wer_macht_was")
    ]
    maker.files["akteure.yaml"]["akteure"] += [
        {"id": name, "name": name.capitalize(), "art": "hochschule", "gruppe": "Schulen"} for name in SCHOOLS
    ]
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", mitwirkung=[{"akteur": "gymnasium", "beitrag": "stellt Räume"}, "berufsschule"]),
        measure("M1.1.2", "amt", mitwirkung=["berufsschule"], information=["realschule"]),
        measure("M1.1.3", "amt", mitwirkung=["gymnasium"], entscheidung=["berufsschule"]),
    )
    return maker.load()


def test_each_has_a_column_and_a_sheet_where_nobody_says_otherwise(tmp_path: Path) -> None:
    loaded = made(tmp_path, 0)
    assert [column.name for column in part_of(loaded, d.Matrix).columns][-3:] == [
        "Gymnasium",
        "Realschule",
        "Berufsschule",
    ]
    assert [sheet.anchor for sheet in part_of(loaded, d.Actors).sheets][-3:] == [*SCHOOLS]


def test_small_ones_stand_together_and_none_of_their_roles_is_lost(tmp_path: Path) -> None:
    loaded = made(tmp_path, 2)
    matrix = part_of(loaded, d.Matrix)
    assert [column.name for column in matrix.columns][-2:] == ["Schulen", "Berufsschule"]  # which has three tasks
    assert [row.roles[-2:] for group in matrix.groups for row in group.rows] == [("M", "M"), ("I", "M"), ("M", "E")]
    assert {total.role: total.counts[-2:] for total in matrix.sums} == {
        "F": (0, 0),
        "E": (0, 1),
        "M": (2, 2),
        "I": (1, 0),
    }
    *_, group, alone = part_of(loaded, d.Actors).sheets
    assert (group.name, alone.name, group.kind) == ("Schulen", "Berufsschule", "2\u00a0Stellen")
    assert [(section.role.letter, section.count) for section in group.sections] == [("M", 2), ("I", 1)]
    assert group.members is not None
    assert [row[0] for row in rows(group.members)] == ["Gymnasium", "Realschule"]
    assert set(SCHOOLS) <= set(anchors(loaded.document.parts))
    (participation, _) = group.sections
    assert [row[1] for row in rows(participation.table)] == [
        "Maßnahme 1.1.1 / Gymnasium: stellt Räume",
        "Maßnahme 1.1.3 / Gymnasium",
    ]


def test_a_measure_in_which_they_have_different_roles_shows_both(tmp_path: Path) -> None:
    loaded = made(tmp_path, 3)
    matrix = part_of(loaded, d.Matrix)
    assert [row.roles[-1] for group in matrix.groups for row in group.rows] == ["M", "MI", "EM"]
    printed, edited = str(part_html(matrix)), document_html(loaded.document)
    for html in (printed, edited):
        assert html.count("Gymnasium") == 0 if html is printed else html.count("Gymnasium") > 0
    assert printed.count("role-M") >= 3 or printed.count(">M<") >= 3
