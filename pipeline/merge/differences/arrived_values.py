"""An edit of a value, the sources that it was written to and what is built of them, in; whether it arrived, out.

Two values may look the same: the unit „Gebiete bis Q4 2030“ and the unit „Gebiete“ with a date. Whoever reads the
words reads the second, so data with the first do not say what the document shows. Hence values are compared, not looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.kind import Kind, ListOf, Record
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import fields_of
from pipeline.fields.shown import shown
from pipeline.fields.texts import Markdown, Text
from pipeline.merge.differences.compare import Comparison
from pipeline.merge.differences.field_edits import Complaint, comes_back, edits, texts_in
from pipeline.merge.differences.rows import ShownEdit
from pipeline.merge.sources import Sources
from pipeline.merge.yaml.edits import applied
from pipeline.text.nodes import Place
from schema.base import Model

Lines = tuple[str, ...]


def has_value(comparison: Comparison, edit: ShownEdit, built: Lines, sources: Sources, names: PlanNames) -> bool:
    """Whether sources hold the value that an edit says, and what is built of them says that value and no other.

    How it looks is not asked: a unit that took a date along looks like a unit and a date.
    """
    entity, _, key = edit.place.source.rpartition("/")
    base, found = comparison.base.sources.entities.get(entity), sources.entities.get(entity)
    if base is None or found is None or not comes_back(fields_of(base.model).get(key)):
        return built == edit.after
    before, after = base.data.get(key), found.data.get(key)
    outcome = edits(key, base.model, before, edit.before, edit.after or (), names)
    wanted = outcome.besides if isinstance(outcome, Complaint) else outcome
    data: Plain = {} if before is None else {key: before}
    expected = applied(data, wanted)
    assert isinstance(expected, dict)
    return expected.get(key) == after and reads_back(key, found.model, after, built, names)


def means_the_same(sources: Sources, place: Place, built: Lines, edited: Lines, names: PlanNames) -> bool:
    """Whether a value was only written otherwise than it is printed: `Q1 2027 - 2028`, an empty cell."""
    entity, _, key = place.source.rpartition("/")
    found = sources.entities.get(entity)
    if found is None or not comes_back(fields_of(found.model).get(key)):
        return False
    return edits(key, found.model, found.data.get(key), built, edited, names) == []


def reads_back(key: str, model: type[Model], value: Plain, lines: Sequence[str], names: PlanNames) -> bool:
    """Whether lines that a document shows for a value of a field read as this value to somebody who does not know it.

    Where they say nothing to him, or the value breaks a rule, there is nothing to compare: True.
    """
    kind = fields_of(model)[key].shown_kind
    item = kind.item if isinstance(kind, ListOf) else kind
    if isinstance(item, Markdown) or value in (None, "", []):
        return True
    if isinstance(item, Text):
        last = [str(text) for text in value] if isinstance(value, list) else [str(value)]
        there = zip(lines[-len(last) :], last, strict=False)
        return len(lines) >= len(last) and all(shown(line).endswith(shown(text)) for line, text in there)
    outcome = edits(key, model, None, (), lines, names.preferring(texts_in(value)))
    if isinstance(outcome, Complaint) or len(outcome) != 1:
        return True
    try:
        one, other = (_adapter(model, key).validate_python(data) for data in (value, outcome[0].value))
    except ValidationError:
        return True
    return bool(_seen(one, item) == _seen(other, item))


@cache
def _adapter(model: type[Model], key: str) -> TypeAdapter[Any]:
    info = next(info for name, info in model.model_fields.items() if (info.alias or name) == key)
    return TypeAdapter(info.rebuild_annotation())


def _seen(value: Any, kind: Kind) -> Any:
    """What of a value can be told from its words, so that equal is what reads the same."""
    if isinstance(value, tuple):
        return [_seen(item, kind) for item in value]
    if isinstance(value, Model):
        fields: Mapping[str, Any] = (
            kind.seen(value)
            if isinstance(kind, Record) and isinstance(value, kind.model)
            else {name: getattr(value, name) for name in type(value).model_fields}
        )
        return {name: _seen(item, kind) for name, item in fields.items()}
    return shown(value) if type(value) is str else value
