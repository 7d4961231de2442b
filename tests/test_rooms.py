"""The rooms of the house: who may import whom, read from the source; one module an outside library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Shared by all stages: plain values and words, without files, output or libraries.
COMMON = {"schema", "pipeline.diagnostics", "pipeline.errors"}

# What each module may import of the project, besides COMMON. A package stands for all its modules; the longest name
# that fits a module counts.
ALLOWED: dict[str, set[str]] = {
    "build": {"pipeline.console", "pipeline.errors"},
    "pipeline.console": {
        "pipeline.console",
        "pipeline.run",
        "pipeline.characters",
        "pipeline.editions",
        "pipeline.publish",
        "pipeline.replace",
        "pipeline.access",
        "pipeline.watch",
    },
    "pipeline.run": {
        "pipeline.back",
        "pipeline.read",
        "pipeline.validate",
        "pipeline.assemble",
        "pipeline.document",
        "pipeline.pdf",
        "pipeline.word",
        "pipeline.publish",
        "pipeline.replace",
        "pipeline.editions",
        "pipeline.agenda",
        "pipeline.access",
        "pipeline.aloud",
    },
    "pipeline.access": set(),
    "pipeline.watch": {"pipeline.access"},
    "pipeline.diagnostics": set(),
    "pipeline.errors": set(),
    "pipeline.nodes": set(),
    "pipeline.document": {"pipeline.nodes"},
    "pipeline.typography": set(),
    "pipeline.wording": {"pipeline.typography"},
    "pipeline.svg_weight": set(),
    "pipeline.svg": {"pipeline.svg_weight"},
    "pipeline.pictures": {"pipeline.svg"},
    "pipeline.characters": set(),
    "pipeline.door": {"pipeline.access", "pipeline.characters"},
    "pipeline.syntax": set(),
    "pipeline.compose": {"pipeline.syntax"},
    "pipeline.read": {"pipeline.door", "pipeline.compose", "pipeline.characters"},
    "pipeline.schema_errors": set(),
    "pipeline.prose_limits": set(),
    "pipeline.prose": {"pipeline.nodes", "pipeline.prose_limits", "pipeline.typography"},
    "pipeline.targets": {"pipeline.prose"},
    "pipeline.gather": {"pipeline.compose", "pipeline.read", "pipeline.schema_errors"},
    "pipeline.texts": {"pipeline.read", "pipeline.prose", "pipeline.prose_limits"},
    "pipeline.text_rules": {
        "pipeline.read",
        "pipeline.prose",
        "pipeline.prose_limits",
        "pipeline.pictures",
        "pipeline.targets",
        "pipeline.texts",
    },
    "pipeline.similar": set(),
    "pipeline.validate": {
        "pipeline.read",
        "pipeline.gather",
        "pipeline.similar",
        "pipeline.texts",
        "pipeline.text_rules",
    },
    "pipeline.parts": {
        "pipeline.parts",
        "pipeline.document",
        "pipeline.nodes",
        "pipeline.prose",
        "pipeline.targets",
        "pipeline.typography",
        "pipeline.wording",
    },
    "pipeline.rewrite": {"pipeline.document", "pipeline.nodes", "pipeline.prose"},
    "pipeline.assemble": {
        "pipeline.parts",
        "pipeline.document",
        "pipeline.nodes",
        "pipeline.prose",
        "pipeline.rewrite",
        "pipeline.targets",
        "pipeline.texts",
        "pipeline.typography",
        "pipeline.wording",
    },
    "pipeline.cache": set(),
    "pipeline.pdf": {"pipeline.pdf", "pipeline.document", "pipeline.nodes", "pipeline.access", "pipeline.cache"},
    "pipeline.word": {"pipeline.word", "pipeline.document", "pipeline.nodes", "pipeline.cache"},
    "pipeline.aloud": {"pipeline.aloud", "pipeline.access"},  # reads what others wrote, so it knows none of them
    "pipeline.back": {
        "pipeline.back",
        "pipeline.access",
        "pipeline.characters",
        "pipeline.compose",
        "pipeline.nodes",
        "pipeline.prose",
        "pipeline.prose_limits",  # what the parser refuses is told of the text that somebody edited
        "pipeline.typography",
        "pipeline.word",
        "pipeline.wording",
        "pipeline.door",
        "pipeline.read",
        "pipeline.validate",
        "pipeline.assemble",
    },
    "pipeline.agenda": {"pipeline.parts", "pipeline.document", "pipeline.typography"},
    "pipeline.editions": {"pipeline.publish", "pipeline.read"},
    "pipeline.publish": {"pipeline.access", "pipeline.replace"},
    "pipeline.replace": {"pipeline.access"},
    "schema": {"schema"},
}

# Who may import an outside library; every other import of it is a leak.
KEEPERS: dict[str, set[str]] = {
    "weasyprint": {"pipeline.pdf.typeset", "pipeline.pdf.tags", "pipeline.pdf.roles"},
    "pikepdf": {"pipeline.pdf.bind", "pipeline.aloud"},
    "pypandoc": {"pipeline.word.convert"},
    "rapidfuzz": {"pipeline.similar"},
    "watchfiles": {"pipeline.watch"},
    "yaml": {"pipeline.compose", "pipeline.back.yaml_tree"},
    "markdown_it": {"pipeline.prose"},
    "mdit_py_plugins": {"pipeline.prose"},
    "fontTools": {"pipeline.pdf.measure", "pipeline.pdf.bind.font", "pipeline.word.fonts"},
    "click": {"pipeline.console"},
    "rich": {"pipeline.console"},
    "lxml": {"pipeline.word", "pipeline.back.markup"},
    "jinja2": {"pipeline.pdf", "pipeline.word"},
}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the project by its dotted name."""
    yield "build", ROOT / "build.py"
    for path in sorted([*(ROOT / "schema").rglob("*.py"), *(ROOT / "pipeline").rglob("*.py")]):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imports(path: Path, name: str) -> Iterator[str]:
    """Every module that a file imports, also inside functions; `from x import y` yields x.y where y is a module."""
    known = {module for module, _ in modules()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else str(node.module)


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def room_of(name: str) -> str:
    return max((room for room in ALLOWED if within(name, room)), key=len, default="")


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=str)
def test_imports_flow_one_way(name: str, path: Path) -> None:
    if name == "pipeline":
        return
    room = room_of(name)
    assert room, f"{name} belongs to no room: say in ALLOWED what it may import"
    own = [item for item in imports(path, name) if within(item, "pipeline") or within(item, "schema")]
    allowed = ALLOWED[room] | (COMMON if room != "schema" else set())
    strangers = [item for item in own if not any(within(item, other) for other in allowed)]
    assert not strangers, f"{name} may not import {strangers}"


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=str)
def test_libraries_have_one_keeper(name: str, path: Path) -> None:
    for item in imports(path, name):
        library = item.partition(".")[0]
        if library in KEEPERS:
            assert any(within(name, keeper) for keeper in KEEPERS[library]), f"{name} imports {library}"


def test_schema_needs_pydantic_and_the_standard_library_only() -> None:
    allowed = {"schema", "pydantic", "pydantic_core", "__future__", *sys.stdlib_module_names}
    for name, path in modules():
        if within(name, "schema"):
            assert {item.partition(".")[0] for item in imports(path, name)} <= allowed, name


def test_every_allowance_is_used() -> None:
    """An allowance nobody needs is a door left open."""
    used: dict[str, set[str]] = {room: set() for room in ALLOWED}
    for name, path in modules():
        if room := room_of(name):
            used[room].update(imports(path, name))
    for room, allowed in ALLOWED.items():
        unused = [other for other in allowed if not any(within(item, other) for item in used[room])]
        assert not unused, f"{room} does not import {unused}"


def test_no_city_in_the_code() -> None:
    """Title, strands, publishers and period come from content/."""
    code = [*ROOT.glob("pipeline/**/*.py"), *ROOT.glob("schema/**/*.py"), *ROOT.glob("styles/**/*.html")]
    for path in [ROOT / "build.py", *code, *ROOT.glob("styles/**/*.css"), *ROOT.glob("styles/**/*.json")]:
        text = path.read_text(encoding="utf-8")
        for word in ("Bottrop", "Wirtschaftsallianz", "Unternehmerschaft", "Zukunftsplan"):
            assert word not in text, f"{path.relative_to(ROOT)} names {word}"
