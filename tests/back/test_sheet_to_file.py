"""From a sheet of the shipped plan to its YAML file and back to the sheet: every field of every measure."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.content.yaml_compose import compose
from pipeline.content.yaml_nodes import Plain, plain
from pipeline.document.model import MeasureSheet, walk
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import shown
from pipeline.merge.differences.field_edits import edits
from pipeline.merge.yaml.change_text import change, locate_entry
from pipeline.merge.yaml.edits import Change, Edit
from schema.entities import Measure
from schema.files import StrandFile
from tests.back.printing import read
from tests.loading import Loaded, load

CONTENT = Path(__file__).resolve().parents[2] / "content"
Sheets = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(CONTENT)


def sheets(loaded: Loaded) -> Sheets:
    """By ID and key the lines shown."""
    found = (value for value in walk(loaded.document.parts) if isinstance(value, MeasureSheet))
    return {
        sheet.anchor: {
            fact.key: [(f"{line.lead} " if line.lead else "") + "".join(map(read, line.content)) for line in fact.lines]
            for fact in sheet.facts
        }
        for sheet in found
    }


def files() -> Iterator[tuple[Path, dict[str, dict[str, Plain]]]]:
    for path in sorted(CONTENT.glob("*/massnahmen.yaml")):
        root = compose(path.read_text())
        data = plain(root) if root else None
        assert isinstance(data, dict)
        measures = data["massnahmen"]
        assert isinstance(measures, list)
        yield path, {str(item["id"]): item for item in measures if isinstance(item, dict)}


def test_a_sheet_nobody_touched_changes_nothing(loaded: Loaded) -> None:
    names, shown_lines = PlanNames.of(loaded.plan), sheets(loaded)
    for _, measures in files():
        for identifier, data in measures.items():
            for key, lines in shown_lines[identifier].items():
                assert edits(key, Measure, data.get(key), lines, lines, names) == []


def test_a_sheet_edited_throughout_arrives(loaded: Loaded, tmp_path: Path) -> None:
    """Every measure is made to look like the next one; the files then say so, and their remarks are all there."""
    names, before = PlanNames.of(loaded.plan), sheets(loaded)
    following = dict(zip(before, [*list(before)[1:], next(iter(before))], strict=True))
    shutil.copytree(CONTENT, tmp_path / "content")
    for path, measures in files():
        changes: list[Change] = []
        for identifier, data in measures.items():
            for key, lines in before[identifier].items():
                found = edits(key, Measure, data.get(key), lines, before[following[identifier]][key], names)
                assert isinstance(found, list), found
                changes += [Edit(("massnahmen", ("id", identifier), *edit.path), edit.value) for edit in found]
        text = path.read_bytes().decode()
        result = change(text, changes, StrandFile)
        assert [line for line in result.split("\n") if "#" in line] == [
            line for line in text.split("\n") if "#" in line
        ]
        for identifier in measures:
            place = ("massnahmen", ("id", identifier), "beschreibung")
            assert result[slice(*locate_entry(result, place))] == text[slice(*locate_entry(text, place))]
        (tmp_path / "content" / path.relative_to(CONTENT)).write_bytes(result.encode())
    after = sheets(load(tmp_path / "content"))
    for identifier, other in following.items():
        got = {key: list(map(shown, lines)) for key, lines in after[identifier].items()}
        assert got == {key: list(map(shown, lines)) for key, lines in before[other].items()}
