"""The rooms of the house: who may import whom, read from the source; one module an outside library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Shared by all stages: plain values and words, without files, output or libraries.
COMMON = {"schema", "pipeline.budget", "pipeline.diagnostics", "pipeline.errors"}

# What each room may import of the project, besides COMMON and itself. A package stands for all its modules; the longest
# name that fits a module counts.
ALLOWED: dict[str, set[str]] = {
    "build": {"pipeline.console", "pipeline.errors", "pipeline.files.interrupts"},
    # A front end knows the commands and words; of the files only how a refusal of the system is told, how signals end
    # the program, and what was written until then.
    "pipeline.console": {
        "pipeline.actions",
        "pipeline.files.access",
        "pipeline.files.interrupts",
        "pipeline.files.replace",
        "pipeline.outcome",
        "pipeline.text",
    },
    "pipeline.actions": {
        "pipeline.aloud",
        "pipeline.calendar.writer",
        "pipeline.check.accepted",  # a new plan's IDs are made of names as the check would propose them
        "pipeline.content",
        "pipeline.fields",  # the day of a resolution is read as people write it
        "pipeline.files",
        "pipeline.intake",
        "pipeline.merge",
        "pipeline.ooxml",  # packed sources go through the same door as Word files
        "pipeline.outcome",
        "pipeline.parts",  # a comparison is made of two plans
        "pipeline.pdf.verapdf",
        "pipeline.pdf.writer",
        "pipeline.run",
        "pipeline.signing",
        "pipeline.word.writer",
        "pipeline.writer",
        "pipeline.xlsx.writer",
    },
    # The way of a build is the same for every format, so it knows none.
    "pipeline.run": {
        "pipeline.check",
        "pipeline.content",
        "pipeline.files",
        "pipeline.outcome",
        "pipeline.parts",
        "pipeline.writer",
    },
    # A form that comes back is read as a Word file that comes back.
    "pipeline.intake": {
        "pipeline.content",
        "pipeline.fields",
        "pipeline.merge",
        "pipeline.ooxml",
        "pipeline.parts",
        "pipeline.text",
    },
    "pipeline.signing": set(),
    "pipeline.calendar": {"pipeline.document", "pipeline.writer"},
    "pipeline.xlsx": {
        "pipeline.design",
        "pipeline.document",
        "pipeline.files",
        "pipeline.ooxml",
        "pipeline.pictures",
        "pipeline.text",
        "pipeline.writer",
    },
    "pipeline.writer": {"pipeline.document"},
    "pipeline.outcome": {"pipeline.files"},
    "pipeline.merge": {
        "pipeline.check",
        "pipeline.content",
        "pipeline.document",
        "pipeline.fields",
        "pipeline.files",
        "pipeline.ooxml",
        "pipeline.parts",
        "pipeline.text",
        "pipeline.word",
        "pipeline.xlsx",
    },
    "pipeline.word": {
        "pipeline.design",
        "pipeline.document",
        "pipeline.files",
        "pipeline.ooxml",
        "pipeline.pictures",
        "pipeline.text",
        "pipeline.writer",
    },
    "pipeline.pdf": {
        "pipeline.design",
        "pipeline.document",
        "pipeline.files",
        "pipeline.pictures",
        "pipeline.text",
        "pipeline.writer",
    },
    "pipeline.parts": {"pipeline.content", "pipeline.document", "pipeline.fields", "pipeline.text"},
    # What was meant by a value that is refused is read as what people write in Word is.
    "pipeline.check": {"pipeline.content", "pipeline.document", "pipeline.fields", "pipeline.text"},
    "pipeline.document": {"pipeline.text"},
    "pipeline.fields": {"pipeline.text"},
    # What may stand in a plan depends on what the design's fonts can print.
    "pipeline.content": {"pipeline.design", "pipeline.files", "pipeline.pictures", "pipeline.text"},
    "pipeline.aloud": {"pipeline.files"},  # reads what others wrote, so it knows none of them
    "pipeline.ooxml": {"pipeline.pictures", "pipeline.text"},
    "pipeline.files": {"pipeline.pictures"},  # photos are not packed again
    "pipeline.pictures": set(),
    "pipeline.text": set(),
    "pipeline.design": set(),
    "pipeline.budget": set(),
    "pipeline.diagnostics": set(),
    "pipeline.errors": set(),
    "schema": set(),
}

# The floors inside a room, from the ground up: what stands on one imports only from floors below it, so that nobody has
# to read the top to understand the bottom. A name is a module or a package of the room.
FLOORS: dict[str, tuple[set[str], ...]] = {
    "pipeline.merge": (
        {"why"},
        {"arrivals", "diff", "docx"},
        {"markdown", "yaml"},
        {"sources"},
        {"with_values"},
        {"extracted"},
        {"base", "places", "scope", "stand_ins"},
        {"differences", "prepare", "rebuild"},
        {"apply", "xlsx"},
        {"threeway", "verify"},
        {"gate"},
        {"outcome"},
        {"answering", "hold_back"},
        {"merge"},
    ),
    "pipeline.pdf": (
        {"divisions", "fragment", "garbage", "tokens", "verapdf"},
        {"identity", "reached", "tags", "text_metrics"},
        {"bind", "drawings", "typeset"},
        {"css", "pages"},
        {"html"},
        {"pieces"},
        {"build"},
        {"writer"},
    ),
    "pipeline.word": (
        {"controls", "paragraphs", "properties", "redline", "titles", "tokens"},
        {"embedded_base", "field_codes", "fonts", "html", "look", "raster", "sections"},
        {"convert", "pictures", "store"},
        {"pages"},
        {"cover", "tables"},
        {"finish", "reference"},
        {"build"},
        {"writer"},
    ),
    "pipeline.parts": (
        {"context", "phrases"},
        {"facts", "money", "parties", "timing"},
        {"bodies", "needs", "open_matters"},
        {"appointments", "front", "sheets"},
        {"glance", "overviews"},
        {"lists"},
        {"registry"},
        {"agenda", "assemble", "plan_lines"},
        {"answer", "extract", "forms", "paper", "release", "reporting", "synopsis"},
    ),
    "pipeline.actions": (
        {
            "aloud",
            "beside",
            "build",
            "check",
            "check_pdf",
            "earlier",
            "edition",
            "merge",
            "new",
            "records",
            "resolve",
            "schema",
            "sign",
        },
        {"circle", "compare", "release", "report", "sign", "verify", "watch"},
    ),
    "pipeline.console": (
        {"machine", "numbers", "screen", "start", "streams"},
        {"german", "progress", "report", "snippet"},
        {"failures", "findings", "options"},
        {"digest"},
        {"outcomes"},
        {"spoken"},
        {"commands"},
    ),
}

# A folder of more, or more modules lying beside the rooms, is a heap that nobody finds anything in.
MOST_IN_A_FOLDER = 20
MOST_BESIDE_THE_ROOMS = 6

# Who may import an outside library; every other import of it is a leak.
KEEPERS: dict[str, set[str]] = {
    "weasyprint": {"pipeline.pdf.typeset", "pipeline.pdf.tags"},
    "PIL": {"pipeline.content.pictures", "pipeline.pictures"},
    "pikepdf": {"pipeline.pdf.bind", "pipeline.aloud", "pipeline.intake.pdf_form"},
    "openpyxl": {"pipeline.merge.xlsx.open"},
    "pypandoc": {"pipeline.word.convert"},
    "xlsxwriter": {"pipeline.xlsx.workbook"},
    "rapidfuzz": {"pipeline.text.likeness"},
    # The schema knows the standard library only, and looks for IDs that were meant.
    "difflib": {"pipeline.text.sequences", "schema.rules"},
    "watchfiles": {"pipeline.files.watch"},
    "yaml": {"pipeline.content.yaml_compose"},
    # The first asks for tokens, by rules of its own too; the others look into them, or make the tree of them.
    "markdown_it": {
        "pipeline.text.markdown_parser",
        "pipeline.text.markdown_rules",
        "pipeline.text.own_paragraphs",
        "pipeline.text.markdown",
    },
    "mdit_py_plugins": {"pipeline.text.markdown_parser"},
    "fontTools": {
        "pipeline.pdf.text_metrics",
        "pipeline.pdf.bind.font",
        "pipeline.word.fonts",
        "pipeline.word.look.letters",
    },
    "icalendar": {"pipeline.calendar"},
    "pyhanko": {"pipeline.signing"},
    "pyhanko_certvalidator": {"pipeline.signing"},
    "asn1crypto": {"pipeline.signing"},
    "click": {"pipeline.console"},
    "rich": {"pipeline.console"},
    "lxml": {"pipeline.ooxml", "pipeline.word"},
    "jinja2": {"pipeline.design", "pipeline.pdf", "pipeline.word"},
}


@cache
def modules() -> tuple[tuple[str, Path], ...]:
    """Every module of the project by its dotted name."""
    paths = sorted([*(ROOT / "schema").rglob("*.py"), *(ROOT / "pipeline").rglob("*.py")])
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    return (("build", ROOT / "build.py"), *zip(names, paths, strict=True))


@cache
def imports(path: Path, name: str) -> tuple[str, ...]:
    """Every module that a file imports, also inside functions; `from x import y` names x.y where y is a module."""
    return tuple(_imports(path, name, {module for module, _ in modules()}))


def _imports(path: Path, name: str, known: set[str]) -> Iterator[str]:
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


def test_imports_flow_one_way() -> None:
    for name, path in modules():
        if name == "pipeline":
            continue
        room = room_of(name)
        assert room, f"{name} belongs to no room: say in ALLOWED what it may import"
        own = [item for item in imports(path, name) if within(item, "pipeline") or within(item, "schema")]
        allowed = ALLOWED[room] | {room} | (COMMON if room != "schema" else set())
        strangers = [item for item in own if not any(within(item, other) for other in allowed)]
        assert not strangers, f"{name} may not import {strangers}"


def floor_of(name: str, room: str) -> int | None:
    """The floor of a room on which a module stands, 0 at the ground; None for the room's own face."""
    inner = name.removeprefix(room).lstrip(".").partition(".")[0]
    return next((level for level, names in enumerate(FLOORS[room]) if inner in names), None)


@pytest.mark.parametrize("room", FLOORS)
def test_nothing_inside_a_room_imports_upwards(room: str) -> None:
    """A module of a lower floor that needs a higher one, or its neighbour, shows a wall in the wrong place."""
    for name, path in modules():
        if not within(name, room) or name == room:
            continue
        own = floor_of(name, room)
        assert own is not None, f"{name} stands on no floor of {room}"
        inner = name.removeprefix(f"{room}.").partition(".")[0]
        for item in imports(path, name):
            if within(item, room) and not within(item, f"{room}.{inner}"):
                other = floor_of(item, room)
                assert other is not None, f"{name} imports {item}, which stands on no floor"
                assert other < own, f"{name} on floor {own} imports {item} on floor {other}"


def test_every_name_on_a_floor_is_there() -> None:
    for room, floors in FLOORS.items():
        inside = [name.removeprefix(f"{room}.") for name, _ in modules() if name.startswith(f"{room}.")]
        assert {inner for names in floors for inner in names} == {name.partition(".")[0] for name in inside}


def test_no_circle_of_imports() -> None:
    """Not even within one folder: what leans on each other can only be understood, and changed, together."""
    graph = {name: set(imports(path, name)) for name, path in modules()}
    assert tuple(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def test_rooms_are_small_enough_to_find_something_in() -> None:
    for folder in {path.parent for _, path in modules()}:
        own = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        most = MOST_BESIDE_THE_ROOMS if folder == ROOT / "pipeline" else MOST_IN_A_FOLDER
        assert len(own) <= most, f"{folder.relative_to(ROOT)} holds {len(own)} modules"


def test_libraries_have_one_keeper() -> None:
    for name, path in modules():
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
