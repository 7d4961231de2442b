"""The assembled document is no writer's own: every writer reads each field of it, or a reason stands here."""

from __future__ import annotations

import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from pipeline.content.read import read
from pipeline.document import model
from pipeline.document.model import Actors, Collection, Document, Figure, Matrix, PlotPart, TablePart, TableSection
from pipeline.pdf.bind import Furniture, Piece, bind
from pipeline.pdf.html import document_styles, fragment_html, head_of
from pipeline.pdf.pages.typeset_units import Unit, units_of
from pipeline.pdf.pieces import furniture_of
from pipeline.pdf.typeset.typeset import Typesetter
from pipeline.word.build import write_docx
from tests.building import PLANS
from tests.loading import Loaded

SIGNED = ("SignaturePlace.name", "SignaturePlace.signer", "SignaturePlace.anchor")
FILLED_IN = ("InputPlace.name", "InputPlace.label", "InputPlace.anchor", "InputPlace.lines")
OF_A_CALENDAR = (
    "Document.appointments",
    *(f"Appointment.{name}" for name in ("key", "title", "day", "note", "who")),
)
IN_A_CALENDAR = "what is due when stands in the calendar; here it stands with what it belongs to"
COMES_BACK = "an edited file is compared with the sources, and finds its place in them by this"
DRAWN = "for drawings of time and money; Word's files tell the same in words"
SET_APART = "groups are set apart by a rule or space, which the styles of Word's files do not do"
FOR_CONTENTS = "the list of contents is assembled from the sheets and shows it"

# Fields that one writer has no use for, and why they stand in the document all the same. None of them is a length, and
# none is there since only this one writer exists: a further one may read it.
UNREAD: dict[str, Mapping[str, str]] = {
    "print": {
        **dict.fromkeys(OF_A_CALENDAR, IN_A_CALENDAR),
        **dict.fromkeys(("Fact.place", "Part.place", "Row.place", "Cell.place", "GlossaryTerm.place"), COMES_BACK),
        **dict.fromkeys(("Chapter.title_place", "FieldOpener.title_place", "GoalSheet.title_place"), COMES_BACK),
        **dict.fromkeys(("MeasureSheet.title_place", "ProposalSheet.title_place"), COMES_BACK),
        **dict.fromkeys(("GoalSheet.sentence_place", "Properties.short_name", "Properties.digest"), COMES_BACK),
        **dict.fromkeys(FILLED_IN, "only a form has places to be filled in, and the plans here are none"),
        **dict.fromkeys(SIGNED, "only a release has places for signatures, and the plans here are none"),
        "GoalSheet.number": FOR_CONTENTS,
        "Fact.choices": "what can be chosen from is offered to whoever edits",
        "Part.origin": "where to edit instead is told to whoever edits",
        "Part.overview": "the print does not count its overviews",
        "Document.targets": "the print has what references read in its nodes; Word keeps references up to date by it",
    },
    "word": {
        **dict.fromkeys(OF_A_CALENDAR, IN_A_CALENDAR),
        **dict.fromkeys(("Bar.milestones", "Bar.alternative"), DRAWN),
        **dict.fromkeys(("Cell.bar", "Cell.plot", "TableSection.plot", "PlotPart.shape", "PlotPart.share"), DRAWN),
        **dict.fromkeys(("FieldOpener.alternative", "FieldOpener.axis", "FieldOpener.bars"), DRAWN),
        **dict.fromkeys(("MeasureSheet.axis", "MeasureSheet.bar", "Schedule.axis", "Schedule.today"), DRAWN),
        **dict.fromkeys(("Schedule.milestone_label", "Schedule.continues_label"), DRAWN),
        **dict.fromkeys(("ContentsEntry.opens_group", "MatrixColumn.opens_group"), SET_APART),
        **dict.fromkeys(("Fact.rank", "Fact.empty", "Fact.open"), "whoever edits sees all facts of a sheet"),
        **dict.fromkeys(("MeasureSheet.state", "MeasureSheet.standing"), "the facts of the sheet have all of it"),
        **dict.fromkeys(("FieldOpener.shared", "FieldOpener.baselines"), "whoever edits finds it at each goal"),
        "Fact.brief": "whoever edits finds the names in full",
        "Note.rank": "whoever edits sees all notes",
        "Fact.newest": "whoever edits finds the reports where they stand in the sources",
        "MeasureSheets.number": "the title has it",
        "GoalSheet.number": FOR_CONTENTS,
        "State.key": "the mark of a state is drawn",
        **dict.fromkeys(("Properties.divided", "Properties.undivided"), "Word divides by a dictionary of its own"),
        **dict.fromkeys(("Properties.inputs", *FILLED_IN), "who fills in a Word file types into its table"),
        **dict.fromkeys(("Properties.signatures", *SIGNED), "who signs electronically signs the PDF"),
        "Part.contents": "Word has a pane of its own to get about in",
        "Overview.where_label": "Word knows no page numbers before it has set the document",
        "Fact.key": "its place has the key",
    },
}


def printed(document: Document) -> None:
    """The print, but for the typesetting of its pages, which sees HTML only: an empty page stands for them."""
    parted = list(units_of(document.parts))
    for unit in parted:
        fragment_html(unit, head_of(document.properties))
    list(furniture_of([*parted, *map(Unit, document.parts)]))  # many sheets of measures are units of their own
    empty = Typesetter(document_styles(document.properties)).typeset(EMPTY, {})
    bind([Piece(empty, Furniture(document.properties.title))], document.properties)


def worded(document: Document) -> None:
    """The whole of Word's file."""
    write_docx(document, read(PLANS["small"]).pictures, {})


EMPTY = '<html lang="de"><title>Leer</title><body><p>.</p></body></html>'
WRITERS: dict[str, Callable[[Document], None]] = {"print": printed, "word": worded}

# Who looks at every field without meaning any: copies, comparisons, walks over all that there is.
INDIFFERENT = ("dataclasses.py", "document/model.py", "<string>")


def shapes() -> list[type]:
    """Every dataclass of the document."""
    return [each for each in vars(model).values() if is_dataclass(each) and each.__module__ == model.__name__]  # type: ignore[misc]


def own_fields(shape: type) -> list[str]:
    """The fields that a class adds to those of the class it builds on, as `Class.field`."""
    inherited = {each.name for base in shape.__bases__ if is_dataclass(base) for each in fields(base)}
    return [f"{shape.__name__}.{each.name}" for each in fields(shape) if each.name not in inherited]


def read_by(writer: str, document: Document, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The fields that a writer asks for, as `Class.field`, by the class that has the field."""
    owners = {(shape, name.partition(".")[2]): name for shape in shapes() for name in own_fields(shape)}
    found: set[str] = set()

    def watched(value: object, name: str) -> object:
        if not sys._getframe(1).f_code.co_filename.endswith(INDIFFERENT):
            found.update(owners[base, name] for base in type(value).__mro__ if (base, name) in owners)
        return object.__getattribute__(value, name)

    with monkeypatch.context() as patch:
        for shape in shapes():
            patch.setattr(shape, "__getattribute__", watched)
        WRITERS[writer](document)
    return found


FIGURES = TableSection("Zahlen", None, "", (Figure("1", "von einem"),), (PlotPart("filled", 1.0),))  # of a report


def full(plan: Loaded) -> Document:
    """The small plan, which has every kind of part, as a draft of many actors with a name too long for the matrix."""
    document = plan.document
    parts = tuple(
        replace(part, columns=tuple(replace(column, name=5 * column.name) for column in part.columns))
        if isinstance(part, Matrix)
        else replace(part, informed=Collection("weitere", "Weitere", part.directory))
        if isinstance(part, Actors)
        else replace(part, sections=(*part.sections, FIGURES))
        if isinstance(part, TablePart)
        else part
        for part in document.parts
    )
    return replace(document, parts=parts, properties=replace(document.properties, draft_mark="ENTWURF"))


@pytest.mark.parametrize("writer", WRITERS)
def test_a_field_that_one_writer_does_not_read_has_a_reason(
    writer: str, small_plan: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = {name for shape in shapes() for name in own_fields(shape)}
    assert every - read_by(writer, full(small_plan), monkeypatch) == set(UNREAD[writer])


# What the source of the document, and what assembles it, may not speak of: lengths, sheets of paper, single writers.
STRANGE = re.compile(r"(?i:\b(mm|millimet\w+|print|prints|printed|landscape|portrait|docx)\b)|\bWord\b")
PAGES = re.compile(r"\bpages?\b|page_|_page")  # the document itself has none; parts say "page 7" by a node
NAMED = {"StatusPage"}  # what the part is called in every document
PIPELINE = Path(__file__).resolve().parents[1] / "pipeline"
OF_THE_DOCUMENT = sorted((PIPELINE / "document").rglob("*.py"))


def said(source: Path) -> Iterator[tuple[int, str]]:
    """Every comment, string and name of a module, with its line."""
    for token in tokenize.generate_tokens(io.StringIO(source.read_text("utf-8")).readline):
        if token.type in (tokenize.COMMENT, tokenize.STRING, tokenize.NAME) and token.string not in NAMED:
            yield token.start[0], token.string


@pytest.mark.parametrize(
    "module", [*OF_THE_DOCUMENT, *sorted((PIPELINE / "parts").rglob("*.py"))], ids=lambda path: path.stem
)
def test_the_document_speaks_of_no_paper(module: Path) -> None:
    strange = [f"{line}: {text}" for line, text in said(module) if STRANGE.search(text)]
    strange += [f"{line}: {text}" for line, text in said(module) if module in OF_THE_DOCUMENT and PAGES.search(text)]
    assert strange == []
