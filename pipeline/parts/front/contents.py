"""The contents list: it stands empty until all other parts are made, then lists them, and they lead back to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document.model import Contents, ContentsEntry, Cover, FieldOpener, Part
from pipeline.document.targets import part_anchor, part_title
from pipeline.parts.context import Context
from schema.vocabulary import PartName


def contents(_: Context) -> Contents:
    """The contents list without its entries, which nobody knows yet."""
    return Contents(anchor=part_anchor(PartName.CONTENTS), title=part_title(PartName.CONTENTS), entries=())


def with_entries(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a document, its contents list with an entry for each of them and for the goals of each field.

    What is listed leads back to the list, if there is one.
    """
    back = next((f"#{part.anchor}" for part in parts if isinstance(part, Contents)), "")
    return tuple(
        replace(part, entries=tuple(_entries(parts)))
        if isinstance(part, Contents)
        else replace(part, contents=back if _listed(part) else "")
        for part in parts
    )


def _listed(part: Part) -> bool:
    return part.level == 1 and not isinstance(part, Cover | Contents)


def _entries(parts: Sequence[Part]) -> Iterator[ContentsEntry]:
    """A field of action, and what follows the last of them, opens a group."""
    after_field = False
    for part in parts:
        if not _listed(part):
            continue
        if isinstance(part, FieldOpener):
            yield ContentsEntry(1, part.number, part.title, f"#{part.anchor}", opens_group=True)
            yield from (ContentsEntry(2, goal.number, goal.short_title, f"#{goal.anchor}") for goal in part.goals)
        else:
            yield ContentsEntry(1, "", part.title, f"#{part.anchor}", opens_group=after_field)
        after_field = isinstance(part, FieldOpener)
