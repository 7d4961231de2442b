"""Sources and new values of their entities in, the sources with them out, each file written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.content.yaml_compose import YamlFault
from pipeline.merge.sources import Sources
from pipeline.merge.yaml.change_text import change
from pipeline.merge.yaml.edits import Change, Edit
from pipeline.merge.yaml.splices import Unspliceable
from schema.files import file_model

Wanted = Sequence[tuple[str, Sequence[Edit]]]
"""Entities, and what is to change in each; paths begin at the entity."""


def with_all(sources: Sources, wanted: Wanted) -> tuple[Sources, Mapping[int, str]]:
    """The sources with all that is wanted, and of what cannot be written its number and why.

    Every file is written once, however much is to change in it: reading and checking it takes the longest.
    """
    by_file: dict[PurePosixPath, list[int]] = {}
    for number, (entity, _) in enumerate(wanted):
        by_file.setdefault(sources.entities[entity].file, []).append(number)
    failed: dict[int, str] = {}
    for numbers in by_file.values():
        sources = _tried(sources, wanted, numbers, failed)
    return sources, failed


def _tried(sources: Sources, wanted: Wanted, numbers: Sequence[int], failed: dict[int, str]) -> Sources:
    """All of it at once, or each half by itself, down to what cannot be written."""
    try:
        return with_edits(sources, [wanted[number] for number in numbers])
    except (Unspliceable, YamlFault) as error:
        if len(numbers) == 1:
            failed[numbers[0]] = str(error)
            return sources
    middle = len(numbers) // 2
    sources = _tried(sources, wanted, numbers[:middle], failed)
    return _tried(sources, wanted, numbers[middle:], failed)


def with_edits(sources: Sources, wanted: Wanted) -> Sources:
    """The sources with values changed that stand in one file. Raises Unspliceable."""
    changes: list[Change] = []
    for entity, changed in wanted:
        changes += [Edit((*sources.entities[entity].path, *edit.path), edit.value) for edit in changed]
    file = sources.entities[wanted[0][0]].file
    return sources.with_text(file, change(sources.text(file), changes, file_model(file)))
