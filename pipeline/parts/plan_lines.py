"""A plan in, what it says besides its goals and measures out, line by line: of itself, its terms, its proposals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pipeline.fields.kind import Kind
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import Field, fields_of
from pipeline.fields.texts import Markdown
from pipeline.text.plain_lines import markdown_lines
from pipeline.text.typography import typeset_line
from schema.base import Model
from schema.plan import Plan, PlanMeta

# What no reader of the plan looks for: where it stands in the documents and files, and what differs in any edition.
_LEFT_OUT: Final = frozenset(
    ("outline", "own_fields", "options", "settlements", "short_name", "edition", "date", "status", "replaces")
)
Said = tuple[str, str]
"""What the line is about, and its words."""


def lines_of_plan(plan: Plan) -> Iterator[tuple[str, list[Said]]]:
    """The chapters that a plan has in its data, each with its lines."""
    names = PlanNames.of(plan)
    meta = [field for field in fields_of(PlanMeta).values() if field.name not in _LEFT_OUT]
    yield (
        "Angaben zum Plan",
        [(field.label, line) for field in meta for line in _lines(field, getattr(plan.meta, field.name), names)],
    )
    yield "Glossar", [(term.term, line) for term in plan.terms for line in markdown_lines(term.meaning)]
    yield (
        "Vorschläge",
        [(f"{item.id} {item.title}", line) for item in plan.proposals for line in _of_model(item, names)],
    )


def _of_model(value: Model, names: PlanNames) -> Iterator[str]:
    """A line for each field that has a value: `Eingang: 20.01.2027`."""
    for field in fields_of(type(value)).values():
        for line in _lines(field, getattr(value, field.name), names):
            yield f"{field.label}: {line}"


def _lines(field: Field, value: Any, names: PlanNames) -> Iterator[str]:
    if value in (None, "", ()):
        return
    if isinstance(field.kind, Markdown):
        yield from (typeset_line(line) for line in markdown_lines(value))
    elif isinstance(field.kind, Kind):
        yield from (str(line).replace("\t", " ") for line in field.kind.show(value, names))
    else:
        for item in value if isinstance(value, tuple) else (value,):
            told = list(_of_model(item, names)) if isinstance(item, Model) else markdown_lines(str(item))
            yield from [" · ".join(told)] if isinstance(item, Model) and len(told) <= _SHORT else told


_SHORT: Final = 6  # fields of a value that stand on one line
