"""Fixtures: the fixed plans' DOCX as LibreOffice shows and saves them. Without LibreOffice: a skip, in CI a failure."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import Built
from tests.word.office.libreoffice import convert, missing


@dataclass(frozen=True)
class Office:
    """A plan's files, and what LibreOffice made of its DOCX."""

    built: Built
    pdf: Path
    saved: Path


@pytest.fixture(scope="session")
def convert_once(
    build_once: Callable[[str], Built], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Office]:
    """Converts the DOCX of the plan of a name, or hands back what was made before."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done: dict[str, Office] = {}

    def make(name: str) -> Office:
        if name not in done:
            built, folder = build_once(name), tmp_path_factory.mktemp(f"office-{name}")
            source = built.file(".docx")
            done[name] = Office(built, convert(source, "pdf", folder), convert(source, "docx", folder))
        return done[name]

    return make


@pytest.fixture(params=["shipped", "small", "stress"])
def office(request: pytest.FixtureRequest, convert_once: Callable[[str], Office]) -> Office:
    """Each of the three plans."""
    return convert_once(request.param)
