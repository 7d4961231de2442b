"""Every kind of running text and of part is known to each writer, and what none of them knows is refused."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from jinja2 import UndefinedError

from pipeline.document.model import (
    Cell,
    Chapter,
    Column,
    Document,
    FieldOpener,
    GoalSheet,
    MeasureSheet,
    Part,
    PartKind,
    walk,
)
from pipeline.errors import RenderingError
from pipeline.merge.markdown.inline import Names, inline_markdown
from pipeline.merge.markdown.source_text import SourceText
from pipeline.pdf.html import part_html
from pipeline.pdf.pages.goals import compact_indicators
from pipeline.text.nodes import BlockKind, InlineKind, InnerKind, Node, NodeKind, PendingKind, Place
from pipeline.word.html import document_html
from tests.building import PLANS
from tests.loading import load
from tests.pdf.sample import sample
from tests.test_document_is_neutral import UNREAD

ROOT = Path(__file__).resolve().parents[1]
INSIDE = "Innen"


def node(kind: NodeKind, *children: Node, text: str = "", **attrs: str | int) -> Node:
    return Node(kind, text, children, attrs)


def words(kind: NodeKind, **attrs: str | int) -> Node:
    return Node(kind, children=(node("text", text=INSIDE),), attrs=attrs)


def picture(kind: NodeKind, **attrs: str | int) -> Node:
    return Node(kind, attrs={"src": "bilder/bild.svg", "alt": INSIDE, **attrs})


def row(head: int) -> Node:
    return node("row", words("cell", align="left"), words("cell", align="right"), head=head)


PHRASES: Mapping[InlineKind, Node] = {
    "text": node("text", text=INSIDE),
    "strong": words("strong"),
    "emph": words("emph"),
    "strike": words("strike"),
    "gone": words("gone"),
    "come": words("come"),
    "sub": words("sub"),
    "sup": words("sup"),
    "code": node("code", text=INSIDE),
    "link": words("link", target="https://example.org/"),
    "break": node("break"),
    "image": picture("image"),
    "footnote": node("footnote", words("paragraph"), number=1, anchor="fn-1"),
    "sign": node("sign", text=INSIDE, shape="filled", name="Amt"),
    "state": node("state", text=INSIDE, state="offen"),
    "muted": words("muted"),
    "page": node("page", target="#M1.1.1"),
    "checkbox": node("checkbox"),
    "task": node("task", text=INSIDE),
}
BLOCKS: Mapping[BlockKind, Node] = {
    "lead": words("lead"),
    "paragraph": words("paragraph"),
    "heading": words("heading", level=2, anchor=""),
    "bullet_list": node("bullet_list", node("item", words("paragraph")), tight=1),
    "ordered_list": node("ordered_list", node("item", words("paragraph"), words("paragraph")), start=3, tight=0),
    "quote": node("quote", words("paragraph")),
    "code_block": node("code_block", text=INSIDE),
    "rule": node("rule"),
    "definition_list": node("definition_list", words("term"), node("definition", words("paragraph"))),
    "table": node("table", row(1), row(0), caption=INSIDE, label="Tabelle 1", anchor="tabelle-1", columns=2),
    "figure": picture("figure", caption=INSIDE, label="Abbildung 1", anchor="abbildung-1"),
}

# What stands for a node without words of its own; Word has no numbers of the print's pages.
INSTEAD = {
    "printed": {"break": "<br>", "page": 'href="#M1.1.1"', "checkbox": "checkbox", "rule": "<hr>"},
    "worded": {"break": "<br>", "page": "", "checkbox": "☐", "rule": "<hr>"},
}


def printed(*blocks: Node) -> str:
    """The HTML of a text for the print."""
    return str(part_html(Chapter("text", "Text", blocks)))


def worded(*blocks: Node) -> str:
    """The HTML of a text for Word."""
    return document_html(Document(sample().properties, (Chapter("text", "Text", blocks),), {}))


WRITERS = pytest.mark.parametrize("write", [printed, worded])
Writer = Callable[..., str]


def held(item: Node) -> int:
    """How often the words stand in a node, its description of a picture and its caption among them."""
    return sum([node.text, *node.attrs.values()].count(INSIDE) for node in item.walk())


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(PHRASES) == set(get_args(InlineKind))
    assert set(BLOCKS) == set(get_args(BlockKind))
    assert set(get_args(InnerKind)) <= {node.kind for block in BLOCKS.values() for node in block.walk()}


@WRITERS
@pytest.mark.parametrize("kind", PHRASES)
def test_a_phrase_is_shown(write: Writer, kind: InlineKind) -> None:
    html = write(node("paragraph", PHRASES[kind]))
    assert html.count(INSIDE) == held(PHRASES[kind])
    assert INSTEAD[write.__name__].get(kind, INSIDE) in html


@WRITERS
@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_is_shown(write: Writer, kind: BlockKind) -> None:
    html = write(BLOCKS[kind])
    outline = kind == "heading" and write is printed  # a heading of the print says once more what the outline reads
    assert html.count(INSIDE) == held(BLOCKS[kind]) + outline
    assert INSTEAD[write.__name__].get(kind, INSIDE) in html


@WRITERS
@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_is_shown_in_a_note(write: Writer, kind: BlockKind) -> None:
    """In the print notes stand in spans, made by other lines of the templates. A caption cannot be given there."""
    block = replace(BLOCKS[kind], attrs={**BLOCKS[kind].attrs, "caption": ""})
    assert write(node("paragraph", node("footnote", block, number=1, anchor="fn-1"))).count(INSIDE) == held(block)


@WRITERS
@pytest.mark.parametrize("kind", [*get_args(PendingKind), "blink"])
def test_what_no_writer_knows_is_refused(write: Writer, kind: NodeKind) -> None:
    """As a phrase, as a block, in a note, and in a definition list."""
    stranger = node(kind, text=INSIDE, target="#x")
    places = (
        node("paragraph", stranger),
        stranger,
        node("paragraph", node("footnote", stranger, number=1, anchor="fn-1")),
        node("definition_list", stranger),
    )
    for block in places:
        with pytest.raises(RenderingError, match=kind):
            write(block)


@pytest.mark.parametrize("kind", PHRASES)
def test_the_way_back_knows_every_phrase(kind: InlineKind) -> None:
    """It writes in Markdown what the file shows; a mark without words is none there."""
    written = inline_markdown((PHRASES[kind],), Names({}, note=lambda _: INSIDE))
    assert INSIDE in written or kind in ("break", "page", "checkbox")


@pytest.mark.parametrize("text", ["Text^[so].", "Text^[![Bild](bilder/x.svg)].", "Text.\n\n---"])
def test_the_way_back_passes_over_what_has_no_lines(text: str) -> None:
    """A note inside its sentence and a rule cannot be edited by themselves; the paragraph can."""
    assert [leaf.kind for leaf in SourceText(text).leaves] == ["paragraph"]


# --- parts --------------------------------------------------------------------------------------------------------


def templates(folder: str, *beside: str) -> set[str]:
    """The templates of parts, by name; `beside` are the others in the folder."""
    return {path.stem for path in (ROOT / "styles" / folder).glob("*.html")} - set(beside)


def test_every_kind_of_part_has_its_class_and_its_templates() -> None:
    kinds = set(get_args(PartKind))
    assert [part.kind for part in Part.__subclasses__()] == list(get_args(PartKind))
    assert templates("print", "_nodes", "_rows", "_tables", "document") == kinds
    assert templates("word/parts") == kinds


@WRITERS
def test_a_template_that_asks_for_what_is_not_there_fails(write: Writer) -> None:
    """It would otherwise print nothing in its place."""
    hollow: Any = SimpleNamespace(
        kind="glossary", anchor="glossar", title="Glossar", level=1, place=None, wide=False, contents=""
    )
    with pytest.raises(UndefinedError, match="terms"):
        part_html(hollow) if write is printed else document_html(Document(sample().properties, (hollow,), {}))


# What a writer asks for and yet does not say in words; what it never asks for has its reason in UNREAD.
UNSAID = {
    "print": {
        "MatrixColumn.name",  # or the short name, whichever fits a rotated head
        "MatrixColumn.short_name",
        "RoleLegend.hint",  # there is room for it where an actor's tasks are listed
        "Bar.alternative",  # beside it stand the same words
        "FieldOpener.alternative",  # a field without measures has no drawing that it would describe
        "Column.sign",  # its letter is shown alone
    },
    "word": {
        "MatrixColumn.name",
        "MatrixColumn.short_name",
        "Column.sign",
        *("Cover.alternative", "Cover.fields", "Cover.signs"),  # painted when the file is finished
    },
}
# Names that a program reads, not a person; and what is offered for choosing, in a control of the finished Word file.
FOR_PROGRAMS = {"anchor", "target", "key", "shape", "kind", "align", "variant", "rank", "choices", "place"}


def texts(value: object, writer: str) -> Iterator[str]:
    """Every text in a value of the document that a writer shows, in reading order."""
    value = on_paper(value) if writer == "print" else value
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, writer)
    elif isinstance(value, Node):
        yield from (node.text for node in value.walk())
    elif is_dataclass(value) and not isinstance(value, Place) and not in_another_way(value, writer):
        left_out = UNSAID[writer] | UNREAD[writer].keys()
        for each in fields(value):
            owners = {f"{base.__name__}.{each.name}" for base in inspect.getmro(type(value))}
            if each.name not in FOR_PROGRAMS and not owners & left_out:
                yield from texts(getattr(value, each.name), writer)


def in_another_way(value: object, writer: str) -> bool:
    """The print draws some cells, and says some facts beside their table; only it has columns that name a page."""
    if writer == "print":
        return isinstance(value, Cell) and value.bar is not None
    return isinstance(value, Column) and value.kind == "where"


def on_paper(value: object) -> object:
    """A sheet with what is left of it on paper: few columns of indicators, facts that have a value, by other labels.

    What they are called there, tests/pdf/test_sheets.py holds.
    """
    if isinstance(value, MeasureSheet):
        given = (fact for fact in value.facts if not fact.empty and fact.rank != "summary")
        return replace(value, facts=tuple(replace(fact, label="", lines=fact.brief or fact.lines) for fact in given))
    if isinstance(value, FieldOpener):
        return replace(value, goals=tuple(_goal_on_paper(goal, baselines=value.baselines) for goal in value.goals))
    return value


def _goal_on_paper(goal: GoalSheet, *, baselines: bool) -> GoalSheet:
    table = goal.indicators and compact_indicators(goal.indicators, baselines=baselines)
    facts = tuple(replace(fact, label="" if fact.key == "sachstand" else fact.label) for fact in goal.facts)
    return replace(goal, indicators=table, facts=facts)


def readable(html: str) -> str:
    """HTML as one line of text in which named styles do not part the words."""
    return unescape(re.sub(r"<span data-custom-style[^>]*>|</span>", "", html))


@pytest.fixture(scope="module")
def full() -> Document:
    """A plan at every edge."""
    return load(PLANS["stress"]).document


def test_the_plan_leaves_nothing_empty(full: Document) -> None:
    """What is empty everywhere could be forgotten by a template unseen. What all parts have, not each part fills."""
    filled: dict[str, bool] = {}
    for value in walk(full.parts):
        if is_dataclass(value) and not isinstance(value, Node | Place):
            names = sorted({each.name for each in fields(value)} - {each.name for each in fields(Part)})
            for name in names:
                key = f"{type(value).__name__}.{name}"
                filled[key] = filled.get(key, False) or getattr(value, name) not in ("", (), None, False)
    assert [name for name, is_filled in filled.items() if not is_filled] == [
        "Actors.note",
        "ActorSheet.members",
        "Schedule.today",
        "TableSection.figures",
        "TableSection.plot",
    ]  # tests/test_parts.py has a note, tests/test_groups.py members, tests/cli/test_report.py figures and their bar


@pytest.mark.parametrize("kind", get_args(PartKind))
def test_each_writer_shows_all_that_a_part_says(kind: PartKind, full: Document) -> None:
    """A column, a note or a heading that a template forgets is nowhere else to be found."""
    parts = [part for part in walk(full.parts) if isinstance(part, Part) and part.kind == kind]
    assert parts
    for part in parts:
        alone = Document(full.properties, (part,), {})
        for writer, html in (("print", part_html(part)), ("word", document_html(alone))):
            shown = readable(html)
            missing = [text for text in texts(part, writer) if text not in shown]
            assert not missing, writer
