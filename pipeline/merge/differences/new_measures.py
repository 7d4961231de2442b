"""Sheets that somebody copied and filled in anew, in; the measures that they are, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.kind import NONE
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import Field, fields_of
from pipeline.fields.texts import Markdown
from pipeline.merge.differences.field_edits import Complaint, comes_back, edits
from pipeline.merge.differences.generated import row_text
from pipeline.merge.markdown.units import Unit
from pipeline.merge.markdown.write import Step
from pipeline.merge.sources import Sources
from pipeline.merge.yaml.change_text import change
from pipeline.merge.yaml.edits import REMOVE, Insertion
from schema.base import Model
from schema.files import file_model

_HEADING: Final = re.compile(r"(?:Maßnahme )?(?:M?(\d+\.\d+\.\d+)[:.]?)?\s*(.*)", re.DOTALL)
_MEASURE: Final = re.compile(r"M\d+\.\d+\.\d+")
_FEWEST_ROWS: Final = 4  # with fewer of a measure's labels it is another table


@dataclass(frozen=True)
class Newcomer:
    """A new sheet: the units it is made of, by their place in the file, its number if it has one, its title, its
    texts and its rows by key, and the measure whose sheet stands before it ('' for none). `model` is that of measures.

    `beside` are rows for which there is no field, `repeated` those that come a second time, as they read: `Ihre Teile |
    1.1.2`.
    """

    units: tuple[int, ...]
    number: str
    title: str
    texts: Mapping[str, str]
    rows: Mapping[str, tuple[str, ...]]
    after: str
    model: type[Model]
    beside: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Number and title as somebody typed them."""
        return f"{self.number} {self.title}".strip()

    def words(self, heading: str) -> str:
        """Everything that the sheet says, one line a field: most of it may be that of the sheet it was copied from."""
        known = fields_of(self.model)
        fields = [f"{known[key].label}: {' / '.join(lines)}" for key, lines in self.rows.items() if lines]
        description, *further = (text.strip() for text in self.texts.values())
        return "\n".join(line for line in (heading, description, *fields, *further) if line)


def newcomers(
    units: Sequence[Unit], unowned: Collection[int], model: type[Model], write: Callable[[Sequence[Step]], str]
) -> Iterator[Newcomer]:
    """The new sheets among units that belong to nothing; `model` is that of the plan's measures, `write` gives the text
    of new blocks.
    """
    for index in sorted(unowned):
        rows, beside, repeated = _rows(units[index], model)
        if len(rows) < _FEWEST_ROWS:
            continue
        start = index
        while start - 1 in unowned and units[start].kind != "heading":
            start -= 1
        heading = units[start]
        if heading.kind != "heading":
            continue
        found = _HEADING.fullmatch(heading.plain)
        assert found is not None  # everything in it may be missing
        texts = _texts([units[at] for at in range(start + 1, index) if not _is_rail(units, at, start)], model)
        yield Newcomer(
            tuple(range(start, index + 1)),
            found[1] or "",
            found[2].strip(),
            {key: write([Step(unit) for unit in part]) for key, part in texts.items()},
            rows,
            _measure_before(units, start),
            model,
            beside,
            repeated,
        )


def _texts_of(model: type[Model]) -> tuple[Field, ...]:
    return tuple(field for field in fields_of(model).values() if isinstance(field.kind, Markdown))


def _texts(units: Sequence[Unit], model: type[Model]) -> Mapping[str, Sequence[Unit]]:
    """The first of a measure's texts, and each further one behind the line that announces it."""
    first, *further = _texts_of(model)
    keys = {field.label: field.key for field in further}
    parts: dict[str, list[Unit]] = {first.key: []}
    part = parts[first.key]
    for unit in units:
        if unit.rail and keys.get(unit.plain, first.key) not in parts:
            part = parts[keys[unit.plain]] = []
        else:
            part.append(unit)
    return parts


def _is_rail(units: Sequence[Unit], index: int, start: int) -> bool:
    """The line below the heading that names the strand: the folder says it."""
    return index == start + 1 and units[index].rail


_Rows = tuple[Mapping[str, tuple[str, ...]], tuple[str, ...], tuple[str, ...]]


def _rows(table: Unit, model: type[Model]) -> _Rows:
    """The lines of the rows that are labelled like fields of a measure, by the fields' keys; rows that say something
    for which there is no field; and those that come a second time.
    """
    if table.kind != "table":
        return {}, (), ()
    keys = {field.label: field.key for field in fields_of(model).values() if comes_back(field)}
    rows: dict[str, tuple[str, ...]] = {}
    beside, repeated = list[str](), list[str]()
    for row in table.rows:
        key = keys.get(row[0].plain[0]) if len(row) == 2 and row[0].plain else None  # noqa: PLR2004
        if key is not None and key not in rows:
            rows[key] = tuple(line for line in row[1].plain if line)
        elif any(line not in ("", NONE) for cell in row[1:] for line in cell.plain):
            (beside if key is None else repeated).append(row_text(row))
    return rows, tuple(beside), tuple(repeated)


def _measure_before(units: Sequence[Unit], start: int) -> str:
    for index in range(start - 1, -1, -1):
        for place in units[index].places:
            entity = place.source.partition("/")[0]
            if _MEASURE.fullmatch(entity):
                return entity
    return ""


def with_newcomer(sources: Sources, new: Newcomer, names: PlanNames) -> tuple[Sources, str]:
    """The sources with a new measure behind the one whose sheet stands before it, and its ID.

    Raises ValueError with a German sentence where that cannot be. A number that is taken is not used again.
    """
    before = sources.entities.get(new.after)
    if before is None:
        raise ValueError("Vor dem neuen Steckbrief steht keiner, bei dem er eingetragen werden könnte.")
    data: dict[str, Plain] = {"titel": new.title, **{key: text for key, text in new.texts.items() if text.strip()}}
    for key, lines in new.rows.items():
        outcome = edits(key, new.model, None, ("\u00a0",), lines, names)
        if isinstance(outcome, Complaint):
            raise ValueError(f"{outcome.label}: {outcome.message}")
        data |= {str(edit.path[-1]): edit.value for edit in outcome if edit.value is not REMOVE}
    fields = fields_of(new.model)
    lacking = [field for field in fields.values() if field.required and not data.get(field.key) and field.key != "id"]
    if lacking:
        # The fields of the sheet, then its texts.
        ordered = sorted(lacking, key=lambda field: isinstance(field.kind, Markdown))
        raise ValueError(f"Dem neuen Steckbrief fehlt: {', '.join(field.label for field in ordered)}.")
    identifier = f"M{new.number}"
    if not new.number or identifier in sources.entities:
        identifier = next_free(sources, f"M{str(data['ziel']).removeprefix('Z')}")
    order = list(fields)
    entity = dict(sorted(data.items(), key=lambda item: order.index(item[0])))
    insertion = Insertion(before.path[:1], {"id": identifier, **entity}, after=("id", new.after))
    text = change(sources.text(before.file), [insertion], file_model(before.file))
    return sources.with_text(before.file, text), identifier


def next_free(sources: Sources, goal: str) -> str:
    """The ID behind the highest of a goal's measures, `goal` as in `M1.2`."""
    start = f"{goal}."
    used = [int(name.removeprefix(start)) for name in sources.entities if re.fullmatch(rf"{re.escape(start)}\d+", name)]
    return f"{start}{max(used, default=0) + 1}"
