"""A Plan and its texts in, the Document out: the one place where it is decided what is shown, and in which order."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from pipeline.content.texts import Texts
from pipeline.document.model import Chapter, Document, Part, Properties, State
from pipeline.document.references import finish
from pipeline.document.targets import data_targets, text_targets
from pipeline.fields.dates import day
from pipeline.parts.appointments import appointments
from pipeline.parts.context import Context
from pipeline.parts.front.contents import with_entries
from pipeline.parts.registry import build_part
from pipeline.text.markdown import DIRECTIVE, Prose
from pipeline.text.nodes import Node
from pipeline.text.typography import typeset_line
from schema.edition import Snapshot
from schema.entities import Actor
from schema.plan import OutlineEntry, Plan
from schema.rules import Finding
from schema.vocabulary import PartName, PlanStatus


def assemble(
    plan: Plan,
    texts: Texts,
    *,
    digest: str,
    open_points: Sequence[Finding] = (),
    previous: Snapshot | None = None,
) -> Document:
    """The Document of a valid plan. `digest` is the content's SHA-256, `previous` the edition that it replaces."""
    chapters = {anchor: label for anchor, label, _ in text_targets(texts.by_stem.items()) if anchor in texts.by_stem}
    context = Context(plan, digest, tuple(open_points), previous, chapters)
    labels = labels_of(plan, texts)
    parts = [part for entry in plan.meta.outline for part in _entry(context, texts, entry)]
    labels |= {part.anchor: part.title for part in parts if part.anchor in set(PartName)}
    return Document(properties_of(context), finish(with_entries(parts), labels), labels, appointments(context))


def labels_of(plan: Plan, texts: Texts) -> dict[str, str]:
    """What a reference to an anchor reads, for all that there can be in a document of the plan."""
    of_texts = text_targets(texts.by_stem.items())
    return {**dict(data_targets(plan)), **{anchor: typeset_line(label) for anchor, label, _ in of_texts}}


def _entry(context: Context, texts: Texts, entry: OutlineEntry) -> Iterator[Part]:
    """The parts of one line of the outline; one with nothing to show is left out."""
    if entry.text is not None:
        yield _chapter(context, entry.text, texts.by_stem[entry.text])
    elif entry.part is not None:
        yield from build_part(entry.part, context, entry.field)


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
    name = PartName(directive.text)  # type: ignore[call-arg]  # mypy takes it for the making of a member
    for part in build_part(name, context, int(field) if field else None):
        yield dataclasses.replace(part, level=level, place=directive.place)


def properties_of(context: Context) -> Properties:
    """What the files of a plan say of themselves."""
    meta = context.plan.meta
    state = State(meta.status.value, meta.status.label)
    title = typeset_line(meta.title)
    resolved = meta.status is PlanStatus.RESOLVED
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
        digest=context.digest,
        divided=context.plan.divisions,
        undivided=tuple(sorted({word for actor in context.plan.actors for word in _words(actor)})),
    )


def _words(actor: Actor) -> list[str]:
    """The words of an actor's names."""
    return re.findall(r"[^\W\d_]+", f"{actor.name} {actor.short_name or ''}")
