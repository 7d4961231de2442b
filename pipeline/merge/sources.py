"""The files of a content folder in, what an edit needs to know of them out: texts, entities, where each one stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from pipeline.content.yaml_compose import YamlFault, compose
from pipeline.content.yaml_nodes import Plain, plain
from pipeline.fields.registry import Field, fields_of
from pipeline.fields.texts import Markdown
from pipeline.merge.markdown.source_text import SourceText
from pipeline.merge.yaml.edits import Path
from pipeline.text.markdown_limits import RefusedTextError
from pipeline.text.nodes import Place
from pipeline.text.own_paragraphs import Apart, apart, together
from schema.base import Model
from schema.files import PLAN_FILE, EntityKind, Kinds, kinds_with
from schema.own_fields import OWN_FIELDS_KEY, declared
from schema.plan import Kind, PlanMeta

_BOM = "\ufeff"
_TEXTS = "texte"
PLAN = "plan"  # what places call the plan itself


Data = Mapping[str, Plain]


@dataclass(frozen=True)
class Entity:
    """An entity of the data: its file, the path to it inside, what stands there.

    `kind` is what kind of entity it is, None for the plan itself.
    """

    file: PurePosixPath
    path: Path
    data: Mapping[str, Plain]
    kind: EntityKind | None = None

    @property
    def model(self) -> type[Model]:
        """The model of its fields."""
        return self.kind.model if self.kind else PlanMeta


@dataclass(frozen=True)
class Sources:
    """The files by their path below the content folder. A file that is no YAML counts as empty."""

    files: Mapping[PurePosixPath, bytes]
    # What was read of files, shared with all that `with_text` makes of these: of many edits each changes one file.
    _read: dict[PurePosixPath, tuple[bytes, Data]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """By the ID that places name them by; of two with one ID the first."""
        found: dict[str, Entity] = {}
        for identifier, entity in self._all_entities():
            found.setdefault(identifier, entity)
        return found

    def _all_entities(self) -> Iterator[tuple[str, Entity]]:
        for file in sorted(self.files):
            if file.suffix not in (".yaml", ".yml"):
                continue
            data = self._data(file)
            if str(file) == PLAN_FILE:
                yield PLAN, Entity(file, (), data)
            for entry in self.kinds.entries:
                found = data.get(entry.key)
                for item in [found] if entry.one else found if isinstance(found, list) else ():
                    if isinstance(item, dict) and isinstance(item.get(entry.id_key), str):
                        name = str(item[entry.id_key])
                        inner = () if entry.one else ((entry.id_key, name),)
                        yield f"{entry.before}{name}", Entity(file, (entry.key, *inner), item, entry)

    @cached_property
    def kinds(self) -> Kinds:
        """What the entities are, with the fields that plan.yaml declares besides the built-in ones."""
        plan = PurePosixPath(PLAN_FILE)
        listed = self._data(plan).get(OWN_FIELDS_KEY) if plan in self.files else None
        return kinds_with(declared(listed)[0]) if listed else kinds_with(())

    def field_at(self, source: str) -> Field | None:
        """The field that a place names by its entity's ID and its key; None where it names none."""
        return _field_at(self.kinds, source)

    def is_text(self, source: str) -> bool:
        """Whether what a place names is a text in Markdown, and no other value of the data."""
        field = self.field_at(source)
        return source.startswith(f"{_TEXTS}/") or (field is not None and isinstance(field.kind, Markdown))

    def _data(self, file: PurePosixPath) -> Mapping[str, Plain]:
        known = self._read.get(file)
        if known is None or known[0] is not self.files[file]:
            known = self._read[file] = (self.files[file], self._parsed(file))
        return known[1]

    def _parsed(self, file: PurePosixPath) -> Mapping[str, Plain]:
        try:
            root = compose(self.text(file))
        except (YamlFault, UnicodeDecodeError):
            return {}
        data = plain(root) if root is not None else None
        return data if isinstance(data, dict) else {}

    def text(self, file: PurePosixPath) -> str:
        """A file's text, without the mark that some programs put at its beginning."""
        return self.files[file].decode().removeprefix(_BOM)

    @cached_property
    def texts(self) -> Mapping[str, SourceText]:
        """Every text in Markdown by the name that places give it: a file's path, an entity's ID and key.

        Pictures are in paragraphs of their own, as they are read and compared; `as_written` puts them back.
        """
        return {name: SourceText(_apart(text).text) for name, text in self._written.items()}

    @cached_property
    def _written(self) -> Mapping[str, str]:
        """The same as their authors wrote them."""
        found = {
            str(file): self.text(file)
            for file in sorted(self.files)
            if file.suffix == ".md" and file.parts[0] == _TEXTS
        }
        for identifier, entity in self.entities.items():
            known = fields_of(entity.model)
            for key, value in sorted(entity.data.items()):
                if isinstance(value, str) and key in known and isinstance(known[key].kind, Markdown):
                    found[f"{identifier}/{key}"] = value
        return found

    def with_prose(self, name: str, text: str) -> Sources:
        """The same with another text in a file of `texts`, named as there."""
        return self.with_text(PurePosixPath(name), self.as_written(name, text))

    def as_written(self, name: str, text: str) -> str:
        """A changed text of `texts` as its author would have it: where a picture and what is around it stayed, as it
        was.
        """
        return together(self._written[name], text) if name in self._written else text

    def line_of(self, place: Place) -> int:
        """Where a place's first line stands in the file or value as its author wrote it, counted from 0."""
        moved = self._moved.get(place.source)
        return place.start if moved is None else moved.line(place.start + 1) - 1

    @cached_property
    def _moved(self) -> Mapping[str, Apart]:
        """The texts in which a picture is not where its author wrote it."""
        found = ((name, _apart(text)) for name, text in self._written.items())
        return {name: text for name, text in found if text.moved}

    def with_text(self, file: PurePosixPath, text: str) -> Sources:
        """The same with another text in a file; a mark at its beginning stays."""
        mark = _BOM if self.files.get(file, b"").startswith(_BOM.encode()) else ""
        return Sources({**self.files, file: (mark + text).encode()}, self._read)


def _apart(text: str) -> Apart:
    try:
        return apart(text)
    except RefusedTextError:  # nobody reads it
        return Apart(text)


@lru_cache(maxsize=1 << 14)  # asked of every paragraph, several times
def _field_at(kinds: Kinds, source: str) -> Field | None:
    entity, _, key = source.rpartition("/")
    if entity == PLAN:
        return fields_of(PlanMeta).get(key)
    kind = next((entry for entry in kinds.entries if entry.begins and entity.startswith(entry.begins)), None)
    return fields_of((kind or kinds[Kind.ACTOR]).model).get(key)
