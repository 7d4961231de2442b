"""What was filled in on the sheet by which an actor commits itself, in; the commitments of each measure out.

On that sheet stands a day alone: whose it is, its column says. As an edit it is one of the row in which the measure's
own sheet lists all commitments, with those of others as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.fields.kind import NONE, OPEN
from pipeline.merge.differences.rows import ShownEdit, shown
from pipeline.merge.markdown.units import Unit
from pipeline.merge.sources import Sources
from pipeline.parts.extract import COMMITS

_HEAD: Final = re.compile(rf"{re.escape(COMMITS[0])}(.+){re.escape(COMMITS[1])}")
_SAID: Final = re.compile(r"^(?:ja\b)?[\s,;:–—-]*", re.IGNORECASE)  # before the day


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
    rows = {item.place.source: item for unit in base for item in shown(unit, sources) if not _HEAD.match(item.label)}
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
