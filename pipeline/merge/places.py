"""A place in the sources in, the words out by which a report calls it."""

from __future__ import annotations

from pipeline.fields.registry import fields_of
from pipeline.merge.sources import Sources
from pipeline.text.nodes import Place
from schema.plan import Kind

NEW = "Neue Maßnahme"  # what the place of one is called that got no number


def place_words(place: Place, sources: Sources) -> tuple[str, str]:
    """`Maßnahme 1.1.1, Status` or `Text „Ausgangslage“`, and the source file, '' where none is known."""
    file = next((str(path) for path in sources.files if str(path) == place.source), "")
    if file:
        title = next((leaf.text for leaf in sources.texts[file].flow if leaf.level == 1), file)
        return f"Text „{title}“", file
    entity, _, key = place.source.rpartition("/")
    found = sources.entities.get(entity)
    if found is None:
        return place.source or "Fußnote", ""
    field = fields_of(found.model).get(key)
    label = field.label if field else key
    if found.kind is None:
        return label, str(found.file)
    name = entity.removeprefix(found.kind.before)
    number = name[1:] if found.kind.kind in (Kind.MEASURE, Kind.GOAL) and name[1:2].isdigit() else name
    return f"{found.kind.label} {number}" + (f", {label}" if label else ""), str(found.file)
