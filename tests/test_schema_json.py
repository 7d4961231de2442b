"""The JSON Schemas for editors: as the models say, accepting what is shipped, refusing what the build refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema_specifications import REGISTRY
from referencing import Registry, Resource

from pipeline.actions.schema import write_schemas
from pipeline.errors import FileAccessError
from schema.files import IDS_SCHEMA, SCHEMAS, ids_schema, json_schemas

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "schema" / "json"
IDS = f"{IDS_SCHEMA}.schema.json"
CONTENTS = [ROOT / "content", *sorted(path for path in (ROOT / "tests" / "plans").iterdir() if path.is_dir())]
FILES = [file for content in CONTENTS for file in sorted(content.rglob("*.yaml"))]
COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class CoreLoader(yaml.SafeLoader):
    """Reads scalars by YAML's core schema, as editors do: numbers are numbers, dates are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (PyYAML's way; filled below)


for name, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"(?:{pattern})$"), first)


def as_editor(text: str) -> Any:
    return yaml.load(text, Loader=CoreLoader)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def schema_of(file: Path) -> Path:
    """The schema that a file names in its first line."""
    match = COMMENT.match(file.read_text("utf-8-sig"))
    assert match, f"{shown(file)} names no schema"
    return (file.parent / match[1]).resolve()


def validator(path: Path) -> Draft202012Validator:
    checker = Draft202012Validator.FORMAT_CHECKER  # editors check dates too
    beside = [
        (item.name, Resource[Any].from_contents(json.loads(item.read_text("utf-8")))) for item in path.parent.iterdir()
    ]
    registry: Registry[Any] = Registry().with_resources(beside)  # where one refers to another
    return Draft202012Validator(json.loads(path.read_text("utf-8")), format_checker=checker, registry=registry)


def faults(path: Path, data: Any) -> list[str]:
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator(path).iter_errors(data)]


def test_committed_schemas_are_current() -> None:
    committed = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.iterdir()}
    assert committed.pop(IDS)["$defs"].keys() == ids_schema(None)["$defs"].keys()  # which IDs changes with the content
    assert committed == {f"{name}.schema.json": schema for name, schema in json_schemas().items()}


def test_writing_them_again_changes_no_byte(tmp_path: Path) -> None:
    written = {path.name: path.read_bytes() for path in write_schemas(ROOT / "content", tmp_path).paths}
    assert written.pop(IDS)
    assert written == {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.name != IDS}


def test_the_ids_of_a_content_are_offered_and_others_of_the_form_taken(tmp_path: Path) -> None:
    small = ROOT / "tests" / "plans" / "small"
    assert not write_schemas(small, tmp_path).ids_kept
    offered = json.loads((tmp_path / IDS).read_text("utf-8"))["$defs"]
    assert {"rat", "Z1.1", "M1.1.1"} <= {name for entry in offered.values() for name in entry["enum"]}
    assert dict(zip(*offered["actor"].values(), strict=True))["rat"] == "Rat der Stadt Lindenmark"
    lead = json.loads((tmp_path / "massnahmen.schema.json").read_text("utf-8"))
    named, _ = lead["$defs"]["Measure"]["properties"]["federfuehrung"]["anyOf"]  # the other is a list of several
    assert {"$ref": f"{IDS}#/$defs/actor"} in named["anyOf"]
    good, bad = _with("massnahmen", "mitwirkung", "[noch-niemand]"), _with("massnahmen", "mitwirkung", "[Bäckerei]")
    assert (faults(FOLDER / "massnahmen.schema.json", good), bool(faults(FOLDER / "massnahmen.schema.json", bad))) == (
        [],
        True,
    )


def test_schemas_are_no_part_of_the_content(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="Das liegt in den Inhalten"):
        write_schemas(tmp_path, tmp_path / "json")
    assert list(tmp_path.iterdir()) == []


def test_of_a_content_with_errors_the_ids_stay(tmp_path: Path) -> None:
    broken = tmp_path / "content"
    assert not write_schemas(broken, tmp_path / "a").ids_kept  # there is no content at all
    assert json.loads((tmp_path / "a" / IDS).read_text("utf-8")) == ids_schema(None)
    write_schemas(ROOT / "content", tmp_path / "a")
    before = (tmp_path / "a" / IDS).read_bytes()
    broken.mkdir()
    (broken / "plan.yaml").write_text("titel: 1\n", "utf-8")
    written = write_schemas(broken, tmp_path / "a")
    assert (written.ids_kept, tmp_path / "a" / IDS in written.paths) == (True, False)
    assert (tmp_path / "a" / IDS).read_bytes() == before


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_schemas_are_schemas(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.fixture(scope="module")
def schemas_of(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """By content the folder with its schemas: a plan's own fields are in nobody else's."""
    found = {content: tmp_path_factory.mktemp("schemas") for content in CONTENTS}
    for content, folder in found.items():
        write_schemas(content, folder)
    return found


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_every_file_names_its_schema_and_satisfies_it(file: Path, schemas_of: dict[Path, Path]) -> None:
    schema = schema_of(file)
    assert schema.parent == FOLDER
    (own,) = (folder for content, folder in schemas_of.items() if file.is_relative_to(content))
    assert faults(own / schema.name, as_editor(file.read_text("utf-8-sig"))) == []


def test_every_schema_is_used() -> None:
    assert {schema_of(file).name.removesuffix(".schema.json") for file in FILES} == set(SCHEMAS)


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_an_unknown_key_is_refused(file: Path) -> None:
    data = as_editor(file.read_text("utf-8-sig"))
    assert faults(schema_of(file), {**data, "unbekannt": 1})
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            changed = {**data, key: [{**value[0], "unbekannt": 1}, *value[1:]]}
            assert faults(schema_of(file), changed), f"{key} takes any key"


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("plan", "fassung", "0.9"),
        ("plan", "fassung", "1.0"),
        ("plan", "fassung", '"0.1"'),
        ("plan", "ersetzt", "0.9"),
        ("plan", "stand", "2026-11-22"),
        ("plan", "laufzeit", "{von: 2027, bis: 2031}"),
        ("plan", "titel", "2030"),
        ("massnahmen", "zeitraum", "{von: 2027, bis: 2028}"),
        ("massnahmen", "zeitraum", "{von: 2027-03, bis: fortlaufend}"),
        ("massnahmen", "zeitraum", "{von: Q1 2027, bis: Q4 2029}"),
        ("massnahmen", "aufwand", "[{betrag: 12.5, einheit: euro, turnus: einmalig, jahr: 2027}]"),
        ("massnahmen", "aufwand", "[{betrag: '12,5', einheit: euro, turnus: einmalig}]"),
        ("massnahmen", "titel", "1000"),
    ],
)
def test_what_an_editor_reads_as_a_number_is_accepted(name: str, key: str, value: str) -> None:
    assert faults(FOLDER / f"{name}.schema.json", _with(name, key, value)) == []


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("plan", "fassung", "eins"),
        ("plan", "status", "fertig"),
        ("plan", "stand", "heute"),
        ("plan", "laufzeit", "{von: 2027}"),
        ("massnahmen", "zeitraum", "{von: Frühjahr, bis: 2028}"),
        ("massnahmen", "aufwand", "[{betrag: viel, einheit: euro, turnus: einmalig}]"),
        ("massnahmen", "aufwand", "[{betrag: 1, einheit: euro, turnus: einmalig, jahr: 3027}]"),
        ("massnahmen", "aufwand", "[{betrag: 1, einheit: euro, turnus: einmalig, jahr: 1027}]"),
        ("massnahmen", "finanzierung", "[{quelle: Haushalt, anteil: 250, stand: offen}]"),
        ("massnahmen", "finanzierung", "[{quelle: Haushalt, anteil: -1, stand: offen}]"),
        ("massnahmen", "federfuehrung", "{rat: führt}"),
        ("massnahmen", "prioritaet", "höchste"),
    ],
)
def test_what_the_build_refuses_is_refused(name: str, key: str, value: str) -> None:
    assert faults(FOLDER / f"{name}.schema.json", _with(name, key, value))


def test_every_word_of_a_schema_is_one_of_json_schema() -> None:
    """Of another an editor knows nothing and refuses nothing: `le` was one."""
    known = {*json.loads(json.dumps(Draft202012Validator.META_SCHEMA))["properties"], "enumDescriptions"}
    for vocabulary in ("core", "applicator", "validation", "meta-data", "format-annotation", "unevaluated", "content"):
        known |= {*REGISTRY[f"https://json-schema.org/draft/2020-12/meta/{vocabulary}"].contents["properties"]}
    for path in FOLDER.iterdir():
        assert set(_words(json.loads(path.read_text("utf-8")))) <= known, path.name


def _words(schema: Any) -> Iterator[str]:
    """The keywords of a schema and of all within."""
    if not isinstance(schema, dict):
        return
    yield from schema
    for key, value in schema.items():
        inner = value.values() if key in ("properties", "$defs") else value if isinstance(value, list) else [value]
        if key not in ("enum", "const", "examples", "default"):
            for item in inner:
                yield from _words(item)


def _with(name: str, key: str, value: str) -> Any:
    """A shipped file of that kind with one value changed."""
    small = ROOT / "tests" / "plans" / "small"
    file = small / {"plan": "plan.yaml", "massnahmen": "rathaus/massnahmen.yaml"}[name]
    data = as_editor(file.read_text("utf-8"))
    (data if name == "plan" else data["massnahmen"][0])[key] = as_editor(value)
    return data
