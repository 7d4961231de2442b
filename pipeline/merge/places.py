"""A place in the sources in, the words out by which a report calls it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.merge.sources import PLAN, Sources
from pipeline.text.nodes import Place
from schema.base import Model
from schema.entities import FieldOfAction, GlossaryTerm, Goal, Measure, Proposal
from schema.plan import PlanMeta

NEW = "Neue Maßnahme"  # what the place of one is called that got no number

MODELS: Mapping[str, type[Model]] = {
    "massnahmen": Measure,
    "ziele": Goal,
    "handlungsfelder": FieldOfAction,
    "begriffe": GlossaryTerm,
    "vorschlag": Proposal,
}
_KINDS: Mapping[str, str] = {
    "massnahmen": "Maßnahme",
    "ziele": "Ziel",
    "handlungsfelder": "Handlungsfeld",
    "begriffe": "Begriff",
    "vorschlag": "Vorschlag",
}


def model_at(sources: Sources, entity: str) -> type[Model]:
    """The model of an entity."""
    path = sources.entities[entity].path
    return MODELS[str(path[0])] if path else PlanMeta


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
    label = _label(model_at(sources, entity), key)
    if entity == PLAN:
        return label, str(found.file)
    name = entity.removeprefix("HF").removeprefix("glossar-")
    number = name[1:] if name[:1] in ("M", "Z") and name[1:2].isdigit() else name
    return f"{_KINDS[str(found.path[0])]} {number}" + (f", {label}" if label else ""), str(found.file)


def _label(model: type[Model], key: str) -> str:
    labels = (info.title or name for name, info in model.model_fields.items() if (info.alias or name) == key)
    return next(labels, key)
