"""What of the data is heard and when: every value of every entity, notes behind their sentence, nothing empty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import get_args

import pikepdf
import pytest

from pipeline.actions.aloud import read_aloud
from pipeline.document.model import walk as document_walk
from pipeline.pdf.tags.sentences import with_sentence_ends
from pipeline.text.markdown import parse
from pipeline.text.nodes import Node
from pipeline.text.typography import number
from schema.base import MarkdownText, Model
from schema.entities import Actor, Goal, Measure
from schema.plan import Plan
from schema.time import Moment, Period
from schema.values import TO_BE_COLLECTED
from schema.vocabulary import PlanStatus, Vocabulary
from tests.building import Built
from tests.pdf.prose import paragraph, text
from tests.pdf.test_aloud import typeset
from tests.pdf.test_tags import elements
from tests.reading.pdf import Pdf, walk
from tests.reading.values import essence

# What tells the program something and no reader: where a picture lies, how a value is put into a group.
SILENT = {"file", "group"}


@pytest.mark.parametrize("name", ["small", "shipped"])
def test_every_value_of_the_data_is_heard(name: str, build_once: Callable[[str], Built]) -> None:
    built = build_once(name)
    lines = "\n".join(read_aloud(built.output))
    plan, heard = built.loaded.plan, essence(re.sub(r"\[Verweis: ([^\[\]]*?) → [^\s\]]+\]", r"\1", lines))
    entities: list[Measure | Goal | Actor] = [*plan.goals, *plan.active_measures, *plan.actors]
    told = [(entity.id, words) for entity in entities for words in said(plan, entity)]
    assert len(told) > 5 * len(entities)
    assert [(owner, words) for owner, words in told if essence(words) not in heard] == []


def test_the_shipped_plan_is_not_long_to_hear(build_once: Callable[[str], Built]) -> None:
    """55 per cent of the lines that it had while each cell was one, the empty ones too, and 5,534 in all."""
    assert len(read_aloud(build_once("shipped").output)) <= 3_043


def said(plan: Plan, entity: Model) -> Iterator[str]:
    """Every value of an entity in the words that one would say it with; of a text its words, paragraph by paragraph."""
    for name, info in type(entity).model_fields.items():
        value = getattr(entity, name)
        drafts_only = name == "origin" and plan.meta.status is PlanStatus.RESOLVED
        if name in SILENT or drafts_only:
            continue
        is_text = any(isinstance(item, MarkdownText) for item in (*info.metadata, *_inner_metadata(info.annotation)))
        if is_text and value:
            yield from _of_markdown(value)
        elif name == "year":
            yield from (str(value) for _ in range(value is not None))
        else:
            yield from _of_value(plan, value)


def _inner_metadata(annotation: object) -> Iterator[object]:
    for item in get_args(annotation):
        yield from getattr(item, "__metadata__", ())


def _of_value(plan: Plan, value: object) -> Iterator[str]:
    if isinstance(value, Model):
        yield from said(plan, value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _of_value(plan, item)
    elif isinstance(value, Vocabulary):
        yield value.label
    elif isinstance(value, Period | Moment):
        yield value.label.split(" ")[0][:3]
        yield value.label.split(" ")[-1]
    elif isinstance(value, dt.date):
        yield f"{value:%d.%m.%Y}"
    elif isinstance(value, Decimal | int) and not isinstance(value, bool):
        yield number(value)
    elif isinstance(value, str) and value and value != TO_BE_COLLECTED:
        yield _named(plan, value)


def _named(plan: Plan, value: str) -> str:
    """What an ID is said as; any other text is said as it is."""
    names = {actor.id: actor.name for actor in plan.actors} | {strand.id: strand.name for strand in plan.meta.strands}
    return names.get(value) or (value[1:] if re.fullmatch(r"[MZ]\d+(\.\d+)+", value) else value)


def _of_markdown(markdown: str) -> Iterator[str]:
    for block in parse(markdown, source="").blocks:
        yield from (
            inner.plain()
            for inner in block.walk()
            if inner.kind == "text" and inner.text.strip(" ().,:;–") and essence(inner.text)
        )


# --- notes --------------------------------------------------------------------------------------------------------


def note(words: str) -> Node:
    return Node("footnote", children=(paragraph(words),), attrs={"number": 1, "anchor": "fn-1"})


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("Es sind 18", " Läden. Davon stehen neun leer.", "Es sind 18^ Läden. |Davon stehen neun leer."),
        ("Es sind 18 Läden.", " Davon stehen neun leer.", "Es sind 18 Läden.^| Davon stehen neun leer."),
        ("„Es sind 18!“", " Davon stehen neun leer.", "„Es sind 18!“^| Davon stehen neun leer."),
        ("Am", " 3. Mai, bzw. Dr. Weber sagt es. Dann nicht.", "Am^ 3. Mai, bzw. Dr. Weber sagt es. |Dann nicht."),
        ("Es sind 18", " Läden.", "Es sind 18^ Läden."),
    ],
)
def test_where_the_sentence_of_a_note_ends(before: str, after: str, ends: str) -> None:
    nodes = (*text(before), note("Zählung."), *text(after))
    told = (
        "|" if node is None else "^" if node.kind == "footnote" else node.text for node in with_sentence_ends(nodes)
    )
    assert "".join(told) == ends


def test_a_note_within_strong_words_waits_for_the_sentence_around_them() -> None:
    nodes = (Node("strong", children=(*text("Es sind"), note("Zählung."))), *text(" viele. Davon keiner."))
    ends = [node.plain() if node else "|" for node in with_sentence_ends(nodes)]
    assert ends == ["Es sind", " viele. ", "|", "Davon keiner."]


CALL = '<span class="note" style="float:footnote" data-tag="Note">Zählung vom Mai.</span>'
MANY, MORE = "Es sind viele Läden. " * 12, "Läden und Büros " * 12  # more than a page together
PLACE = "<span data-note-place></span>"


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        (f"<p>Es sind 18{CALL} Läden. {PLACE}Davon neun.</p>", "Es sind 18 1 Läden. 1. Zählung vom Mai.Davon neun."),
        (f"<p>Es sind 18{CALL} Läden.</p><p>Davon neun.</p>", "Es sind 18 1 Läden.1. Zählung vom Mai.Davon neun."),
        (
            f"<ul><li>Es sind 18{CALL} Läden.{PLACE}<ul><li>Neun.</li></ul></li></ul>",
            "• Es sind 18 1 Läden.1. Zählung vom Mai.◦ Neun.",
        ),
        (
            f"<p>{MANY}Es sind 18{CALL} {MORE}ohne Licht. {PLACE}Davon neun.</p>",
            f"{MANY}Es sind 18 1 {MORE}ohne Licht. 1. Zählung vom Mai.Davon neun.",
        ),
    ],
    ids=["within a paragraph", "at its end", "in an item", "over pages"],
)
def test_a_note_is_heard_behind_its_sentence(body: str, heard: str) -> None:
    pdf = Pdf(typeset(body).pdf)
    assert pdf.text(pdf.root, notes=True).replace("\xa0", " ").replace("  ", " ") == heard
    (found,) = pdf.marked("/Note")
    assert [call.S for call in found.Ref] == ["/Reference"]


# --- tables -------------------------------------------------------------------------------------------------------


def test_rows_of_matrix_and_schedule_are_called_by_number_and_title(built: Built) -> None:
    titles = {essence(measure.title) for measure in built.loaded.plan.active_measures}
    tables = [table for table in built.pdf.marked("/Table") if _is_of_measures(built.pdf, table)]
    assert tables
    for table in tables:
        for row in rows_of(table):
            cells = elements(row)
            if len(cells) > 1 and essence(built.pdf.text(cells[1])) in titles:
                assert [str(cell.S) for cell in cells[:2]] == ["/TH", "/TH"]
                assert [str(cell.A.Scope) for cell in cells[:2]] == ["/Row", "/Row"]


def _is_of_measures(pdf: Pdf, table: pikepdf.Object) -> bool:
    first = [pdf.text(cell) for cell in elements(rows_of(table)[0])[:2]]
    _, _, width, height = (float(value) for value in table.Pg.MediaBox)
    return first == ["Nr.", "Maßnahme"] and width > height


def rows_of(table: pikepdf.Object) -> list[pikepdf.Object]:
    return [item for item in walk(table) if str(item.get("/S")) == "/TR"]


def test_what_is_nothing_is_not_heard(built: Built) -> None:
    """An empty cell says it: a dash or a word in each of hundreds would be all that one hears of the matrix.

    A dash that an author has typed into a table of a text is heard.
    """
    cells = [built.pdf.text(cell) for cell in built.pdf.marked("/TD")]
    typed = [node for node in prose_cells(built.loaded.document.parts) if node.plain() == "–"]
    assert "" in cells
    assert cells.count("–") == len(typed)
    assert [line for line in read_aloud(built.output) if line.strip() in ("–", "leer")] == []


def prose_cells(parts: object) -> Iterator[Node]:
    return (node for node in document_walk(parts) if isinstance(node, Node) and node.kind == "cell")


def test_rows_have_as_many_cells_as_their_table_has_columns(built: Built) -> None:
    """Though page numbers beside a link to that page are seen only."""
    for table in built.pdf.marked("/Table"):
        cells = [[cell.get("/A", pikepdf.Dictionary()) for cell in elements(row)] for row in rows_of(table)]
        widths = {sum(int(cell.get("/ColSpan", 1)) for cell in row) for row in cells}
        assert len(widths) == 1 or any("/RowSpan" in cell for row in cells for cell in row)
