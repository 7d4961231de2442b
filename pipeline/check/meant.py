"""A value that a model refuses in, what was meant by it out, as it is written in the data.

What people write in Word is read by `pipeline.fields`, which knows `14.12.2026`, `1. Quartal 2027`, `15.000 Euro
einmalig` and an office by its name. The same words stand in YAML files that were written in a hurry: there they are
refused, since one way to write a thing is enough, but the hint shows the line as it should be. Nothing is shown that
the model would refuse again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from pydantic.fields import FieldInfo

from pipeline.check.accepted import accepted
from pipeline.check.spellings import sentences, spellings
from pipeline.content.read import YamlFile
from pipeline.content.rows import quoted
from pipeline.content.yaml_compose import YamlFault, compose
from pipeline.content.yaml_nodes import Entries, Items, Scalar, YamlNode, entry, plain
from pipeline.fields.kind import Group, ListOf, Record, Single
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import kind_of
from pipeline.fields.shown import Unread
from pipeline.fields.texts import Markdown, Text
from schema.files import file_model, kinds_in
from schema.forms import Form, form_of
from schema.plan import Kind
from schema.rules.finding import nearest

_ANY_WORDS = "Größe 1, A"  # which no ID, no number and no value of a list looks like
_NUMERIC = re.compile(r"[0-9.]+")
_SEVERAL = re.compile(r"\s*[,;/]\s*|\s+und\s+")
_APART = re.compile(r"\s*[,;]\s*|\s+und\s+|\s+")


AskMeant = Callable[[], "Meant"]
"""Where nothing is meant otherwise than it is written nobody asks, and this module is not even read."""


class Meant:
    """Knows what the files call their actors, goals and measures, and so what was meant by a name."""

    def __init__(self, files: Sequence[YamlFile]) -> None:
        self._files = files

    @cached_property
    def _names(self) -> PlanNames:
        found: dict[Kind, dict[str, tuple[str, ...]]] = {kind: {} for kind in Kind}
        for file in self._files:
            for entries in kinds_in(file_model(file.path)):
                listed = plain(entry(file.root, entries.key) or file.root)
                for item in listed if isinstance(listed, list) else ():
                    if isinstance(item, dict) and isinstance(identifier := item.get(entries.id_key), str):
                        names = (item.get(key) for key in ("name", "kurzname", "titel", "kurztitel"))
                        told = tuple(name for name in names if isinstance(name, str))
                        found[entries.kind].setdefault(identifier, (*told, identifier))
        goals, measures = ({key: names[0] for key, names in found[kind].items()} for kind in (Kind.GOAL, Kind.MEASURE))
        return PlanNames(found[Kind.ACTOR], goals, measures)

    def is_free(self, info: FieldInfo) -> bool:
        """Whether a field holds any words at all."""
        kind = kind_of(info)
        return isinstance(kind, Markdown) or (isinstance(kind, Text) and accepted(info, _ANY_WORDS))

    def identifier(self, info: FieldInfo, written: str) -> str:
        """The ID that is meant by what is written in a field for IDs; the same where that is beyond help."""
        found = self._of_text(info, written)
        return found if isinstance(found, str) else written

    def several_actors(self, text: str) -> list[str]:
        """The IDs of the actors that a text names, if it names several: „rat, ihk“; [] for the name of one, or for
        what is no actor's.
        """
        by_name = {name: actor for actor, names in self._names.actors.items() for name in names}
        pieces = [piece for piece in _SEVERAL.split(text.strip()) if piece]
        found = [by_name[piece] for piece in pieces if piece in by_name]
        return found if text.strip() not in by_name and len(found) == len(pieces) > 1 else []

    def near_actor(self, text: str) -> str:
        """`Meinten Sie „rat“? ` for the actor whose ID or name a text is like, '' if it is like none."""
        by_name = {name: actor for actor, names in self._names.actors.items() for name in names}
        near = dict.fromkeys(by_name[name] for name in nearest(text, tuple(by_name)))
        return f"Meinten Sie {' oder '.join(f'„{actor}“' for actor in near)}? " if near else ""

    def is_line(self, info: FieldInfo) -> bool:
        """Whether a field holds any words on one line."""
        return isinstance(kind_of(info), Text) and self.is_free(info)

    def value(self, info: FieldInfo, text: str) -> str | None:
        """What a field should hold in place of a text, as YAML; None where nobody knows."""
        found = None if self.is_free(info) else self._of_text(info, text.strip())
        return None if found is None else self._written(info, found)

    def node(self, info: FieldInfo, node: YamlNode) -> str | None:
        """What a field should hold in place of a node; a list for one value, or words for a group, are known too."""
        if isinstance(node, Scalar):
            return None if node.is_block else self.value(info, node.value)
        held = plain(node)
        if isinstance(node, Items) and not form_of(info).many and len(node.items) == 1 and isinstance(held, list):
            return self._written(info, held[0])
        return None

    def item(self, info: FieldInfo, node: YamlNode) -> str | None:
        """What one entry of a list should be in place of a text."""
        kind = kind_of(info)
        if not isinstance(kind, ListOf) or not isinstance(node, Scalar) or node.is_block:
            return None
        text = node.value.strip()
        found = self._one(kind.item, form_of(info), info, text)
        if found is None and isinstance(kind.item, Single):
            several = [piece for piece in _APART.split(text) if piece]
            return ", ".join(several) if len(several) > 1 and accepted(info, several) else None
        return None if found is None else self._written(info, [found], one=True)

    def _of_text(self, info: FieldInfo, text: str) -> object:
        kind, form = kind_of(info), form_of(info)
        if isinstance(kind, Group) or not text:
            return None
        if isinstance(kind, ListOf):
            if isinstance(kind.item, Record):
                one = self._one(kind.item, form, info, text)
                return None if one is None else [one]
            found = self._several(kind.item, form, info, text)
            return found[0] if kind.one_alone and len(found) == 1 else found
        return self._one(kind, form, info, text) if isinstance(kind, Single | Record) else None

    def _several(self, kind: Single, form: Form, info: FieldInfo, text: str) -> list[object]:
        """The values of a list, read as people write them; what nobody understands stays as it stands."""
        try:
            return [*kind.read_several([text], self._names, info.title or "")]
        except Unread:
            pieces = [piece for piece in _APART.split(text) if piece]
            return [self._one(kind, form, info, piece) or piece for piece in pieces]

    def _one(self, kind: Single | Record, form: Form, info: FieldInfo, text: str) -> object:
        """One value of a kind, read as people write it."""
        if isinstance(kind, Record):
            for tried in sentences(text):
                with suppress(Unread):
                    found = kind.read([tried], self._names)
                    return {key: value for key, value in found.items() if value is not None}
            return None
        for tried in spellings(kind, form, text):
            try:
                value = kind.read([tried], self._names, info.title or "")
            except Unread:
                value = tried
            if value != text and accepted(info, [value] if form.many else value):
                return value
        return None

    def _written(self, info: FieldInfo, found: object, *, one: bool = False) -> str | None:
        """A value as YAML in one line, if the model takes it."""
        if not accepted(info, found):
            return None
        if isinstance(found, str) and form_of(info).type is str and _NUMERIC.fullmatch(found):
            return quoted(found)  # as editors read it, 1.10 would be the number 1.1
        return _yaml(found[0] if one and isinstance(found, list) else found)


# --- YAML in one line ---------------------------------------------------------------------------------------------


def _yaml(value: object, *, flow: bool = False) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_yaml(item, flow=True)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(item, flow=True) for item in value) + "]"
    text = str(value)
    return text if _reads_as(text, flow) else quoted(text)


def _reads_as(text: str, flow: bool) -> bool:
    """Whether a text needs no quotes, at the end of a line or in brackets."""
    try:
        root = compose(f"{{k: {text}, l: m}}" if flow else f"k: {text}")
    except YamlFault:
        return False
    return isinstance(root, Entries) and plain(root) == ({"k": text, "l": "m"} if flow else {"k": text})
