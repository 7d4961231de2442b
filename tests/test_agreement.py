"""The finished files of three plans, read back: both say what the data says, and both say the same."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from docx.oxml.ns import qn

from pipeline.document.model import Cover, Fact, GoalSheet, MeasureSheet, Note, Part, Schedule, Table, walk
from pipeline.document.references import anchors
from pipeline.ooxml.bookmarks import bookmark_name
from pipeline.text.nodes import Node
from schema.vocabulary import Role
from tests.building import Built
from tests.expected import active, document_faults, faults, matrix_faults
from tests.reading.values import Grid, Reading, Section, squeezed
from tests.reading.word import links, xml_parts


def _same(grid: Grid) -> Grid:
    return grid


def _without_pages(grid: Grid) -> Grid:
    return tuple(row[:-1] if len(row) > 1 else row for row in grid) if grid[0][-1] == "Seite" else grid


def _without_boxes(grid: Grid) -> Grid:
    return tuple(tuple(cell.replace("☐", "") for cell in row) for row in grid)


def _without_drawing(grid: Grid) -> Grid:
    schedule = grid[0][:4] == ("Nr.", "Maßnahme", "Federführung", "Zeitraum") and grid[0][4:] in [
        ("",),
        ("Meilensteine",),
    ]
    return tuple(row[:4] for row in grid) if schedule else grid


_ON_SHEETS = frozenset(("Federführung", "Zeitraum", "Maßnahmen", "Oberziel", "Unterziele"))


def _without_sheets(grid: Grid) -> Grid:
    of_sheet = all(len(row) == SHEET_CELLS for row in grid) and {row[0] for row in grid} & _ON_SHEETS
    return () if of_sheet or (grid[0][0].startswith("Indikator") and grid[0][1] != "Ziel") else grid


@dataclass(frozen=True)
class Difference:
    """Where the tables of PDF and DOCX differ on purpose: why, and what is left out of the comparison."""

    what: str
    reason: str
    in_pdf: Callable[[Grid], Grid] = _same
    in_docx: Callable[[Grid], Grid] = _same


DIFFERENCES = (
    Difference(
        "columns of page numbers",
        "Word breaks pages anew on every machine, so a number typed into a table would be wrong",
        in_pdf=_without_pages,
    ),
    Difference(
        "the tables on sheets",
        "the PDF says in lines what is given and in one what is open, and has few columns for indicators; where the "
        "plan is edited, every field has a row; both are compared with the data below",
        in_pdf=_without_sheets,
        in_docx=_without_sheets,
    ),
    Difference(
        "boxes to tick",
        "drawn in the PDF, where they have no text; a character in Word",
        in_docx=_without_boxes,
    ),
    Difference(
        "the schedule's drawing",
        "bars with an alternative text in the PDF, milestones in words in Word; compared with the data below",
        in_pdf=_without_drawing,
        in_docx=_without_drawing,
    ),
)
"""All differences between the tables. Beyond tables: anchors of footnotes (`fn-1`) are names in the PDF only, since
Word keeps its notes in a list of their own; "Seite 7" after a reference stands in the PDF only, as above; and a table
that runs over pages counts as one."""

SHEET_CELLS = 2
Shape = TypeVar("Shape", GoalSheet, MeasureSheet)
FOOTNOTE = re.compile(r"fn-\d+")


def _tables(found: Reading, adjusting: list[Callable[[Grid], Grid]]) -> Iterator[tuple[str, Grid]]:
    for section in found.sections:
        for grid in section.tables:
            for adjust in adjusting:
                grid = grid and adjust(grid)  # noqa: PLW2901
            if grid:
                yield section.title, grid


def _nodes(value: object) -> Iterator[Node]:
    """All nodes below a value that both files show: not the schedule's drawing, no reference by page, and of sheets
    neither facts nor what the PDF says once for all of them."""
    if isinstance(value, Schedule) or (
        isinstance(value, Node) and any(child.kind == "page" for child in value.children)
    ):
        return
    if isinstance(value, Node):
        yield value
        yield from _nodes(value.children)
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
    elif dataclasses.is_dataclass(value) and not (isinstance(value, Note) and value.rank == "summary"):
        for field in dataclasses.fields(value):
            if not (isinstance(value, MeasureSheet | GoalSheet) and field.name in ("facts", "indicators")):
                yield from _nodes(getattr(value, field.name))


# --- both say what the data says ----------------------------------------------------------------------------------


def test_the_document_has_everything(built: Built) -> None:
    assert document_faults(built.loaded.plan, built.loaded.document) == []


def test_the_pdf_has_everything(built: Built) -> None:
    assert faults(built.loaded.plan, built.pdf_reading) == []


def test_the_docx_has_everything(built: Built) -> None:
    assert faults(built.loaded.plan, built.docx_reading) == []


def test_a_matrix_of_one_field_has_everything(small: Built) -> None:
    for found in (small.pdf_reading, small.docx_reading):
        (section,) = found.below("Zuständigkeitsmatrix, Handlungsfeld 1")
        assert matrix_faults(small.loaded.plan, section.tables, field=1) == []


def test_every_milestone_is_drawn_and_told(built: Built) -> None:
    """The schedule: what the bars' alternative texts say in the PDF, and the cells in Word."""
    measures = active(built.loaded.plan)
    told_in_pdf = (str(figure.Alt) for figure in built.pdf.marked("/Figure"))
    drawn = [text for text in told_in_pdf if text.startswith("Meilensteine ")]
    (told,) = (table for section in built.docx_reading.below("Zeitplan")[:1] for table in section.tables)
    cells = [row[4] for row in told[1:] if len(row) > 1]
    assert len(drawn) == sum(measure.span is not None and bool(measure.milestones) for measure in measures)
    bars = iter(drawn)
    for measure, cell in zip(measures, cells, strict=True):
        dates = [item.due.label for item in measure.milestones]
        shown = next(bars) if measure.span and dates else ""
        # Q1 2027 and Q2 2027 are told as "Q1, Q2 2027", September 2027 as "Sep. 2027".
        words = set(re.findall(r"\d{4}|Q\d|[A-Zä-ü][a-zä-ü]{2}", shown))
        assert [
            date for date in dates if shown and not set(re.findall(r"\d{4}|Q\d|^\w{3}(?=\w* )", date)) <= words
        ] == []
        assert [date for date in dates if f"{squeezed(date)}:" not in cell] == []


def test_every_fact_of_a_sheet_is_heard_on_it(built: Built) -> None:
    """In the PDF, whose sheets have no table: under the sheet's heading, or where the field of action opens."""
    unheard, count = [], 0
    for section, facts, _ in _sheets(built):
        said = "".join(section.lines)
        for fact in facts:
            elsewhere = fact.rank == "summary" and fact.key in ("ziel", "herkunft", "zusagen")
            for line in () if fact.empty or elsewhere else fact.brief or fact.lines:
                count += 1
                words = squeezed(line.lead), squeezed("".join(node.plain() for node in line.content))
                unheard += [(section.title, fact.label, word) for word in words if word not in said]
    assert unheard == []
    assert count > 20


def test_every_indicator_is_heard_with_its_goal(built: Built) -> None:
    """Name, target with its date, how it is collected, and the value at the start where one is known."""
    for section, _, indicators in _sheets(built):
        (*_, grid) = section.tables if indicators else ((),)
        said = "".join(cell for row in grid for cell in row)
        for row in indicators.rows() if indicators else ():
            for index, cell in enumerate(row.cells):
                pieces = [squeezed(node.plain()) for node in cell.content]
                date = index == 2 and len(pieces) > 1
                wanted = [pieces[0], pieces[-1].removeprefix("bis")] if date else pieces
                known = index != 1 or cell.content[0].kind != "muted"
                assert [text for text in wanted if text not in said and known and text != "–"] == [], section.title


def _sheets(built: Built) -> Iterator[tuple[Section, Sequence[Fact], Table | None]]:
    """The PDF's section of each goal and measure, with the facts and the indicators of its sheet."""
    of_goals = {f"{item.label} {item.short_title}": (item.facts, item.indicators) for item in _of(built, GoalSheet)}
    of_measures = {f"{item.number} {item.title}": (item.facts, None) for item in _of(built, MeasureSheet)}
    sheets = {squeezed(title): found for title, found in (of_goals | of_measures).items()}
    sections = [section for section in built.pdf_reading.sections if section.title in sheets]
    assert len(sections) == len(sheets)
    for section in sections:
        yield section, *sheets[section.title]


def _of(built: Built, kind: type[Shape]) -> list[Shape]:
    return [value for value in walk(built.loaded.document.parts) if isinstance(value, kind)]


# --- both say the same --------------------------------------------------------------------------------------------


def test_same_headings_in_the_same_order(built: Built) -> None:
    assert built.pdf_reading.headings == built.docx_reading.headings


def test_same_tables_with_the_same_cells(built: Built) -> None:
    in_pdf = list(_tables(built.pdf_reading, [item.in_pdf for item in DIFFERENCES]))
    in_docx = list(_tables(built.docx_reading, [item.in_docx for item in DIFFERENCES]))
    assert [title for title, _ in in_pdf] == [title for title, _ in in_docx]
    for (title, left), (_, right) in zip(in_pdf, in_docx, strict=True):
        assert (title, left) == (title, right)


def test_same_ids(built: Built) -> None:
    wanted = set(anchors(built.loaded.document.parts))
    assert built.pdf_reading.anchors == wanted
    in_docx = {bookmark_name(anchor) for anchor in wanted if not FOOTNOTE.fullmatch(anchor)}
    assert built.docx_reading.anchors == in_docx
    assert set(links(built.file(".docx").read_bytes())) <= in_docx


def test_every_piece_of_running_text_is_in_both(built: Built) -> None:
    texts = {squeezed(node.text) for node in _nodes(built.loaded.document.parts)}
    for found in (built.pdf_reading, built.docx_reading):
        assert [text for text in texts if text not in found.text] == []


def test_pictures_are_described_in_both(built: Built) -> None:
    wanted = [
        str(node.attrs["alt"]) for node in _nodes(built.loaded.document.parts) if node.kind in ("image", "figure")
    ]
    in_pdf = [str(figure.Alt) for figure in built.pdf.marked("/Figure")]
    body = xml_parts(built.file(".docx").read_bytes())[0]
    assert [alt for alt in in_pdf if alt in wanted] == wanted
    covers = [part.alternative for part in built.loaded.document.parts if isinstance(part, Cover)]
    assert [element.get("descr") for element in body.iter(qn("wp:docPr"))] == [*covers, *wanted]


def test_the_outline_leads_to_every_heading(built: Built) -> None:
    """Viewers' bookmarks: one a heading, in order, with its title, and the page that it opens is the heading's.

    Before a field of action's title stands its number; of a role's heading, „F Federführung steuert …“, only the word.
    """
    outline = [squeezed(title) for _, title in built.pdf.outline()]
    headings = [title for _, title in built.pdf_reading.headings]
    roles = {role.label: f"{role.letter}{role.label}" for role in Role}
    assert len(outline) == len(headings)
    for shown, heading in zip(outline, headings, strict=True):
        of_role = shown in roles and heading.startswith(roles[shown])
        assert shown == heading or of_role or re.fullmatch(rf"\d+{re.escape(heading)}", shown), (shown, heading)
    assert built.pdf.outline_pages() == built.pdf.heading_pages()


def test_parts_stand_in_the_order_of_the_outline(built: Built) -> None:
    titles = [title for level, title in built.docx_reading.headings if level == 1]
    wanted = [part.title for part in built.loaded.document.parts if _has_title(part)]
    assert titles == [squeezed(title) for title in wanted]


def _has_title(part: Part) -> bool:
    return part.level == 1 and part.kind != "cover"
