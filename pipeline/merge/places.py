"""A place in the sources in, the words by which a report calls it and the target by which a program finds it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.fields.registry import fields_of
from pipeline.merge.sources import Sources
from pipeline.text.nodes import Place
from schema.plan import Kind

NEW = "Neue Maßnahme"  # what the place of one is called that got no number


@dataclass(frozen=True)
class Target:
    """What an edit is about, as a program finds it; '' and 0 where there is none.

    Of the data `entity` is an ID, `field` a key of the YAML, `row` which of the field's lines differs, from 1. Of a
    text `file` is its path below the content folder and `block` which block of it, from 1; 0 for what is new.
    `heading` is the heading above, in a text or in a part that is made from the data.
    """

    entity: str = ""
    field: str = ""
    row: int = 0
    file: str = ""
    heading: str = ""
    block: int = 0


NOWHERE: Final = Target()


def place_words(place: Place, sources: Sources) -> tuple[str, str]:
    """`Maßnahme 1.1.1, Status` or `Text „Ausgangslage“`, and the source file, '' where none is known."""
    file = _text_file(place, sources)
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


def target_at(place: Place, sources: Sources, before: str, after: str, heading: str = "") -> Target:
    """The target of an edit at a place. `before` and `after` are what the field or block reads, line by line; `heading`
    is the one that stands above in the document.
    """
    file = _text_file(place, sources)
    entity, _, key = ("", "", "") if file else place.source.rpartition("/")
    text = sources.texts.get(place.source)
    if text is None:
        return Target(entity, key, _row(before, after)) if entity in sources.entities else NOWHERE
    blocks = enumerate(text.leaves, start=1) if before else ()
    block = next((number for number, leaf in blocks if leaf.start == place.start), 0)
    return Target(entity, key, 0, file, heading if file else "", block)


def _text_file(place: Place, sources: Sources) -> str:
    return next((str(path) for path in sources.files if str(path) == place.source), "")


def _row(before: str, after: str) -> int:
    """Which line differs where exactly one does, 0 otherwise: `a / b / c` against `a / x / c` gives 2.

    Where a list gets longer or shorter the whole of it is meant.
    """
    old, new = before.split("\n"), after.split("\n")
    if len(old) != len(new) or len(old) < 2:  # noqa: PLR2004 - of a single value there are no rows
        return 0
    differing = [number for number, (was, now) in enumerate(zip(old, new, strict=True), start=1) if was != now]
    return differing[0] if len(differing) == 1 else 0
