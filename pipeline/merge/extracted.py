"""What a file that shows a part of a plan carries in, all sources that it was made from out, as far as they are known.

They are those of a kept edition that says the same; else today's, with what the file carries put back into them: then
whatever somebody changed meanwhile in what it shows is a change of ours, and meets that of the file as any other does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.sources import Sources
from pipeline.merge.with_values import with_all
from pipeline.merge.yaml.edits import REMOVE, Edit
from schema.edition import from_json

Shown = Mapping[str, Mapping[str, Plain]]
"""Of each entity, by ID, what its fields hold, by their keys; None for nothing."""


@dataclass(frozen=True)
class Elsewhere:
    """Where sources can be found that a file does not carry: those of today, and of the editions, as they are kept."""

    today: Sources
    editions: Mapping[str, bytes] = field(default_factory=dict)

    def whole(self, edition: str, shown: Shown) -> Sources:
        """All sources of a file of this edition that shows these fields."""
        kept = self._kept(edition)
        if kept is not None and _says(kept, shown):
            return kept
        return self.today if _says(self.today, shown) else _put_back(self.today, shown)

    def _kept(self, edition: str) -> Sources | None:
        try:
            found = from_json(self.editions[edition].decode())
        except (KeyError, ValueError):  # not kept, or no edition: the check tells that
            return None
        return Sources({PurePosixPath(path): text.encode() for path, text in found.sources.items()})


def shown_of(told: Any) -> Shown:
    """What a file says that it shows. Raises ValueError for what is no data of entities."""
    if not isinstance(told, dict) or not all(isinstance(item, dict) and _is_plain(item) for item in told.values()):
        raise ValueError("no data of entities")
    return told


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str)


def _says(sources: Sources, shown: Shown) -> bool:
    """Whether the sources have all these entities, and these values."""
    return all(
        name in sources.entities and all(sources.entities[name].data.get(key) == value for key, value in data.items())
        for name, data in shown.items()
    )


def _put_back(today: Sources, shown: Shown) -> Sources:
    """Today's sources with the values of then. What is there no more stays away: nobody can say where it stood."""
    asked = []
    for name, data in shown.items():
        now = today.entities[name].data if name in today.entities else None
        differ = {key: value for key, value in data.items() if now is not None and now.get(key) != value}
        edits = [Edit((key,), REMOVE if value is None else value) for key, value in differ.items()]
        if edits:
            asked.append((name, edits))
    return with_all(today, asked)[0]
