"""The small plan of the tests in, a plan of six measures out: its sources, its Word file, what that reads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from benchmarks.fuzz_lines import Lines, read_lines
from pipeline.merge.base import BaseFile, from_built
from pipeline.merge.rebuild import Rebuilt, rebuild
from pipeline.merge.sources import Sources
from pipeline.ooxml.package import Package
from pipeline.parts.assemble import assemble
from pipeline.text.nodes import Place
from pipeline.word.build import write_docx
from tests.building import PLANS

PLAN = PLANS["small"]
MEASURES = 6
# Four of its ten measures: nothing of the plan's prose, lists, tables, notes, pictures, terms and goals goes with them.
LEFT_OUT = ("M1.1.3", "M2.1.3", "M3.1.2", "M3.2.2")
STANDING_IN = {"#M1.1.3": "#M1.1.2", "#M2.1.3": "#M2.1.2"}  # links to those that are left out
ALIKE = {"[^weiter]": "[^plan]"}  # two texts call a note of theirs the same
_HEAVY = ("word/fonts/", "word/media/")  # no edit needs them, and without them a file is written and read much quicker


@dataclass(frozen=True)
class Desk:
    """A Word file, the sources it was built from, the published editions, what the file reads, where marks lead."""

    data: bytes
    sources: Mapping[PurePosixPath, bytes]
    editions: Mapping[str, bytes]
    lines: Lines
    marks: Mapping[str, Place]
    rebuild: Callable[[Sources, Mapping[str, bytes]], Rebuilt] = rebuild


def six_measures() -> dict[PurePosixPath, bytes]:
    """The files of the plan without the published editions, cut to six measures."""
    paths = (path for path in sorted(PLAN.rglob("*")) if path.is_file() and path.parent.name != "ausgaben")
    files = {PurePosixPath(path.relative_to(PLAN).as_posix()): path.read_bytes() for path in paths}
    return {path: _cut(data) if path.suffix in (".yaml", ".md") else data for path, data in files.items()}


def _cut(data: bytes) -> bytes:
    text = data.decode()
    for identifier in LEFT_OUT:
        text = re.sub(rf"(?m)^  - id: {re.escape(identifier)}\n(?:    .*\n)+", "", text)
    for gone, other in (STANDING_IN | ALIKE).items():
        text = text.replace(gone, other)
    return text.encode()


def _cut_edition(data: bytes) -> bytes:
    """A published edition without the measures that are left out: none may disappear from one to the next."""
    edition = json.loads(data)
    edition["measure"] = {name: entry for name, entry in edition["measure"].items() if name not in LEFT_OUT}
    return json.dumps(edition, ensure_ascii=False).encode()


def prepare() -> Desk:
    """Builds the Word file once."""
    sources = six_measures()
    editions = {path.stem: _cut_edition(path.read_bytes()) for path in (PLAN / "ausgaben").glob("*.json")}
    rebuilt = rebuild(Sources(sources), editions)
    checked = rebuilt.checked
    if checked.plan is None or not rebuilt.usable or len(checked.plan.measures) != MEASURES:
        raise RuntimeError(f"Das ist kein Plan aus sechs Maßnahmen: {checked.diagnostics}")
    document = assemble(
        checked.plan,
        checked.texts,
        digest=rebuilt.source.digest,
        open_points=checked.open_points,
        previous=checked.previous,
    )
    file = write_docx(document, rebuilt.source.pictures, rebuilt.source.files)
    package = Package(file.data)
    for name in [name for name in package.parts if name.startswith(_HEAVY)]:
        package.parts.pop(name)
    base = from_built(file.base)
    return Desk(package.to_bytes(), sources, editions, built_lines(base), base.marks)


def built_lines(built: BaseFile) -> Lines:
    """What a file reads that nobody edited."""
    return read_lines(built.parts, built.marks)
