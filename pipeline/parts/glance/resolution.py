"""The plan in, what is to be resolved or has been out: a text a body, its points counted through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from pipeline.document.model import ResolutionText
from pipeline.fields.dates import day
from pipeline.parts.bodies import body_key, body_name
from pipeline.parts.context import Context
from pipeline.parts.open_matters import kind_of
from pipeline.parts.phrases import counted, link, text
from pipeline.text.markdown import parse
from pipeline.text.nodes import Blocks, Inline, Node
from pipeline.text.typography import NBSP, typeset_line
from schema.codes import BY_RESOLUTION
from schema.placeholders import filled
from schema.plan import Step
from schema.rules import Finding
from schema.vocabulary import PartName, StepResult

RESOLVED: Final = "Diese Fassung ist beschlossen und verbindlich."
_DRAFT_LINE: Final = 84  # characters
_MOST_KINDS: Final = 3  # of open points that are named


def draft_note(context: Context) -> Inline:
    """What a reader of the draft has to know: whose it is, and what is to be settled before, with the way there."""
    if not context.plan.meta.drafts:
        return (text("Einen Beschlussvorschlag gibt es noch nicht."),)
    bodies = {body_key(context, draft.body) for draft in context.plan.meta.drafts}
    several = " Jedes Gremium beschließt über seinen Teil; gemeinsame Ziele brauchen alle." if len(bodies) > 1 else ""
    left = [item for item in context.open_points if item.code not in BY_RESOLUTION]  # those it settles itself
    said = f"Beschlussvorschlag, noch nicht beschlossen.{several}"
    if not left:
        return (text(said),)
    points = link(PartName.OPEN_POINTS.value, f"siehe „{PartName.OPEN_POINTS.label}“")
    return (text(f"{said} Vorher zu klären: {_kinds(context, left)}; "), points, text("."))


def _kinds(context: Context, points: Sequence[Finding]) -> str:
    """`55 Punkte (34 × Finanzierung, 17 × Ausgangswert, 4 weitere)`: what is open often is named, all else counted."""
    found = Counter(kind_of(context, item) for item in points)
    often = [(kind, times) for kind, times in found.most_common(_MOST_KINDS) if times > 1]
    named = [f"{times}{NBSP}×{NBSP}{kind}" for kind, times in often]
    others = len(points) - sum(times for _, times in often)
    told = counted(len(points), "Punkt", "Punkte")
    return f"{told} ({', '.join([*named, *[f'{others} weitere'] * bool(others)])})" if named else told


def draft_texts(context: Context) -> Iterator[ResolutionText]:
    """The draft resolutions; their points are counted through, so that one can name them."""
    start = 1
    for draft in context.plan.meta.drafts:
        blocks = parse(filled(draft.text, context.plan)).blocks
        numbered = []
        for block in blocks:
            if block.kind == "ordered_list":
                numbered.append(replace(block, attrs={**block.attrs, "start": start}))
                start += len(block.children)
            else:
                numbered.append(block)
        key = body_key(context, draft.body)
        steps = [step for step in context.plan.meta.route if body_key(context, step.body) == key]
        yield ResolutionText(typeset_line(body_name(context, key)), _when(steps), tuple(numbered))


def _when(steps: Sequence[Step]) -> str:
    days = [day(step.session) for step in steps if step.session]
    return f"Sitzung {', '.join(days)}" if days else "Sitzung offen"


def resolved_texts(context: Context) -> Iterator[ResolutionText]:
    """Each step that resolved something, with its day and paper."""
    for step in context.plan.meta.route:
        if step.result is StepResult.RESOLVED:
            paper = f", Vorlage {step.paper}" if step.paper else ""
            said = typeset_line(f"{step.step}: beschlossen{paper}.")
            name = body_name(context, body_key(context, step.body))
            when = day(step.session) if step.session else ""
            yield ResolutionText(typeset_line(name), when, (Node("paragraph", children=(text(said),)),))


def lines_of_texts(texts: Sequence[ResolutionText]) -> float:
    """The height of what is to be resolved, with the name of each body above its text."""
    lines = (1 + sum(ceil(len(line.plain()) / _DRAFT_LINE) for line in _paragraphs(item.blocks)) for item in texts)
    return sum(lines)


def _paragraphs(blocks: Blocks) -> Iterator[Node]:
    for block in blocks:
        if block.kind in ("bullet_list", "ordered_list", "item", "quote"):
            yield from _paragraphs(block.children)
        else:
            yield block
