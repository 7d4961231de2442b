"""The files of a content folder in, what an edit needs to know of them out: texts, entities, where each one stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from pipeline.content.yaml_compose import YamlFault, compose
from pipeline.content.yaml_nodes import Plain, plain
from pipeline.merge.markdown.source_text import SourceText
from pipeline.merge.yaml.edits import Path
from schema.base import Model
from schema.files import ActorsFile, FieldsFile, GlossaryFile, ProposalFile, StrandFile
from schema.plan import PlanMeta

_BOM = "\ufeff"
_TEXTS = "texte"
# The lists that entities stand in: key of the list → the key that names an entity, and what stands before the name.
_LISTS: Mapping[str, tuple[str, str]] = {
    "massnahmen": ("id", ""),
    "ziele": ("id", ""),
    "handlungsfelder": ("nummer", "HF"),
    "akteure": ("id", ""),
    "begriffe": ("id", "glossar-"),
}
_MARKDOWN = frozenset(("beschreibung", "beschlossener_wortlaut", "vorspann", "bedeutung", "impressum"))
PLAN = "plan"  # what places call the plan itself


Data = Mapping[str, Plain]


@dataclass(frozen=True)
class Entity:
    """An entity of the data: its file, the path to it inside, what stands there."""

    file: PurePosixPath
    path: Path
    data: Mapping[str, Plain]


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
            if file == PurePosixPath("plan.yaml"):
                yield PLAN, Entity(file, (), data)
            proposal = data.get("vorschlag")
            if isinstance(proposal, dict) and isinstance(proposal.get("id"), str):
                yield str(proposal["id"]), Entity(file, ("vorschlag",), proposal)
            for key, (name, before) in _LISTS.items():
                items = data.get(key)
                for item in items if isinstance(items, list) else ():
                    if isinstance(item, dict) and isinstance(item.get(name), str):
                        yield f"{before}{item[name]}", Entity(file, (key, (name, str(item[name]))), item)

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
        """Every text in Markdown by the name that places give it: a file's path, an entity's ID and key."""
        found = {
            str(file): SourceText(self.text(file))
            for file in sorted(self.files)
            if file.suffix == ".md" and file.parts[0] == _TEXTS
        }
        for identifier, entity in self.entities.items():
            for key in sorted(_MARKDOWN & set(entity.data)):
                value = entity.data[key]
                if isinstance(value, str):
                    found[f"{identifier}/{key}"] = SourceText(value)
        return found

    def with_text(self, file: PurePosixPath, text: str) -> Sources:
        """The same with another text in a file; a mark at its beginning stays."""
        mark = _BOM if self.files.get(file, b"").startswith(_BOM.encode()) else ""
        return Sources({**self.files, file: (mark + text).encode()}, self._read)


def is_text(source: str) -> bool:
    """Whether what a place names is a text in Markdown, and no other value of the data."""
    return source.startswith(f"{_TEXTS}/") or source.rpartition("/")[2] in _MARKDOWN


def model_of(file: PurePosixPath) -> type[Model]:
    """The model that says in which order the keys of a YAML file stand."""
    if file == PurePosixPath("plan.yaml"):
        return PlanMeta
    if file.parts[0] == "vorschlaege":
        return ProposalFile
    known: Mapping[str, type[Model]] = {
        "akteure.yaml": ActorsFile,
        "handlungsfelder.yaml": FieldsFile,
        "glossar.yaml": GlossaryFile,
    }
    return known.get(str(file), StrandFile)
