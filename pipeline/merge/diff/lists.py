"""A value of the data and two edits of it in, both edits in one value out, and where they contradict each other.

Mappings are joined key by key, lists item by item: items are told apart by what they say, the same, else the most
alike. What only one of the two did is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.diff.align import aligned, data_key, data_likeness


@dataclass(frozen=True)
class ValueConflict:
    """What the two edits say differently: the base's words and theirs, None where it is taken away or was not there."""

    base: Plain
    ours: Plain
    theirs: Plain


@dataclass(frozen=True)
class Merged:
    """The joint value; where there is a conflict it holds what the base says."""

    value: Plain
    conflicts: tuple[ValueConflict, ...] = ()


def merge(base: Plain, ours: Plain, theirs: Plain) -> Merged:
    """Both edits of a value in one; None stands for nothing."""
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    if isinstance(ours, list) and isinstance(theirs, list) and isinstance(base, list | None):
        return _lists(base or [], ours, theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict) and isinstance(base, dict):
        return _mappings(base, ours, theirs)
    return Merged(base, (ValueConflict(base, ours, theirs),))


def _mappings(base: dict[str, Plain], ours: dict[str, Plain], theirs: dict[str, Plain]) -> Merged:
    """If two changed one key in two ways, the conflict shows the whole mapping: a key alone says little."""
    joined: dict[str, Plain] = {}
    for key in dict.fromkeys((*base, *ours, *theirs)):
        merged = merge(base.get(key), ours.get(key), theirs.get(key))
        if merged.conflicts:
            return Merged(base, (ValueConflict(base, ours, theirs),))
        if merged.value is not None or (key in ours and key in theirs):
            joined[key] = merged.value
    return Merged(joined)


@dataclass(frozen=True)
class _Side:
    """One edited list, and the base's item that each of its items stands for."""

    items: Sequence[Plain]
    origins: Sequence[int | None]

    def value(self, origin: int) -> Plain:
        return self.items[self.origins.index(origin)] if origin in self.origins else None

    def order(self, among: set[int]) -> list[int]:
        return [origin for origin in self.origins if origin in among]

    def added(self, kept: set[int]) -> dict[int, list[Plain]]:
        """New items by the kept one they come behind, -1 for the beginning."""
        found: dict[int, list[Plain]] = {}
        before = -1
        for item, origin in zip(self.items, self.origins, strict=True):
            if origin is None:
                found.setdefault(before, []).append(item)
            elif origin in kept:
                before = origin
        return found


def _is_done(base: list[Plain], ours: list[Plain], theirs: list[Plain]) -> bool:
    """Whether ours has all that theirs changed already: what is new, nothing that went, in the same order.

    Example: two files put other milestones in place of `1, 2`, one A, the other B, and both stand there. The first file
    once more wants A in place of `1, 2`: that is done, and B is none of its business.
    """
    was, now, wanted = ([data_key(item) for item in items] for items in (base, ours, theirs))
    come, gone = set(wanted) - set(was), set(was) - set(wanted)
    if not come or not gone or not come <= set(now) or gone & set(now):
        return False  # what is only taken away may have been changed by ours
    return [key for key in now if key in wanted] == [key for key in wanted if key in now]


def _lists(base: list[Plain], ours: list[Plain], theirs: list[Plain]) -> Merged:
    if _is_done(base, ours, theirs):
        return Merged(ours)
    one, other = (_Side(items, aligned(base, items, data_key, data_likeness)) for items in (ours, theirs))
    values: dict[int, Plain] = {}
    conflicts: list[ValueConflict] = []
    for origin, item in enumerate(base):
        merged = merge(item, one.value(origin), other.value(origin))
        conflicts += merged.conflicts
        if merged.value is not None:
            values[origin] = merged.value
    order = _order(one, other, set(values))
    if order is None:
        return Merged(base, (*conflicts, ValueConflict(base, ours, theirs)))
    first, second = one.added(set(values)), other.added(set(values))
    known = {data_key(item) for items in first.values() for item in items}
    joined: list[Plain] = []
    for origin in (-1, *order):
        joined += [values[origin]] if origin in values else []
        joined += first.get(origin, [])
        joined += [item for item in second.get(origin, []) if data_key(item) not in known]
    return Merged(joined, tuple(conflicts))


def _order(one: _Side, other: _Side, kept: set[int]) -> list[int] | None:
    """The order of the kept items as whoever changed it has it, None where both did in two ways."""
    common = kept & set(one.origins) & set(other.origins)  # all but those in conflict
    first, second = one.order(common), other.order(common)
    if first != second and sorted(common) not in (first, second):
        return None
    order = second if first == sorted(common) else first
    for origin in sorted(kept - common):
        before = max((order.index(at) for at in order if at < origin), default=-1)
        order.insert(before + 1, origin)
    return order
