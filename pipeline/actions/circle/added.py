"""Sources and a new entity in, the sources with it out, behind its like, in the style of the file that it goes to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.fields.registry import fields_of
from schema.entities import Actor, Measure
from schema.files import file_model

if TYPE_CHECKING:
    from pipeline.content.yaml_nodes import Plain
    from pipeline.merge.sources import Sources

_ACTORS: Final = PurePosixPath("akteure.yaml")
_MEASURES: Final = "massnahmen"


def with_actor(sources: Sources, data: Mapping[str, Plain]) -> Sources:
    """With an actor at the end of their file."""
    from pipeline.merge.yaml.change_text import change
    from pipeline.merge.yaml.edits import Insertion

    order = list(fields_of(Actor))
    entity = dict(sorted(data.items(), key=lambda item: order.index(item[0])))
    text = change(sources.text(_ACTORS), [Insertion(("akteure",), entity)], file_model(_ACTORS))
    return sources.with_text(_ACTORS, text)


def with_measure(sources: Sources, strand: str, data: Mapping[str, Plain]) -> tuple[Sources, str, PurePosixPath]:
    """With a measure behind the last of its goal in a strand's file, its ID, and the file."""
    from pipeline.merge.differences.new_measures import next_free
    from pipeline.merge.yaml.change_text import change
    from pipeline.merge.yaml.edits import Insertion

    goal = str(data["ziel"]).removeprefix("Z")
    identifier = next_free(sources, f"M{goal}")
    path = PurePosixPath(strand, f"{_MEASURES}.yaml")
    order = list(fields_of(Measure))
    entity = {"id": identifier, **dict(sorted(data.items(), key=lambda item: order.index(item[0])))}
    if path not in sources.files:
        start = f"{_MEASURES}:\n  - id: {identifier}\n    titel: x\n"
        from pipeline.merge.yaml.edits import Edit

        edits = [Edit((_MEASURES, 0, key), value) for key, value in entity.items()]
        return sources.with_text(path, change(start, edits, file_model(path))), identifier, path
    here = [name for name, item in sources.entities.items() if item.file == path and name.startswith("M")]
    near = [name for name in here if name.startswith(f"M{goal}.")] or here
    after = ("id", near[-1]) if near else None
    text = change(sources.text(path), [Insertion((_MEASURES,), entity, after)], file_model(path))
    return sources.with_text(path, text), identifier, path
