"""Measure sheets parted into units print as they would in one: same pages, one section, one branch of the outline."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pikepdf
import pytest

import pipeline.pdf.pages.actor_sheets
import pipeline.pdf.pages.panels
import pipeline.pdf.pages.typeset_units
from benchmarks.plans import write_plan
from pipeline.document.model import (
    Actors,
    ActorSheet,
    Chapter,
    Collection,
    FieldOpener,
    Matrix,
    MatrixGroup,
    MeasureSheets,
    Properties,
    RoleSection,
    RowGroup,
)
from pipeline.pdf.bind import Furniture, Piece, bind
from pipeline.pdf.fragment import Fragment, Place
from pipeline.pdf.html import document_styles, fragment_html, head_of
from pipeline.pdf.pages.actor_sheets import actor_height, is_whole, opening_sheets, tasks_of
from pipeline.pdf.pages.panels import head_height
from pipeline.pdf.pages.typeset_units import Unit, page_openings, units, units_of
from pipeline.pdf.pieces import furniture_of
from pipeline.pdf.tokens import tokens
from pipeline.pdf.typeset.typeset import Typesetter
from pipeline.text.nodes import Node
from tests.loading import load
from tests.pdf.looks import looks
from tests.pdf.sample import PICTURES, sample

COUNT = 22
MOST = 8  # sheets in a unit, so that few sheets make several units
SENTENCE = "Ein Satz, der nur hier steht, damit dieser Steckbrief höher wird als eine halbe Seite. "
PAGE_ROOM = 714.0  # points


@dataclass(frozen=True)
class Typeset:
    """Sheets as one unit and as several, each typeset alone; what links of theirs lead to."""

    part: MeasureSheets
    properties: Properties
    targets: frozenset[str]
    whole: Fragment
    units: Sequence[Unit]
    fragments: Sequence[Fragment]


@pytest.fixture(scope="module")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> Typeset:
    """The sheets of a whole plan as if they were one field's, some of them made higher."""
    folder = tmp_path_factory.mktemp("plan")
    write_plan(folder, COUNT)
    document = load(folder).document
    parts = [part for part in document.parts if isinstance(part, MeasureSheets)]
    sheets = [sheet for part in parts for sheet in part.sheets]
    for index, sentences in ((4, 4), (11, 9), (12, 60), (18, 4)):
        text = Node("paragraph", children=(Node("text", text=SENTENCE * sentences),))
        sheets[index] = replace(sheets[index], description=(text, *sheets[index].description))
    part = replace(parts[0], sheets=tuple(sheets))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.pdf.pages.typeset_units, "MOST_SHEETS", MOST)
        parted = list(units(part))
        pages = [fragment_html(unit, head_of(document.properties)) for unit in (Unit(part), *parted)]
    typesetter = Typesetter(document_styles(document.properties))
    whole, *fragments = (typesetter.typeset(page, {}) for page in pages)
    return Typeset(
        part,
        document.properties,
        frozenset(document.targets),
        whole,
        parted,
        fragments,
    )


def places(fragments: Sequence[Fragment], names: set[str]) -> Iterator[tuple[str, int, float]]:
    """Name, page and height of every anchor among `names`, the fragments' pages counted through."""
    first = 0
    for fragment in fragments:
        for anchor, place in fragment.anchors.items():
            if anchor in names:
                yield anchor, first + place.page, place.y
        first += fragment.pages


def test_every_sheet_stands_where_it_would_without_cuts(typeset: Typeset) -> None:
    sheets = {sheet.anchor for sheet in typeset.part.sheets}
    assert list(places(typeset.fragments, sheets)) == list(places([typeset.whole], sheets))
    assert len(typeset.units) > 2
    assert len(sheets) == COUNT


def test_a_unit_holds_no_more_than_it_may(typeset: Typeset) -> None:
    sizes = [len(unit.part.sheets) for unit in typeset.units if isinstance(unit.part, MeasureSheets)]
    assert sum(sizes) == COUNT
    assert max(sizes) <= MOST


def test_bound_units_are_one_section_and_one_branch(typeset: Typeset) -> None:
    furniture = Furniture(typeset.part.title, typeset.part.number)
    elsewhere = typeset.targets - {sheet.anchor for sheet in typeset.part.sheets} - {typeset.part.anchor}
    first, *others = typeset.fragments
    first = replace(first, anchors=dict(first.anchors) | dict.fromkeys(elsewhere, Place(0, 0, 0)))
    pieces = [
        Piece(fragment, furniture, continues=unit.continues)
        for unit, fragment in zip(typeset.units, (first, *others), strict=True)
    ]
    bound = bind(pieces, typeset.properties)
    assert bound.pages == typeset.whole.pages
    with pikepdf.open(io.BytesIO(bound.pdf)) as pdf, pdf.open_outline() as outline:
        (section,) = list(pdf.Root.StructTreeRoot.K[0].K)
        assert [str(kid.S) for kid in section.K] == ["/H2", *["/Art"] * COUNT]
        assert all(section == kid.P for kid in section.K)
        (branch,) = outline.root
        titles = [f"{sheet.number} {sheet.title}" for sheet in typeset.part.sheets]
        assert [child.title for child in branch.children] == titles


def test_actors_and_panels_look_as_they_would_without_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.pdf.pages.actor_sheets, "MOST_TASKS", 1)
    monkeypatch.setattr(pipeline.pdf.pages.actor_sheets, "FEWEST_TASKS", 1)
    document = sample()
    typesetter = Typesetter(document_styles(document.properties))
    matrix = next(part for part in document.parts if isinstance(part, Matrix))
    actors = next(part for part in document.parts if isinstance(part, Actors))
    for part in (_widened(matrix), replace(actors, sheets=_renamed(actors.sheets * 2))):
        whole, *fragments = (
            typesetter.typeset(fragment_html(unit, head_of(document.properties)), PICTURES)
            for unit in (Unit(part), *units(part))
        )
        assert len(fragments) > 1
        assert [look for fragment in fragments for look in looks(fragment.pdf)] == looks(whole.pdf)


def test_a_unit_of_actors_begins_where_least_of_a_page_stays_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of nine like sheets fill a page, so the fourth and the seventh begin one anyway: the later cut is taken."""
    actors = next(part for part in sample().parts if isinstance(part, Actors))
    sheet = replace(actors.sheets[0], sections=_rows(actors.sheets[0].sections, 4))
    part = replace(actors, sheets=_renamed([sheet] * 9), informed=Collection("weitere", "Weitere", actors.directory))
    assert is_whole(sheet)
    assert tasks_of(sheet) == 4
    assert int(PAGE_ROOM // actor_height(sheet)) == 3
    monkeypatch.setattr(pipeline.pdf.pages.actor_sheets, "_opening_height", lambda _: 0.0)
    monkeypatch.setattr(pipeline.pdf.pages.actor_sheets, "MOST_TASKS", 26)
    monkeypatch.setattr(pipeline.pdf.pages.actor_sheets, "FEWEST_TASKS", 8)
    parted = [unit.part for unit in units(part) if isinstance(unit.part, Actors)]
    assert list(opening_sheets(part)) == [6]
    assert [(len(each.sheets), each.informed is None) for each in parted] == [(6, True), (3, False)]
    assert not [each for each in parted if list(opening_sheets(each))]


def test_an_actor_with_more_tasks_than_a_unit_holds_has_one_alone() -> None:
    actors = next(part for part in sample().parts if isinstance(part, Actors))
    small, large = actors.sheets[0], replace(actors.sheets[0], sections=_rows(actors.sheets[0].sections, 300))
    part = replace(actors, sheets=_renamed([small, large, small, large]))
    assert list(opening_sheets(part)) == [1, 2, 3]


def _rows(sections: Sequence[RoleSection], count: int) -> tuple[RoleSection, ...]:
    """The sections' tables with their first row so many times."""
    return tuple(
        replace(section, table=replace(section.table, groups=(RowGroup(section.table.groups[0].rows[:1] * count),)))
        for section in sections
    )


def _widened(matrix: Matrix) -> Matrix:
    """The matrix with so many more actors that it needs two panels."""
    return replace(
        matrix,
        columns=matrix.columns * 6,
        groups=tuple(
            replace(group, rows=tuple(replace(row, roles=row.roles * 6) for row in group.rows))
            for group in matrix.groups
        ),
        sums=tuple(replace(total, counts=total.counts * 6) for total in matrix.sums),
    )


def _renamed(sheets: Sequence[ActorSheet]) -> tuple[ActorSheet, ...]:
    return tuple(replace(sheet, anchor=f"akteur-{number}") for number, sheet in enumerate(sheets))


def test_a_unit_opens_where_a_page_begins_anyway(typeset: Typeset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told to begin a page, its first sheet stands where it would without being told, but for a page at the most."""
    monkeypatch.setattr(pipeline.pdf.pages.typeset_units, "MOST_SHEETS", COUNT)
    free = Typesetter(document_styles(typeset.properties)).typeset(
        fragment_html(Unit(typeset.part), head_of(typeset.properties)), {}
    )
    assert page_openings(typeset.part.sheets) == []
    assert free.pages <= typeset.whole.pages <= free.pages + 1


def test_few_sheets_begin_where_the_goals_of_their_field_end(monkeypatch: pytest.MonkeyPatch) -> None:
    document = sample()
    joined = [unit for unit in units_of(document.parts) if isinstance(unit.part, FieldOpener)]
    assert [unit.sheets.number for unit in joined if unit.sheets] == [unit.part.number for unit in joined]  # type: ignore[attr-defined]
    assert [part for unit in units_of(document.parts) for part in (unit.part, unit.sheets) if part] == [*document.parts]
    monkeypatch.setattr(pipeline.pdf.pages.typeset_units, "MOST_SHEETS", 1)
    assert [unit.sheets for unit in units_of(document.parts) if unit.sheets] == []


def test_a_large_panel_looks_and_reads_as_it_would_without_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.pdf.pages.panels, "MOST_CELLS", 1)
    document = sample()
    matrix = next(part for part in document.parts if isinstance(part, Matrix))
    row = matrix.groups[0].rows[0]
    groups = tuple(MatrixGroup(f"{number} Feld", (row,) * rows) for number, rows in enumerate((2, 45, 5, 45, 60, 3)))
    part = replace(matrix, groups=groups)
    parted = list(units(part))
    assert [len(unit.stretch.groups) for unit in parted if unit.stretch] == [1, 2, 1, 2]
    typesetter = Typesetter(document_styles(document.properties))
    whole, cut = (
        [
            Piece(
                replace(typesetter.typeset(fragment_html(unit, head_of(document.properties)), PICTURES), anchors={}),
                None,
                continues=unit.continues,
            )
            for unit in of
        ]
        for of in ([Unit(part)], parted)
    )
    assert [look for piece in cut for look in looks(piece.fragment.pdf)] == looks(whole[0].fragment.pdf)
    targets = {row.target[1:]: Place(0, 0, 0)}
    trees = []
    for pieces in (whole, cut):
        first = replace(pieces[0], fragment=replace(pieces[0].fragment, anchors=targets))
        with pikepdf.open(io.BytesIO(bind([first, *pieces[1:]], document.properties).pdf)) as pdf:
            trees.append(list(_tags(pdf.Root.StructTreeRoot.K[0], pdf)))
    assert trees[0] == trees[1]
    assert [tag for tag, _ in trees[1]].count("/THead") == 1


def test_heads_of_the_matrix_take_the_room_that_they_need() -> None:
    least = tokens().mm["matrix"]["head_least"]
    assert head_height(["Wir"]) < 10
    assert head_height(["Wir", "Wirtschaftsförderung und Standortmanagement"]) == least
    assert head_height(["Wirtschaftsförderung und Standortmanagement der Stadt, Gewerbe"]) > least


def _tags(element: pikepdf.Object, pdf: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """Every element below one, with the page on which it begins."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    yield str(element.S), pages[element.Pg.objgen] if "/Pg" in element else -1
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert element == kid.P
            yield from _tags(kid, pdf)


def chapter(number: int, paragraphs: int) -> Chapter:
    """A chapter whose sentences fill some six lines a paragraph."""
    text = Node("paragraph", children=(Node("text", text=SENTENCE * 5),))
    return Chapter(anchor=f"k{number}", title=f"Kapitel {number}", blocks=(text,) * paragraphs)


@pytest.mark.parametrize(("paragraphs", "page", "run"), [(4, 0, "Kapitel 2"), (6, 1, "")])
def test_a_chapter_begins_below_another_where_a_third_of_the_page_is_free(paragraphs: int, page: int, run: str) -> None:
    properties = sample().properties
    (unit,) = units_of([chapter(1, paragraphs), chapter(2, 3)])
    fragment = Typesetter(document_styles(properties)).typeset(fragment_html(unit, head_of(properties)), {})
    assert (fragment.anchors["k1"].page, fragment.anchors["k2"].page) == (0, page)
    assert [mark.label for mark in fragment.bookmarks] == ["Kapitel 1", "Kapitel 2"]
    (furniture,) = furniture_of([unit])
    assert furniture is not None
    assert furniture.on(1, fragment.anchors).run == run  # where a chapter begins at the head, its name is below


def test_the_name_of_the_chapter_that_a_page_goes_on_with_runs_along() -> None:
    properties = sample().properties
    (unit,) = units_of([chapter(1, 4), chapter(2, 14)])
    fragment = Typesetter(document_styles(properties)).typeset(fragment_html(unit, head_of(properties)), {})
    (furniture,) = furniture_of([unit])
    assert furniture is not None
    assert [furniture.on(page, fragment.anchors).run for page in range(fragment.pages)] == [
        "Kapitel 1",
        "Kapitel 2",
        "Kapitel 2",
    ]


def test_chapters_share_pages_only_if_they_are_text_and_not_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = chapter(1, 2), chapter(2, 2)
    part = sample().parts[-1]
    with_part = replace(second, blocks=(*second.blocks, part))
    assert [unit.chapters for unit in units_of([first, second])] == [(second,)]
    assert [unit.chapters for unit in units_of([first, with_part])] == [(), ()]
    monkeypatch.setattr(pipeline.pdf.pages.typeset_units, "MOST_LETTERS", len(SENTENCE) * 19)
    assert [unit.chapters for unit in units_of([first, second])] == [(), ()]
