"""A plan and an edition of it in, both held against each other out: what is new, gone, said otherwise.

What binds comes first: who is responsible, when, for how much. Then wording, field by field, then the chapters. What is
the same is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pipeline.content.texts import Texts
from pipeline.document.model import Cell, Chapter, Column, Document, Part, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.references import finish
from pipeline.fields.dates import day
from pipeline.fields.kind import NONE
from pipeline.parts.assemble import properties_of
from pipeline.parts.context import Context
from pipeline.parts.lists.changed_values import marked_values
from pipeline.parts.lists.changes import PROGRESS_TITLE
from pipeline.parts.lists.marked import marked
from pipeline.parts.phrases import text
from pipeline.parts.plan_lines import lines_of_plan
from pipeline.text.in_order import in_order
from pipeline.text.likeness import PARAGRAPH
from pipeline.text.markdown import DIRECTIVE, Prose
from pipeline.text.nodes import Inline, Node
from pipeline.text.plain_lines import block_lines
from pipeline.text.typography import typeset_line
from schema.edition import Change, Nature, Snapshot, changes, snapshot
from schema.files import ENTITY
from schema.plan import Kind, Plan

SUFFIX: Final = "-synopse"  # behind the plan's short name: what its files are called
_LEVEL: Final = 2
_NOTHING: Final = (
    "In Handlungsfeldern, Zielen, Maßnahmen, Akteuren, Kapiteln, Glossar, Vorschlägen und den Angaben zum Plan "
    "unterscheiden sich beide Fassungen nicht."
)
_WITHOUT_TEXTS: Final = "Die Kapitel der Fassung {} ließen sich nicht vergleichen."


@dataclass(frozen=True)
class _Line:
    """A line of a chapter: the heading above it, its words."""

    heading: str
    words: str


@dataclass(frozen=True)
class Whole:
    """A plan with its texts."""

    plan: Plan
    texts: Texts


def synopsis(context: Context, before: Snapshot, texts: Texts, earlier: Whole | None) -> Document:
    """The Document; `earlier` is the edition, None where it was kept without its texts."""
    now = context.plan.meta.edition
    found = list(changes(before, snapshot(context.plan), context.kinds))
    parts = [part for part in _parts(context, before, found) if part]
    parts += _texts(context, before, texts, earlier.texts) if earlier else ()
    parts += _of_plan(context, before, earlier.plan) if earlier else ()
    blocks: list[Node | Part] = [_paragraph(line) for line in _lead(context, before, found, parts)]
    if earlier is None:
        blocks.append(_paragraph(_WITHOUT_TEXTS.format(before.edition)))
    title = typeset_line(f"Synopse der Fassungen {before.edition} und {now}")
    chapter = Chapter(anchor="synopse", title=title, blocks=(*blocks, *parts))
    values = properties_of(context)
    named = replace(values, short_name=f"{values.short_name}{SUFFIX}", title=typeset_line(f"Synopse: {values.title}"))
    named = replace(named, full_title=f"{named.title} (Fassungen {before.edition} und {now})")
    return Document(named, finish((chapter,), {}), {})


def _lead(context: Context, before: Snapshot, found: Sequence[Change], parts: Sequence[Part]) -> Iterator[str]:
    meta = context.plan.meta
    yield (
        f"Links Fassung {before.edition} mit Stand {_day(before.date)}, rechts Fassung {meta.edition} mit Stand "
        f"{day(meta.date)}. Weggefallenes ist durchgestrichen, Neues unterstrichen; was gleich ist, fehlt."
    )
    of_measures = [item for item in found if item.kind is Kind.MEASURE]
    changed = {item.id for item in of_measures if item.nature is Nature.CHANGED}
    binding = sum(any(item.binds for item in of_measures if item.id == name) for name in changed)
    kinds = (
        ("neu", sum(item.nature is Nature.NEW for item in of_measures)),
        ("entfallen", sum(item.nature is Nature.GONE for item in of_measures)),
        ("geändert", len(changed)),
    )
    told = [f"{kind} {number}" for kind, number in kinds if number]
    told += [f"davon {binding} mit anderen Zuständigkeiten, Terminen oder Mitteln"] if binding else []
    if told:
        yield f"Maßnahmen: {', '.join(told)}."
    if not parts:
        yield _NOTHING


def _day(kept: str) -> str:
    """A day as it was kept, `2026-11-22`, as people write it; just so where it is none."""
    try:
        return day(date.fromisoformat(kept))
    except ValueError:
        return kept


def _paragraph(words: str) -> Node:
    return Node("paragraph", children=(text(typeset_line(words)),))


# --- the data -----------------------------------------------------------------------------------------------------


def _parts(context: Context, before: Snapshot, found: Sequence[Change]) -> Iterator[TablePart | None]:
    changed = [item for item in found if item.nature is Nature.CHANGED]
    binding = [item for item in changed if item.binds and not item.progress]
    wording = [item for item in changed if not item.binds and not item.progress]
    yield _part("bindend", "Zuständigkeiten, Termine, Geld", _compared(context, before, binding))
    yield _part("bestand", "Neu und entfallen", _listed([item for item in found if item.nature is not Nature.CHANGED]))
    yield _part("wortlaut", "Wortlaut und weitere Angaben", _compared(context, before, wording))
    progress = [item for item in changed if item.progress]
    yield _part("fortschritt", PROGRESS_TITLE, _compared(context, before, progress))


def _part(anchor: str, title: str, table: Table | None) -> TablePart | None:
    if table is None:
        return None
    return TablePart(
        anchor=f"synopse-{anchor}", title=title, lead="", sections=(TableSection("", table),), level=_LEVEL
    )


def _columns(context: Context, before: Snapshot) -> tuple[Column, ...]:
    old, new = before.edition, context.plan.meta.edition
    heads = (f"Fassung {old}", f"Fassung {new}") if old != new else (f"Fassung {old}, festgehalten", "heute")
    return (Column("Was", 26), *(Column(typeset_line(head), 71) for head in heads))


def _compared(context: Context, before: Snapshot, items: Sequence[Change]) -> Table | None:
    """Values side by side, those of an entity in a group."""
    entities: dict[tuple[Kind, str], list[Change]] = {}
    for item in items:
        entities.setdefault((item.kind, item.id), []).append(item)
    groups = tuple(
        RowGroup(
            tuple(_row(item.label, *marked_values(context, item)) for item in of_one),
            heading=typeset_line(f"{_name(of_one[0])} {of_one[0].title}".strip()),
        )
        for of_one in entities.values()
    )
    return Table(_columns(context, before), groups) if groups else None


def _row(label: str, old: Inline, new: Inline) -> Row:
    return Row((Cell((text(label),), header=True), Cell(old), Cell(new)))


def _name(item: Change) -> str:
    """`Maßnahme 1.1.2`; an actor has no number."""
    label = ENTITY[item.kind].label
    return label if item.kind is Kind.ACTOR else f"{label} {item.id.lstrip('ZMHF')}"


def _listed(items: Sequence[Change]) -> Table | None:
    rows = tuple(
        Row((Cell((text(item.nature.label),), header=True), Cell((text(_name(item)),)), Cell((text(item.title),))))
        for item in items
    )
    columns = (Column("Art", 26), Column("Nr.", 42), Column("Titel", 100))
    return Table(columns, (RowGroup(rows),)) if rows else None


# --- the chapters ---------------------------------------------------------------------------------------------------


def _texts(context: Context, before: Snapshot, texts: Texts, earlier: Texts) -> Iterator[TablePart]:
    """A table a chapter that differs; in the order of the plan, what is gone at the end."""
    of_plan = [entry.text for entry in context.plan.meta.outline if entry.text and entry.text in texts.by_stem]
    for stem in dict.fromkeys((*of_plan, *texts.by_stem, *earlier.by_stem)):
        old, new = (list(_lines(side.by_stem.get(stem))) for side in (earlier, texts))
        rows = tuple(_text_rows(old, new))
        if rows:
            title = _title(texts.by_stem.get(stem) or earlier.by_stem[stem])
            nature = "" if old and new else f" ({(Nature.NEW if new else Nature.GONE).label.lower()})"
            table = Table(_columns(context, before), (RowGroup(rows),))
            part = _part(f"text-{stem}", typeset_line(f"Kapitel „{title}“{nature}"), table)
            assert part is not None
            yield part


def _of_plan(context: Context, before: Snapshot, earlier: Plan) -> Iterator[TablePart]:
    """What the plan says in its data besides fields, goals, measures and actors, chapter by chapter."""
    pairs = zip(lines_of_plan(earlier), lines_of_plan(context.plan), strict=True)
    for number, ((title, old), (_, new)) in enumerate(pairs, 1):
        rows = tuple(_text_rows(*([_Line(*said) for said in side] for side in (old, new))))
        if rows:
            part = _part(f"plan-{number}", title, Table(_columns(context, before), (RowGroup(rows),)))
            assert part is not None
            yield part


def _title(prose: Prose) -> str:
    return next((block.plain() for block in prose.blocks if block.kind == "heading"), "")


def _lines(prose: Prose | None) -> Iterator[_Line]:
    heading = ""
    for block in prose.blocks if prose else ():
        if block.kind == "heading":
            heading = block.plain()
            yield _Line(heading, heading)
        elif block.kind != DIRECTIVE:
            yield from (_Line(heading, words) for words in block_lines((block,)))


def _text_rows(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[Row]:
    keys = ([line.words for line in old], [line.words for line in new])
    above = ""
    for at, other in in_order(old, new, keys, _likeness):
        if at is not None and other is not None and old[at].words == new[other].words:
            continue
        line = new[other] if other is not None else old[at or 0]
        sides = ([] if at is None else [old[at].words], [] if other is None else [new[other].words])
        label = line.heading if line.heading != above else ""
        above = line.heading
        was, now = marked(*sides)
        yield _row(label, was if sides[0] else _none("neu"), now if sides[1] else _none("entfällt"))


def _none(what: str) -> Inline:
    return (text(f"{NONE} ({what})"),)


def _likeness(old: _Line, new: _Line) -> float:
    found = PARAGRAPH.likeness(old.words, new.words)
    return found if found >= PARAGRAPH.at_least else 0.0
