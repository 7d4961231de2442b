"""What was filled in on the sheet by which an actor commits itself, in; the commitments of each measure out.

On that sheet stands a day alone: whose it is, its column says. As an edit it is one of the row in which the measure's
own sheet lists all commitments, with those of others as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.fields.dates import read_day
from pipeline.fields.kind import NONE, OPEN
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread
from pipeline.merge.differences.rows import ShownEdit, shown
from pipeline.merge.markdown.units import Unit
from pipeline.merge.sources import Sources
from pipeline.parts.extract import COMMITS
from pipeline.text.nodes import Place

_HEAD: Final = re.compile(rf"{re.escape(COMMITS[0])}(.+){re.escape(COMMITS[1])}")
_SAID: Final = re.compile(r"^(?:ja\b)?[\s,;:–—-]*", re.IGNORECASE)  # before the day


def is_commitment(label: str) -> bool:
    """Whether a row with this label stands on that sheet."""
    return _HEAD.fullmatch(label.replace("\u00a0", " ")) is not None


def as_given(units: Sequence[Unit], sources: Sources, names: PlanNames) -> Iterator[Place]:
    """The places on that sheet at which stands what the sources say of the actor's commitment."""
    for item in (item for unit in units for item in shown(unit, sources)):
        head = _HEAD.fullmatch(item.label.replace("\u00a0", " "))
        if head is None or not names.is_actor(head[1]):
            continue
        actor = names.actor(head[1])
        listed = sources.entities[item.place.source.partition("/")[0]].data.get("zusagen")
        days = [
            str(each.get("datum", ""))
            for each in (listed if isinstance(listed, list) else ())
            if isinstance(each, dict) and each.get("akteur") == actor
        ]
        try:
            told = [] if item.lines in ((), (NONE,)) else [read_day(" ".join(item.lines))]
        except Unread:
            continue
        if told == days[:1]:
            yield item.place


def with_commitments(edits: Iterable[ShownEdit], base: Sequence[Unit], sources: Sources) -> Iterator[ShownEdit]:
    """The edits, those of that sheet as edits of the measures' own rows; `base` are the units before editing."""
    others: dict[str, ShownEdit] = {}
    typed: list[tuple[str, ShownEdit]] = []
    for edit in edits:
        head = _HEAD.fullmatch(edit.label.replace("\u00a0", " "))
        if head is None:
            others[f"{edit.place.source} {edit.place.start}"] = edit
        elif edit.after is not None:
            typed.append((head[1], edit))
    if not typed:
        yield from others.values()
        return
    rows = {item.place.source: item for unit in base for item in shown(unit, sources) if not is_commitment(item.label)}
    for name, edit in typed:
        source = edit.place.source
        if source not in rows:
            yield edit
            continue
        row = rows[source]
        key = f"{source} {row.place.start}"
        known = others.get(key) or ShownEdit(row.place, row.label, row.lines, row.lines)
        if known.after is not None:
            others[key] = replace(known, after=_committed(known.after, name, edit.after or ()))
    yield from others.values()


def _committed(lines: Sequence[str], name: str, typed: Sequence[str]) -> tuple[str, ...]:
    """All commitments to a measure, that of an actor as it stands on its sheet: `ja, 24.11.2026` is the day."""
    said = _SAID.sub("", " ".join(typed).strip()) or ("" if " ".join(typed).strip() in ("", NONE) else " ".join(typed))
    left = [line for line in lines if line not in (OPEN, NONE) and not line.startswith(f"{name}, ")]
    return (*left, f"{name}, {said}") if said else tuple(left)
