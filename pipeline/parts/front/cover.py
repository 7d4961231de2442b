"""The plan in, its cover out: title, senders, status, and one bar a measure on the time grid."""

from __future__ import annotations

from pipeline.document.model import Cover, CoverField, State
from pipeline.fields.dates import day
from pipeline.parts.context import Context
from pipeline.parts.timing import bars, bars_alternative
from pipeline.text.typography import typeset_line
from schema.vocabulary import PartName, PlanStatus


def status_line(context: Context) -> str:
    """`Fassung 0.1 · Stand 22. November 2026 · nicht beschlossen`."""
    meta = context.plan.meta
    tail = "" if meta.status is PlanStatus.RESOLVED else " · nicht beschlossen"
    return typeset_line(f"Fassung {meta.edition}") + f" · Stand {day(meta.date)}{tail}"


def cover(context: Context) -> Cover:
    """The cover."""
    plan = context.plan
    return Cover(
        anchor=PartName.COVER.value,
        title=typeset_line(plan.meta.title),
        subtitle=typeset_line(plan.meta.subtitle),
        senders=tuple(typeset_line(context.actor(actor).name) for actor in plan.meta.publishers),
        state=State(plan.meta.status.value, plan.meta.status.label),
        status_line=status_line(context),
        variant=plan.meta.options.cover.value,
        axis=context.axis,
        fields=tuple(
            CoverField(str(item.number), bars(context, plan.measures_in(item.number))) for item in plan.fields
        ),
        signs=context.signs,
        alternative=bars_alternative(context, plan.active_measures),
    )
