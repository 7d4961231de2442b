"""Which field has which kind: it follows from what the model says of the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Final

from pydantic.fields import FieldInfo

from pipeline.fields import amounts, indicator_row, progress, promises, references
from pipeline.fields.choices import Choice
from pipeline.fields.dates import Day, Moment, PointInTime, SpanOfTime
from pipeline.fields.kind import OPEN, Group, Kind, ListOf, Record, Single
from pipeline.fields.numbers import Number
from pipeline.fields.shown import bare
from pipeline.fields.texts import Markdown, Text
from schema import time
from schema.base import MarkdownText, Model, OneOrSeveral, OpenWhileEmpty, Reference, Unit
from schema.forms import Form, form_of
from schema.time import Period
from schema.values import Participant
from schema.vocabulary import Vocabulary

_REFERENCES: Final[Mapping[str, Single]] = MappingProxyType(
    {"actor": references.Actor(), "goal": references.Goal(), "measure": references.Measure()}
)
_RECORDS: Final[Mapping[type[Model], Record]] = MappingProxyType(
    {
        record.model: record
        for record in (
            SpanOfTime(),
            amounts.Effort(),
            amounts.Funding(),
            promises.Milestone(),
            promises.Commitment(),
            indicator_row.Indicator(),
            progress.Effect(),
            progress.Actual(),
            progress.Spending(),
            progress.StatusNote(),
        )
    }
)


@dataclass(frozen=True)
class Field:
    """A field of a model: its name in the code, its key in the data, what people call it.

    `required`: the data must have it. `always`: it has a value even where the data have none. `open_while_empty`: while
    it has none, somebody has yet to decide, whatever its kind says.
    """

    name: str
    key: str
    label: str
    required: bool
    always: bool
    kind: Kind | Group
    open_while_empty: bool = False

    @property
    def none(self) -> str:
        """What stands where it has no value. Raises TypeError where no document shows its value as one."""
        return OPEN if self.open_while_empty else self.shown_kind.none

    def says_nothing(self, line: str) -> bool:
        """Whether a line that a person wrote or a document shows says that it has no value."""
        return self.shown_kind.says_nothing(line) or (self.open_while_empty and bare(line) == OPEN)

    @property
    def shown_kind(self) -> Kind:
        """Its kind. Raises TypeError where no document shows its value as one."""
        if not isinstance(self.kind, Kind):
            raise TypeError(f"{self.name} has no words of its own")
        return self.kind


@cache
def fields_of(model: type[Model]) -> Mapping[str, Field]:
    """The fields of a model by their keys in the data, in their order."""
    fields = (_field(name, info) for name, info in model.model_fields.items())
    return MappingProxyType({field.key: field for field in fields})


def field_named(model: type[Model], name: str) -> Field:
    """The field that has this name in the code."""
    return fields_of(model)[model.model_fields[name].alias or name]


def _field(name: str, info: FieldInfo) -> Field:
    required = info.is_required()
    always = required or info.get_default() not in (None, "", ())
    is_open = any(isinstance(mark, OpenWhileEmpty) for mark in info.metadata)
    return Field(name, info.alias or name, info.title or name, required, always, kind_of(info), is_open)


def kind_of(info: FieldInfo) -> Kind | Group:
    """The kind of a model's field. Raises TypeError where there is none for what its annotation says."""
    form = form_of(info)
    if isinstance(form.type, type) and issubclass(form.type, Model) and form.type not in (*_RECORDS, Participant):
        return Group(form.type)
    if any(isinstance(mark, MarkdownText) for mark in form.marks) and not form.many:
        return Markdown()
    item = _one(form)
    return ListOf(item, any(isinstance(mark, OneOrSeveral) for mark in form.marks)) if form.many else item


def _one(form: Form) -> Single | Record:
    reference = next((mark for mark in form.marks if isinstance(mark, Reference)), None)
    if reference is not None:
        return _REFERENCES[reference.to]
    if form.type in _RECORDS:
        return _RECORDS[form.type]
    if isinstance(form.type, type) and issubclass(form.type, Vocabulary):
        return Choice(form.type)
    if form.type in (Decimal, int):
        unit = next((mark.name for mark in form.marks if isinstance(mark, Unit)), "")
        return Number(form.type is int, form.words, unit)
    simple: Mapping[type, Single] = {
        Period: PointInTime(form.words),
        time.Moment: Moment(),
        dt.date: Day(),
        str: Text(),
        Participant: references.Participant(),
    }
    if form.type not in simple:
        raise TypeError(f"{form} is of no kind")
    return simple[form.type]
