"""The plan in, the paper out by which bodies resolve it: what, why, at what cost, what is open, with which annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.content.texts import Texts
from pipeline.document.model import Cell, Chapter, Column, Document, Part, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.references import finish
from pipeline.fields.dates import day
from pipeline.fields.kind import OPEN
from pipeline.parts.assemble import properties_of
from pipeline.parts.context import Context
from pipeline.parts.facts import fact
from pipeline.parts.front.status import route_table
from pipeline.parts.glance.leaf import scope
from pipeline.parts.glance.resolution import draft_texts
from pipeline.parts.lists.open_points import overview_of_kinds
from pipeline.parts.lists.reservations import reservations
from pipeline.parts.needs import needs_note, needs_table
from pipeline.parts.overviews.funding import sources
from pipeline.parts.phrases import joined, label, text, without_places
from pipeline.text.markdown import Prose, parse
from pipeline.text.nodes import Blocks, Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.entities import Measure
from schema.plan import PASSAGE, PlanMeta, Step
from schema.vocabulary import EffortUnit

SUFFIX: Final = "-beschlussvorlage"  # behind the plan's short name: what its files are called
_SECTIONS: Final = 2  # the level of the paper's headings


@dataclass(frozen=True)
class Annex:
    """A file that goes with the paper: its name, its SHA-256 as 64 hex digits."""

    name: str
    sha256: str


def paper(context: Context, texts: Texts, annexes: Sequence[Annex]) -> Document:
    """The paper of a plan, a document of its own. It leads nowhere: what it names stands in the plan."""
    meta = context.plan.meta
    blocks = tuple(_blocks(context, texts, annexes))
    chapter = Chapter(anchor="vorlage", title=typeset_line(f"Beschlussvorlage: {meta.title}"), blocks=blocks)
    values = properties_of(context)
    named = replace(
        values, short_name=f"{values.short_name}{SUFFIX}", title=typeset_line(f"Beschlussvorlage: {values.title}")
    )
    named = replace(named, full_title=f"{named.title} ({values.state.label}, Fassung {values.edition})")
    return Document(named, finish((chapter,), {}), {})


def _blocks(context: Context, texts: Texts, annexes: Sequence[Annex]) -> Iterator[Node | Part]:
    measures = context.plan.active_measures
    yield _tables("angaben", "Angaben", TableSection("", _facts(context)))
    if route := route_table(context.plan.meta):
        yield _tables("beratungsfolge", "Beratungsfolge", TableSection("", replace(route, caption="")))
    yield _heading(label(PlanMeta, "drafts"))
    yield from _drafts(context)
    yield _heading(label(PlanMeta, "reasons"))
    yield _paragraph(f"Der Plan umfasst {scope(context)}")
    for reason in context.plan.meta.reasons:
        yield from _reason(reason, texts)
    money = needs_table(context, measures, (EffortUnit.EURO,))
    if money:
        needed = TableSection("", money, needs_note(context, measures))
        yield _tables("finanzielles", "Finanzielle Auswirkungen", needed, *sources(context, measures))
    work = needs_table(context, measures, (EffortUnit.PERSON_DAYS, EffortUnit.POSTS))
    if work:
        yield _tables("personelles", "Personelle Auswirkungen", TableSection("", work))
    if effects := tuple(_effects(context, measures)):
        further = Table((Column("Maßnahme", 74), Column(label(Measure, "effects"), 94)), (RowGroup(effects),))
        yield _tables("auswirkungen", "Weitere Auswirkungen", TableSection("", further))
    if kinds := overview_of_kinds(context):
        yield _tables("offenes", "Was bis zum Beschluss zu klären ist", TableSection("", kinds))
    if reserved := reservations(context):
        yield replace(reserved, level=_SECTIONS)
    yield _tables("anlagen", "Anlagen", TableSection("", _annexes(annexes), _CHECKSUM))
    yield _tables("unterschriften", "Unterschriften", TableSection("", _signatures(context)))


def _heading(words: str) -> Node:
    return Node("heading", children=(text(words),), attrs={"level": _SECTIONS, "anchor": ""})


def _paragraph(words: str) -> Node:
    return Node("paragraph", children=(text(words),))


def _tables(anchor: str, title: str, *sections: TableSection) -> TablePart:
    return TablePart(anchor=f"vorlage-{anchor}", title=title, lead="", sections=sections, level=_SECTIONS)


# --- what it says of itself ---------------------------------------------------------------------------------------


def _facts(context: Context) -> Table:
    meta = context.plan.meta
    leads = dict.fromkeys(lead for measure in context.plan.active_measures for lead in measure.leads)
    paper_number = next((step.paper for step in reversed(meta.route) if step.paper), OPEN)
    rows = (
        (label(Step, "paper"), paper_number),
        (label(PlanMeta, "publishers"), "; ".join(context.actor(item).name for item in meta.publishers)),
        ("Beteiligt", "; ".join(context.actor(lead).name for lead in leads) or OPEN),
        ("Plan", f"Fassung {meta.edition}, Stand {day(meta.date)}, {meta.status.label}"),
    )
    columns = (Column("Angabe", 43), Column("Wert", 125))
    cells = tuple(Row((Cell((text(name),), header=True), Cell((text(value),)))) for name, value in rows)
    return Table(columns, (RowGroup(cells),))


def _drafts(context: Context) -> Iterator[Node]:
    found = draft_texts(context)
    if not context.plan.meta.drafts:
        yield _paragraph("Einen Beschlussvorschlag gibt es noch nicht.")
    for draft in found:
        yield Node("paragraph", children=(Node("strong", children=(text(draft.body),)), text(f" · {draft.when}")))
        yield from draft.blocks


# --- why ----------------------------------------------------------------------------------------------------------


def _reason(reason: str, texts: Texts) -> Blocks:
    """A section of a text, without its heading; else the words themselves."""
    match = PASSAGE.fullmatch(reason.strip())
    if match is None:
        return without_places(parse(reason).blocks)
    prose = texts.by_stem.get(match[1])
    return without_places(section(prose, match[2])) if prose else ()


def section(prose: Prose, anchor: str) -> Blocks:
    """What stands below the heading of that ID, up to the next one of its level or above; () where there is none."""
    level, found = 0, []
    for block in prose.blocks:
        own = int(block.attrs["level"]) if block.kind == "heading" else 0
        if level and own and own <= level:
            break
        if level:
            found.append(block)
        elif own and block.attrs.get("anchor") == anchor:
            level = own
    return tuple(block for block in found if block.kind not in ("directive", "figure"))


def _effects(context: Context, measures: Sequence[Measure]) -> Iterator[Row]:
    """What measures bring in figures, besides what they cost."""
    for measure in measures:
        lines = [line.content for line in fact(context, measure, "effects").lines]
        if lines:
            what = (text(f"{measure.number} {measure.title}"),)
            yield Row((Cell(what, header=True), Cell(joined(lines, "; "))))


# --- what goes with it --------------------------------------------------------------------------------------------

_CHECKSUM: Final = (
    "Die Prüfsumme (SHA-256) kennzeichnet die Datei: Weicht die einer vorliegenden Datei ab, ist es eine andere."
)


def _annexes(annexes: Sequence[Annex]) -> Table:
    columns = (Column("Nr.", 10), Column("Datei", 58), Column("Prüfsumme SHA-256", 100))
    rows = tuple(
        Row((Cell((text(str(index)),), header=True), Cell((text(annex.name),)), Cell((text(_grouped(annex.sha256)),))))
        for index, annex in enumerate(annexes, 1)
    )
    return Table(columns, (RowGroup(rows),))


def _signatures(context: Context) -> Table:
    """A row a publisher, high enough to be signed."""
    room: Inline = (text(NBSP), Node("break"), text(NBSP))
    columns = (
        Column(label(PlanMeta, "publishers"), 62),
        Column("Name, Funktion", 53),
        Column("Datum, Unterschrift", 53),
    )
    names = (context.actor(publisher).name for publisher in context.plan.meta.publishers)
    rows = tuple(Row((Cell((text(name),), header=True), Cell(room), Cell(room))) for name in names)
    return Table(columns, (RowGroup(rows),))


def _grouped(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
