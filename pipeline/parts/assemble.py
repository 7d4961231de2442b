"""A Plan and its texts in, the Document out: the one place where it is decided what is shown, and in which order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence

from pipeline.content.texts import Texts
from pipeline.document.model import Chapter, Contents, ContentsEntry, Document, FieldOpener, Part, Properties, State
from pipeline.document.references import finish
from pipeline.document.targets import data_targets, text_targets
from pipeline.fields.wording import day
from pipeline.parts.context import Context
from pipeline.parts.front.cover import cover, status_line
from pipeline.parts.front.status import status_page
from pipeline.parts.lists.changes import changes_part
from pipeline.parts.lists.glossary import glossary
from pipeline.parts.lists.open_points import open_points
from pipeline.parts.lists.proposals import proposals
from pipeline.parts.lists.register import register
from pipeline.parts.overviews.funding import funding
from pipeline.parts.overviews.indicators import indicators
from pipeline.parts.overviews.matrix import matrix
from pipeline.parts.overviews.overview import overview
from pipeline.parts.overviews.schedule import schedule
from pipeline.parts.overviews.strands import strands
from pipeline.parts.sheets.actors import actors
from pipeline.parts.sheets.fields_of_action import field_opener
from pipeline.parts.sheets.measures import measure_sheets
from pipeline.text.markdown import DIRECTIVE, Prose
from pipeline.text.nodes import Node
from pipeline.text.typography import typeset_line
from schema.edition import Snapshot
from schema.plan import OutlineEntry, Plan
from schema.rules import Finding
from schema.vocabulary import PartName, PlanStatus

Builder = Callable[[Context, int | None], Part | None]

_BUILDERS: dict[PartName, Builder] = {
    PartName.COVER: lambda context, _: cover(context),
    PartName.STATUS: lambda context, _: status_page(context),
    PartName.OVERVIEW: lambda context, _: overview(context),
    PartName.MATRIX: matrix,
    PartName.ACTORS: lambda context, _: actors(context),
    PartName.SCHEDULE: schedule,
    PartName.INDICATORS: indicators,
    PartName.FUNDING: funding,
    PartName.STRANDS: lambda context, _: strands(context),
    PartName.OPEN_POINTS: lambda context, _: open_points(context),
    PartName.PROPOSALS: lambda context, _: proposals(context),
    PartName.CHANGES: lambda context, _: changes_part(context),
    PartName.GLOSSARY: lambda context, _: glossary(context),
    PartName.REGISTER: register,
}


def assemble(
    plan: Plan,
    texts: Texts,
    *,
    digest: str,
    open_points: Sequence[Finding] = (),
    previous: Snapshot | None = None,
) -> Document:
    """The Document of a valid plan. `digest` is the content's SHA-256, `previous` the edition that it replaces."""
    context = Context(plan, digest, tuple(open_points), previous)
    labels = dict(data_targets(plan))
    labels |= {anchor: typeset_line(label) for anchor, label, _ in text_targets(texts.by_stem.items())}
    parts = [part for entry in plan.meta.outline for part in _entry(context, texts, entry)]
    labels |= {part.anchor: part.title for part in parts if part.anchor in set(PartName)}
    with_contents = tuple(_contents(part, parts) if isinstance(part, Contents) else part for part in parts)
    return Document(_properties(context), finish(with_contents, labels), labels)


def _entry(context: Context, texts: Texts, entry: OutlineEntry) -> Iterator[Part]:
    """The parts of one line of the outline; one with nothing to show is left out."""
    if entry.text is not None:
        yield _chapter(context, entry.text, texts.by_stem[entry.text])
    elif entry.part is PartName.FIELDS:
        for item in context.plan.fields:
            if entry.field in (None, item.number):
                yield field_opener(context, item)
                if context.plan.measures_in(item.number):
                    yield measure_sheets(context, item)
    elif entry.part is PartName.CONTENTS:
        yield Contents(anchor=PartName.CONTENTS.value, title=PartName.CONTENTS.label, entries=())
    elif entry.part is not None:
        part = _BUILDERS[entry.part](context, entry.field)
        if part is not None:
            yield part


def _chapter(context: Context, stem: str, prose: Prose) -> Chapter:
    """A text: its H1 becomes the title, its first paragraph the lead, its directives the parts they name."""
    title, *rest = prose.blocks
    blocks: list[Node | Part] = []
    for index, block in enumerate(rest):
        if block.kind == DIRECTIVE:
            blocks.extend(_embedded(context, block, level=_level_before(rest[:index]) + 1))
        elif index == 0 and block.kind == "paragraph":
            blocks.append(Node("lead", children=block.children, place=block.place))
        else:
            blocks.append(block)
    return Chapter(anchor=stem, title=typeset_line(title.plain()), blocks=tuple(blocks), title_place=title.place)


def _level_before(blocks: Sequence[Node]) -> int:
    levels = [int(block.attrs["level"]) for block in blocks if block.kind == "heading"]
    return levels[-1] if levels else 1


def _embedded(context: Context, directive: Node, level: int) -> Iterator[Part]:
    field = directive.attrs.get("handlungsfeld")
    part = _BUILDERS[PartName(directive.text)](context, int(field) if field else None)  # type: ignore[call-arg]
    if part is not None:
        yield dataclasses.replace(part, level=level, place=directive.place)


def _contents(empty: Contents, parts: Sequence[Part]) -> Contents:
    """The contents list: every part with a heading of level 1, and the goals below their field."""
    entries: list[ContentsEntry] = []
    after_field = False
    for part in parts:
        if part.level > 1 or part.kind in ("cover", "contents"):
            continue
        is_field = isinstance(part, FieldOpener)
        number = part.number if isinstance(part, FieldOpener) else ""
        opens = is_field or after_field
        entries.append(ContentsEntry(1, number, part.title, f"#{part.anchor}", opens_group=opens))
        after_field = is_field
        if isinstance(part, FieldOpener):
            entries += [ContentsEntry(2, goal.number, goal.short_title, f"#{goal.anchor}") for goal in part.goals]
    return Contents(anchor=empty.anchor, title=empty.title, entries=tuple(entries))


def _properties(context: Context) -> Properties:
    meta = context.plan.meta
    state = State(meta.status.value, meta.status.label)
    title = typeset_line(meta.title)
    resolved = meta.status is PlanStatus.RESOLVED
    claim = "beschlossen" if resolved else f"{state.label}, nicht beschlossen"
    return Properties(
        short_name=meta.short_name,
        title=title,
        subtitle=typeset_line(meta.subtitle),
        full_title=title if resolved else f"{title} ({state.label}, Fassung {meta.edition})",
        authors=tuple(context.actor(actor).name for actor in meta.publishers),
        language="de-DE",
        edition=meta.edition,
        date=meta.date.isoformat(),
        date_label=day(meta.date),
        state=state,
        draft_mark="" if resolved else state.label.upper(),
        running_head=title,
        running_foot=status_line(context).removesuffix(" · nicht beschlossen") + f" · {claim}",
        digest=context.digest,
    )
