"""The documents for people in, proof out that what they say holds for this tree."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.console.commands import program
from pipeline.errors import ExitCode
from schema import vocabulary
from schema.base import Model
from schema.codes import CODES
from schema.files import SCHEMAS
from schema.plan import PlanMeta
from schema.vocabulary import PartName, Vocabulary

ROOT = Path(__file__).resolve().parents[1]
README, HANDBOOK = ROOT / "README.md", ROOT / "docs" / "handbuch.md"
OF_THE_TESTS = {"--every-case", "--quick"}
OF_SCRIPTS = {"--upgrade": ROOT / "requirements" / "update.sh"}
DOCUMENTS = (
    README,
    ROOT / "CHANGELOG.md",
    HANDBOOK,
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "docs" / "architecture.md",
    ROOT / "docs" / "barrierefreiheit.md",
    ROOT / "docs" / "gestaltung.md",
    ROOT / "docs" / "grenzen.md",
    ROOT / "docs" / "pruefung-word.md",
)
BUILD = "sh setup.sh && .venv/bin/python build.py"
TEST = "sh setup.sh test && .venv/bin/pytest"
LARGEST_PICTURE = 300_000  # bytes

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def tokens(path: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8"))


def fences(path: Path, language: str) -> list[str]:
    return [token.content for token in tokens(path) if token.type == "fence" and token.info == language]


def links(path: Path) -> Iterator[str]:
    for block in tokens(path):
        for token in block.children or ():
            if target := token.attrGet("href") or token.attrGet("src"):
                yield unquote(str(target))


def heading_anchors(path: Path) -> set[str]:
    """The anchors that GitHub and VS Code make of headings."""
    found = tokens(path)
    titles = [found[index + 1].content for index, token in enumerate(found) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(path: Path) -> str:
    """What a reader may type: the code in a document, without the pieces of content shown there."""
    blocks = tokens(path)
    spans = [token.content for block in blocks for token in block.children or () if token.type == "code_inline"]
    return "\n".join([*spans, *fences(path, "sh")])


def test_readme_begins_with_a_sentence_a_picture_and_two_commands() -> None:
    blocks = [token for token in tokens(README) if token.level == 0 and token.nesting >= 0]
    kinds = [token.type.removesuffix("_open") for token in blocks]
    assert kinds[:5] == ["heading", "paragraph", "paragraph", "fence", "fence"]
    assert [token.content.strip() for token in blocks[3:5]] == [BUILD, TEST]
    sentence, picture = (token for token in tokens(README) if token.type == "inline" and token.map in ([2, 3], [4, 5]))
    assert sentence.content.count(".") == 1
    assert [child.type for child in picture.children or ()] == ["image"]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert f"step '{TEST}'" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("command", [BUILD, TEST])
def test_setup_ends_by_naming_the_command_that_the_readme_goes_on_with(command: str) -> None:
    setup = (ROOT / "setup.sh").read_text("utf-8")
    assert f': {command.partition(" && ")[2]}"' in setup


@each_document
def test_links_lead_somewhere(path: Path) -> None:
    for target in links(path):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), target
        assert not anchor or anchor in heading_anchors(file), target


@each_document
def test_named_places_exist(path: Path) -> None:
    spans = [token.content for block in tokens(path) for token in block.children or () if token.type == "code_inline"]
    rooms = re.compile(r"(benchmarks|content|docs|pipeline|requirements|schema|styles|tests)/[\w./-]*")
    assert not [span for span in spans if rooms.fullmatch(span) and not (ROOT / span).exists()]


@each_document
def test_commands_and_options_exist(path: Path) -> None:
    typed = commands(path)
    assert isinstance(program, click.Group)
    assert set(re.findall(r"build\.py ([a-z]+)", typed)) <= set(program.commands)
    known = {name for option in all_options() for name in option.opts} | OF_THE_TESTS | set(OF_SCRIPTS)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", typed)) <= known


def test_options_of_the_tests_exist(pytestconfig: pytest.Config) -> None:
    assert [name for name in OF_THE_TESTS if pytestconfig.getoption(name, None) is None] == []


def test_options_of_scripts_exist() -> None:
    assert [name for name, script in OF_SCRIPTS.items() if name not in script.read_text(encoding="utf-8")] == []


def all_options() -> Iterator[click.Option]:
    """Those that all commands share and those of single ones."""
    assert isinstance(program, click.Group)
    for command in (program, *program.commands.values()):
        yield from (parameter for parameter in command.params if isinstance(parameter, click.Option))


def test_readme_lists_every_option_and_exit_code() -> None:
    text = README.read_text("utf-8")
    for option in all_options():
        assert f"`{option.opts[0]}" in text
    assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == [str(code.value) for code in ExitCode]


@each_document
def test_codes_exist(path: Path) -> None:
    assert set(re.findall(r"\bP\d{3}\b", path.read_text("utf-8"))) <= set(CODES)


@pytest.mark.parametrize("example", fences(HANDBOOK, "yaml"), ids=lambda text: text.split(":")[0])
def test_examples_of_the_handbook_are_valid(example: str) -> None:
    """Whole files by their model; what is cut out of one by the keys that there are."""
    data = yaml.load(example, yaml.BaseLoader)  # strings only, as the program reads them
    for model in set(SCHEMAS.values()) - {PlanMeta}:
        if set(data) <= {info.alias for info in model.model_fields.values()}:
            model.model_validate(data)  # raises if not
            return
    assert set(keys_in(data)) <= set(all_keys())


def keys_in(data: object) -> Iterator[str]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield key
            yield from keys_in(value)
    elif isinstance(data, list):
        for item in data:
            yield from keys_in(item)


def models(base: type[Model] = Model) -> Iterator[type[Model]]:
    for model in base.__subclasses__():
        yield model
        yield from models(model)


def all_keys() -> Iterator[str]:
    """Every key that an author can write; those of a plan's own fields are its own."""
    for model in models():
        module = model.__module__
        if module.startswith("schema.") and getattr(sys.modules[module], model.__name__, None) is model:
            yield from (info.alias or name for name, info in model.model_fields.items())


def closed_lists() -> list[type[Vocabulary]]:
    found = [item for item in vars(vocabulary).values() if isinstance(item, type) and issubclass(item, Vocabulary)]
    return [item for item in found if item is not Vocabulary]


def test_handbook_knows_every_key_and_value() -> None:
    words = set(re.findall(r"\w+", HANDBOOK.read_text("utf-8")))
    assert not set(all_keys()) - words
    assert not {member.value for item in closed_lists() for member in item} - words


def test_handbook_explains_every_generated_part() -> None:
    rows = re.findall(r"^\| `(\w+)`(?: \(H\))? \|", HANDBOOK.read_text("utf-8"), re.MULTILINE)
    assert [row for row in rows if row in set(PartName)] == list(PartName)


def test_pictures_stay_small() -> None:
    pictures = [path for path in (ROOT / "docs" / "bilder").iterdir() if path.is_file()]
    assert pictures
    assert not [path.name for path in pictures if path.stat().st_size >= LARGEST_PICTURE]
