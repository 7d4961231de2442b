"""Conflicts in, the sources with diff3's markers around them out, for those who settle them in an editor."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.diff.diff3 import rows
from pipeline.merge.sources import Entity, Sources
from pipeline.merge.threeway import MOVED, SourceConflict
from pipeline.merge.yaml.change_text import locate_entry
from pipeline.merge.yaml.splices import Unspliceable
from pipeline.text.sequences import same_places

_LEAD: Final = re.compile(r" *(?:- +)*")  # the first key of a list's item stands behind its dash


@dataclass(frozen=True)
class OpenConflict:
    """A conflict; whose version stands in the sources ('' for the sources themselves), whose the other is, and the
    sources as they were when it was found.
    """

    conflict: SourceConflict
    ours: str
    theirs: str
    found_in: Sources


@dataclass(frozen=True)
class _Marked:
    """Lines from the first up to the last, which is not among them, and what goes above and below them."""

    first: int
    last: int
    above: Sequence[str]
    below: Sequence[str]


def marked(sources: Sources, conflicts: Sequence[OpenConflict]) -> Mapping[PurePosixPath, bytes]:
    """The files in which there are conflicts, with markers; YAML with markers is none until they are settled."""
    found: dict[PurePosixPath, list[_Marked]] = {}
    for item in conflicts:
        name = item.conflict.name
        file = next((path for path in sources.files if str(path) == name), None)
        if file is not None:
            found.setdefault(file, []).append(_in_text(sources, file, item))
            continue
        entity = sources.entities.get(name.rpartition("/")[0])
        place = _in_data(sources, entity, item) if entity is not None else None
        if entity is not None and place is not None:
            found.setdefault(entity.file, []).append(place)
    texts = {
        file: sources.as_written(str(file), _with_markers(_shown(sources, file), places))
        for file, places in found.items()
    }
    return {file: sources.with_text(file, text).files[file] for file, text in texts.items()}


def _shown(sources: Sources, file: PurePosixPath) -> str:
    """A file as conflicts count its lines."""
    text = sources.texts.get(str(file))
    return sources.text(file) if text is None else text.text


def _in_text(sources: Sources, file: PurePosixPath, item: OpenConflict) -> _Marked:
    base, ours, theirs = (
        text.removeprefix(MOVED) for text in (item.conflict.base, item.conflict.ours, item.conflict.theirs)
    )
    now, wanted = rows(_shown(sources, file)), rows(ours)
    first = _line_now(item, file, now)
    if wanted and (first is None or not _stands_at(now, first, wanted)):
        places = [at for at in range(len(now)) if _stands_at(now, at, wanted)]
        first = min(places, key=lambda at: abs(at - (first or 0)), default=None)
    if first is None:
        first, wanted = len(now), []
    return _Marked(first, first + len(wanted), *_markers(item, base, theirs))


def _stands_at(lines: Sequence[str], at: int, wanted: Sequence[str]) -> bool:
    found = lines[at : at + len(wanted)]
    return [line.rstrip("\r\n") for line in found] == [line.rstrip("\r\n") for line in wanted]


def _line_now(item: OpenConflict, file: PurePosixPath, now: Sequence[str]) -> int | None:
    """Where the line of a conflict is by now: later files may have changed what stands above it."""
    line = item.conflict.line
    if line is None or file not in item.found_in.files:
        return None
    where = same_places(rows(_shown(item.found_in, file)), now)
    above = 0 if line == 0 else where[line - 1] + 1 if line - 1 in where else None
    return where.get(line, above) if item.conflict.ours or above is None else above


def _in_data(sources: Sources, entity: Entity, item: OpenConflict) -> _Marked | None:
    """Whole lines: from the key's to the value's last."""
    text, key = sources.text(entity.file), item.conflict.name.rpartition("/")[2]
    try:
        start, end = locate_entry(text, (*entity.path, key))
    except Unspliceable:
        return None
    first, last = len(rows(text[:start] + "-")) - 1, len(rows(text[: max(end, start + 1)].rstrip("\r\n")))
    lead = _LEAD.match(rows(text)[first])
    values = item.conflict.values or (item.conflict.base, item.conflict.theirs)
    base, theirs = (_entry(f"{lead[0] if lead else ''}{key}: ", value) for value in values)
    return _Marked(first, last, *_markers(item, base, theirs))


def _entry(key: str, value: Plain) -> str:
    return "" if value is None else f"{key}{json.dumps(value, ensure_ascii=False)}\n"


def _markers(item: OpenConflict, base: str, theirs: str) -> tuple[list[str], list[str]]:
    """The lines above and below what stands in the sources."""
    above = [f"<<<<<<< {item.ours or 'Quellen'}"]
    below = ["||||||| vorher", *base.splitlines(), "=======", *theirs.splitlines(), f">>>>>>> {item.theirs}"]
    return above, below


def _with_markers(text: str, places: Iterable[_Marked]) -> str:
    """Of two conflicts one inside of the other, or at the same lines, the later one is around the earlier."""
    lines = rows(text)
    end = next((line[len(line.rstrip("\r\n")) :] for line in lines if line.endswith(("\n", "\r"))), "\n")
    between: dict[int, list[str]] = defaultdict(list)
    above: dict[int, list[str]] = defaultdict(list)
    below: dict[int, list[str]] = defaultdict(list)
    for place in sorted(places, key=lambda place: place.last - place.first):
        if place.first == place.last:
            between[place.first] += [*place.above, *place.below]
        else:
            above[place.first] = [*place.above, *above[place.first]]
            below[place.last] += place.below
    result = ""
    for number in range(len(lines) + 1):
        new = [*below[number], *between[number], *above[number]]
        if new and result and not result.endswith(("\n", "\r")):
            result += end
        result += "".join(line + end for line in new) + "".join(lines[number : number + 1])
    return result
